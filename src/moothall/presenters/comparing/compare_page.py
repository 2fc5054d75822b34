"""Up to eight councils side by side: metrics down, councils across, the middle figures of groups last; drawings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from moothall.analytics.groups import Group, custom_group, is_eligible
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.presenters.addresses import metric_address
from moothall.presenters.blocks import ChooseForm, Column, Figure, Link, PageHead, Table, TableCell, TableRow
from moothall.presenters.charts.lines import Line, make_lines
from moothall.presenters.charts.scatter import Scatter, make_scatter
from moothall.presenters.charts.spark import Point
from moothall.presenters.comparing.compare_cells import council_cell, middle_cell
from moothall.presenters.comparing.compare_form import Tags, make_compare_form, make_tags, similar_link
from moothall.presenters.comparing.comparison import (
    MOST_AUTHORITIES,
    MOST_GROUPS,
    Comparison,
    metrics_shown,
    shared_period,
)
from moothall.presenters.comparing.short_link import short_link
from moothall.presenters.comparing.strips import make_strips
from moothall.presenters.downloads.names import FIGURES, TOGETHER, Offered, lines_of, strips_of
from moothall.presenters.figures.cohort import cohorts_of, standing_of
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.metric.group_notes import ended_note, group_notes, unlike_note
from moothall.presenters.shared_by_councils.replies import ReplyView, replies_of
from moothall.presenters.wording.words import group_noun, joined

KEPT_ROWS = 4096
REPLIED = "its reply is below"
DRAWN = "Metrics chosen one by one are drawn too: where each council stands, and over time."
MOST_LINKED = 4
"""Up to so many councils each figure leads to its trail; beyond, the row leads to a page of these councils' trails."""


