"""Derived rows: a vintage for each day on which a part came out, made of what stood side by side on that day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from moothall.domain.derivation import Change, Derivation, Ratio, SeriesRef, Sum
from moothall.domain.metric import Metric
from moothall.domain.period import PeriodKind
from moothall.domain.words import Status
from moothall.pipeline.derive import derived_rows
from moothall.pipeline.elsewhere import Elsewhere, known_days, negative_on
from moothall.store.ledger import Ledger, day_number
from moothall.store.panel import STATUSES
from tests.support.store_builder import make_metric

ANY_YEAR = ", so a share of it has no meaning in any year"

A, B = SeriesRef("s", "a"), SeriesRef("s", "b")
JANUARY, JUNE, AUTUMN = "2021-01-31", "2021-06-30", "2021-10-01"
Line = tuple[str, str, str, float | None]
"""Owner, first day of the period, day of publication, value (None is suppressed)."""


def make_ledger(lines: Sequence[Line], first_id: int = 0) -> Ledger:
    """A ledger of these lines, sorted as the store sorts them: by period, then by publication."""
    ordered = sorted(lines, key=lambda line: (line[1], line[2]))
    owners, starts, known, values = zip(*ordered, strict=True)
    suppressed = STATUSES.index(Status.SUPPRESSED)
    return Ledger(
        ids=np.arange(first_id, first_id + len(lines)),
        owners=np.array(owners, dtype=object),
        starts=np.array([day_number(date.fromisoformat(day)) for day in starts]),
        known=np.array([day_number(date.fromisoformat(day)) for day in known]),
        values=np.array([np.nan if value is None else value for value in values]),
        statuses=np.array([suppressed if value is None else 0 for value in values], dtype=np.uint8),
        reasons=np.array(["held back" if value is None else None for value in values], dtype=object),
        in_lifetime=np.ones(len(lines), dtype=bool),
    )


def rows_of(value: Derivation, a: Sequence[Line], b: Sequence[Line] = (), **fields: Any) -> list[dict[str, Any]]:
    metric: Metric = make_metric("m", value=value, **fields)
    ledgers: Mapping[str, Ledger] = {"s/a": make_ledger(a), "s/b": make_ledger(b or a, first_id=100)}
    rows = derived_rows(metric, {"m": metric}, ledgers.__getitem__)
    return [] if rows is None else rows.to_pylist()


def told(rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    return [(r["period"], r["known_on"].isoformat(), r["value"], r["is_latest"]) for r in rows]


Y2019, Y2020 = "2019-04-01", "2020-04-01"


def test_a_revised_part_makes_a_new_vintage() -> None:
    rows = rows_of(Ratio(A, B, 100), [("X", Y2020, JANUARY, 5)], [("X", Y2020, JANUARY, 10), ("X", Y2020, JUNE, 20)])
    assert told(rows) == [("2020-21", JANUARY, 50.0, False), ("2020-21", JUNE, 25.0, True)]
    assert [row["vintage"] for row in rows] == [0, 1]
    assert [(row["numerator"], row["denominator"]) for row in rows] == [(5.0, 10.0), (5.0, 20.0)]


def test_nothing_is_told_before_every_part_has_come_out() -> None:
    rows = rows_of(Ratio(A, B), [("X", Y2020, JANUARY, 5)], [("X", Y2020, JUNE, 10)])
    assert told(rows) == [("2020-21", JUNE, 0.5, True)]


def test_a_part_that_never_came_out_is_told_at_the_end() -> None:
    rows = rows_of(Ratio(A, B), [("X", Y2020, JANUARY, 5), ("X", Y2019, JANUARY, 3)], [("X", Y2019, JUNE, 6)])
    assert told(rows) == [("2019-20", JUNE, 0.5, True), ("2020-21", JUNE, None, True)]
    assert rows[1]["reason"] == "b: no figure for this council and period"


def test_a_change_of_sign_revealed_later_refuses_earlier_years() -> None:
    numerator = [("X", Y2019, JANUARY, 5), ("X", Y2020, JUNE, 5)]
    rows = rows_of(Ratio(A, B), numerator, [("X", Y2019, JANUARY, 10), ("X", Y2020, JUNE, -4)])
    assert told(rows) == [
        ("2019-20", JANUARY, 0.5, False),
        ("2019-20", JUNE, None, True),
        ("2020-21", JUNE, None, True),
    ]
    assert rows[1]["reason"] == "b was below zero in 2020-21" + ANY_YEAR
    assert rows[1]["status"] == Status.NOT_APPLICABLE


def test_a_negative_denominator_in_a_year_without_a_numerator_refuses_the_others() -> None:
    rows = rows_of(Ratio(A, B), [("X", Y2020, JANUARY, 5)], [("X", Y2019, JANUARY, -4), ("X", Y2020, JANUARY, 10)])
    assert [row["reason"] for row in rows] == ["b was below zero in 2019-20" + ANY_YEAR]


def test_a_negative_year_in_another_source_refuses_from_the_day_it_came_out() -> None:
    """Nobody knew in January; by October every year is refused, and another council's are not."""
    metric = make_metric("m", value=Ratio(A, B))
    ledgers = {"s/a": make_ledger([("X", Y2020, JANUARY, 5), ("Z", Y2020, JANUARY, 5)])}
    ledgers["s/b"] = make_ledger([("X", Y2020, JANUARY, 10), ("Z", Y2020, JANUARY, 10)], first_id=100)
    other = Elsewhere("Another return", make_ledger([("X", Y2019, AUTUMN, -1), ("Z", Y2019, AUTUMN, 1)]))
    rows = derived_rows(metric, {"m": metric}, ledgers.__getitem__, [other])
    assert rows is not None
    assert [(r["known_on"].isoformat(), r["value"], r["reason"], r["is_latest"]) for r in rows.to_pylist()] == [
        (JANUARY, 0.5, None, False),
        (JANUARY, 0.5, None, True),
        (
            AUTUMN,
            None,
            "b was below zero in 2019-20 in Another return" + ANY_YEAR,
            True,
        ),
    ]


