"""The gaps: what other lists of metrics have that Moothall lacks, why, and where the publisher has it."""

from dataclasses import dataclass

from moothall.domain.framework import Framework, FrameworkMetric, Nearness
from moothall.presenters.addresses import host_text, metric_address
from moothall.presenters.blocks import Column, Link, PageHead, Table, TableCell, TableRow
from moothall.presenters.downloads.names import LINES
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.finding.outcomes_page import state_counts
from moothall.presenters.wording.numbers import count_text


@dataclass(frozen=True, slots=True)
class GapList:
    """One list: how much of it is here, what is only near, and what is missing."""

    id: str
    title: str
    description: str
    sentence: str
    origin: Link
    missing: Table | None
    near: Table | None


@dataclass(frozen=True, slots=True)
class GapsPage:
    """Everything that the page of gaps shows."""

    head: PageHead
    sentence: str
    lists: tuple[GapList, ...]
    index: tuple[Link, ...]


def make_gaps_page(store: FigureStore) -> GapsPage:
    """All lists, in the order of their ids."""
    frameworks = store.catalogue.frameworks.values()
    lists = tuple(_gap_list(store, framework) for framework in frameworks)
    missing = sum(len(framework.in_state(Nearness.AWAITING_DATA)) for framework in frameworks)
    sentence = f"{count_text(missing, 'metric')} that others list and we have no figures for."
    crumbs, files = (("Home", "/"), ("Gaps", None)), LINES if frameworks else ()
    head = PageHead("Gaps", "metrics", crumbs, "What others compare that Moothall cannot.", files=files)
    return GapsPage(head, sentence, lists, tuple(Link(item.title, f"#{item.id}") for item in lists))


def _gap_list(store: FigureStore, framework: Framework) -> GapList:
    return GapList(
        id=framework.id,
        title=framework.title,
        description=framework.description,
        sentence=f"{count_text(len(framework.metrics), 'metric')}: {state_counts(list(framework.metrics))}.",
        origin=Link(framework.publisher, framework.landing_page, host_text(framework.landing_page)),
        missing=_missing_table(store, framework),
        near=_near_table(store, framework),
    )


def _missing_table(store: FigureStore, framework: Framework) -> Table | None:
    lines = framework.in_state(Nearness.AWAITING_DATA)
    columns = (
        Column("Metric"),
        Column("Under"),
        Column("Why we have no figures", wraps=True),
        Column("Where the publisher has it", wraps=True),
    )
    rows = tuple(
        TableRow(
            (
                TableCell(line.title, metric_address(line.metric) if line.metric else None),
                TableCell(_under(store, line)),
                TableCell(line.awaiting or ""),
                TableCell(line.publisher, line.landing_page, line.table),
            )
        )
        for line in lines
    )
    return Table(f"{framework.id}-missing", "Without figures here", columns, rows) if rows else None


def _near_table(store: FigureStore, framework: Framework) -> Table | None:
    columns = (Column("Metric"), Column("Nearest we have"), Column("How it differs", wraps=True))
    rows = tuple(
        TableRow(
            (
                TableCell(line.title),
                TableCell(store.catalogue.metrics[line.metric].title, metric_address(line.metric)),
                TableCell(line.difference or ""),
            )
        )
        for line in framework.in_state(Nearness.NEAREST)
        if line.metric
    )
    return Table(f"{framework.id}-near", "Near, but not the same", columns, rows) if rows else None


def _under(store: FigureStore, line: FrameworkMetric) -> str:
    """The outcome or the theme that the line stands under."""
    if line.outcome:
        return store.catalogue.outcomes[line.outcome].title
    return store.catalogue.themes[line.theme].title if line.theme else ""
