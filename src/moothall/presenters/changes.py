"""One metric over all councils that can be compared, and what changed in it. Kept for as long as a build is open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.annual_change import AnnualChanges, annual_changes
from moothall.analytics.groups import Group, GroupKind
from moothall.analytics.learning import TurnedRoundAll, turned_round
from moothall.analytics.refusal import MINIMUM_FOR_BANDS
from moothall.analytics.register import Register
from moothall.analytics.series import are_linked
from moothall.analytics.standing_out import shrunken_z
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.words import Cadence, Caveat
from moothall.presenters.reading import FigureStore, kept_by_store
from moothall.store import Panel

ANNUAL_CADENCES = frozenset({Cadence.YEARLY, Cadence.TWO_YEARLY, Cadence.CLOSED})
"""Series to which the annual rule speaks; those of months and quarters have control charts."""

KEPT_LEVELS = 2048


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
    values: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    is_linked: NDArray[np.bool_]

    @cached_property
    def index(self) -> dict[str, int]:
        """The row of each authority code."""
        return {code: row for row, code in enumerate(self.authorities)}

    @cached_property
    def changes(self) -> AnnualChanges:
        """What the annual rule says of every change, each authority beside its own type."""
        return annual_changes(self.values, self.types, self.is_linked, self.metric.reporting_step)

    @cached_property
    def turned_round(self) -> TurnedRoundAll:
        """Who turned it round by the last period, each within its own type: only yearly figures can say."""
        if self.metric.cadence not in ANNUAL_CADENCES:
            return TurnedRoundAll((), 0, 0.0)
        step, polarity = self.metric.reporting_step, self.metric.polarity
        return turned_round(self.values, self.types, self.is_linked, step, polarity)

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

    def newest(self, rows: Sequence[int] | NDArray[np.intp]) -> int | None:
        """The last column in which at least 10 of these rows have a figure; None without one."""
        known = (~np.isnan(self.values[rows])).sum(axis=0)
        full = np.flatnonzero(known >= MINIMUM_FOR_BANDS)
        return int(full[-1]) if full.size else None


class AllSeries:
    """The series of one open build, each made when it is first asked for."""

    def __init__(self, store: FigureStore) -> None:
        self.at = lru_cache(maxsize=None)(self._make)
        self.levels = lru_cache(maxsize=KEPT_LEVELS)(self._levels)
        self._panel, self._catalogue, self._boundaries = store.panel, store.catalogue, store.boundaries
        self._register = Register(store.catalogue.authorities, store.catalogue.responsibilities)

    def rows_of(self, metric_id: str, group: Group) -> NDArray[np.intp]:
        """The rows of a group's authorities in the series of a metric."""
        rows = self._register.rows(self.at(metric_id).authorities)
        return np.flatnonzero(self._register.members(group)[rows])

    def _make(self, metric_id: str) -> MetricSeries:
        metric, panel = self._catalogue.metrics[metric_id], self._panel(metric_id)
        values = np.where(self._eligible(metric, panel), panel.values, np.nan)
        types = self._register.types(panel.authorities)
        linked = are_linked(panel.periods, metric.breaks, metric.cadence)
        return MetricSeries(metric, panel.authorities, types, panel.periods, values, panel.lower, panel.upper, linked)

    def _levels(self, metric_id: str, group: Group) -> NDArray[np.float64]:
        """Shrunken z within a group: [authorities, periods], NaN for those outside it.

        Within types the share that remains is that of all types together, so that one type has no luck of its own.
        """
        series = self.at(metric_id)
        step = series.metric.reporting_step
        if group.kind is GroupKind.SAME_TYPE:
            return shrunken_z(series.values, series.types, step)
        rows, found = self.rows_of(metric_id, group), np.full(series.values.shape, np.nan)
        found[rows] = shrunken_z(series.values[rows], [group.id] * rows.size, step)
        return found

    def _eligible(self, metric: Metric, panel: Panel) -> NDArray[np.bool_]:
        """Where a panel's figures can be compared (METHODS 1): [authorities, periods]."""
        days = [self._boundaries or period.end for period in panel.periods]
        return self._register.eligible(metric, panel.authorities, days) & panel.in_lifetime


@kept_by_store
def series_of(store: FigureStore) -> AllSeries:
    """The series kept for this open build."""
    return AllSeries(store)


def why_not_judged(metric: Metric) -> str | None:
    """The cause, as rules of sentences know it, why nobody does well or badly on a metric; None where one can."""
    if metric.is_context:
        return "circumstance"
    return "count" if Caveat.COUNT_NOT_RATE in metric.caveats else None