def test_a_negative_figure_that_was_revised_is_forgotten() -> None:
    other = Elsewhere("Another return", make_ledger([("X", Y2019, JANUARY, -1), ("X", Y2019, AUTUMN, 1)]))
    june, autumn = (day_number(date.fromisoformat(day)) for day in (JUNE, AUTUMN))
    assert negative_on(june, [other], ["X"], PeriodKind.FINANCIAL_YEAR).tolist() == [("2019-20 in Another return",)]
    assert negative_on(autumn, [other], ["X"], PeriodKind.FINANCIAL_YEAR).tolist() == [()]
    assert known_days([]).tolist() == []


def test_a_denominator_of_one_day_lies_within_the_year() -> None:
    people = [("X", "2019-06-30", JANUARY, 4.0), ("X", "2020-06-30", JANUARY, 5.0), ("X", "2030-06-30", JANUARY, 9.0)]
    rows = rows_of(
        Ratio(A, B, 1000, denominator_within=True), [("X", Y2019, JANUARY, 8), ("X", Y2020, JANUARY, 8)], people
    )
    assert told(rows) == [("2019-20", JANUARY, 2000.0, True), ("2020-21", JANUARY, 1600.0, True)]


@pytest.mark.parametrize(("day", "source_row"), [(JANUARY, 0), (AUTUMN, 100)])
def test_the_part_published_last_gives_its_cell(day: str, source_row: int) -> None:
    rows = rows_of(Ratio(A, B), [("X", Y2020, JUNE, 5)], [("X", Y2020, day, 10)])
    assert [row["source_row"] for row in rows] == [source_row]


def test_a_sum_has_a_place_wherever_a_part_has_one() -> None:
    rows = rows_of(Sum((A, B)), [("X", Y2020, JANUARY, 5)], [("Z", Y2020, JANUARY, 6), ("X", Y2020, JANUARY, 1)])
    assert [(row["value"], row["reason"]) for row in rows] == [
        (6.0, None),
        (None, "a: no figure for this council and period"),
    ]


def test_a_missing_part_keeps_its_reason_and_status() -> None:
    rows = rows_of(Ratio(A, B), [("X", Y2020, JANUARY, None)], [("X", Y2020, JANUARY, 10)])
    assert [(row["value"], row["status"], row["reason"]) for row in rows] == [(None, "suppressed", "a: held back")]


def test_without_an_earlier_period_there_is_no_change() -> None:
    assert rows_of(Change(A, 1), [("X", Y2020, JANUARY, 5)]) == []
