"""A cohort: one metric, one group, one period, and who in it has which figure. Kept for as long as a build is open.

Nothing here depends on a visitor, so each cohort is worked out once: medians, positions, the ground of its strip.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.groups import Group, is_eligible, members
from moothall.analytics.interval import Judgement, compare_with_median, judge
from moothall.analytics.position import Position, Refusal, Summary, positions, summarise, with_minimum
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.words import Status
from moothall.presenters.reading import FigureStore, kept_by_store, live_metrics
from moothall.presenters.strip import LARGE, SMALL, Frame, Ground, draw_ground
from moothall.store import NO_ROW, Panel

KEPT_COHORTS = 4096
_STATUSES = tuple(Status)


@dataclass(frozen=True, slots=True)
class Standing:
    """One authority's figure, or why there is none. ``status`` is None where no release has a row."""

    period: Period
    value: float | None
    status: Status | None
    reason: str | None
    lower: float | None = None
    upper: float | None = None
    in_lifetime: bool = True


@dataclass(frozen=True)
class Cohort:
    """The members of a group that are eligible at a period, by name, with their figures (NaN where there is none)."""

    metric: Metric
    group: Group
    period: Period
    members: tuple[Authority, ...]
    values: NDArray[np.float64]
    denominators: NDArray[np.float64] | None = None
    """What each figure is divided by, NaN where that is not known; None where the metric has no minimum."""

    @cached_property
    def summary(self) -> Summary:
        """The middle and spread of the figures."""
        return summarise(self.values)

    @cached_property
    def positions(self) -> Mapping[str, Position]:
        """Where each member stands, by authority code."""
        found = positions(self.values, self.metric.reporting_step, self.summary)
        if self.denominators is not None:
            minimum, below = self.metric.minimum_denominator, self.denominators.tolist()
            found = tuple(with_minimum(place, d, minimum) for place, d in zip(found, below, strict=True))
        return {member.code: place for member, place in zip(self.members, found, strict=True)}

    @cached_property
    def known(self) -> list[float]:
        """The figures there are, ascending."""
        return sorted(v for v in self.values.tolist() if not math.isnan(v))

    @cached_property
    def ground(self) -> Ground | None:
        """What the small strip of every member shares; None where the group is too small for a middle figure."""
        return self._ground(SMALL)

    @cached_property
    def large_ground(self) -> Ground | None:
        """The same for the large strip."""
        return self._ground(LARGE)

    def position_of(self, code: str) -> Position:
        """Where an authority stands; refused where it is not one of the members."""
        return self.positions.get(code) or Position(self.summary.n, refused=Refusal.NOT_IN_GROUP)

    def is_placed(self, code: str) -> bool:
        """True for a member whose figure may stand beside the others."""
        return code in self.positions and self.positions[code].refused is not Refusal.DENOMINATOR_TOO_SMALL

    def judgement_of(self, standing: Standing) -> Judgement:
        """What the publisher's 95% limits say of a figure against the middle of this cohort."""
        verdict = compare_with_median(standing.lower, standing.upper, self.summary.median)
        return judge(verdict, self.metric.polarity)

    def _ground(self, frame: Frame) -> Ground | None:
        s = self.summary
        if s.median is None or s.low is None or s.high is None:
            return None
        return draw_ground(self.known, s.low, s.high, s.median, frame)


class Cohorts:
    """The cohorts of one open build."""

    def __init__(self, store: FigureStore) -> None:
        self.at = lru_cache(maxsize=KEPT_COHORTS)(self._make)
        self._panel, self._catalogue, self._boundaries = store.panel, store.catalogue, store.boundaries

    def _make(self, metric_id: str, group: Group, period: Period) -> Cohort:
        metric, panel = self._catalogue.metrics[metric_id], self._panel(metric_id)
        service = self._catalogue.responsibilities[metric.responsibility]
        every = self._catalogue.authorities
        named = [every[code] for code in group.codes] if group.codes else every.values()
        chosen = members(group, metric, service, named, self._boundaries or period.end)
        figures = [_comparable(panel, authority.code, period) for authority in chosen]
        below = _denominators(panel, chosen, period) if metric.minimum_denominator else None
        return Cohort(metric, group, period, chosen, np.array(figures, dtype=np.float64), below)


