"""Jumps between periods and figures that are too old."""

from datetime import date

import numpy as np
import pytest

from moothall.analytics.quality import find_jumps, is_overdue, is_power_of_ten
from moothall.domain.words import Cadence

NAN = float("nan")

# figures of two periods, step, factor (None: no jump), looks like another unit
PAIRS = [
    (40.0, 41.0, 0.1, None, False),
    (40.0, 400.0, 0.1, 10.0, True),
    (400.0, 40.0, 0.1, 10.0, True),
    (3.0, 2990.0, 0.1, 996.7, True),
    (40.0, 399.0, 0.1, None, False),
    (40.0, 520.0, 0.1, 13.0, False),
    (0.4, 52.0, 0.1, None, False),
    (0.0, 52.0, 0.1, None, False),
    (52.0, 0.0, 0.1, None, False),
    (-40.0, 400.0, 0.1, None, False),
    (-40.0, -4000.0, 0.1, 100.0, True),
    (NAN, 400.0, 0.1, None, False),
    (40.0, NAN, 0.1, None, False),
]


@pytest.mark.parametrize(("before", "after", "step", "factor", "is_unit"), PAIRS)
def test_a_jump_is_ten_times_either_way(
    before: float, after: float, step: float, factor: float | None, is_unit: bool
) -> None:
    found = find_jumps(np.array([[before, after]]), step)
    assert [round(jump.factor, 1) for jump in found] == ([] if factor is None else [factor])
    assert [jump.looks_like_units for jump in found] == ([] if factor is None else [is_unit])


def test_a_jump_knows_its_place() -> None:
    values = np.array([[10.0, 10.0, 10.0], [10.0, 10.0, 150.0]])
    assert [(jump.row, jump.earlier, jump.column) for jump in find_jumps(values, 1.0)] == [(1, 1, 2)]


@pytest.mark.parametrize(
    ("factor", "answer"), [(10.0, True), (10.19, True), (10.3, False), (98.5, True), (50.0, False)]
)
def test_powers_of_ten(factor: float, answer: bool) -> None:
    assert is_power_of_ten(factor) is answer


@pytest.mark.parametrize(
    ("cadence", "newest", "answer"),
    [
        (Cadence.YEARLY, date(2025, 3, 31), False),
        (Cadence.YEARLY, date(2024, 3, 31), True),
        (Cadence.TWO_YEARLY, date(2024, 3, 31), False),
        (Cadence.QUARTERLY, date(2026, 3, 31), False),
        (Cadence.QUARTERLY, date(2025, 12, 31), True),
        (Cadence.MONTHLY, date(2026, 6, 30), True),
        (Cadence.CLOSED, date(2010, 3, 31), False),
        (Cadence.OCCASIONAL, date(2010, 3, 31), False),
    ],
)
def test_age_is_judged_by_the_series_own_rhythm(cadence: Cadence, newest: date, answer: bool) -> None:
    assert is_overdue(cadence, newest, date(2026, 11, 22)) is answer
