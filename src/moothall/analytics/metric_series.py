"""One metric over all authorities that can be compared, and what the rules of change say of it. Pure: no store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.annual_change import AnnualChanges, ToldChanges, annual_changes
from moothall.analytics.change import ANNUAL_CADENCES, Change, ChangeRule, rule_of, slope_changes
from moothall.analytics.chart_change import SEASONS, SeasonalChanges
from moothall.analytics.groups import Group, GroupKind
from moothall.analytics.learning import TurnedRoundAll, noise_from_changes, turned_round
from moothall.analytics.refusal import MINIMUM_FOR_BANDS
from moothall.analytics.register import Register
from moothall.analytics.reliability import level_reliability
from moothall.analytics.reversal import FEWEST_PERIODS, Reversals, reversals, total
from moothall.analytics.series import are_linked, calendar_of
from moothall.analytics.standing_out import Distance, shrunken_z
from moothall.analytics.trend import SIGNS
from moothall.analytics.within_groups import columns_z, distances
from moothall.catalogue import Catalogue
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.order import row_of_each
from moothall.domain.period import Period

Figures = NDArray[np.float64]

KEPT_COLUMNS = 8192
"""Of how many metrics and groups together the newest column is kept."""


class PanelFigures(Protocol):
    """A panel of figures: every array is [authorities, periods], NaN where there is no figure."""

    @property
    def authorities(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def periods(self) -> tuple[Period, ...]: ...  # noqa: D102

    @property
    def values(self) -> Figures: ...  # noqa: D102

    @property
    def lower(self) -> Figures: ...  # noqa: D102

    @property
    def upper(self) -> Figures: ...  # noqa: D102

    @property
    def in_lifetime(self) -> NDArray[np.bool_]: ...  # noqa: D102


@dataclass(frozen=True)
class MetricSeries:
    """A metric's figures that can be compared: every array is [authorities, periods], NaN where there is none.

    ``types`` are the authority types, which are the groups of the rules of change; ``is_linked`` [periods - 1] is
    ``analytics.series.are_linked``.
    """

    metric: Metric
    authorities: tuple[str, ...]
    types: tuple[str, ...]
    periods: tuple[Period, ...]
    values: Figures
    lower: Figures
    upper: Figures
    is_linked: NDArray[np.bool_]

    @cached_property
    def index(self) -> dict[str, int]:
        """The row of each authority code."""
        return row_of_each(self.authorities)

    @cached_property
    def changes(self) -> AnnualChanges:
        """What the annual rule says of every change, each authority beside its own type."""
        return self._annual_changes()

    def _annual_changes(self) -> AnnualChanges:
        return annual_changes(self.values, self.types, self.is_linked, self.metric.reporting_step)

    @cached_property
    def told(self) -> ToldChanges:
        """What the annual rule says after each change; the numbers behind it are not kept."""
        return self._annual_changes().told

    @cached_property
    def seasonal(self) -> SeasonalChanges:
        """What is said of each part of the year of a quarterly or monthly series."""
        calendar = calendar_of(self.periods, self.metric.breaks, self.metric.cadence)
        values, step = calendar.spread(self.values), self.metric.reporting_step
        return SeasonalChanges(values, calendar, self.types, step, self.metric.cadence)

    @cached_property
    def reversals(self) -> Reversals:
        """What became of the changes, each flagged by the rule that would have spoken to the series at the time."""
        if self.metric.cadence in SEASONS:
            return total(reversals(part.changes) for part in self.seasonal.parts())
        if self.metric.cadence not in ANNUAL_CADENCES or len(self.periods) < FEWEST_PERIODS:
            return Reversals()
        sloped = np.array([self.rule(column) is ChangeRule.SLOPE for column in range(1, len(self.periods))])
        sign, moved = self.changes.sign.copy(), self.changes.moved.copy()
        for at in np.flatnonzero(sloped).tolist():
            told = self.changes_of(np.arange(len(self.authorities)), at + 1)
            sign[:, at] = [SIGNS.get(one.trend.direction, 0) for one in told if one]
            moved[:, at] = [
                self.values[row, one.until] - self.values[row, one.since] for row, one in enumerate(told) if one
            ]
        return reversals(replace(self.changes, sign=sign, moved=moved), sloped)

    @cached_property
    def turned_round(self) -> TurnedRoundAll:
        """Who turned it round by the last period, each within its own type: only yearly figures can say."""
        if self.metric.cadence not in ANNUAL_CADENCES:
            return TurnedRoundAll((), 0, 0.0)
        step, polarity = self.metric.reporting_step, self.metric.polarity
        return turned_round(self.values, self.types, self.is_linked, step, polarity)

    @cached_property
    def noise(self) -> Figures:
        """A standard error of the last period's figures where they have no interval: [authorities]."""
        return noise_from_changes(self.changes)

    def rule(self, column: int) -> ChangeRule | None:
        """The rule of change that speaks to the series up to a column; None where none does."""
        return rule_of(self.metric, self.periods, self.lower[:, : column + 1], self.upper[:, : column + 1])

    def change(self, row: int, column: int) -> Change | None:
        """What the rule of this series says of one authority up to a column; None where no rule speaks to it."""
        return self.changes_of(np.array([row]), column)[0]

    def changes_of(self, rows: NDArray[np.intp], column: int) -> tuple[Change | None, ...]:
        """The same for several authorities, in their order."""
        rule, end = self.rule(column), column + 1
        if rule is None:
            return (None,) * rows.size
        if rule is ChangeRule.ANNUAL:
            return tuple(Change.annual(self.changes, row, column) for row in rows.tolist())
        known = self.periods[:end]
        if rule is ChangeRule.SLOPE:
            values, lower, upper = (array[rows, :end] for array in (self.values, self.lower, self.upper))
            return slope_changes(values, lower, upper, known, self.metric.breaks)
        return self.seasonal.at(self.seasonal.calendar.place_of(column), rows)

    def until(self, column: int) -> "MetricSeries":
        """The same series as it was after the period of ``column``."""
        width = column + 1
        if width == len(self.periods):
            return self
        return replace(
            self,
            periods=self.periods[:width],
            values=self.values[:, :width],
            lower=self.lower[:, :width],
            upper=self.upper[:, :width],
            is_linked=self.is_linked[:column],
        )

    def newest(self, rows: Sequence[int] | NDArray[np.intp] | None = None) -> int | None:
        """The last column in which at least 10 of these rows (None: of all) have a figure; None without one."""
        known = (~np.isnan(self.values if rows is None else self.values[rows])).sum(axis=0)
        full = np.flatnonzero(known >= MINIMUM_FOR_BANDS)
        return int(full[-1]) if full.size else None