@kept_by_store
def cohorts_of(store: FigureStore) -> Cohorts:
    """The cohorts kept for this open build; they go when two newer builds have been read."""
    return Cohorts(store)


def standing_of(store: FigureStore, metric: Metric, authority: Authority, period: Period) -> Standing:
    """An authority's figure for a period, or why there is none."""
    panel = store.panel(metric.id)
    place = _place(panel, authority.code, period)
    if place is None or panel.statuses[place] == NO_ROW:
        return Standing(period, None, None, "The publisher has no row for this council in this period.")
    value, lower, upper = (_known(array[place]) for array in (panel.values, panel.lower, panel.upper))
    reason = None if value is not None else store.reasons(metric.id).get((authority.code, period.slug))
    status, acting = _STATUSES[panel.statuses[place]], bool(panel.in_lifetime[place])
    return Standing(period, value, status, reason, lower, upper, acting)


def standings_of(store: FigureStore, metric: Metric, authority: Authority) -> list[Standing]:
    """An authority's figures for all periods of a metric in which it acted, oldest first."""
    panel = store.panel(metric.id)
    row = panel.index.get(authority.code)
    if row is None:
        return []
    found = [standing_of(store, metric, authority, period) for period in panel.periods]
    return [s for s in found if s.status is not None and s.in_lifetime]


def latest_standing(store: FigureStore, metric: Metric, authority: Authority) -> Standing | None:
    """The newest row of an authority for a metric, a figure or a reason; None where no release has a row."""
    panel = store.panel(metric.id)
    row = panel.index.get(authority.code)
    if row is None:
        return None
    acting = np.flatnonzero((panel.statuses[row] != NO_ROW) & panel.in_lifetime[row])
    return standing_of(store, metric, authority, panel.periods[int(acting[-1])]) if acting.size else None


def shown_metrics(store: FigureStore, authority: Authority) -> tuple[Metric, ...]:
    """The live metrics that are or once were compared for an authority, by title."""
    return _shown_of(store)(authority.code)


@kept_by_store
def _shown_of(store: FigureStore) -> Callable[[str], tuple[Metric, ...]]:
    """What picks an authority's metrics in one open build: each is asked for all its periods only once."""
    authorities = store.catalogue.authorities

    @cache
    def shown(code: str) -> tuple[Metric, ...]:
        return tuple(m for m in live_metrics(store) if is_ever_eligible(store, m, authorities[code]))

    return shown


def is_ever_eligible(store: FigureStore, metric: Metric, authority: Authority) -> bool:
    """True when the metric can be compared for the authority in at least one of its periods."""
    service = store.catalogue.responsibilities[metric.responsibility]
    return any(is_eligible(authority, metric, service, p.end) for p in store.panel(metric.id).periods)


def _comparable(panel: Panel, code: str, period: Period) -> float:
    place = _place(panel, code, period)
    return float(panel.values[place]) if place is not None and panel.in_lifetime[place] else math.nan


def _denominators(panel: Panel, chosen: Iterable[Authority], period: Period) -> NDArray[np.float64] | None:
    """What the figures of ``chosen`` are divided by, in their order; None where the panel does not say."""
    if panel.denominators is None:
        return None
    places = [_place(panel, authority.code, period) for authority in chosen]
    return np.array([math.nan if place is None else panel.denominators[place] for place in places], dtype=np.float64)


def _place(panel: Panel, code: str, period: Period) -> tuple[int, int] | None:
    row, column = panel.index.get(code), panel.period_index.get(period.slug)
    return None if row is None or column is None else (row, column)


def _known(figure: float) -> float | None:
    return None if math.isnan(figure) else float(figure)
