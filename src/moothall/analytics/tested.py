"""Which metrics are tested for what stands out for one authority: each quantity once, and nothing too old."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from moothall.analytics.groups import Group
from moothall.analytics.judging import why_not_judged
from moothall.analytics.metric_series import AllSeries, Tested
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import add_months
from moothall.domain.words import Designation

OLDEST_YEARS: Final = 5
"""Figures of a period that ended longer than this before the newest release say nothing of today: none is tested."""


@dataclass(frozen=True)
class TestedMetrics:
    """What is tested for an authority, by metric; ``too_old`` and ``twins`` count what was left out, and why."""

    __test__ = False

    chosen: dict[str, Tested]
    too_old: int
    twins: int


def what_is_tested(
    every: AllSeries, metrics: Iterable[Metric], asked: Sequence[tuple[Authority, Group]], newest: date
) -> list[TestedMetrics]:
    """For each authority and group, every metric of which it has a figure in the newest period of the group.

    ``newest`` is the day of the newest release that is known, so that the clock decides nothing: who ended before it
    is not tested. Of metrics that tell one quantity (``Metric.quantity``) only one is tested, else one fact would
    stand out twice.
    """
    found: list[list[Tested]] = [[] for _ in asked]
    for metric in metrics:
        if why_not_judged(metric) is not None:
            continue
        meant = [
            place
            for place, (council, _) in enumerate(asked)
            if council.type in metric.applies_to and (council.end is None or council.end >= newest)
        ]
        for place, one in zip(meant, every.tested(metric.id, [asked[place] for place in meant]), strict=True):
            if one:
                found[place].append(one)
    return [_chosen(one, add_months(newest, -12 * OLDEST_YEARS)) for one in found]


def _is_meant(metric: Metric, council: Authority, newest: date) -> bool:
    is_running = council.end is None or council.end >= newest
    return is_running and council.type in metric.applies_to and why_not_judged(metric) is None


def _chosen(found: Sequence[Tested], oldest: date) -> TestedMetrics:
    recent = [one for one in found if one.period.end >= oldest]
    kept = each_quantity_once(recent)
    return TestedMetrics({one.distance.metric: one for one in kept}, len(found) - len(recent), len(recent) - len(kept))


def each_quantity_once(found: Sequence[Tested]) -> list[Tested]:
    """Of metrics that share a quantity the one with the most recent period; else accredited; else the first by id."""
    best: dict[str, Tested] = {}
    for one in sorted(found, key=_preference):
        best.setdefault(one.series.metric.quantity or one.series.metric.id, one)
    kept = {one.series.metric.id for one in best.values()}
    return [one for one in found if one.series.metric.id in kept]


def _preference(one: Tested) -> tuple[int, bool, str]:
    metric = one.series.metric
    return -one.period.end.toordinal(), metric.designation is not Designation.ACCREDITED_OFFICIAL, metric.id
