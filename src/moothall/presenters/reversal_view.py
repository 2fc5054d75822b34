"""How good our flags of change are, over all metrics of a build, as plain records and sentences (METHODS 4)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from moothall.analytics.annual_change import LEAST_RELIABILITY, TWO_CHANGES_LIMIT
from moothall.analytics.change import ANNUAL_CADENCES
from moothall.analytics.reversal import FEWEST_PERIODS, Reversals, is_made_by_model, reversals, total
from moothall.domain.metric import Metric
from moothall.presenters.changes import series_of
from moothall.presenters.numbers import number_text
from moothall.presenters.reading import FigureStore, kept_by_store, live_metrics

CROSS_HALVES = (0.118, 0.146)
"""Flagged changes half lost in either half of the metrics when the other half had chosen the limits (once, by hand)."""


class SeriesKind(StrEnum):
    """Which series are counted together."""

    SERVICE = "service"
    SERVICE_MODELLED = "service-modelled"
    CONTEXT = "context"
    CONTEXT_MODELLED = "context-modelled"


KIND_WORDS = {
    SeriesKind.SERVICE: "Services, neither modelled nor smoothed",
    SeriesKind.SERVICE_MODELLED: "Services, modelled or smoothed by the publisher",
    SeriesKind.CONTEXT: "Circumstances, neither modelled nor smoothed",
    SeriesKind.CONTEXT_MODELLED: "Circumstances, modelled or smoothed by the publisher",
}


@dataclass(frozen=True, slots=True)
class MetricReversals:
    """What became of one metric's changes."""

    metric: Metric
    kind: SeriesKind
    counts: Reversals


@kept_by_store
def reversal_lines(store: FigureStore) -> tuple[MetricReversals, ...]:
    """Every live yearly metric with four periods or more: services first, then by id."""
    lines = []
    for metric in live_metrics(store):
        if metric.cadence in ANNUAL_CADENCES and len(store.panel(metric.id).periods) >= FEWEST_PERIODS:
            lines.append(MetricReversals(metric, kind_of(metric), flags_of(store, metric)))
    kinds = list(SeriesKind)
    return tuple(sorted(lines, key=lambda line: (kinds.index(line.kind), line.metric.id)))


def flags_of(store: FigureStore, metric: Metric) -> Reversals:
    """What became of the flags of the annual rule on one metric, and of all its changes."""
    found = store.changes(metric.id)
    if found is not None and found.reversals is not None:
        return Reversals(*found.reversals)
    return reversals(series_of(store).at(metric.id).changes)


def kind_of(metric: Metric) -> SeriesKind:
    """Which series a metric is counted with."""
    if metric.is_context:
        return SeriesKind.CONTEXT_MODELLED if is_made_by_model(metric) else SeriesKind.CONTEXT
    return SeriesKind.SERVICE_MODELLED if is_made_by_model(metric) else SeriesKind.SERVICE


def reversal_record(store: FigureStore) -> dict[str, Any]:
    """The report as plain facts; shares are fractions of 1, None where nothing was flagged.

    The figures at the top are those of services whose series are neither modelled nor smoothed.
    """
    lines = reversal_lines(store)
    by_kind = {kind: total(line.counts for line in lines if line.kind is kind) for kind in SeriesKind}
    return {
        **counts_record(by_kind[SeriesKind.SERVICE]),
        "by_kind": {
            kind: {"metrics": sum(line.kind is kind for line in lines), **counts_record(counts)}
            for kind, counts in by_kind.items()
        },
        "limits": {"least_reliability": LEAST_RELIABILITY, "two_changes_limit": TWO_CHANGES_LIMIT},
        "cross_halves": list(CROSS_HALVES),
        "notes": list(honest_sentences()),
        "by_metric": {line.metric.id: {"kind": line.kind, **counts_record(line.counts)} for line in lines},
    }


def counts_record(counts: Reversals) -> dict[str, Any]:
    """Counts with their shares."""
    return {
        "flags": counts.flags,
        "flagged_half_lost_share": counts.flagged_half_lost_share,
        "all_half_lost_share": counts.all_half_lost_share,
        "flagged_reversal_share": counts.flagged_reversal_share,
        "all_reversal_share": counts.all_reversal_share,
        "changes": counts.changes,
    }


def honest_sentences() -> tuple[str, ...]:
    """What the figures cannot show by themselves."""
    first, second = (number_text(100 * share, 1) for share in CROSS_HALVES)
    return (
        f"The limits (a lasting share of {LEAST_RELIABILITY}, two changes of {TWO_CHANGES_LIMIT} spreads) were chosen "
        "on the same figures, so the share shown may flatter them: when they were chosen, and each half of the metrics "
        f"set the limits for the other half, {first}% and {second}% of the flagged changes were half lost.",
        "Where a publisher models or smooths a series its changes last by construction: those are counted apart.",
        "A flag is judged by the figure after it, as it would have been raised at the time.",
    )
