"""How good our flags of change are: what became of every change that we would have flagged, metric by metric."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moothall.analytics.annual_change import LEAST_RELIABILITY
from moothall.analytics.change import ChangeRule
from moothall.analytics.reversal import Reversals, total
from moothall.presenters.addresses import metric_address
from moothall.presenters.blocks import Column, Link, PageHead, Table, TableCell, TableRow
from moothall.presenters.downloads.names import FLAGS
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.provenance.reversal_view import (
    KIND_WORDS,
    RULE_WORDS,
    MetricReversals,
    SeriesKind,
    honest_sentences,
    reversal_lines,
    services_by_rule,
)
from moothall.presenters.wording.numbers import count_text, number_text

WANTED_SHARE = 0.15
"""At most this share of our flags on services should lose half or more again: the target that we set ourselves."""

COUNT_COLUMNS = (
    Column("Flags", numeric=True),
    Column("Lost half or more", numeric=True),
    Column("The same of all changes", numeric=True),
    Column("Turned round", numeric=True),
    Column("The same of all changes", numeric=True),
)


@dataclass(frozen=True, slots=True)
class FlagsPage:
    """Everything that the page shows; ``by_metric`` has a table for each kind of series with a flag to judge."""

    head: PageHead
    title: str
    answer: str
    refused: str
    by_kind: Table | None
    by_rule: Table | None
    notes: tuple[str, ...]
    by_metric: tuple[Table, ...]
    rules: tuple[Link, ...]


RULES = (
    Link("When a change is flagged", "/methods/change"),
    Link("How a flag is judged by the figure after it", "/methods/reversal"),
)


ABOUT = "What became of every change that we flagged, at the next period."


@kept_by_store
def make_flags_page(store: FigureStore) -> FlagsPage:
    """The report over all metrics of a build to which a rule of change speaks."""
    lines, title = reversal_lines(store), "How good our flags are"
    crumbs = (("Home", "/"), ("Methods", "/methods"), (title, None))
    by_kind = {kind: [line for line in lines if line.kind is kind] for kind in SeriesKind}
    tables = (_metric_table(kind, found) for kind, found in by_kind.items())
    return FlagsPage(
        head=PageHead(title, "about", crumbs, ABOUT, files=FLAGS if lines else ()),
        title=title,
        answer=_answer(_sum(by_kind[SeriesKind.SERVICE])),
        refused=_refused(by_kind[SeriesKind.SERVICE]),
        by_kind=_kind_table(by_kind) if lines else None,
        by_rule=_rule_table(services_by_rule(lines)) if lines else None,
        notes=honest_sentences(),
        by_metric=tuple(table for table in tables if table),
        rules=RULES,
    )


def flags_sentence(counts: Reversals, rule: ChangeRule) -> str:
    """How often flags of one metric were lost again, in a sentence; "" where none could be judged."""
    if not counts.flags:
        return ""
    lost = number_text(counts.flags_half_lost) if counts.flags_half_lost else "none"
    of_all = f"; of all changes here {_percent(counts.all_half_lost_share)} did" if counts.all_half_lost_share else ""
    judged = f"Of {count_text(counts.flags, 'earlier flag')} of this metric that can be judged"
    when = "a year later" if rule is ChangeRule.CHART else "at the next period"
    return f"{judged}, {lost} lost half or more again {when}{of_all}."


def _sum(lines: Iterable[MetricReversals]) -> Reversals:
    return total(line.counts for line in lines)


def _answer(counts: Reversals) -> str:
    lost, every = counts.flagged_half_lost_share, counts.all_half_lost_share
    if lost is None or every is None:
        return "No change could be flagged and judged yet: that takes figures of four periods."
    reached = "We" if lost <= WANTED_SHARE else "We do not"
    return (
        f"Of {count_text(counts.flags, 'change')} that we would have flagged on services, {_percent(lost)} lost half "
        f"or more again at the next period. Of all changes from one period to the next, {_percent(every)} did. "
        f"{reached} keep to our own limit of {_percent(WANTED_SHARE)}."
    )


def _refused(services: Sequence[MetricReversals]) -> str:
    """Of how many services nothing is said at all; "" where there are none."""
    noisy = sum(line.is_too_noisy for line in services)
    return (
        f"Of {number_text(noisy)} of the {count_text(len(services), 'metric')} on services we flag no change at all: "
        f"less than {_percent(LEAST_RELIABILITY)} of a change over two years usually lasts there."
        if services
        else ""
    )


def _rule_table(by_rule: dict[ChangeRule, list[MetricReversals]]) -> Table:
    columns = (Column("Services by rule of change", wraps=True), Column("Metrics", numeric=True), *COUNT_COLUMNS)
    rows = tuple(
        TableRow((TableCell(RULE_WORDS[rule]), TableCell(number_text(len(lines))), *_count_cells(_sum(lines))))
        for rule, lines in by_rule.items()
        if lines
    )
    return Table("flags-by-rule", "The same of services, neither modelled nor smoothed, by rule", columns, rows)


def _kind_table(by_kind: dict[SeriesKind, list[MetricReversals]]) -> Table:
    columns = (Column("Series"), Column("Metrics", numeric=True), *COUNT_COLUMNS)
    rows = tuple(
        TableRow((TableCell(KIND_WORDS[kind]), TableCell(number_text(len(lines))), *_count_cells(_sum(lines))))
        for kind, lines in by_kind.items()
        if lines
    )
    return Table("flags-by-kind", "What became of flagged changes at the next period", columns, rows)


def _metric_table(kind: SeriesKind, lines: list[MetricReversals]) -> Table | None:
    flagged = sorted((line for line in lines if line.counts.flags), key=lambda line: line.metric.title.casefold())
    if not flagged:
        return None
    rows = tuple(
        TableRow((TableCell(line.metric.title, metric_address(line.metric.id)), *_count_cells(line.counts)))
        for line in flagged
    )
    caption = f"{KIND_WORDS[kind]}: metrics with a flag to judge, by name"
    return Table(f"flags-{kind.value}", caption, (Column("Metric"), *COUNT_COLUMNS), rows)


def _count_cells(counts: Reversals) -> tuple[TableCell, ...]:
    shares = (
        counts.flagged_half_lost_share,
        counts.all_half_lost_share,
        counts.flagged_reversal_share,
        counts.all_reversal_share,
    )
    return (TableCell(number_text(counts.flags)), *map(_share_cell, shares))


def _share_cell(share: float | None) -> TableCell:
    return TableCell("none to judge", is_missing=True) if share is None else TableCell(_percent(share))


def _percent(share: float) -> str:
    return f"{number_text(100 * share, 1)}%"
