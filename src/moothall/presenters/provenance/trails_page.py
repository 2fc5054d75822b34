"""Where every figure of one authority comes from: the newest of each metric with its release, file and cell."""

from dataclasses import dataclass

from moothall.domain.authority import Authority
from moothall.presenters.addresses import authority_address, metric_address, trail_address
from moothall.presenters.blocks import Column, Link, Notice, PageHead, Table, TableCell, TableRow
from moothall.presenters.downloads.names import TRAILS
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.provenance.trail_page import cell_place, published_text
from moothall.presenters.shared_by_councils.replies import Replies, replies_of
from moothall.presenters.wording.numbers import count_text, exact_value_text
from moothall.store import Cell

COLUMNS = (
    Column("Metric", wraps=True),
    Column("Figure", numeric=True),
    Column("Release", wraps=True),
    Column("File and cell", wraps=True),
)


@dataclass(frozen=True, slots=True)
class TrailsPage:
    """Everything that the page shows: a table for each theme, and the way back."""

    head: PageHead
    title: str
    sentence: str
    tables: tuple[tuple[str, str, Table], ...]
    back: Link
    empty: Notice


def make_trails_page(store: FigureStore, authority: Authority) -> TrailsPage:
    """The newest figure of each live metric of an authority with where it stands in the publisher's file."""
    cells = [cell for cell in store.newest_cells(authority.code) if cell.metric in store.catalogue.metrics]
    title = f"Where the figures of {authority.short_name} come from"
    crumbs = (
        ("Home", "/"),
        ("Councils", "/authorities"),
        (authority.short_name, authority_address(authority.slug)),
        ("Where its figures come from", None),
    )
    sentence = (
        f"The newest figure of {count_text(len(cells), 'metric')}, and the cell of the publisher's file that it was "
        "read from. A figure that is worked out names the part that was published last."
    )
    themes, files = store.catalogue.themes.values(), TRAILS if cells else ()
    found = [(t.id, t.title, _table(store, t.id, t.title, authority, cells)) for t in themes]
    return TrailsPage(
        head=PageHead(title, "authorities", crumbs, f"{title}: release, file, sheet and cell of each.", files=files),
        title=title,
        sentence=sentence,
        tables=tuple(one for one in found if one[2].rows),
        back=Link(authority.name, authority_address(authority.slug)),
        empty=Notice("No figures yet", "None of the files that we have read has a row for this council."),
    )


def _table(store: FigureStore, theme_id: str, theme: str, authority: Authority, cells: list[Cell]) -> Table:
    mine = [cell for cell in cells if store.catalogue.metrics[cell.metric].theme == theme_id]
    mine.sort(key=lambda cell: store.catalogue.metrics[cell.metric].title.casefold())
    replies = replies_of(store)
    rows = tuple(_row(replies, authority, cell) for cell in mine)
    return Table(f"trails-{theme_id}", f"{theme}: where each figure comes from", COLUMNS, rows, caption_is_hidden=True)


def _row(replies: Replies, authority: Authority, cell: Cell) -> TableRow:
    store = replies.store
    metric = store.catalogue.metrics[cell.metric]
    has_reply = bool(replies.beside(metric.id, authority, cell.period.slug))
    shown = f"no figure: {cell.reason}" if cell.value is None else exact_value_text(cell.value, metric)
    return TableRow(
        (
            TableCell(metric.title, metric_address(metric.id)),
            TableCell(
                shown,
                trail_address(metric.id, authority.slug, cell.period.slug, store.day),
                f"{cell.period.label}{'; the council has replied' if has_reply else ''}",
                is_missing=cell.value is None,
            ),
            TableCell(cell.release.title, note=f"{cell.release.publisher}, {published_text(cell.release)}"),
            TableCell(cell_place(cell), note=f"it says {cell.raw}" if cell.raw else None),
        )
    )
