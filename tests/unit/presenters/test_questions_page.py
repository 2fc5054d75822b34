"""The questions page: what figures say, what they cannot, a question each, whom to ask; and no more than fits."""

import re
from dataclasses import replace

from moothall.presenters.authority.asked_figures import MOST_FIGURES
from moothall.presenters.authority.questions_page import QuestionsPage, make_questions_page
from tests.functional.conftest import RECYCLING, make_example_store
from tests.support.store_builder import FakeStore, make_metric, make_store

STORE = make_example_store()


def made(code: str, theme: str, store: FakeStore = STORE) -> QuestionsPage:
    return make_questions_page(store, store.catalogue.authorities[code], store.catalogue.themes[theme])


def test_each_figure_says_what_it_shows_what_not_and_asks() -> None:
    (figure,) = made("LEEDS", "waste").figures
    assert figure.metric.text == "Household waste recycling rate"
    assert figure.sentences[0].startswith("Leeds, 2021-22: 38.2%, lower than")
    assert figure.cannot_say == "It cannot say why."
    assert figure.question.endswith("?")
    assert "group=" in (figure.metric.href or "")


def test_the_lead_says_whose_figures_beside_whom_and_until_when() -> None:
    page = made("LEEDS", "waste")
    assert page.lead.startswith("1 figure of Leeds Council, as published up to 1 December 2022, each beside ")
    assert page.how_chosen == "", "nothing was left out"


def test_a_council_without_a_figure_is_told_why() -> None:
    store = make_store({"recycling": "       2020-21   2021-22\nLeeds  38.0   38.2\nBradford  40.0   suppressed\n"})
    page = made("BRADFO", "waste", store)
    assert page.figures == ()
    assert len(page.missing) == 1
    assert page.missing[0].startswith("Recycling: ")


def test_no_more_figures_than_fit_those_unlike_most_first() -> None:
    many = {make_metric(f"rate-{n:02}"): RECYCLING.replace("38.2p", f"42.{n:02}") for n in range(MOST_FIGURES + 3)}
    odd = make_metric("a-rate-of-its-own")
    store = make_store({**many, odd: RECYCLING.replace("38.2p", "5.0p")})
    page = made("LEEDS", "waste", store)
    assert len(page.figures) == MOST_FIGURES
    assert "A rate of its own" in {figure.metric.text for figure in page.figures}
    assert page.lead.startswith(f"{MOST_FIGURES} figures of {MOST_FIGURES + 4} of Leeds Council")
    assert "None of them says by itself" in page.how_chosen


def test_two_sources_of_one_figure_are_asked_about_once() -> None:
    twins = {make_metric(name): RECYCLING for name in ("one", "other")}
    assert [figure.metric.text for figure in made("LEEDS", "waste", make_store(twins)).figures] == ["One"]


def test_context_gives_way_to_services() -> None:
    many = {make_metric(f"rate-{n:02}"): RECYCLING.replace("38.2p", f"42.{n:02}") for n in range(MOST_FIGURES)}
    store = make_store({**many, make_metric("circumstance", is_context=True): RECYCLING})
    assert "Circumstance" not in {figure.metric.text for figure in made("LEEDS", "waste", store).figures}


def test_nothing_on_a_theme_is_a_page_that_says_so() -> None:
    page = made("BURNLE", "care")
    assert (page.figures, page.missing, page.whom) == ((), (), ())
    assert page.links[0].href == "/authorities/burnley/themes/care"


def test_no_sentence_judges_or_leaves_a_gap() -> None:
    store = replace(STORE)
    for code in ("LEEDS", "YORK", "BURNLE", "ALLERD", "LANCAS"):
        for theme in ("waste", "care"):
            page = made(code, theme, store)
            words = [s for f in page.figures for s in (*f.sentences, f.question)] + [
                *page.missing,
                page.lead,
                page.peers,
            ]
            for sentence in filter(None, words):
                assert not re.search(r"\{|None|nan\b|  |failing|worst|best perform", sentence), sentence
