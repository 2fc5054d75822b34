"""Change over time: the fast computation, the slow one, and what must hold for every panel."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.analytics.annual_change import REASONS, AnnualChanges, annual_changes
from moothall.analytics.reversal import Reversals, reversals, total
from moothall.analytics.trend import Direction, Trend, TrendReason, weighted_trends
from moothall.analytics.xmr import XmrRule, xmr_chart
from tests.oracle.drawn import REPEATABLE
from tests.oracle.drawn_panels import FEWER, PANELS, DrawnPanel
from tests.oracle.slow_change import slow_annual, slow_weighted, slow_xmr

SERIES = st.lists(st.none() | st.integers(-300, 300).map(lambda tenth: tenth / 10), max_size=12)
SCALES = st.sampled_from([0.001, 1 / 3, 1000.0])
OPPOSITE = {Direction.RISING: Direction.FALLING, Direction.FALLING: Direction.RISING}


def changes_of(panel: DrawnPanel) -> AnnualChanges:
    return annual_changes(panel.values, panel.groups, panel.is_linked, panel.step)


def in_words(trend: Trend) -> str:
    ends = {Direction.RISING: " up", Direction.FALLING: " down"}
    return f"{trend.reason}{ends.get(trend.direction, '')}"


def assert_verdicts(found: AnnualChanges, sign: Any, reason: Any) -> None:
    assert (found.sign == sign).all()
    assert (found.reason == reason).all()


@FEWER
@given(PANELS)
def test_annual_rule(panel: DrawnPanel) -> None:
    if panel.values.shape[1] < 2:
        assert changes_of(panel).change.shape == (len(panel.groups), 0)
        return
    found = changes_of(panel)
    assert [in_words(found.trend(row)) for row in range(len(panel.rows))] == slow_annual(
        panel.rows, panel.groups, panel.step
    )


@FEWER
@given(PANELS)
def test_nothing_known_later_is_used(panel: DrawnPanel) -> None:
    found = changes_of(panel)
    for periods in range(2, panel.values.shape[1]):
        then = changes_of(DrawnPanel(panel.values[:, :periods], panel.groups, panel.step))
        assert_verdicts(then, found.sign[:, : periods - 1], found.reason[:, : periods - 1])


@FEWER
@given(PANELS, st.integers(0, 2**16))
def test_the_order_of_authorities_does_not_matter(panel: DrawnPanel, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(panel.groups))
    shuffled = DrawnPanel(panel.values[order], [panel.groups[place] for place in order], panel.step)
    found, again = changes_of(panel), changes_of(shuffled)
    for field in fields(AnnualChanges):
        before, after = getattr(found, field.name), getattr(again, field.name)
        assert np.array_equal(after, before[order] if before.ndim == 2 else before, equal_nan=before.dtype == float)


@FEWER
@given(PANELS, SCALES)
def test_another_unit_changes_no_verdict(panel: DrawnPanel, times: float) -> None:
    found = changes_of(panel)
    assert_verdicts(changes_of(DrawnPanel(panel.values * times, panel.groups, panel.step * times)),
                    found.sign, found.reason)  # fmt: skip


@FEWER
@given(PANELS)
def test_the_opposite_sign_turns_rising_into_falling_and_no_more(panel: DrawnPanel) -> None:
    found, mirror = changes_of(panel), changes_of(DrawnPanel(-panel.values, panel.groups, panel.step))
    assert_verdicts(mirror, -found.sign, found.reason)
    assert reversals(mirror) == reversals(found)


@FEWER
@given(PANELS)
def test_an_authority_without_figures_changes_nothing(panel: DrawnPanel) -> None:
    found = changes_of(panel)
    more = np.vstack([panel.values, np.full((1, panel.values.shape[1]), np.nan)])
    assert_verdicts(annual_changes(more, [*panel.groups, "county"], panel.is_linked, panel.step),
                    np.vstack([found.sign, 0 * found.sign[:1]]),
                    np.vstack([found.reason, np.full_like(found.reason[:1], NO_VALUE)]))  # fmt: skip


NO_VALUE = REASONS.index(TrendReason.NO_VALUE)


@FEWER
@given(PANELS)
def test_reversals_count_what_a_walk_through_the_panel_counts(panel: DrawnPanel) -> None:
    found, counted = changes_of(panel), Reversals()
    for row in range(found.change.shape[0]):
        for at in range(1, found.change.shape[1] - 1):
            now, after = found.change[row, at], found.change[row, at + 1]
            if np.isnan([found.z[row, at], found.z[row, at - 1], after]).any():
                continue
            counted += _one(now, after, is_flag=False) if now else Reversals()
            counted += _one(found.moved[row, at], after, is_flag=True) if found.sign[row, at] else Reversals()
    assert reversals(found) == counted == total([counted])


def _one(moved: float, after: float, is_flag: bool) -> Reversals:
    lost = after / moved <= -0.5 + 1e-9
    counts = (1, int(lost), int(after / moved < 0))
    return Reversals(*counts) if is_flag else Reversals(0, 0, 0, *counts)


@REPEATABLE
@given(SERIES, st.integers(0, 2**16))
def test_weighted_rule(figures: list[float | None], seed: int) -> None:
    half_widths = np.random.default_rng(seed).choice(
        [0.0, 0.5, 1.0, 2.0, 7.5], len(figures), p=[0.02, 0.2, 0.3, 0.3, 0.18]
    )
    (found,) = weighted(figures, half_widths)
    assert in_words(found) == slow_weighted(figures, half_widths.tolist())
    (mirror,) = weighted([None if figure is None else -figure for figure in figures], half_widths)
    assert mirror.reason == found.reason
    assert mirror.direction == OPPOSITE.get(found.direction, found.direction)
    (scaled,) = weighted([None if figure is None else figure * 1024 for figure in figures], half_widths * 1024)
    assert in_words(scaled) == in_words(found)


def weighted(figures: list[float | None], half_widths: Any) -> tuple[Trend, ...]:
    values = np.array([[np.nan if figure is None else figure for figure in figures]], dtype=float)
    return weighted_trends(values, values - half_widths, values + half_widths, np.arange(len(figures), dtype=float))


@REPEATABLE
@given(st.lists(st.integers(-20, 20).map(float), max_size=40), st.lists(st.integers(0, 39), max_size=5))
def test_xmr(figures: list[float], gaps: list[int]) -> None:
    values = np.array(figures, dtype=float)
    values[[gap for gap in gaps if gap < values.size]] = np.nan
    known, chart = values[~np.isnan(values)], xmr_chart(values)
    if known.size < 12:
        assert chart is None
        return
    assert chart is not None
    assert [not rules for rules, figure in zip(chart.rules, values, strict=True) if np.isnan(figure)].count(False) == 0
    shown = [set(map(str, rules)) for rules, figure in zip(chart.rules, values, strict=True) if not np.isnan(figure)]
    assert shown == slow_xmr(known.tolist())
    mirror = xmr_chart(-values)
    assert mirror is not None
    assert mirror.rules == chart.rules
    assert {rule for rules in chart.rules for rule in rules} <= set(XmrRule)


def test_a_share_of_nothing_is_not_given() -> None:
    nothing = Reversals()
    assert nothing.flagged_half_lost_share is nothing.all_reversal_share is None
    assert Reversals(4, 1, 2, 10, 5, 6).flagged_half_lost_share == pytest.approx(0.25)
    assert Reversals(4, 1, 2, 10, 5, 6).flagged_reversal_share == pytest.approx(0.5)
    assert Reversals(4, 1, 2, 10, 5, 6).all_half_lost_share == pytest.approx(0.5)
    assert Reversals(4, 1, 2, 10, 5, 6).all_reversal_share == pytest.approx(0.6)
