"""What we found when we checked our own figures: rows, coverage, age, jumps and agreement, for a person to look at."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from moothall.analytics.quality import LARGEST_FACTOR, is_overdue
from moothall.catalogue import SourceDefinition
from moothall.domain.metric import Metric, Theme
from moothall.domain.period import Period
from moothall.presenters.addresses import metric_address, quality_address, source_address, trail_address
from moothall.presenters.blocks import Column, Link, PageHead, Table, TableCell, TableRow
from moothall.presenters.downloads.names import COVERAGE
from moothall.presenters.figures.reading import FigureStore, live_metrics
from moothall.presenters.provenance.source_page import releases_of
from moothall.presenters.wording.numbers import count_text, exact_value_text, number_text
from moothall.store import Comparison, Coverage, FoundJump

SHOWN_PERIODS = 5
"""How many periods a coverage table shows, the newest first."""

SHOWN_JUMPS = 60
"""How many jumps a theme's table shows, the largest first."""

ENGLAND_ROW = "England row"
"""The kind of comparison with the publisher's own total."""


@dataclass(frozen=True, slots=True)
class QualityPage:
    """Everything that the page of quality shows. A table is None where there is nothing to put in it."""

    head: PageHead
    sources: Table
    agreements: Table | None
    england: Table | None
    overdue: Table | None
    overdue_sentence: str
    jumps: Table | None
    jumps_sentence: str
    themes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ThemeQualityPage:
    """Coverage and jumps of the metrics of one theme."""

    head: PageHead
    title: str
    sentence: str
    coverage: Table | None
    jumps: Table | None
    jumps_sentence: str


def make_quality_page(store: FigureStore, today: date) -> QualityPage:
    """The findings over all sources; ``today`` decides which figures are older than they should be."""
    quality = store.quality
    head = PageHead(
        "Quality",
        "sources",
        (("Home", "/"), ("Quality", None)),
        "What we found when we checked our figures.",
        files=COVERAGE if quality.coverage else (),
    )
    unit_like = [jump for jump in quality.jumps if jump.looks_like_units]
    overdue = _overdue_rows(store, today)
    sentence = f"{count_text(len(quality.jumps), 'figure')} of all lie {LARGEST_FACTOR:g} times or more above or below "
    sentence += f"the last one; {number_text(len(unit_like))} of them by 10, 100 or 1,000 almost exactly."
    return QualityPage(
        head=head,
        sources=_sources_table(store),
        agreements=_comparison_table(store, [c for c in quality.comparisons if c.kind != ENGLAND_ROW]),
        england=_england_table(store, [c for c in quality.comparisons if c.kind == ENGLAND_ROW]),
        overdue=_overdue_table(overdue),
        overdue_sentence=f"{count_text(len(overdue), 'metric')} of {number_text(len(quality.coverage))} with figures.",
        jumps=_jumps_table(store, unit_like[:SHOWN_JUMPS], "Figures that look like another unit"),
        jumps_sentence=sentence,
        themes=tuple(_theme_link(store, theme) for theme in store.catalogue.themes.values()),
    )


def make_theme_quality_page(store: FigureStore, theme: Theme) -> ThemeQualityPage:
    """How many of the responsible councils have a figure, by period, and the largest jumps."""
    crumbs = (("Home", "/"), ("Quality", "/quality"), (theme.title, None))
    metrics = [m for m in live_metrics(store) if m.theme == theme.id and m.id in store.quality.coverage]
    jumps = [jump for jump in store.quality.jumps if store.catalogue.metrics[jump.metric].theme == theme.id]
    title, files = f"Quality: {theme.title}", COVERAGE if metrics else ()
    shown = f"; the largest {SHOWN_JUMPS} are listed" if len(jumps) > SHOWN_JUMPS else ""
    return ThemeQualityPage(
        head=PageHead(title, "sources", crumbs, f"Coverage and jumps of figures on {theme.title}.", files=files),
        title=title,
        sentence=f"{count_text(len(metrics), 'metric')} with figures. Each entry counts the councils that run the "
        "service and have a figure, of all that run it on the last day of the period.",
        coverage=_coverage_table(store, metrics),
        jumps=_jumps_table(store, jumps[:SHOWN_JUMPS], "Jumps from one period to the next"),
        jumps_sentence=f"{count_text(len(jumps), 'figure')} {LARGEST_FACTOR:g} times or more above or below the last "
        f"one{shown}. A jump is no error: it is worth a look.",
    )


def _theme_link(store: FigureStore, theme: Theme) -> Link:
    count = sum(store.catalogue.metrics[metric].theme == theme.id for metric in store.quality.coverage)
    return Link(theme.title, quality_address(theme.id), count_text(count, "metric"))


def _sources_table(store: FigureStore) -> Table:
    columns = (
        Column("Source"),
        Column("Places read", True),
        Column("Observations", True),
        Column("Left out", True),
        Column("Why left out", wraps=True),
    )
    with_figures = [s for s in store.catalogue.sources.values() if releases_of(store, s.source)]
    rows = tuple(_source_row(store, source) for source in with_figures)
    return Table("rows", "What became of every place where a figure could stand", columns, rows)


