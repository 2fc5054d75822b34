"""The claim checker on a made store: the plain claim behind the word, the answer, and what it rests on, in words."""

import re

import pytest

from moothall.analytics.groups import ENGLAND, Group, type_group
from moothall.domain.authority import AuthorityType
from moothall.errors import UsageError
from moothall.presenters.comparing.claims import (
    WORDS,
    CheckedClaim,
    check_claim,
    claim_record,
    claim_sentence,
    read_word,
    why_sentences,
)
from moothall.presenters.comparing.claims_page import Chosen, make_claims_page
from moothall.presenters.figures.cohort import cohorts_of, standing_of
from moothall.presenters.metric.metric_page import period_with_slug
from moothall.presenters.wording.figure_words import OwnFigure
from tests.functional.conftest import make_example_store

STORE = make_example_store()
RATE, CARE = "household-waste-recycling-rate", "quality-of-life"
METS = type_group(AuthorityType.METROPOLITAN_DISTRICT)


def checked(code: str, word: str, period: str, metric: str = RATE, group: Group = METS) -> CheckedClaim:
    subject, authority = STORE.catalogue.metrics[metric], STORE.catalogue.authorities[code]
    moment = period_with_slug(STORE, subject, period)
    cohort = cohorts_of(STORE).at(metric, group, moment)
    own = OwnFigure(cohort, authority, standing_of(STORE, subject, authority, moment))
    return check_claim(STORE, own, read_word(word))


ANSWERS = [
    ("BURY", "highest", "2021-22", "true", "figures"),
    ("BURY", "best", "2021-22", "true", "figures"),
    ("BURY", "worst", "2021-22", "false", "figures"),
    ("KIRKLE", "worst", "2021-22", "true", "figures"),
    ("KIRKLE", "bottom-quarter", "2021-22", "true", "figures"),
    ("LEEDS", "above-middle", "2021-22", "false", "figures"),
    ("LEEDS", "below-middle", "2021-22", "true", "figures"),
    ("BURY", "highest", "2020-21", "cannot-say", "missing-could-decide"),
    ("LEEDS", "highest", "2020-21", "false", "figures"),
    ("BRADFO", "highest", "2020-21", "cannot-say", "refused"),
    ("YORK", "highest", "2021-22", "cannot-say", "refused"),
    ("LEEDS", "rising", "2019-20", "cannot-say", "no-trend"),
]


@pytest.mark.parametrize(("code", "word", "period", "answer", "ground"), ANSWERS)
def test_the_answer_and_its_ground(code: str, word: str, period: str, answer: str, ground: str) -> None:
    found = checked(code, word, period)
    assert (found.checked.answer, found.checked.ground) == (answer, ground)
    record = claim_record(STORE, found)
    assert (record["answer"], record["claim"], record["n"]) == (answer, word, found.own.position.n)


def test_a_word_that_judges_is_put_into_plain_words() -> None:
    why = why_sentences(STORE, checked("KIRKLE", "worst", "2021-22"))
    assert why[0].startswith("“The worst” can only mean the lowest here. Higher is better.")
    assert "No single figure shows how a council does." in why[0]


def test_without_a_better_end_a_judging_word_means_nothing() -> None:
    found = checked("LEEDS", "worst", "2021-22", CARE, ENGLAND)
    assert (found.checked.answer, found.claim) == ("cannot-say", None)
    assert "“The worst” has no meaning here." in why_sentences(STORE, found)[0]


def test_limits_that_take_in_the_middle_leave_it_open() -> None:
    found = checked("SHEFFI", "above-middle", "2021-22", CARE, ENGLAND)
    assert found.own.cohort.summary.median == 61.0
    assert (found.checked.answer, found.checked.ground) in {("cannot-say", "missing-could-decide"),
                                                            ("cannot-say", "within-limits")}  # fmt: skip


def test_numbers_ties_and_unknown_figures_are_told() -> None:
    why = " ".join(why_sentences(STORE, checked("BURY", "highest", "2020-21")))
    assert "The figure is 51.0%; the middle figure of the group is" in why
    assert "1 council of the group has no published figure, which could make the claim true or false." in why
    sentence = claim_sentence(checked("BURY", "highest", "2020-21"))
    assert sentence == (
        "Claim: Bury is the highest of metropolitan districts on “Household waste recycling rate”, 2020-21."
    )


def test_no_sentence_is_left_with_a_gap() -> None:
    for word in WORDS:
        for code in ("LEEDS", "BRADFO", "YORK", "CUMBRI"):
            found = checked(code, word, "2020-21")
            for sentence in (claim_sentence(found), *why_sentences(STORE, found)):
                assert sentence.endswith("."), sentence
                assert not re.search(r"  |\{|None|nan|\.\.", sentence), sentence


def test_a_word_that_is_no_claim_is_refused_with_those_that_are() -> None:
    assert read_word("Top quarter") == "top-quarter"
    with pytest.raises(UsageError, match=r"is no claim that can be checked\. Choose one of: highest, lowest"):
        read_word("failing")


def test_the_page_is_a_form_until_a_claim_is_whole() -> None:
    leeds, rate = STORE.catalogue.authorities["LEEDS"], STORE.catalogue.metrics[RATE]
    assert make_claims_page(STORE, Chosen()).view is None
    half = make_claims_page(STORE, Chosen(leeds, rate, METS))
    assert half.view is None
    assert [field.name for field in half.form.fields] == ["authority", "metric", "claim", "group", "period"]
    whole = make_claims_page(STORE, Chosen(leeds, rate, METS, None, read_word("highest")))
    assert whole.view is not None
    assert whole.view.verdict == "False"
    assert "Leeds" in whole.head.title
