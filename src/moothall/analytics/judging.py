"""What can be said of each member of a group against its middle, and what that rests on (METHODS 3).

The publisher's own 95% limits go first. Without them, counts that the metric declares to be of independent things say
what chance alone would do: by the figure's own interval, or by the funnel of the group. Else: position only.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.funnel import INNER_LIMIT, Funnel, funnel
from moothall.analytics.interval import Judgement, Verdict, compare_with_median, judge
from moothall.analytics.proportions import Limits, byar, wilson
from moothall.domain.metric import Metric
from moothall.domain.words import Caveat, CountKind, CountRule

Figures = NDArray[np.float64]


def why_not_judged(metric: Metric) -> str | None:
    """The cause, as rules of sentences know it, why nobody does well or badly on a metric; None where one can."""
    if metric.is_context:
        return "circumstance"
    return "count" if Caveat.COUNT_NOT_RATE in metric.caveats else None


class Origin(StrEnum):
    """What a judgement rests on."""

    NONE = "none"
    PUBLISHED = "published"
    COUNTS = "counts"
    FUNNEL = "funnel"


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with the limits that it rests on, in the metric's unit.

    Limits that are published or follow from counts lie round the figure itself and are held against the group's
    median. Limits of a funnel lie round ``middle``, the group's own figure (all numerators over all denominators):
    the figure is held against them.
    """

    judgement: Judgement = Judgement.CANNOT_SAY
    origin: Origin = Origin.NONE
    lower: float | None = None
    upper: float | None = None
    middle: float | None = None


NOT_JUDGED = Judged()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures of a group with what stands beside them: every array is [members], NaN where there is none."""

    values: Figures
    lower: Figures
    upper: Figures
    numerators: Figures
    denominators: Figures

    def at(self, rows: NDArray[np.intp] | slice) -> "Evidence":
        """The evidence of some members, in the order of their ``rows``."""
        limits, counts = (self.lower[rows], self.upper[rows]), (self.numerators[rows], self.denominators[rows])
        return Evidence(self.values[rows], *limits, *counts)


def judge_members(metric: Metric, evidence: Evidence, median: float | None) -> tuple[Judged, ...]:
    """What can be said of every member; ``median`` is that of the group, None where it is too small for one.

    A published interval is never replaced. Counts are used where the metric declares what they count and where the
    denominator reaches the metric's minimum; counts whose own interval does not hold the published figure (they were
    rounded, or are of something else) are not used.
    """
    published = _against_median(metric, (evidence.lower, evidence.upper), median, Origin.PUBLISHED)
    counted, times = metric.counted, metric.unit.times
    if counted is None or times is None or median is None:
        return published
    counts = _usable(metric, counted.kind, times, evidence)
    if counted.rule is CountRule.FUNNEL:
        others = _by_funnel(metric, funnel(*counts, counted.kind), times, len(published))
    else:
        others = _against_median(metric, count_limits(counted.kind, *counts, times), median, Origin.COUNTS)
    pairs = zip(published, others, strict=True)
    return tuple(own if own.origin is Origin.PUBLISHED else other for own, other in pairs)


def judge_member(metric: Metric, evidence: Evidence, row: int, median: float | None) -> Judged:
    """What can be said of the member in one ``row``, as ``judge_members`` would; the rest is read for a funnel only."""
    if metric.counted is not None and metric.counted.rule is CountRule.FUNNEL:
        return judge_members(metric, evidence, median)[row]
    return judge_members(metric, evidence.at(slice(row, row + 1)), median)[0]


def count_limits(kind: CountKind, numerators: Figures, denominators: Figures, times: float) -> Limits:
    """The 95% limits that follow from counts, multiplied by ``times``: Wilson's of a proportion, Byar's of a rate."""
    lower, upper = (wilson if kind is CountKind.PROPORTION else byar)(numerators, denominators)
    return lower * times, upper * times


def _usable(metric: Metric, kind: CountKind, times: float, evidence: Evidence) -> Limits:
    """The numerators and denominators that can be used; NaN in place of the others."""
    values, top, below = evidence.values, evidence.numerators, evidence.denominators
    fits = (top >= 0) & (below > 0) & (below >= (metric.minimum_denominator or 0)) & ~np.isnan(values)
    if kind is CountKind.PROPORTION:
        fits &= top <= below
    top, below = np.where(fits, top, np.nan), np.where(fits, below, np.nan)
    lower, upper = count_limits(kind, top, below, times)
    holds = (lower - metric.reporting_step <= values) & (values <= upper + metric.reporting_step)
    return np.where(holds, top, np.nan), np.where(holds, below, np.nan)


def _by_funnel(metric: Metric, found: Funnel | None, times: float, count: int) -> tuple[Judged, ...]:
    """Each figure against its own limits of the group's funnel at 1.96; nothing where the group has no funnel."""
    if found is None:
        return (NOT_JUDGED,) * count
    lower, upper = found.limits(INNER_LIMIT)
    rows = zip(found.z.tolist(), (lower * times).tolist(), (upper * times).tolist(), strict=True)
    return tuple(
        NOT_JUDGED
        if math.isnan(z)
        else Judged(judge(_beyond(z), metric.polarity), Origin.FUNNEL, low, high, found.target * times)
        for z, low, high in rows
    )


def _beyond(z: float) -> Verdict:
    if abs(z) <= INNER_LIMIT:
        return Verdict.OVERLAPS
    return Verdict.BELOW if z < 0 else Verdict.ABOVE


def _against_median(metric: Metric, limits: Limits, median: float | None, origin: Origin) -> tuple[Judged, ...]:
    if np.isnan(limits[0]).all():
        return (NOT_JUDGED,) * limits[0].size
    pairs = zip(*(side.tolist() for side in limits), strict=True)
    return tuple(
        NOT_JUDGED
        if math.isnan(low) or math.isnan(high)
        else Judged(judge(compare_with_median(low, high, median), metric.polarity), origin, low, high, median)
        for low, high in pairs
    )
