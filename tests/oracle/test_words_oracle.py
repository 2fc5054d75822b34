"""The checks of sentences find what they are there to find: every planted fault, and none in what is right."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from moothall.domain.period import Period, PeriodKind
from moothall.domain.unit import UNITS
from moothall.domain.words import Polarity
from tests.oracle.slow_intervals import exact_poisson, slow_wilson
from tests.oracle.slow_words import (
    RawGroup,
    cell_claim_faults,
    claim_faults,
    plain_byar,
    plain_wilson,
    rank_faults,
    rounded_figure,
    verdict_faults,
)
from tests.support.grammar import cell_faults, sentence_faults, shape_of

FIGURES = {"LDS": 30.0, "BRD": 20.0, "KIR": 40.0, "CLD": 50.0, "WKF": 30.0}
YEAR = Period.starting(date(2021, 4, 1), PeriodKind.FINANCIAL_YEAR)
NO_LIMITS = (float("nan"), float("nan"))
RIGHT = (
    "Leeds, 2021-22: 30.0%, lower than 2 of the other 4 metropolitan districts and the same as 1. The middle figure of "
    "all 5 is 30.0%."
)


def raw(**figures: float) -> Any:
    """What ``RawPanel`` would hold of made-up figures in percent, one decimal."""
    given = figures or FIGURES
    metric = SimpleNamespace(unit=UNITS["percent"], decimals=1, polarity=Polarity.HIGHER_IS_BETTER, counted=None)
    return SimpleNamespace(figures=given, metric=metric, counts={}, is_too_small=lambda code: code == "SMALL")


def group(members: int = 5, **figures: float) -> RawGroup:
    """The same figures as a group."""
    given = figures or FIGURES
    return RawGroup(given, {code: rounded_figure(value, 1) for code, value in given.items()}, members)


def claims(text: str) -> list[str]:
    return list(claim_faults(text, "LDS", YEAR, raw(), group()))


def test_what_is_right_has_no_fault() -> None:
    assert claims(RIGHT) == []
    assert list(sentence_faults(RIGHT)) == []


def test_a_name_with_a_comma_and_a_verb_are_read_as_well() -> None:
    told = "Bristol, City of recycled 30.0% of household waste in 2021-22"
    assert claims(RIGHT.replace("Leeds, 2021-22: 30.0%", told)) == []
    wrong = told.replace("30.0%", "31.0%")
    assert claims(RIGHT.replace("Leeds, 2021-22: 30.0%", wrong)) == ["the figure is wrong"]


@pytest.mark.parametrize(
    ("wrong", "right", "fault"),
    [
        ("higher than 2 of", "lower than 2 of", "the count is wrong"),
        ("higher than 1 of", "lower than 2 of", "the direction is that of the fewer"),
        ("lower than 3 of", "lower than 2 of", "the count is wrong"),
        ("the other 5 metro", "the other 4 metro", "the number of the others is wrong"),
        ("all 6 is", "all 5 is", "n is wrong"),
        ("is 31.0%.", "is 30.0%.", "the middle figure is wrong"),
        (": 31.0%,", ": 30.0%,", "the figure is wrong"),
        ("Leeds, 2020-21", "Leeds, 2021-22", "the period is not named"),
        ("and the same as 2.", "and the same as 1.", "the ties are wrong"),
        (". The middle", " and the same as 1. The middle", "the ties are wrong"),
        ("lower than all the other 4 metropolitan districts.",
         "lower than 2 of the other 4 metropolitan districts and the same as 1.", "said to differ from all"),
        ("the same as all the other 4 metropolitan districts.",
         "lower than 2 of the other 4 metropolitan districts and the same as 1.", "said to be the same as all"),
        ("metropolitan districts with a figure and", "metropolitan districts and", "who has a figure is told wrongly"),
        ("Leeds, 2021-22: 30.0%. We do not compare it: too few.", RIGHT, "no place is told"),
    ],
)  # fmt: skip
def test_a_planted_untruth_is_found(wrong: str, right: str, fault: str) -> None:
    assert right in RIGHT
    assert fault in claims(RIGHT.replace(right, wrong))


def test_a_figure_that_must_not_be_compared_is_found() -> None:
    alone = group(LDS=30.0, BRD=20.0)
    assert list(claim_faults(RIGHT, "LDS", YEAR, raw(), alone)) == ["compared where it must not be"]
    assert list(claim_faults(RIGHT, "YRK", YEAR, raw(), group())) == ["a figure is told that is not there"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Leeds is lower lower than most.", "doubled word 'lower'"),
        ("Only 1 councils have a figure.", "one with a plural"),
        ("It has 12 council in it.", "many with a singular"),
        ("There is a increase.", "the wrong article"),
        ("It is an council.", "the wrong article"),
        ("Leeds, {period}: none.", "a brace is left over"),
        ("Leeds,  2021-22.", "a space too many"),
        ("Leeds , 2021-22.", "a space before a stop"),
        ("It is lower than the of others.", "an empty token"),
        ("It rose from  to 5%.", "a space too many"),
        ("It lies between and 5%.", "an empty token"),
        ("Leeds, : 5%.", "an empty token"),
        ("The middle figure is .", "a space before a stop"),
        ("leeds is lower.", "no capital at the beginning"),
        ("Leeds is lower", "no stop at the end"),
        ("Leeds is the worst council.", "forbidden word 'worst'"),
        ("Leeds is failing.", "forbidden word 'failing'"),
        ("The figure is nan.", "forbidden word 'nan'"),
        ("We do not compare it: only 1 of the 5 councils have a figure.", "one with a plural"),
        ("We do not compare it: only 2 of the 5 councils has a figure.", "many with a singular"),
    ],
)
def test_a_planted_fault_of_grammar_is_found(text: str, fault: str) -> None:
    assert fault in list(sentence_faults(text))
    assert fault in list(sentence_faults(shape_of(text, "Leeds"))), "the shape of a text must show its faults"


@pytest.mark.parametrize("text", ["None of the 5 councils does better by more than noise.", "An hour is 1 of 24.",
                                  "It is a unitary council.", "Joint 1st to 11th of 1,001 councils."])  # fmt: skip
def test_right_english_is_let_pass(text: str) -> None:
    assert list(sentence_faults(text)) == []


def test_a_cell_has_a_form_of_its_own() -> None:
    assert list(cell_faults("Lower than most councils")) == []
    assert list(cell_faults("lower than most councils.")) == ["not the form of a cell"]


TEN = {f"C{place}": float(place) for place in range(10)} | {"LDS": 0.5, "BRD": 9.5}


@pytest.mark.parametrize(
    ("code", "cell", "faults"),
    [
        ("LDS", "Lower than most councils", []),
        ("LDS", "Higher than most councils", ["said to be higher, is lower"]),
        ("BRD", "Lower than most councils", ["said to be lower, is higher"]),
        ("C5", "About the middle of councils", []),
        ("C5", "Lower than most councils", ["said to be lower, is similar"]),
        ("YRK", "Lower than most councils", ["a side is told where none may be"]),
    ],
)
def test_a_wrong_side_is_found(code: str, cell: str, faults: list[str]) -> None:
    assert list(cell_claim_faults(cell, code, group(12, **TEN))) == faults


@pytest.mark.parametrize(
    ("cell", "limits", "faults"),
    [
        ("Better than the middle of councils", (41.0, 42.0), []),
        ("Worse than the middle of councils", (41.0, 42.0), ["judged worse by middle, is better by middle"]),
        ("Better than the middle of councils", (29.0, 42.0), ["judged better by middle, is similar by middle"]),
        ("Similar to the middle of councils", (30.0, 42.0), []),
        ("Better than is usual among councils", (41.0, 42.0), ["judged better by usual, is better by middle"]),
        ("About the middle of councils", (41.0, 42.0), ["judged nothing, is better by middle"]),
        ("Lower than the middle of councils", (20.0, 21.0), ["judged lower by middle, is worse by middle"]),
    ],
)
def test_a_wrong_verdict_is_found(cell: str, limits: tuple[float, float], faults: list[str]) -> None:
    assert list(verdict_faults(cell, "LDS", limits, raw(), group())) == faults


SHARES = {f"C{place}": 40.0 + place % 3 for place in range(12)} | {"FAR": 90.0, "SMALL": 41.0}


@pytest.mark.parametrize(
    ("code", "rule", "cell", "faults"),
    [
        ("FAR", "funnel", "Better than is usual among councils", []),
        ("FAR", "funnel", "As is usual among councils", ["judged similar by usual, is better by usual"]),
        ("C0", "funnel", "As is usual among councils", []),
        ("C0", "funnel", "Worse than is usual among councils", ["judged worse by usual, is similar by usual"]),
        ("FAR", "interval", "Better than the middle of councils", []),
        ("FAR", "interval", "Better than is usual among councils",
         ["judged better by usual, is better by middle"]),
        ("C0", "interval", "Similar to the middle of councils", []),
        ("SMALL", "interval", "Too small a base to compare", []),
        ("SMALL", "interval", "Similar to the middle of councils",
         ["judged similar by middle where nothing is compared"]),
    ],
)  # fmt: skip
def test_a_wrong_verdict_from_counts_is_found(code: str, rule: str, cell: str, faults: list[str]) -> None:
    """Each share is of 100 people: chance alone gives about ten points either way."""
    there = raw(**SHARES)
    there.metric.counted = SimpleNamespace(rule=SimpleNamespace(value=rule), kind=SimpleNamespace(value="proportion"))
    there.counts = {one: (share, 100.0) for one, share in SHARES.items()}
    there.limits = lambda one: tuple(100 * end for end in plain_wilson(*there.counts[one]))
    assert list(verdict_faults(cell, code, NO_LIMITS, there, group(14, **SHARES))) == faults


@pytest.mark.parametrize("pair", [(0, 20), (7, 20), (20, 20), (312, 4000)])
def test_the_limits_of_the_proof_are_those_found_by_search(pair: tuple[int, int]) -> None:
    assert plain_wilson(*pair) == pytest.approx(slow_wilson(*pair), abs=1e-9)


@pytest.mark.parametrize("events", [1, 12, 250])
def test_the_rates_of_the_proof_are_near_the_exact_ones(events: int) -> None:
    assert plain_byar(events, 2) == pytest.approx([end / 2 for end in exact_poisson(events)], rel=0.05, abs=0.03)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("That is joint 3rd to 4th of 5, the highest figure first: 2 share this figure.", []),
        ("That is joint 2nd to 4th of 5, the highest figure first.", ["the rank is wrong"]),
        ("That is joint 3th to 4th of 5, the highest figure first.", ["the ordinal is wrong"]),
        ("It is third.", ["no rank is told"]),
    ],
)
def test_a_wrong_rank_is_found(text: str, faults: list[str]) -> None:
    assert list(rank_faults(text, "LDS", group())) == faults
