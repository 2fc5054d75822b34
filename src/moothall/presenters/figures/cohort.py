"""A cohort: one metric, one group, one period, and who in it has which figure. Kept for as long as a build is open.

Nothing here depends on a visitor, so each cohort is worked out once: medians, positions, the ground of its strip.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.groups import Group, GroupKind, comparable_by_code, members_among
from moothall.analytics.judging import NOT_JUDGED, Evidence, Judged, judge_member, judge_members
from moothall.analytics.position import Position, Refusal, Summary, position, positions, summarise, with_minimum
from moothall.domain.authority import Authority, AuthorityType
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.words import Status
from moothall.presenters.charts.strip import LARGE, SMALL, Frame, Ground, draw_ground
from moothall.presenters.figures.reading import FigureStore, kept_by_store, live_metrics
from moothall.store import NO_ROW, Panel

KEPT_NAMED, KEPT_LARGE = 1024, 128
"""Cohorts kept for a build: of groups that name their few members, about 5 kB each; of types, regions and England,
whose every place is worked out at once, up to 150 kB."""

KEPT_COLUMNS = 64
"""Periods of metrics whose figures stand ready for the next group, up to 16 kB each."""

KEPT_OF_VIEW = 128
"""Cohorts of either sort kept for each view of a build."""

_STATUSES = tuple(Status)


@dataclass(frozen=True, slots=True)
class Standing:
    """One authority's figure, or the publisher's reason for none. ``status`` is None where no release has a row."""

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
    evidence: Evidence

    def has_member(self, code: str) -> bool:
        """True for an authority of the group, whether it has a figure or not."""
        return code in self._row_of

    def figures_of(self, codes: Sequence[str]) -> list[float]:
        """The figures of those of these authorities that are members and have one."""
        found = (self.values[self._row_of[code]] for code in codes if code in self._row_of)
        return [float(figure) for figure in found if not math.isnan(figure)]

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {member.code: row for row, member in enumerate(self.members)}

    @property
    def values(self) -> NDArray[np.float64]:
        """The members' figures."""
        return self.evidence.values

    @cached_property
    def summary(self) -> Summary:
        """The middle and spread of the figures."""
        return summarise(self.values)

    @cached_property
    def positions(self) -> Mapping[str, Position]:
        """Where each member stands, by authority code."""
        found = positions(self.values, self.metric.reporting_step, self.summary)
        minimum = self.metric.minimum_denominator
        if minimum is not None:
            below = self.evidence.denominators.tolist()
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
        if self._is_first_alone(code, "positions"):
            return self._first_position
        return self.positions.get(code) or Position(self.summary.n, refused=Refusal.NOT_IN_GROUP)

    def _is_first_alone(self, code: str, name: str) -> bool:
        """True where a council is the one that the group was made for, and what has this name is not made for all.

        Of such a group mostly that council is asked for: nothing need be found of the others.
        """
        return self.group.codes[:1] == (code,) and name not in self.__dict__

    @cached_property
    def _first_row(self) -> int | None:
        """The row of the council that the group was made for; None where it is not a member."""
        code = self.group.codes[0]
        return next((row for row, member in enumerate(self.members) if member.code == code), None)

    @cached_property
    def _first_position(self) -> Position:
        """The place of the council that the group was made for, alone."""
        row = self._first_row
        if row is None:
            return Position(self.summary.n, refused=Refusal.NOT_IN_GROUP)
        found = position(self.values, float(self.values[row]), self.metric.reporting_step, self.summary)
        return with_minimum(found, float(self.evidence.denominators[row]), self.metric.minimum_denominator)

    def is_placed(self, code: str) -> bool:
        """True for a member whose figure may stand beside the others."""
        return self.position_of(code).refused not in (Refusal.NOT_IN_GROUP, Refusal.DENOMINATOR_TOO_SMALL)

    @cached_property
    def judgements(self) -> Mapping[str, Judged]:
        """What can be said of each member against the middle, and what that rests on, by authority code."""
        found = judge_members(self.metric, self.evidence, self.summary.median)
        return {member.code: judged for member, judged in zip(self.members, found, strict=True)}

    def judged(self, code: str) -> Judged:
        """What can be said of an authority; nothing of one that is not a member, or has no place among them."""
        if not self.is_placed(code):
            return NOT_JUDGED
        return self._first_judged if self._is_first_alone(code, "judgements") else self.judgements[code]

    @cached_property
    def _first_judged(self) -> Judged:
        """What can be said of the council that the group was made for, alone; it is a member."""
        return judge_member(self.metric, self.evidence, self._first_row or 0, self.summary.median)

    def _ground(self, frame: Frame) -> Ground | None:
        s = self.summary
        if s.median is None or s.low is None or s.high is None:
            return None
        are_peers = self.group.kind is GroupKind.SIMILAR
        return draw_ground(self.known, s.low, s.high, s.median, frame, are_peers=are_peers)


Comparable = Callable[[str, frozenset[AuthorityType], date], dict[str, Authority]]


