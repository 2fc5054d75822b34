"""One answer for each series: what changed, by the rule that fits how the series is made and published (METHODS 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.annual_change import AnnualChanges, ToldChanges
from moothall.analytics.series import start_of_latest_run
from moothall.analytics.trend import FEWEST_POINTS, Trend, TrendReason, make_trend, weighted_trends
from moothall.domain.metric import Break, Metric
from moothall.domain.period import Period
from moothall.domain.words import Cadence

Figures = NDArray[np.float64]

ANNUAL_CADENCES: Final = frozenset({Cadence.YEARLY, Cadence.TWO_YEARLY, Cadence.CLOSED})
"""Series to which the annual rule speaks."""

CHART_CADENCES: Final = frozenset({Cadence.MONTHLY, Cadence.QUARTERLY})
"""Series that have control charts."""

STEPS_BACK: Final = {TrendReason.TWO_CHANGES: 2}
"""Over how many periods the annual rule tells a change; one where not said."""

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
    def annual(cls, found: AnnualChanges | ToldChanges, row: int, column: int) -> "Change":
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