@dataclass(frozen=True, slots=True)
class CompareTable:
    """The metrics of one theme side by side."""

    id: str
    title: str
    table: Table
    replies: tuple[ReplyView, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything that the comparison shows; without councils and groups it is the empty form."""

    head: PageHead
    title: str
    form: ChooseForm
    tags: tuple[Tags, ...]
    similar: Link | None
    notes: tuple[str, ...]
    sentence: str
    tables: tuple[CompareTable, ...]
    strips: tuple[Figure, ...]
    lines: tuple[Figure, ...]
    scatter: Scatter | None
    short: Link | None


def make_compare_page(store: FigureStore, chosen: Comparison, today: date) -> ComparePage:
    """What was chosen, side by side; strips and lines over time are drawn for metrics that were chosen one by one."""
    title, lines = _title(chosen), tuple(_lines(store, chosen))
    strips = [(metric, make_strips(store, chosen, metric)) for metric in chosen.metrics]
    scatter = None if chosen.is_empty else make_scatter(store, chosen)
    return ComparePage(
        head=_head(_head_title(chosen, title), _files(chosen, strips, lines, scatter)),
        title=title,
        form=make_compare_form(store, chosen, today),
        tags=make_tags(chosen),
        similar=similar_link(store, chosen),
        notes=tuple(_notes(store, chosen)),
        sentence=_sentence(chosen),
        tables=() if chosen.is_empty else tuple(_tables(store, chosen)),
        strips=tuple(figure for _, found in strips for figure in found),
        lines=lines,
        scatter=scatter,
        short=None if chosen.is_empty else _short(chosen),
    )


def _title(chosen: Comparison) -> str:
    names = [authority.short_name for authority in chosen.authorities] or [group_noun(g) for g in chosen.groups]
    return f"Compare {joined(names)}" if names else "Compare councils"


def _head_title(chosen: Comparison, title: str) -> str:
    """Each state of the page has a title of its own."""
    what = joined([metric.title for metric in chosen.metrics]) or (chosen.theme.title if chosen.theme else "")
    beside = (
        f", beside {joined([group_noun(g) for g in chosen.groups])}" if chosen.authorities and chosen.groups else ""
    )
    return f"{title}{beside}{f': {what}' if what else ''}"


def _files(
    chosen: Comparison,
    strips: Sequence[tuple[Metric, Sequence[Figure]]],
    lines: Sequence[Figure],
    scatter: Scatter | None,
) -> Offered:
    """The figures, each strip, the two metrics together, and each drawing of lines over time."""
    if chosen.is_empty:
        return ()
    drawn = {figure.table.id for figure in lines if figure.table}
    pictures = (lines_of(m.id, m.title) for m in chosen.metrics if f"lines-{m.id}" in drawn)
    among = (strips_of(m.id, m.title, len(found)) for m, found in strips)
    stand = (file for files in among for file in files)
    return (*FIGURES, *stand, *(TOGETHER if scatter else ()), *(file for files in pictures for file in files))


def _head(title: str, files: tuple[tuple[str, str], ...]) -> PageHead:
    return PageHead(title, "compare", (("Home", "/"), ("Compare", None)), "Councils side by side.", files=files)


def _short(chosen: Comparison) -> Link:
    address = short_link(chosen)
    return Link(address, address)


def _notes(store: FigureStore, chosen: Comparison) -> list[str]:
    own = (unlike_note(chosen.authorities), ended_note(chosen.authorities))
    return [note for note in (*own, *(n for group in chosen.groups for n in group_notes(store, group))) if note]


def _sentence(chosen: Comparison) -> str:
    if chosen.is_empty:
        return (
            f"Choose up to {MOST_AUTHORITIES} councils and {MOST_GROUPS} groups. Without a metric of your choice you "
            "see those that public frameworks name."
        )
    nouns = joined([group_noun(group) for group in chosen.all_groups])
    middle = (
        f"The last {'column gives' if len(chosen.all_groups) == 1 else 'columns give'} the middle figure of {nouns}."
    )
    rows = "Each row is the newest period in which all the councils that run the service have a figure."
    return f"{rows} {middle}" if chosen.metrics else f"{rows} {middle} {DRAWN}"


def _tables(store: FigureStore, chosen: Comparison) -> list[CompareTable]:
    columns = (
        Column("Metric and period"),
        *(Column(authority.short_name, numeric=True) for authority in chosen.authorities),
        *(Column(f"Middle of {group_noun(group)}", numeric=True) for group in chosen.all_groups),
    )
    found, metrics, row_of = [], metrics_shown(store, chosen), _rows_of(store)
    place = replace(chosen, metrics=(), theme=None)
    for theme in store.catalogue.themes.values():
        rows = [row_of(metric.id, place) for metric in metrics if metric.theme == theme.id]
        if rows:
            table = Table(f"table-{theme.id}", f"{theme.title}, side by side", columns, tuple(rows), True)
            found.append(CompareTable(theme.id, theme.title, table))
    return [_with_replies(store, chosen, part, metrics) for part in found] if replies_of(store) else found


def _with_replies(
    store: FigureStore, chosen: Comparison, part: CompareTable, metrics: Sequence[Metric]
) -> CompareTable:
    """The table of a theme with the councils' replies below it, and a note at each figure: never kept with the rows."""
    replies, views, rows = replies_of(store), [], []
    for metric, row in zip((m for m in metrics if m.theme == part.id), part.table.rows, strict=True):
        has_any = any(replies.has_any(metric.id, authority.code) for authority in chosen.authorities)
        period = shared_period(store, metric, chosen.authorities, chosen.all_groups) if has_any else None
        slug = period.slug if period else ""
        found = [replies.beside(metric.id, authority, slug) for authority in chosen.authorities]
        views += [replace(one, lead=f"{metric.title}: {one.lead}") for said in found for one in said]
        rows.append(_row_with_notes(row, found))
    return replace(part, table=replace(part.table, rows=tuple(rows)), replies=tuple(views))


def _row_with_notes(row: TableRow, found: Sequence[tuple[ReplyView, ...]]) -> TableRow:
    """The row with a note at each council's figure that the council has replied to; names first, groups last."""
    noted = [
        replace(cell, note=", ".join(filter(None, (cell.note, REPLIED)))) if said else cell
        for cell, said in zip(row.cells[1:], found, strict=False)
    ]
    return replace(row, cells=(row.cells[0], *noted, *row.cells[1 + len(found) :]))


@kept_by_store
def _rows_of(store: FigureStore) -> Callable[[str, Comparison], TableRow]:
    """What makes the rows of one open build, keeping those made last."""
    metrics = store.catalogue.metrics
    return lru_cache(maxsize=KEPT_ROWS)(lambda metric_id, chosen: _row(store, metrics[metric_id], chosen))


def _row(store: FigureStore, metric: Metric, chosen: Comparison) -> TableRow:
    period = shared_period(store, metric, chosen.authorities, chosen.all_groups)
    if period is None:
        blank = TableCell("no figure", is_missing=True)
        middles = tuple(TableCell("", is_missing=True) for _ in chosen.all_groups)
        name = TableCell(metric.title, metric_address(metric.id))
        return TableRow((name, *(blank for _ in chosen.authorities), *middles))
    note = f"{metric.unit.words}, {period.label}" if metric.unit.words else period.label
    name = TableCell(metric.title, _metric_page(metric, period, chosen), note=note)
    links = len(chosen.authorities) <= MOST_LINKED
    cells = [council_cell(store, metric, authority, period, links) for authority in chosen.authorities]
    return TableRow((name, *cells, *(middle_cell(store, metric, group, period) for group in chosen.all_groups)))


def _metric_page(metric: Metric, period: Period, chosen: Comparison) -> str:
    """The page of a metric at the period compared; for many councils, that of just these, where each has its trail."""
    if len(chosen.authorities) <= MOST_LINKED:
        return metric_address(metric.id, period=period.slug)
    group = custom_group(authority.code for authority in chosen.authorities)
    return metric_address(metric.id, group=group.id, period=period.slug)


def _lines(store: FigureStore, chosen: Comparison) -> list[Figure]:
    """A drawing for each metric chosen: a line for each council, and the middle figure of the first group."""
    return [figure for metric in chosen.metrics if (figure := lines_figure(store, chosen, metric))]


def lines_figure(store: FigureStore, chosen: Comparison, metric: Metric) -> Figure | None:
    """The drawing of one metric; None where there is too little to draw."""
    councils = [_council_line(store, metric, authority) for authority in chosen.authorities]
    middles = [_middle_line(store, metric, group) for group in chosen.all_groups[:1]]
    drawn = make_lines([*councils, *middles], metric, f"lines-{metric.id}")
    held = replies_of(store)
    replies = tuple(link for authority in chosen.authorities for link in held.marks(metric.id, authority))
    return replace(drawn, replies=replies) if drawn and replies else drawn


def _council_line(store: FigureStore, metric: Metric, authority: Authority) -> Line:
    """A council's figures, without those of periods on whose last day it did not act or run the service."""
    service = store.catalogue.responsibilities[metric.responsibility]
    points = []
    for period in store.panel(metric.id).periods:
        may_stand = is_eligible(authority, metric, service, period.end)
        standing = standing_of(store, metric, authority, period)
        points.append(Point(period, standing.value if may_stand and standing.in_lifetime else None))
    return Line(authority.short_name, tuple(points))


def _middle_line(store: FigureStore, metric: Metric, group: Group) -> Line:
    periods = store.panel(metric.id).periods
    middles = [cohorts_of(store).at(metric.id, group, period).summary.median for period in periods]
    return Line("middle figure", tuple(Point(*pair) for pair in zip(periods, middles, strict=True)), is_middle=True)
