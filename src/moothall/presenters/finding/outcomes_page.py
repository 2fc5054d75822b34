"""The outcomes that councils are asked to bring about, each with the metrics listed for it and how near ours come."""

from collections.abc import Iterator
from dataclasses import dataclass

from moothall.domain.authority import Authority
from moothall.domain.framework import Framework, FrameworkMetric, Nearness
from moothall.domain.metric import Metric, Outcome
from moothall.domain.words import MetricState
from moothall.presenters.addresses import authority_outcome_address, host_text, metric_address, outcome_address
from moothall.presenters.blocks import Column, Link, PageHead, Table, TableCell, TableRow
from moothall.presenters.downloads.names import LINES
from moothall.presenters.figures.reading import FigureStore, live_metrics
from moothall.presenters.wording.numbers import count_text
from moothall.presenters.wording.words import joined

STATE_WORDS = {
    Nearness.LIVE: "Here",
    Nearness.NEAREST: "Nearest we have",
    Nearness.AWAITING_DATA: "Awaiting data",
}
"""Each state of a line as a reader sees it."""


@dataclass(frozen=True, slots=True)
class OutcomeList:
    """One outcome with its lines; ``note`` where it has none."""

    id: str
    title: str
    href: str
    sentence: str
    table: Table | None


@dataclass(frozen=True, slots=True)
class OutcomesPage:
    """Everything that the page of all outcomes shows."""

    head: PageHead
    sentence: str
    lists: tuple[Link, ...]
    outcomes: tuple[OutcomeList, ...]
    index: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """Everything that the page of one outcome shows; ``others`` are metrics of ours that the list does not ask for."""

    head: PageHead
    outcome: OutcomeList
    others: tuple[Link, ...]


def outcome_lines(store: FigureStore) -> Iterator[tuple[Framework, FrameworkMetric]]:
    """Every line that stands under an outcome, with the list it is from, in the list's order."""
    for framework in store.catalogue.frameworks.values():
        yield from ((framework, line) for line in framework.metrics if line.outcome)


def state_counts(lines: list[FrameworkMetric]) -> str:
    """How many lines are in each state: ``3 here, 1 nearest we have and 2 awaiting data``."""
    counts = [(sum(line.state is state for line in lines), words) for state, words in STATE_WORDS.items()]
    return joined([f"{count} {words[:1].lower()}{words[1:]}" for count, words in counts if count])


def make_outcomes_page(store: FigureStore) -> OutcomesPage:
    """All outcomes in the order of their numbers."""
    lines = [line for _, line in outcome_lines(store)]
    outcomes = tuple(outcome_list(store, outcome) for outcome in store.catalogue.outcomes.values())
    sentence = f"{count_text(len(lines), 'metric')} in {count_text(len(outcomes), 'outcome')}"
    sentence += f": {state_counts(lines)}." if lines else "."
    frameworks = {framework.id: framework for framework, _ in outcome_lines(store)}
    lists = tuple(
        Link(f.title, f.landing_page, f"{f.publisher}, {host_text(f.landing_page)}") for f in frameworks.values()
    )
    crumbs, files = (("Home", "/"), ("Outcomes", None)), LINES if lines else ()
    head = PageHead("Outcomes", "metrics", crumbs, "What councils are asked to bring about.", files=files)
    return OutcomesPage(head, sentence, lists, outcomes, tuple(Link(o.title, f"#{o.id}") for o in outcomes))


def make_outcome_page(store: FigureStore, outcome: Outcome) -> OutcomePage:
    """One outcome with its lines, and the metrics of ours that serve it beside them."""
    crumbs = (("Home", "/"), ("Outcomes", "/outcomes"), (outcome.title, None))
    found = outcome_list(store, outcome)
    files, title = LINES if found.table else (), f"Outcome {outcome.number}: {outcome.title}"
    head = PageHead(title, "metrics", crumbs, f"Metrics for: {outcome.title}.", files=files)
    listed = {metric for _, line in outcome_lines(store) for metric in line.metrics}
    others = [m for m in live_metrics(store) if m.outcome == outcome.id and m.id not in listed]
    return OutcomePage(head, found, tuple(Link(m.title, metric_address(m.id)) for m in others))


def outcome_links(store: FigureStore, authority: Authority, without: Outcome | None = None) -> tuple[Link, ...]:
    """The pages of an authority for all outcomes but one, in the order of their numbers."""
    return tuple(
        Link(f"{outcome.number}. {outcome.title}", authority_outcome_address(authority.slug, outcome.id))
        for outcome in store.catalogue.outcomes.values()
        if outcome != without
    )


def outcome_list(store: FigureStore, outcome: Outcome) -> OutcomeList:
    """The lines of one outcome as a table; a sentence where the list has none."""
    lines = [line for _, line in outcome_lines(store) if line.outcome == outcome.id]
    title = f"{outcome.number}. {outcome.title}"
    href = outcome_address(outcome.id)
    if not lines:
        return OutcomeList(outcome.id, title, href, "No metric is listed for it so far.", None)
    columns = (
        Column("Metric, in our words", wraps=True),
        Column("State"),
        Column("What we have", wraps=True),
        Column("Publisher"),
    )
    rows = tuple(_row(store, line) for line in lines)
    table = Table(f"{outcome.id}-table", f"Metrics listed for: {outcome.title}", columns, rows, caption_is_hidden=True)
    return OutcomeList(outcome.id, title, href, f"{count_text(len(lines), 'metric')}: {state_counts(lines)}.", table)


def _row(store: FigureStore, line: FrameworkMetric) -> TableRow:
    place = TableCell(line.publisher, line.landing_page, line.table)
    return TableRow((TableCell(line.title), TableCell(STATE_WORDS[line.state]), what_we_have(store, line), place))


def what_we_have(store: FigureStore, line: FrameworkMetric) -> TableCell:
    """The leading metric of ours with how it differs and what stands beside it; else why there is none."""
    metric = store.catalogue.metrics.get(line.metric or "")
    if metric is None or metric.state is not MetricState.LIVE:
        return TableCell(line.awaiting or "No figures yet.", is_missing=True)
    beside = [store.catalogue.metrics[other] for other in line.metrics[1:]]
    words = [
        line.difference,
        _beside_words(beside),
        line.polarity_note and f"Which way is better: {line.polarity_note}",
    ]
    return TableCell(metric.title, metric_address(metric.id), " ".join(word for word in words if word) or None)


def _beside_words(beside: list[Metric]) -> str:
    return f"Beside it: {joined([metric.title for metric in beside])}." if beside else ""
