"""The fast computations give what the slow second implementation gives, on groups full of ties, gaps and constants."""

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.analytics.groups import is_eligible, standard_groups
from moothall.analytics.groups import members as members_of
from moothall.analytics.position import explorer_figure, position, positions, summarise, summarise_periods
from moothall.analytics.register import Register
from moothall.domain.period import Period, PeriodKind
from tests.oracle.drawn import GROUPS, REPEATABLE, STEPS, as_array, as_figure
from tests.oracle.slow_position import Figures, slow_explorer_figure, slow_position, slow_summary
from tests.spec.comparator_groups import METRIC
from tests.spec.register import AUTHORITIES, REGIONS, RESPONSIBILITIES


def assert_same(fast: Mapping[str, Any], slow: Mapping[str, Any]) -> None:
    assert set(fast) == set(slow)
    for key, expected in slow.items():
        is_number = isinstance(expected, Fraction | int)
        wanted = pytest.approx(float(expected), rel=1e-9, abs=1e-9) if is_number else expected
        assert fast[key] == wanted, f"{key} must be {expected}, not {fast[key]}"


@REPEATABLE
@given(GROUPS)
def test_summary(figures: Figures) -> None:
    found, expected = summarise(as_array(figures)), slow_summary(figures)
    assert_same(asdict(found), expected)
    assert (found.spread == 0) == (expected["spread"] == 0), "no spread is exactly no spread"


@REPEATABLE
@given(GROUPS, STEPS)
def test_position_of_every_member(figures: Figures, step: float) -> None:
    values = as_array(figures)
    together = positions(values, step)
    assert len(together) == len(figures)
    for own, found in zip(figures, together, strict=True):
        assert_same(asdict(found), slow_position(figures, own, step))
        assert position(values, as_figure(own), step) == found
        assert position(values, as_figure(own), step, summarise(values)) == found


@REPEATABLE
@given(GROUPS)
def test_explorer_figure_of_every_member(figures: Figures) -> None:
    for own in figures:
        expected = slow_explorer_figure(figures, own)
        found = explorer_figure(as_array(figures), as_figure(own))
        assert found == (None if expected is None else pytest.approx(float(expected), rel=1e-9, abs=1e-9))


@REPEATABLE
@given(st.lists(GROUPS, min_size=1, max_size=4), st.integers(0, 2**16))
def test_many_periods_at_once(columns: list[Figures], seed: int) -> None:
    height = max(map(len, columns))
    values = np.full((height, len(columns)), np.nan)
    for place, column in enumerate(columns):
        values[: len(column), place] = as_array(column)
    is_member = np.random.default_rng(seed).random(values.shape) < 0.7
    found = summarise_periods(values, is_member)
    assert found == tuple(summarise(values[is_member[:, place], place]) for place in range(len(columns)))


@pytest.mark.parametrize("service", RESPONSIBILITIES.values(), ids=lambda service: service.id)
def test_members_of_all_periods_at_once(service: Any) -> None:
    authorities = sorted(AUTHORITIES.values(), key=lambda authority: authority.code)
    periods = [Period.from_iso(f"{year}-04-01/P1Y", PeriodKind.FINANCIAL_YEAR) for year in range(2010, 2025)]
    register = Register({a.code: a for a in authorities}, {METRIC.responsibility: service})
    eligible = register.eligible(METRIC, [a.code for a in authorities], [p.end for p in periods])
    assert eligible.tolist() == [[is_eligible(a, METRIC, service, p.end) for p in periods] for a in authorities]
    assert [register.count(METRIC, p.end) for p in periods] == eligible.sum(axis=0).tolist()
    for group in standard_groups(REGIONS):
        places = eligible & register.members(group)[:, None]
        for column, period in enumerate(periods):
            chosen = {a.code for a, is_in in zip(authorities, places[:, column], strict=True) if is_in}
            assert chosen == {a.code for a in members_of(group, METRIC, service, authorities, period.end)}
