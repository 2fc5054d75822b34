"""The checks of sentences find what they are there to find: every planted fault, and none in what is right."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from moothall.domain.period import Period, PeriodKind
from moothall.domain.unit import UNITS
from moothall.domain.words import Polarity
from tests.oracle.slow_words import (
    RawGroup,
    cell_claim_faults,
    claim_faults,
    rank_faults,
    rounded_figure,
    verdict_faults,
)
from tests.support.grammar import cell_faults, sentence_faults, shape_of

FIGURES = {"LDS": 30.0, "BRD": 20.0, "KIR": 40.0, "CLD": 50.0, "WKF": 30.0}
YEAR = Period.starting(date(2021, 4, 1), PeriodKind.FINANCIAL_YEAR)
RIGHT = (
    "Leeds, 2021-22: 30.0%, lower than 2 of the other 4 metropolitan districts and the same as 1. The middle figure of "
    "all 5 is 30.0%."
)


def raw(**figures: float) -> Any:
    """What ``RawPanel`` would hold of made-up figures in percent, one decimal."""
    given = figures or FIGURES
    metric = SimpleNamespace(unit=UNITS["percent"], decimals=1, polarity=Polarity.HIGHER_IS_BETTER)
    return SimpleNamespace(figures=given, metric=metric)


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
        ("Worse than the middle of councils", (41.0, 42.0), ["judged worse, is better"]),
        ("Better than the middle of councils", (29.0, 42.0), ["judged better, is similar"]),
        ("Similar to the middle of councils", (30.0, 42.0), []),
        ("Lower than the middle of councils", (20.0, 21.0), ["judged lower, is worse"]),
    ],
)
def test_a_wrong_verdict_is_found(cell: str, limits: tuple[float, float], faults: list[str]) -> None:
    assert list(verdict_faults(cell, limits, raw(), group())) == faults


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
