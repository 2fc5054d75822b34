"""What later releases of a source changed: in counts, and figure by figure, largest first (METHODS: revisions)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from moothall.analytics.revisions import Revision, RevisionKind, RevisionReport, make_report
from moothall.domain.source import Source
from moothall.errors import UsageError
from moothall.presenters.addresses import revisions_address, source_address, trail_address
from moothall.presenters.blocks import Column, Link, PageHead, SummaryRow, Table, TableCell, TableRow
from moothall.presenters.downloads.names import REVISIONS
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.wording.numbers import exact_value_text, number_text

LARGEST = 20
"""How many revisions a source's page lists."""

ON_A_PAGE = 200

KIND_WORDS = {
    RevisionKind.CHANGED: "Changed",
    RevisionKind.WITHDRAWN: "Withdrawn",
    RevisionKind.APPEARED: "Appeared",
    RevisionKind.FIRMED: "Same figure, other status",
}


@dataclass(frozen=True, slots=True)
class RevisionsSection:
    """The revisions on a source's page: counts by kind, the largest, and where all of them are."""

    sentence: str
    counts: tuple[SummaryRow, ...]
    table: Table | None
    rest: Link | None


@dataclass(frozen=True, slots=True)
class RevisionsPage:
    """A page of all revisions of a source."""

    head: PageHead
    title: str
    sentence: str
    counts: tuple[SummaryRow, ...]
    table: Table | None
    pages: tuple[Link, ...]
    source: Link


def report_of(store: FigureStore, source: str) -> RevisionReport:
    """The figures that two successive releases of a source give, compared; worked out once for each build."""
    return _reports_of(store)(source)


@kept_by_store
def _reports_of(store: FigureStore) -> Callable[[str], RevisionReport]:
    return cache(lambda source: make_report(store.revisions(source)))


def counts_of(report: RevisionReport) -> dict[RevisionKind, int]:
    """How many revisions there are of each kind."""
    return {kind: report.count(kind) for kind in KIND_WORDS}


def revisions_record(store: FigureStore, source: str) -> dict[str, Any]:
    """A source's revisions as plain facts for programs, largest first."""
    report = report_of(store, source)
    return {
        "source": source,
        "compared": report.compared,
        "same": report.same,
        "counts": {kind.value: count for kind, count in counts_of(report).items()},
        "revisions": [_revision_record(revision) for revision in report.revisions],
    }


def _revision_record(revision: Revision) -> dict[str, Any]:
    figure = revision.figure
    return {
        "metric": figure.metric,
        "authority": figure.authority,
        "area_code": figure.area_code,
        "period": figure.period,
        "kind": revision.kind,
        "earlier": figure.earlier,
        "later": figure.later,
        "before": figure.before,
        "after": figure.after,
        "change": revision.change,
        "relative": revision.relative,
        "status_before": figure.status_before,
        "status_after": figure.status_after,
    }


def make_revisions_section(store: FigureStore, source: Source) -> RevisionsSection | None:
    """The largest revisions of a source; None where no two of its releases give the same figure."""
    report = report_of(store, source.id)
    if not report.compared:
        return None
    table = _table(store, report.revisions[:LARGEST], "The largest revisions") if report.revisions else None
    more = len(report.revisions) > LARGEST
    rest = Link(f"All {number_text(len(report.revisions))} revisions", revisions_address(source.id)) if more else None
    return RevisionsSection(revision_sentence(report), _count_rows(report), table, rest)


def make_revisions_page(store: FigureStore, source: Source, page: str = "") -> RevisionsPage:
    """A page of a source's revisions; ``page`` is its number as an address gives it. UsageError where there is none."""
    report = report_of(store, source.id)
    last = max(1, -(-len(report.revisions) // ON_A_PAGE))
    number = _page_number(page, last)
    shown = report.revisions[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    title = f"Revisions of {source.title}"
    which = f"{title}, page {number}" if number > 1 else title
    crumbs = (("Home", "/"), ("Sources", "/sources"), (source.title, source_address(source.id)), ("Revisions", None))
    files = REVISIONS if report.revisions else ()
    others = range(1, last + 1) if last > 1 else ()
    return RevisionsPage(
        head=PageHead(which, "sources", crumbs, f"What later releases of {source.title} changed.", files=files),
        title=title,
        sentence=revision_sentence(report),
        counts=_count_rows(report) if report.compared else (),
        table=_table(store, shown, f"{which}, largest first") if shown else None,
        pages=tuple(Link(f"Page {n}", revisions_address(source.id, page=str(n))) for n in others if n != number),
        source=Link(source.title, source_address(source.id)),
    )


def _page_number(text: str, last: int) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= last):
        raise UsageError(f"There is no page {text!r} of these revisions: there are pages 1 to {last}.")
    return int(text)


def revision_sentence(report: RevisionReport) -> str:
    """How many figures stand in two releases, and how many of them the later one says otherwise."""
    if not report.compared:
        return "No two releases that we have read give the same figure, so there is nothing to compare."
    firmed = report.count(RevisionKind.FIRMED)
    moved = report.compared - report.same - firmed
    status = f", and {number_text(firmed)} have the same figure with another status" if firmed else ""
    return (
        f"{number_text(report.compared)} figures that we use stand in two successive releases; "
        f"{number_text(moved)} of them read otherwise in the later one{status}."
    )


def _count_rows(report: RevisionReport) -> tuple[SummaryRow, ...]:
    return tuple(SummaryRow(KIND_WORDS[kind], number_text(count)) for kind, count in counts_of(report).items())


def _table(store: FigureStore, revisions: Sequence[Revision], caption: str) -> Table:
    columns = (
        Column("Metric or series", wraps=True),
        Column("Council"),
        Column("Period"),
        Column("Before", True),
        Column("After", True),
        Column("Change", True),
    )
    return Table("revisions", caption, columns, tuple(_row(store, revision) for revision in revisions))


def _row(store: FigureStore, revision: Revision) -> TableRow:
    figure = revision.figure
    metric = store.catalogue.metrics.get(figure.metric)
    council = store.catalogue.authorities.get(figure.authority or "")
    name = metric.title if metric else figure.metric.partition("/")[2].replace("-", " ")
    href = trail_address(figure.metric, council.slug, figure.period) if metric and council else None
    replies = replies_of(store).marks(figure.metric, council, [figure.period]) if council else ()
    return TableRow(
        (
            TableCell(name, note=KIND_WORDS[revision.kind].lower()),
            TableCell(council.short_name if council else figure.area_code),
            TableCell(figure.period, href, replies=replies),
            _figure_cell(store, figure.metric, figure.before, figure.earlier),
            _figure_cell(store, figure.metric, figure.after, figure.later),
            TableCell(_change_words(revision)),
        )
    )


def _figure_cell(store: FigureStore, metric_id: str, value: float | None, release: str) -> TableCell:
    metric = store.catalogue.metrics.get(metric_id)
    if value is None:
        return TableCell("no figure", note=release, is_missing=True)
    return TableCell(exact_value_text(value, metric) if metric else f"{value:,}", note=release)


def _change_words(revision: Revision) -> str:
    if revision.relative is None:
        return "from zero" if revision.change else ""
    return f"{'+' if revision.relative > 0 else ''}{number_text(100 * revision.relative, 1)}%"
