"""One answer for each series: what changed, by the rule that fits how the series is made and published (METHODS 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.annual_change import AnnualChanges
from moothall.analytics.series import start_of_latest_run
from moothall.analytics.trend import FEWEST_POINTS, Trend, TrendReason, make_trend, weighted_trends
from moothall.analytics.xmr import LEAST_TO_FIX_LIMITS, XmrChart, XmrRule, xmr_chart
from moothall.domain.metric import Break, Metric
from moothall.domain.period import Period
from moothall.domain.words import Cadence

Figures = NDArray[np.float64]

ANNUAL_CADENCES: Final = frozenset({Cadence.YEARLY, Cadence.TWO_YEARLY, Cadence.CLOSED})
"""Series to which the annual rule speaks."""

CHART_CADENCES: Final = frozenset({Cadence.MONTHLY, Cadence.QUARTERLY})
"""Series that have control charts."""

CHART_WINDOW: Final = LEAST_TO_FIX_LIMITS + 4
"""A chart looks at the last 16 figures: the first 12 fix its limits, and the last 4, a year of quarters, are judged."""

STEPS_BACK: Final = {TrendReason.TWO_CHANGES: 2}
"""Over how many periods the annual rule tells a change; one where not said."""

PATTERN_LENGTH: Final = {
    XmrRule.BEYOND_LIMIT: 1,
    XmrRule.NEAR_LIMIT: 3,
    XmrRule.STEADY_TREND: 6,
    XmrRule.RUN_ON_ONE_SIDE: 8,
}
"""How many figures make each pattern of a chart."""

DAYS_A_YEAR: Final = 365.25


class ChangeRule(StrEnum):
    """The rules of change; each series has one."""

    SLOPE = "slope"
    ANNUAL = "annual"
    CHART = "chart"


@dataclass(frozen=True, slots=True)
class Change:
    """A trend, told from the figure of column ``since`` to that of ``until``; ``rule`` is the one that was asked."""

    rule: ChangeRule
    trend: Trend
    since: int
    until: int

    @classmethod
    def annual(cls, found: AnnualChanges, row: int, column: int) -> "Change":
        """What the annual rule says of one authority up to a period's column."""
        if not column:
            return cls(ChangeRule.ANNUAL, make_trend(0, TrendReason.TOO_FEW_PERIODS, {}), 0, 0)
        trend = found.trend(row, column - 1)
        return cls(ChangeRule.ANNUAL, trend, max(0, column - STEPS_BACK.get(trend.reason, 1)), column)


def rule_of(metric: Metric, periods: Sequence[Period], lower: Figures, upper: Figures) -> ChangeRule | None:
    """The rule for a series with these published limits [authorities, periods so far]; None where none fits.

    Months and quarters have a chart. Yearly series have the weighted slope where at least five periods since the last
    break have intervals, else the annual rule. Series that come out now and then have none.
    """
    if metric.cadence in CHART_CADENCES:
        return ChangeRule.CHART
    if metric.cadence not in ANNUAL_CADENCES:
        return None
    start = start_of_latest_run(periods[: lower.shape[1]], metric.breaks)
    has_interval = ~np.isnan(lower[:, start:]) & ~np.isnan(upper[:, start:])
    points = int(np.sum(np.sum(has_interval, axis=0) > 0))
    return ChangeRule.SLOPE if points >= FEWEST_POINTS else ChangeRule.ANNUAL


def slope_changes(
    values: Figures, lower: Figures, upper: Figures, periods: Sequence[Period], breaks: Sequence[Break]
) -> tuple[Change, ...]:
    """The weighted slope of each authority over the periods since the last break: arrays are [authorities, periods]."""
    start, until = start_of_latest_run(periods, breaks), len(periods) - 1
    times = np.array([period.start.toordinal() / DAYS_A_YEAR for period in periods[start:]])
    trends = weighted_trends(values[:, start:], lower[:, start:], upper[:, start:], times)
    known = ~np.isnan(values) & ~np.isnan(lower)
    known[:, :start] = False
    first = np.where(known.any(axis=1), np.argmax(known, axis=1), until)
    return tuple(Change(ChangeRule.SLOPE, *pair, until) for pair in zip(trends, first.tolist(), strict=True))


def chart_change(values: Figures, periods: Sequence[Period], breaks: Sequence[Break]) -> Change:
    """What a control chart says of the last of ``values`` [periods], by the figures before it since the last break.

    Rising or falling where the last figure completes one of the four patterns. Refuses: no last figure; fewer than
    13, for 12 fix the limits; figures that never moved, so that any move would count. The chart knows no season.
    """
    until = len(values) - 1
    places = np.flatnonzero(~np.isnan(values) & (np.arange(len(values)) >= start_of_latest_run(periods, breaks)))
    if not places.size or places[-1] != until:
        return Change(ChangeRule.CHART, make_trend(0, TrendReason.NO_VALUE, {}), until, until)
    if places.size <= LEAST_TO_FIX_LIMITS:
        trend = make_trend(0, TrendReason.TOO_FEW_PERIODS, {"points": float(places.size)})
        return Change(ChangeRule.CHART, trend, until, until)
    places = places[-CHART_WINDOW:]
    chart = xmr_chart(values[places])
    if chart is None or not chart.limits.mean_range:
        return Change(ChangeRule.CHART, make_trend(0, TrendReason.TOO_COARSE, {}), until, until)
    trend, length = _chart_trend(values[places], chart)
    return Change(ChangeRule.CHART, trend, int(places[-length]), until)


def _chart_trend(known: Figures, chart: XmrChart) -> tuple[Trend, int]:
    """The trend of the last figure, and how many figures make the pattern that it completes (2 where none)."""
    limits, rules = chart.limits, chart.rules[-1]
    names = ("mean", "lower", "upper")
    inputs = {"figure": float(known[-1])} | {name: float(getattr(limits, name)) for name in names}
    if not rules:
        return make_trend(0, TrendReason.WITHIN_NOISE, inputs), 2
    moved = known[-1] - (known[-2] if rules[0] is XmrRule.STEADY_TREND else limits.mean)
    return make_trend(float(moved), TrendReason.CONTROL_CHART, inputs), max(2, PATTERN_LENGTH[rules[0]])
