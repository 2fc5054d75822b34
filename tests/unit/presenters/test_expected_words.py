"""What is usual in a council's circumstances: said beside its figure, as the build found it, of no other period."""

from dataclasses import replace
from typing import Any

import pytest

from moothall.analytics.groups import type_group
from moothall.domain.authority import AuthorityType
from moothall.presenters.figures.cohort import cohorts_of, standing_of
from moothall.presenters.figures.reading import authority_with_slug
from moothall.presenters.records import figure_record
from moothall.presenters.wording.expected_words import expected_words
from moothall.presenters.wording.figure_words import OwnFigure
from moothall.presenters.wording.paragraph import paragraph
from moothall.presenters.wording.sentences import sentences_of
from moothall.store import ExpectedFindings
from tests.support.store_builder import MET_NAMES, FakeStore, make_metric, make_store

METS = type_group(AuthorityType.METROPOLITAN_DISTRICT)
ROWS = "\n".join(f"{name}  {40 + place}.0  {41 + place}.0" for place, name in enumerate(MET_NAMES))


def store_with(usual: tuple[float, float, float] | None, period: str = "2021-22") -> FakeStore:
    """Leeds has 46.0 in 2021-22; ``usual`` is what its circumstances lead one to expect, and the interval's ends."""
    store = make_store({make_metric(lowest=0.0, highest=100.0): f"2020-21  2021-22\n{ROWS}"})
    figures = {} if usual is None else {"LEEDS": usual}
    store.expected_found["recycling"] = ExpectedFindings(
        period, "all-purpose", 60, 3.0, 4.0, usual is not None, figures
    )
    return store


def of_leeds(store: FakeStore) -> OwnFigure:
    metric, leeds = store.catalogue.metrics["recycling"], authority_with_slug(store, "leeds")
    period = store.panel("recycling").periods[-1]
    return OwnFigure(cohorts_of(store).at(metric.id, METS, period), leeds, standing_of(store, metric, leeds, period))


@pytest.mark.parametrize(
    ("usual", "rule", "says"),
    [
        ((45.0, 40.0, 50.0), "expected-inside", "usually have 40.0% to 50.0%"),
        ((55.0, 50.0, 60.0), "expected-below", "this figure lies below that range"),
        ((35.0, 30.0, 40.0), "expected-above", "this figure lies above that range"),
        ((45.0, -5.0, 120.0), "expected-inside", "usually have 0.0% to 100.0%"),
        (None, "expected-unexplained", "circumstances say little about this metric"),
    ],
)
def test_the_figure_is_held_against_what_is_usual(usual: Any, rule: str, says: str) -> None:
    store = store_with(usual)
    said = expected_words(store, sentences_of(store), of_leeds(store))
    assert said is not None
    assert said.rule == rule
    assert says in said.text


def test_it_stands_in_the_paragraph_after_the_figure_itself() -> None:
    store = store_with((45.0, 40.0, 50.0))
    rules = [part.rule for part in paragraph(store, of_leeds(store))]
    assert rules.index("expected-inside") > 0


@pytest.mark.parametrize("period", ["2020-21", "2019-20"])
def test_another_period_is_held_against_nothing(period: str) -> None:
    store = store_with((45.0, 40.0, 50.0), period)
    assert expected_words(store, sentences_of(store), of_leeds(store)) is None


def test_a_council_that_lacks_a_circumstance_is_told_nothing() -> None:
    store = store_with((45.0, 40.0, 50.0))
    store.expected_found["recycling"] = replace(
        store.expected_found["recycling"], figures={"OLDHAM": (45.0, 40.0, 50.0)}
    )
    assert expected_words(store, sentences_of(store), of_leeds(store)) is None


def test_the_record_gives_the_numbers() -> None:
    store = store_with((45.0, 40.0, 50.0))
    own = of_leeds(store)
    found = figure_record(store, own.cohort, own.authority, own.standing)["expected"]
    assert found == {
        "explains": True,
        "usual": 45.0,
        "lower": 40.0,
        "upper": 50.0,
        "model": "all-purpose",
        "n": 60,
        "error": 3.0,
        "median_error": 4.0,
    }