@kept_by_store
def comparable_of(store: FigureStore) -> Comparable:
    """Who can be compared by the metrics of a service for some types on a day: the same for every view of a build."""
    services, every = store.catalogue.responsibilities, store.catalogue.authorities.values()
    same: dict[tuple[str, ...], dict[str, Authority]] = {}

    @cache
    def comparable(service: str, types: frozenset[AuthorityType], day: date) -> dict[str, Authority]:
        found = comparable_by_code(types, services[service], every, day)
        # From one year to the next hardly anything changes: of equal answers one is held.
        return same.setdefault(tuple(found), found)

    return comparable


@dataclass(frozen=True)
class Cohorts:
    """The cohorts of one open build: ``at`` gives the one of a metric's id, a group and a period."""

    at: Callable[[str, Group, Period], Cohort]


@kept_by_store
def cohorts_of(store: FigureStore) -> Cohorts:
    """The cohorts kept for this open build; they go when two newer builds have been read."""
    # What is kept leads to no cohorts, and so never back to itself: with the last view of a day its cohorts go too.
    panel, metrics, boundaries = store.panel, store.catalogue.metrics, store.boundaries
    comparable = comparable_of(store.whole)
    column = lru_cache(maxsize=KEPT_COLUMNS)(lambda metric_id, period: _column(panel(metric_id), period))

    def make(metric_id: str, group: Group, period: Period) -> Cohort:
        metric = metrics[metric_id]
        among = comparable(metric.responsibility, metric.applies_to, boundaries or period.end)
        chosen, index = members_among(group, among), panel(metric_id).index
        rows = np.array([index.get(member.code, -1) for member in chosen], dtype=np.intp)
        return Cohort(metric, group, period, chosen, column(metric_id, period).at(rows))

    is_build = store.whole is store
    named = lru_cache(maxsize=KEPT_NAMED if is_build else KEPT_OF_VIEW)(make)
    large = lru_cache(maxsize=KEPT_LARGE if is_build else KEPT_OF_VIEW)(make)
    return Cohorts(lambda metric, group, period: (named if group.codes else large)(metric, group, period))


def newest_period(store: FigureStore, metric: Metric, group: Group) -> Period:
    """The newest period in which a member of the group has a figure; the newest of all where none ever has."""
    cohorts, periods = cohorts_of(store), store.panel(metric.id).periods
    with_figures = (p for p in reversed(periods) if cohorts.at(metric.id, group, p).known)
    return next(with_figures, periods[-1])


def standing_of(store: FigureStore, metric: Metric, authority: Authority, period: Period) -> Standing:
    """An authority's figure for a period, or why there is none."""
    panel = store.panel(metric.id)
    place = _place(panel, authority.code, period)
    if place is None or panel.statuses[place] == NO_ROW:
        return Standing(period, None, None, None)
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
    columns = np.flatnonzero((panel.statuses[row] != NO_ROW) & panel.in_lifetime[row])
    figures = zip(*(array[row, columns].tolist() for array in (panel.values, panel.lower, panel.upper)), strict=True)
    statuses = panel.statuses[row, columns].tolist()
    places = zip(columns.tolist(), statuses, figures, strict=True)
    return [_standing(store, panel, authority, panel.periods[c], _STATUSES[s], own) for c, s, own in places]


def _standing(
    store: FigureStore,
    panel: Panel,
    authority: Authority,
    period: Period,
    status: Status,
    own: tuple[float, float, float],
) -> Standing:
    """The standing of an authority that acted in a period; ``own`` are its figure and the limits, NaN for none."""
    value, lower, upper = (None if math.isnan(figure) else figure for figure in own)
    reason = None if value is not None else store.reasons(panel.metric).get((authority.code, period.slug))
    return Standing(period, value, status, reason, lower, upper)


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
    comparable, kinds = comparable_of(store.whole), (metric.responsibility, metric.applies_to)
    return any(authority.code in comparable(*kinds, period.end) for period in store.panel(metric.id).periods)


def _column(panel: Panel, period: Period) -> Evidence:
    """The figures of a period that stand for a council of the day, with what is published beside them.

    The arrays are [authorities + 1]: the last is nobody, and has no figure.
    """
    column, none = panel.period_index.get(period.slug), np.full(len(panel.authorities) + 1, np.nan)
    if column is None:
        return Evidence(none, none, none, none, none)
    is_held = panel.in_lifetime[:, column]
    arrays = panel.values, panel.lower, panel.upper, panel.numerators, panel.denominators
    # Where nothing was published beside the figures a panel holds one NaN for all of them: an array without strides.
    there = (array if array is not None and any(array.strides) else None for array in arrays)
    return Evidence(*(none if a is None else np.append(np.where(is_held, a[:, column], np.nan), np.nan) for a in there))


def _place(panel: Panel, code: str, period: Period) -> tuple[int, int] | None:
    row, column = panel.index.get(code), panel.period_index.get(period.slug)
    return None if row is None or column is None else (row, column)


def _known(figure: float) -> float | None:
    return None if math.isnan(figure) else float(figure)
