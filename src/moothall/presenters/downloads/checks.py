"""Where figures come from and how good they are, as datasets: trails, revisions, coverage, jumps, flags."""

from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from moothall.domain.authority import Authority
from moothall.domain.metric import Theme
from moothall.domain.source import Source
from moothall.presenters.addresses import trail_address
from moothall.presenters.downloads.dataset import Dataset, Row, Shown, make_list
from moothall.presenters.downloads.fields import Field
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.provenance.reversal_view import KIND_WORDS, reversal_lines
from moothall.presenters.provenance.revisions_page import report_of, revision_sentence, revisions_record
from moothall.presenters.provenance.trail_page import published_text
from moothall.presenters.shared_by_councils.replies import Replies, replies_of, replies_text
from moothall.store import Cell, Coverage

TRAIL_FIELDS = (
    Field("metric", "Our name for the metric; it does not change"),
    Field("metric_title", "The metric's title"),
    Field("authority", "Our code of the council; it does not change"),
    Field("area_code", "The official code under which the publisher gives the figure"),
    Field("period", "The period that the figure is of"),
    Field("value", "The figure as it was published"),
    Field("why_missing", "Why there is no figure"),
    Field("status", "How firm the figure is, in the publisher's words"),
    Field("release", "The release in which it came out"),
    Field("published", "When that came out"),
    Field("publisher", "Who published it"),
    Field("file", "The publisher's file"),
    Field("sheet", "The sheet in it"),
    Field("row", "The row"),
    Field("column", "The column"),
    Field("says", "What stands in the cell"),
    Field("what_it_cannot_say", "What nobody should conclude from the figure"),
    Field("councils_reply", "What the council says to the figure in its own words, while the figure is the same"),
    Field("trail", "Where this way is shown", is_address=True),
)
REVISION_FIELDS = (
    Field("metric", "Our name for the metric, or the source's series"),
    Field("authority", "Our code of the council"),
    Field("area_code", "The official code of its area"),
    Field("period", "The period that the figure is of"),
    Field("kind", "What kind of revision it is"),
    Field("earlier", "The earlier release"),
    Field("later", "The later release"),
    Field("before", "The figure in the earlier"),
    Field("after", "The figure in the later"),
    Field("change", "By how much it moved, in its unit"),
    Field("relative", "The same as a share of the earlier figure"),
    Field("status_before", "How firm it was"),
    Field("status_after", "How firm it is"),
    Field("councils_reply", "What the council says to the newest figure in its own words"),
)
COVERAGE_FIELDS = (
    Field("metric", "Our name for the metric"),
    Field("metric_title", "The metric's title"),
    Field("period", "The period"),
    Field("period_end", "Its last day"),
    Field("councils_with_a_figure", "How many of those responsible on that day have a figure"),
    Field("councils_responsible", "How many were responsible"),
)
FLAG_FIELDS = (
    Field("metric", "Our name for the metric"),
    Field("metric_title", "The metric's title"),
    Field("kind", "With which other series it is counted"),
    Field("flags", "Changes that the rule named and whose next change is known"),
    Field("flags_half_lost", "Of these, how many lost half or more of it at the next period"),
    Field("flags_turned", "Of these, how many were followed by a change the other way"),
    Field("changes", "All changes from one period to the next whose next change is known"),
    Field("changes_half_lost", "Of these, how many lost half or more of it"),
    Field("changes_turned", "Of these, how many were followed by a change the other way"),
)


def trails_dataset(store: FigureStore, address: str, authority: Authority, cells: Iterable[Cell]) -> Dataset:
    """Figures of one authority, each with its release, file, sheet and cell."""
    title, stem = f"Where the figures of {authority.name} come from", f"{authority.slug}-trails"
    known = [cell for cell in cells if cell.metric in store.catalogue.metrics]
    shown = Shown(title, stem, address, TRAIL_FIELDS)
    replies = replies_of(store)
    return make_list(store, shown, ((_trail_row(replies, authority, cell), [cell.release.source]) for cell in known))


def _trail_row(replies: Replies, authority: Authority, cell: Cell) -> Row:
    store = replies.store
    metric = store.catalogue.metrics[cell.metric]
    release = (cell.release.title, published_text(cell.release), cell.release.publisher)
    return (
        metric.id,
        metric.title,
        authority.code,
        cell.area_code,
        cell.period.slug,
        cell.value,
        cell.reason,
        cell.status.value,
        *release,
        *(cell.file, cell.sheet, cell.row, cell.column, cell.raw),
        metric.cannot_say,
        replies_text(replies.beside(metric.id, authority, cell.period.slug)),
        trail_address(metric.id, authority.slug, cell.period.slug, store.day),
    )


def revisions_dataset(store: FigureStore, address: str, source: Source) -> Dataset:
    """Every figure that a later release of a source gives otherwise, the largest revision first."""
    record, sentence = revisions_record(store, source.id), revision_sentence(report_of(store, source.id))
    shown = Shown(f"Revisions of {source.title}", f"{source.id}-revisions", address, REVISION_FIELDS, (sentence,))
    replies = replies_of(store)
    return make_list(store, shown, ((_revision_row(replies, row), [source.id]) for row in record["revisions"]))


def _revision_row(replies: Replies, record: dict[str, Any]) -> Row:
    council = replies.store.catalogue.authorities.get(record["authority"] or "")
    said = replies.beside(record["metric"], council, record["period"]) if council else ()
    return (*(record[field.name] for field in REVISION_FIELDS[:-1]), replies_text(said))


def coverage_dataset(store: FigureStore, address: str, theme: Theme | None) -> Dataset:
    """Of the councils responsible in each period, how many have a figure: every metric, or those of a theme."""
    metrics = {id_: m for id_, m in store.catalogue.metrics.items() if theme is None or m.theme == theme.id}
    found = [one for id_, rows in store.quality.coverage.items() if id_ in metrics for one in rows]
    title = f"Coverage: {theme.title}" if theme else "Coverage of every metric"
    shown = Shown(title, f"coverage-{theme.id}" if theme else "coverage", address, COVERAGE_FIELDS)
    return make_list(store, shown, ((_coverage_row(store, one), metrics[one.metric].sources) for one in found))


def _coverage_row(store: FigureStore, one: Coverage) -> Row:
    title = store.catalogue.metrics[one.metric].title
    return one.metric, title, one.period, one.period_end.isoformat(), one.figures, one.members


def flags_dataset(store: FigureStore, address: str) -> Dataset:
    """What became of the changes that the yearly rule named, metric by metric, beside all changes."""
    shown = Shown("How good our flags are", "flags", address, FLAG_FIELDS)
    found = (
        ((one.metric.id, one.metric.title, KIND_WORDS[one.kind], *astuple(one.counts)), one.metric.sources)
        for one in reversal_lines(store)
    )
    return make_list(store, shown, found)
