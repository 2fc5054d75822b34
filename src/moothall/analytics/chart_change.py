"""Change of a quarterly or monthly series: each figure is held against the same part of other years (METHODS 4).

Two rules must agree. The control chart says that the council's own figures moved by more than their usual ups and
downs; the annual rule, asked of one quarter of every year, says that they moved by more than those of its type, in a
metric whose changes mostly last.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.annual_change import REASONS, AnnualChanges, annual_changes
from moothall.analytics.change import Change, ChangeRule
from moothall.analytics.reliability import change_reliability
from moothall.analytics.series import ABSENT, Calendar
from moothall.analytics.trend import TrendReason, make_trend
from moothall.analytics.within_groups import distances
from moothall.analytics.xmr import LEAST_TO_FIX_LIMITS, XmrRule, xmr_charts
from moothall.domain.words import Cadence

Figures = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Season:
    """A year of a series is ``length`` figures; the limits of its chart are fixed on ``base``, whole years of them."""

    length: int
    base: int

    @property
    def window(self) -> int:
        """How many figures a chart looks at: those of the base, and four that are judged."""
        return self.base + JUDGED


JUDGED: Final = 4
"""Figures after the base, so that all of the last three can lie beyond the limits that it fixes."""

SEASONS: Final = {Cadence.QUARTERLY: Season(4, 16), Cadence.MONTHLY: Season(12, 2 * LEAST_TO_FIX_LIMITS)}
"""Series that have charts: four years of quarters, of which twelve are known, or two years of months fix the limits."""

MARKED, UNMARKED, NO_CHART = map(
    REASONS.index, (TrendReason.CONTROL_CHART, TrendReason.WITHIN_NOISE, TrendReason.TOO_FEW_PERIODS)
)
"""The codes of what both rules together answer: a change, none, or that too few figures fix the limits."""


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """One part of every year, such as all second quarters, by both rules; a change leads from a year to the next.

    ``back`` [authorities, changes] is over how many years a change is told.
    """

    changes: AnnualChanges
    back: NDArray[np.int64]


class SeasonalChanges:
    """What both rules say of a series on its calendar: ``values`` [authorities, places], NaN where there is no figure.

    ``types`` are the authority types, which are the groups of the annual rule; ``step`` is the reporting step. Nothing
    that is said of a place rests on a later one.
    """

    def __init__(
        self, values: Figures, calendar: Calendar, types: Sequence[str], step: float, cadence: Cadence
    ) -> None:
        self.values, self.calendar, self.types, self.step = values, calendar, types, step
        self.season = SEASONS[cadence]
        self.part = lru_cache(maxsize=None)(self._make_part)

    def at(self, place: int, rows: NDArray[np.intp]) -> tuple[Change, ...]:
        """The change of each row at a place of the calendar, told in columns of the series."""
        until, (year, first) = int(self.calendar.columns[place]), divmod(place, self.season.length)
        if not year:
            is_missing = np.isnan(self.values[rows, place]).tolist()
            reasons = (TrendReason.NO_VALUE if missing else TrendReason.TOO_FEW_PERIODS for missing in is_missing)
            return tuple(Change(ChangeRule.CHART, make_trend(0, reason, {}), until, until) for reason in reasons)
        part = self.part(first)
        since = self.calendar.columns[place - part.back[rows, year - 1] * self.season.length].tolist()
        trends = (part.changes.trend(row, year - 1) for row in rows.tolist())
        return tuple(
            Change(ChangeRule.CHART, trend, until if start == ABSENT else start, until)
            for trend, start in zip(trends, since, strict=True)
        )

    def parts(self) -> tuple[PartOfYear, ...]:
        """Every part of the year that has two figures or more."""
        return tuple(
            self.part(first) for first in range(min(self.season.length, self.values.shape[1] - self.season.length))
        )

    @cached_property
    def lasting(self) -> tuple[Figures, Figures]:
        """The shares of changes over one year and over two that last, as known at each place: two [places].

        All parts of the year count together, for one part alone has too few pairs.
        """
        runs, back = self.calendar.runs, self.season.length
        moved = np.full(self.values.shape, np.nan)
        moved[:, back:] = np.where(runs[back:] == runs[:-back], self.values[:, back:] - self.values[:, :-back], np.nan)
        return change_reliability(distances(moved, self.types, self.step).z, back)

    def _make_part(self, first: int) -> PartOfYear:
        places = np.arange(first, self.values.shape[1], self.season.length)
        runs, (one, two) = self.calendar.runs[places], self.lasting
        is_linked = runs[1:] == runs[:-1]
        lasting = (one[places[1:]], two[places[1:]])
        found = annual_changes(self.values[:, places], self.types, is_linked, self.step, lasting)
        back = np.where(found.reason == REASONS.index(TrendReason.TWO_CHANGES), 2, 1)
        sides = np.stack([self.side(place) for place in places[1:].tolist()], axis=1)
        return PartOfYear(confirmed(found, sides), np.where(confirmed(found, sides).sign, back, 1))

    def side(self, place: int) -> Figures:
        """The side on which each chart marks the figure of a place, 1, -1 or 0: [authorities]; NaN without a chart."""
        is_same_run = self.calendar.runs[: place + 1] == self.calendar.runs[place]
        run = self.values[:, : place + 1][:, is_same_run][:, -self.season.window :]
        if run.shape[1] <= LEAST_TO_FIX_LIMITS:
            return np.full(run.shape[0], np.nan)
        return chart_side(run, min(self.season.base, run.shape[1] - 1), self.season.length)


def chart_side(run: Figures, base: int, season: int) -> Figures:
    """The side of the first pattern that the last figure of each ``run`` [series, places] completes: 1, -1, 0 for none.

    The limits are fixed on the first ``base``; NaN where they cannot be, where the figures never moved, or there is no
    last one.
    """
    charts = xmr_charts(run, base, season)
    last, stepped = np.sign(charts.away[:, -1]), np.sign(charts.away[:, -1] - charts.away[:, -2])
    sides = [stepped if rule is XmrRule.STEADY_TREND else last for rule in XmrRule]
    found = np.select([charts.hits[rule][:, -1] for rule in XmrRule], sides, 0.0)
    return np.where((charts.reach > 0) & ~np.isnan(last), found, np.nan)


def confirmed(found: AnnualChanges, sides: Figures) -> AnnualChanges:
    """The annual rule's changes where the chart marks the same side; ``sides`` [authorities, changes].

    What only one of the two finds is within noise, and where there is no chart nothing is said.
    """
    was_found, agrees = found.sign != 0, sides == found.sign
    answered = was_found | (found.reason == UNMARKED)
    reason = np.select(
        [was_found & agrees, answered & np.isnan(sides), was_found], [MARKED, NO_CHART, UNMARKED], found.reason
    )
    sign = np.where(was_found & agrees, found.sign, 0)
    return replace(found, sign=sign.astype(np.int8), reason=reason.astype(np.int8))
