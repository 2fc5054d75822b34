"""Lists that others drew up, compared with our metrics: what they name exists, is live and stands under the outcome."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.framework import FrameworkEntry, FrameworkMetricEntry
from moothall.catalogue.problems import quoted
from moothall.catalogue.references import misfiled, repeated, unresolved
from moothall.catalogue.schema import MetricEntry
from moothall.catalogue.spelling import list_words
from moothall.domain.framework import Nearness
from moothall.domain.words import MetricState

STATES = {
    Nearness.LIVE: MetricState.LIVE,
    Nearness.NEAREST: MetricState.LIVE,
    Nearness.AWAITING_DATA: MetricState.AWAITING_DATA,
}
"""The state that a metric must be in where a line of a list names it."""


def framework_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each fault between a list and the rest of the catalogue."""
    yield from repeated(drafts.frameworks, "id", lambda framework: framework.id)
    metrics = {located.entry.id: located.entry for located in drafts.metrics}
    for located in drafts.frameworks:
        yield from misfiled(located, located.entry.id)
        lines = [Located(line, located.document, ("metrics", n)) for n, line in enumerate(located.entry.metrics)]
        yield from repeated(lines, "id", lambda line: line.id)
        outcomes = _outcomes_of_metrics(located.entry)
        for line in lines:
            yield from unresolved(line, line.entry.outcome, "outcomes", drafts, "outcome")
            yield from unresolved(line, line.entry.theme, "themes", drafts, "theme")
            yield from _metric_faults(line, metrics, outcomes, drafts)


def _outcomes_of_metrics(framework: FrameworkEntry) -> Mapping[str, set[str]]:
    """The outcomes under which a list has each metric; a metric may serve two."""
    outcomes: dict[str, set[str]] = defaultdict(set)
    for line in framework.metrics:
        for metric in _named(line).values():
            if line.outcome:
                outcomes[metric].add(line.outcome)
    return outcomes


def _named(line: FrameworkMetricEntry) -> dict[tuple[str | int, ...], str]:
    """The metrics that a line names, by the keys that lead to each."""
    named: dict[tuple[str | int, ...], str] = {("metric",): line.metric} if line.metric else {}
    return named | {("also", number): metric for number, metric in enumerate(line.also)}


def _metric_faults(
    line: Located[FrameworkMetricEntry],
    metrics: Mapping[str, MetricEntry],
    outcomes: Mapping[str, set[str]],
    drafts: Drafts,
) -> Iterator[str]:
    for keys, name in _named(line.entry).items():
        yield from unresolved(line, name, "metrics", drafts, *keys)
        metric, wanted = metrics.get(name), STATES[line.entry.state]
        if metric is None:
            continue
        if metric.status is not wanted:
            words = f"line {line.entry.id} is {line.entry.state} but the metric {name} is {metric.status}"
            yield line.fault(f"{words}; mend one of the two", *keys)
        if outcomes[name] and metric.outcome not in outcomes[name]:
            told = list_words([quoted(outcome) for outcome in sorted(outcomes[name])])
            held = quoted(metric.outcome) if metric.outcome else "none"
            yield line.fault(f"the metric {name} has the outcome {held}; write {told} in its file", *keys)
        if keys == ("metric",):
            yield from _polarity_faults(line, metric)


def _polarity_faults(line: Located[FrameworkMetricEntry], metric: MetricEntry) -> Iterator[str]:
    listed, differs = line.entry.polarity, line.entry.polarity not in (None, metric.polarity)
    if differs and line.entry.polarity_note is None:
        words = f"polarity is listed as {listed} but {metric.id} has {metric.polarity}; say why in polarity_note"
        yield line.fault(words, "polarity")
    if not differs and line.entry.polarity_note is not None:
        yield line.fault(f"polarity is that of {metric.id}; take polarity_note out", "polarity_note")