def _source_row(store: FigureStore, definition: SourceDefinition) -> TableRow:
    accounts = [account for release in releases_of(store, definition.source) for account in release.accounts]
    refused: Counter[str] = Counter()
    for account in accounts:
        refused.update(account.refused)
    reasons = "; ".join(f"{number_text(count)}: {reason}" for reason, count in refused.most_common())
    return TableRow(
        (
            TableCell(definition.source.title, source_address(definition.source.id)),
            TableCell(number_text(sum(account.rows_read for account in accounts))),
            TableCell(number_text(sum(account.observations for account in accounts))),
            TableCell(number_text(refused.total())),
            TableCell(reasons or "nothing was left out"),
        )
    )


def _comparison_table(store: FigureStore, comparisons: list[Comparison]) -> Table | None:
    columns = (
        Column("Series"),
        Column("Beside"),
        Column("Compared", True),
        Column("Differ", True),
        Column("Of these explained", True),
        Column("Largest difference", True),
    )
    rows = tuple(
        TableRow(
            (
                TableCell(found.series, source_address(found.source), _title(store, found.source)),
                TableCell(found.other_series, source_address(found.other_source), _title(store, found.other_source)),
                *_comparison_cells(found),
            )
        )
        for found in comparisons
    )
    return Table("agreements", "Two sources on the same thing", columns, rows) if rows else None


def _england_table(store: FigureStore, comparisons: list[Comparison]) -> Table | None:
    columns = (
        Column("Series"),
        Column("Totals compared", True),
        Column("Further apart than allowed", True),
        Column("Of these explained", True),
        Column("Largest difference", True),
        Column("Allowed", True),
    )
    rows = tuple(
        TableRow(
            (
                TableCell(found.series, source_address(found.source), _title(store, found.source)),
                *_count_cells(found),
                TableCell(_percent(found.largest)),
                TableCell(_percent(found.tolerance)),
            )
        )
        for found in comparisons
    )
    return Table("england", "The sum of councils beside England's own figure", columns, rows) if rows else None


def _comparison_cells(found: Comparison) -> tuple[TableCell, ...]:
    return (*_count_cells(found), TableCell(f"{found.largest:,.6g}" if found.differing else "none"))


def _count_cells(found: Comparison) -> tuple[TableCell, ...]:
    return tuple(TableCell(number_text(count)) for count in (found.compared, found.differing, found.explained))


def _percent(share: float) -> str:
    return f"{number_text(share * 100, 1)}%"


def _title(store: FigureStore, source: str) -> str:
    return store.catalogue.sources[source].source.title


def _overdue_rows(store: FigureStore, today: date) -> list[tuple[Metric, Coverage]]:
    newest = [(store.catalogue.metrics[metric], rows[-1]) for metric, rows in store.quality.coverage.items()]
    late = [(metric, row) for metric, row in newest if is_overdue(metric.cadence, row.period_end, today)]
    return sorted(late, key=lambda item: (item[1].period_end, item[0].title.casefold()))


def _overdue_table(overdue: list[tuple[Metric, Coverage]]) -> Table | None:
    columns = (Column("Metric"), Column("Newest period here"), Column("Published"))
    rows = tuple(
        TableRow(
            (
                TableCell(metric.title, metric_address(metric.id)),
                TableCell(_label(metric, row.period, row.period_end)),
                TableCell(metric.cadence.value.replace("-", " ")),
            )
        )
        for metric, row in overdue
    )
    return Table("overdue", "Figures older than their own rhythm allows", columns, rows) if rows else None


def _label(metric: Metric, slug: str, end: date) -> str:
    """The period as readers see it; its last day where the slug alone is no label."""
    return slug if slug[:4].isdigit() else Period(end, end, metric.period_kind).label


def _coverage_table(store: FigureStore, metrics: list[Metric]) -> Table | None:
    heads = ("Newest", "One before", *(f"{number} before" for number in ("Two", "Three", "Four")))
    rows = tuple(
        TableRow(
            (TableCell(metric.title, metric_address(metric.id)), *_coverage_cells(store.quality.coverage[metric.id]))
        )
        for metric in metrics
    )
    columns = (Column("Metric"), *map(Column, heads))
    return Table("coverage", "Councils with a figure, of those responsible", columns, rows) if rows else None


def _coverage_cells(rows: tuple[Coverage, ...]) -> list[TableCell]:
    newest = list(reversed(rows))[:SHOWN_PERIODS]
    cells = [TableCell(f"{number_text(r.figures)} of {number_text(r.members)}", note=r.period) for r in newest]
    return cells + [TableCell("no earlier period", is_missing=True)] * (SHOWN_PERIODS - len(cells))


def _jumps_table(store: FigureStore, jumps: list[FoundJump], caption: str) -> Table | None:
    columns = (
        Column("Metric"),
        Column("Council"),
        Column("Before", True),
        Column("After", True),
        Column("Times", True),
    )
    rows = tuple(_jump_row(store, jump) for jump in jumps)
    return Table("jumps", caption, columns, rows) if rows else None


def _jump_row(store: FigureStore, jump: FoundJump) -> TableRow:
    metric, council = store.catalogue.metrics[jump.metric], store.catalogue.authorities[jump.authority]
    after = trail_address(metric.id, council.slug, jump.period)
    return TableRow(
        (
            TableCell(metric.title, metric_address(metric.id)),
            TableCell(council.short_name),
            TableCell(exact_value_text(jump.before, metric), note=jump.earlier),
            TableCell(exact_value_text(jump.value, metric), after, jump.period),
            TableCell(number_text(jump.factor, 1)),
        )
    )