@dataclass(frozen=True)
class Tested:
    """A metric as it was tested for one authority: at which column of its series, and how far out it lies."""

    series: MetricSeries
    column: int
    distance: Distance

    @property
    def period(self) -> Period:
        """The period of the figure."""
        return self.series.periods[self.column]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an authority is tested: its row, and the columns of the period before and of the newest of its group."""

    group: Group
    own: int
    columns: tuple[int, int]


class AllSeries:
    """The series of a build, each made when it is first asked for."""

    def __init__(
        self, panel_of: Callable[[str], PanelFigures], catalogue: Catalogue, boundaries: date | None = None
    ) -> None:
        self.at = lru_cache(maxsize=None)(self._make)
        self.reliability = lru_cache(maxsize=None)(self._reliability)
        self._panel, self._metrics, self._boundaries = panel_of, catalogue.metrics, boundaries
        self._of_type = lru_cache(maxsize=None)(self._within_types)
        self._newest = lru_cache(maxsize=KEPT_COLUMNS)(self._newest_in)
        self._register_rows = lru_cache(maxsize=None)(self._rows_in_register)
        self.register = Register(catalogue.authorities, catalogue.responsibilities)

    def rows_of(self, metric_id: str, group: Group) -> NDArray[np.intp]:
        """The rows of a group's authorities in the series of a metric."""
        return np.flatnonzero(self.register.members(group)[self._register_rows(metric_id)])

    def tested(self, metric_id: str, asked: Sequence[tuple[Authority, Group]]) -> list[Tested | None]:
        """How far each authority lies from its group in the newest period that the group can be compared in.

        Shrunk by what usually remains of such a distance a period later: a share of the metric, taken over all types
        together, so that neither one type nor one small group has luck of its own. None where nothing can be tested.
        """
        series = self.at(metric_id)
        spots = [self._spot(series, authority, group) for authority, group in asked]
        there = [place for place, spot in enumerate(spots) if spot]
        z = self._z(series, [spot for spot in spots if spot])
        answers: list[Tested | None] = [None] * len(asked)
        for place, (before, own) in zip(there, z.tolist(), strict=True):
            spot = spots[place]
            if spot and not np.isnan(own):
                distance = Distance(metric_id, own, before, series.metric.polarity)
                answers[place] = Tested(series, spot.columns[1], distance)
        return answers

    def _spot(self, series: MetricSeries, authority: Authority, group: Group) -> _Spot | None:
        own = series.index.get(authority.code)
        column = None if own is None else self._newest(series.metric.id, group)
        return None if own is None or column is None else _Spot(group, own, (max(column - 1, 0), column))

    def _z(self, series: MetricSeries, spots: Sequence[_Spot]) -> Figures:
        """Shrunken z at both columns of each spot: [spots, 2]; the first NaN where no period before it is linked."""
        found = np.full((len(spots), 2), np.nan)
        within = [place for place, spot in enumerate(spots) if spot.group.kind is GroupKind.SAME_TYPE]
        for place in within:
            found[place] = self._of_type(series.metric.id)[spots[place].own, list(spots[place].columns)]
        others = [place for place in range(len(spots)) if place not in set(within)]
        if others:
            found[others] = self._z_of_groups(series, [spots[place] for place in others])
        for place, spot in enumerate(spots):
            before, column = spot.columns
            if before == column or not series.is_linked[before]:
                found[place, 0] = np.nan
        return found

    def _z_of_groups(self, series: MetricSeries, spots: Sequence[_Spot]) -> Figures:
        """The same for groups that are no types, all at once; NaN for an authority that is no member."""
        groups = [self.rows_of(series.metric.id, spot.group) for spot in spots]
        largest = max(rows.size for rows in groups)
        members = np.full((largest, len(spots), 2), np.nan)
        for place, (rows, spot) in enumerate(zip(groups, spots, strict=True)):
            if spot.own in rows:
                members[: rows.size, place] = series.values[rows[:, None], list(spot.columns)]
        columns = np.array([spot.columns for spot in spots])
        own = series.values[np.array([spot.own for spot in spots])[:, None], columns].reshape(-1)
        z = columns_z(members.reshape(largest, -1), own, series.metric.reporting_step).reshape(-1, 2)
        return np.asarray(z * self.reliability(series.metric.id)[columns], dtype=np.float64)

    def _newest_in(self, metric_id: str, group: Group) -> int | None:
        return self.at(metric_id).newest(self.rows_of(metric_id, group))

    def _rows_in_register(self, metric_id: str) -> NDArray[np.intp]:
        return self.register.rows(self.at(metric_id).authorities)

    def _reliability(self, metric_id: str) -> Figures:
        series = self.at(metric_id)
        return level_reliability(distances(series.values, series.types, series.metric.reporting_step).z)

    def _within_types(self, metric_id: str) -> Figures:
        series = self.at(metric_id)
        return shrunken_z(series.values, series.types, series.metric.reporting_step)

    def _make(self, metric_id: str) -> MetricSeries:
        metric, panel = self._metrics[metric_id], self._panel(metric_id)
        days = [self._boundaries or period.end for period in panel.periods]
        is_compared = self.register.eligible(metric, panel.authorities, days) & panel.in_lifetime
        values = np.where(is_compared, panel.values, np.nan)
        types = self.register.types(panel.authorities)
        linked = are_linked(panel.periods, metric.breaks, metric.cadence)
        return MetricSeries(metric, panel.authorities, types, panel.periods, values, panel.lower, panel.upper, linked)
