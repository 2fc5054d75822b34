"""How good our flags of change are, over all metrics of a build, as plain records and sentences (METHODS 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from moothall.analytics.annual_change import LEAST_RELIABILITY, TWO_CHANGES_LIMIT
from moothall.analytics.change import ChangeRule
from moothall.analytics.reversal import FEWEST_PERIODS, Reversals, is_made_by_model, total
from moothall.analytics.trend import Direction, TrendReason
from moothall.domain.metric import Metric
from moothall.presenters.figures.changes import change_of, series_of
from moothall.presenters.figures.reading import FigureStore, kept_by_store, live_metrics
from moothall.presenters.wording.numbers import number_text

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


RULE_WORDS = {
    ChangeRule.ANNUAL: "Yearly figures, beside those of the type",
    ChangeRule.SLOPE: "Yearly figures with published limits: the line through them",
    ChangeRule.CHART: "Quarters and months, each beside the same one of other years",
}


@dataclass(frozen=True, slots=True)
class MetricReversals:
    """What became of one metric's changes, and the rule that speaks of its newest ones.

    ``is_too_noisy``: of no council is anything said, because most changes of the metric do not last.
    """

    metric: Metric
    kind: SeriesKind
    rule: ChangeRule
    counts: Reversals
    is_too_noisy: bool


@kept_by_store
def reversal_lines(store: FigureStore) -> tuple[MetricReversals, ...]:
    """Every live metric of four periods or more to which a rule of change speaks: services first, then by id."""
    lines = [line for metric in live_metrics(store) if (line := _line(store, metric))]
    kinds = list(SeriesKind)
    return tuple(sorted(lines, key=lambda line: (kinds.index(line.kind), line.metric.id)))


def _line(store: FigureStore, metric: Metric) -> MetricReversals | None:
    series = series_of(store).at(metric.id)
    column = series.newest() if len(series.periods) >= FEWEST_PERIODS else None
    rule = None if column is None else series.rule(column)
    if column is None or rule is None:
        return None
    found = [change_of(store, series, row, column) for row in range(len(series.authorities))]
    is_answered = any(one and one.trend.direction is not Direction.CANNOT_SAY for one in found)
    is_noisy = any(one and one.trend.reason is TrendReason.TOO_NOISY for one in found)
    return MetricReversals(metric, kind_of(metric), rule, flags_of(store, metric), is_noisy and not is_answered)


def flags_of(store: FigureStore, metric: Metric) -> Reversals:
    """What became of the flags that the rules of change raised on one metric, and of all its changes."""
    found = store.changes(metric.id)
    return Reversals(*found.reversals) if found else series_of(store).at(metric.id).reversals


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
        "by_rule": {
            rule: {"metrics": len(found), **counts_record(total(line.counts for line in found))}
            for rule, found in services_by_rule(lines).items()
        },
        "too_noisy": [line.metric.id for line in lines if line.kind is SeriesKind.SERVICE and line.is_too_noisy],
        "limits": {"least_reliability": LEAST_RELIABILITY, "two_changes_limit": TWO_CHANGES_LIMIT},
        "cross_halves": list(CROSS_HALVES),
        "notes": list(honest_sentences()),
        "by_metric": {
            line.metric.id: {"kind": line.kind, "rule": line.rule, **counts_record(line.counts)} for line in lines
        },
    }


def services_by_rule(lines: Iterable[MetricReversals]) -> dict[ChangeRule, list[MetricReversals]]:
    """The lines of services that are neither modelled nor smoothed, by the rule that speaks of them."""
    plain = [line for line in lines if line.kind is SeriesKind.SERVICE]
    return {rule: [line for line in plain if line.rule is rule] for rule in ChangeRule}


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
        "That two rules must agree on quarters and months was chosen on the same figures too.",
        "Where a publisher models or smooths a series its changes last by construction: those are counted apart.",
        "A flag is judged by the figure after it, as it would have been raised at the time; that of a quarter or a "
        "month by the same one a year later.",
        "The line through five years or more is told from its first figure to its last, so it is judged by those two.",
    )
