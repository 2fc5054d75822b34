"""How a council's page ends: questions worth asking, and what cannot be said and why."""

from datetime import date

import pytest

from moothall.analytics.groups import type_group
from moothall.domain.authority import AuthorityType
from moothall.presenters.authority import cannot_say as ending
from moothall.presenters.authority.authority_page import AuthorityPage, make_authority_page
from moothall.presenters.authority.cannot_say import OTHER_REASONS, CannotSay
from moothall.presenters.authority.worth_asking import MOST_QUESTIONS, WorthAsking, make_worth_asking
from moothall.presenters.figures.reading import authority_with_slug
from tests.functional.conftest import RECYCLING, make_example_store
from tests.support.store_builder import FakeStore, make_metric, make_store

METS = type_group(AuthorityType.METROPOLITAN_DISTRICT)
TODAY = date(2026, 11, 22)
FALLEN = RECYCLING.replace("38.2p", "5.0")


def asking(store: FakeStore, slug: str = "leeds", is_newest: bool = True) -> WorthAsking:
    return make_worth_asking(store, authority_with_slug(store, slug), METS, is_newest)


def page_of(store: FakeStore, slug: str) -> AuthorityPage:
    return make_authority_page(store, authority_with_slug(store, slug), TODAY)


def unsaid(store: FakeStore, slug: str) -> CannotSay:
    found = page_of(store, slug).cannot_say
    assert found is not None
    return found


def test_a_question_follows_from_a_figure_unlike_most_and_leads_to_it() -> None:
    (question,) = asking(make_store({make_metric("recycling"): FALLEN})).questions
    assert question.text.endswith("?")
    assert question.standing == "lower than most metropolitan districts"
    assert question.metric.text == "Recycling"
    assert question.metric.href == "/metrics/recycling?authority=leeds&group=type:metropolitan-district&period=2021-22"


def test_a_theme_has_one_question_and_context_has_none() -> None:
    many = {make_metric(f"rate-{n}"): FALLEN.replace("5.0", f"{n}.0") for n in range(MOST_QUESTIONS)}
    alone = {make_metric("circumstance", is_context=True): FALLEN}
    assert len(asking(make_store(many)).questions) == 1
    assert asking(make_store(alone)).questions == ()


def test_what_limits_call_similar_raises_no_question() -> None:
    wide = RECYCLING.replace("38.2p", "30.0 [10.0, 60.0]")
    assert asking(make_store({make_metric("recycling"): wide})).questions == ()
    narrow = RECYCLING.replace("38.2p", "30.0 [29.0, 31.0]")
    assert len(asking(make_store({make_metric("recycling"): narrow})).questions) == 1


def test_old_figures_raise_no_question() -> None:
    old = FALLEN.replace("2019-20", "2009-10").replace("2020-21", "2010-11").replace("2021-22", "2011-12")
    assert asking(make_store({make_metric("recycling"): old})).questions == ()


def test_a_past_day_or_an_ended_council_has_only_the_pages_of_questions() -> None:
    store = make_example_store()
    for found in (asking(store, is_newest=False), asking(store, "allerdale")):
        assert found.questions == ()
        assert "newest figures" in found.about
        assert found.themes
        assert all("/questions/" in (link.href or "") for link in found.themes)


def test_what_cannot_be_said_is_counted_by_reason_and_adds_up() -> None:
    store = make_store({"one": RECYCLING, "two": RECYCLING, "three": "       2021-22\nLeeds  38.2\nBradford  40.0\n"})
    found = unsaid(store, "leeds")
    assert found.sentence.startswith("Of the 3 metrics above, 1 lacks a figure or a place. Of 2 we can tell the place")
    assert [(one.reason, one.count) for one in found.here] == [("Too few figures to compare", "1 metric")]
    assert [(one.count, one.titles) for one in found.folded] == [("1 metric", "Three")]
    assert found.not_shown == ()


def test_reasons_that_few_share_are_told_together_and_each_in_the_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("missing", "missing", "suppressed", "40.0")
    store = make_store({f"m{n}": f"       2021-22\nLeeds  {word}\n" for n, word in enumerate(words)})
    reasons = [one.reason for one in unsaid(store, "leeds").here]
    assert len(reasons) == 3, "few reasons are all told"
    monkeypatch.setattr(ending, "MOST_REASONS", 1)
    found = unsaid(store, "leeds")
    assert [(one.reason, one.count) for one in found.here] == [(reasons[0], "2 metrics"), (OTHER_REASONS, "2 metrics")]
    assert [one.reason for one in found.folded] == reasons


def test_what_has_no_row_is_told_with_the_reason() -> None:
    found = unsaid(make_example_store(), "burnley")
    assert [(one.reason, one.titles) for one in found.not_shown] == [
        ("Adult social care: Lancashire Council runs it here", "Quality of life")
    ]
    assert found.not_shown_sentence == "1 more metric has no row for this council:"


def test_a_body_without_rows_ends_without_either() -> None:
    page = page_of(make_store({make_metric("recycling"): RECYCLING}), "lancashire")
    assert (page.sections, page.worth_asking, page.cannot_say) == ((), None, None)
