"""The sources: what we read, under which licence, and what became of every row."""

from collections.abc import Iterator
from dataclasses import dataclass

from moothall.catalogue.contents import SourceDefinition
from moothall.catalogue.listing import ListDefinition
from moothall.catalogue.live import LiveFile
from moothall.catalogue.reading import SourceState
from moothall.domain.observation import ReleaseFile
from moothall.domain.source import LICENCES, Source
from moothall.presenters.addresses import actions_address, host_text, metric_address, source_address
from moothall.presenters.blocks import Column, Link, PageHead, SummaryRow, Table, TableCell, TableRow
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.provenance.revisions_page import RevisionsSection, make_revisions_section
from moothall.presenters.provenance.trail_page import published_text
from moothall.presenters.wording.numbers import bytes_text, count_text, number_text
from moothall.presenters.wording.words import capital_first
from moothall.store import Account, Listing, ReleaseRecord


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Everything that the list of sources shows."""

    head: PageHead
    table: Table
    awaited: tuple[Link, ...]
    unread: Table | None
    licences: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class ReleaseSection:
    """One release of a source: its facts, its files, and what became of its rows."""

    id: str
    title: str
    rows: tuple[SummaryRow, ...]
    files: Table
    accounts: Table


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Everything that the page of a source shows."""

    head: PageHead
    title: str
    description: str
    rows: tuple[SummaryRow, ...]
    metrics: tuple[Link, ...]
    releases: tuple[ReleaseSection, ...]
    lists: tuple[SummaryRow, ...]
    unread: tuple[SummaryRow, ...]
    revisions: RevisionsSection | None


def make_sources_page(store: FigureStore) -> SourcesPage:
    """All sources, with how many releases and figures we have read."""
    sources = store.catalogue.sources.values()
    with_figures = [s for s in sources if releases_of(store, s.source) or s.has_lists or _has_actions(s)]
    columns = (
        Column("Source"),
        Column("Publisher"),
        Column("Releases", True),
        Column("Observations", True),
        Column("Licence"),
    )
    rows = tuple(_source_row(store, s) for s in with_figures)
    table = Table("sources", "Publications that we read", columns, rows)
    awaited = tuple(
        Link(s.source.title, source_address(s.source.id), s.source.publisher) for s in sources if s not in with_figures
    )
    used = {s.source.licence.id for s in sources}
    licences = tuple(SummaryRow(x.title, host_text(x.url), x.url) for x in LICENCES.values() if x.id in used)
    head = PageHead("Sources", "sources", (("Home", "/"), ("Sources", None)), "Where every figure comes from.")
    return SourcesPage(head, table, awaited, _unread_table(store), licences)


def make_source_page(store: FigureStore, definition: SourceDefinition) -> SourcePage:
    """One source with its releases, newest first."""
    source = definition.source
    crumbs = (("Home", "/"), ("Sources", "/sources"), (source.title, None))
    rows = (
        SummaryRow("Publisher", source.publisher),
        SummaryRow("Publisher's page", host_text(source.landing_page), source.landing_page),
        SummaryRow("Licence", source.licence.title, source.licence.url),
        SummaryRow("Attribution", source.attribution),
        SummaryRow("Kind of figures", capital_first(source.designation.value)),
        SummaryRow("How often", capital_first(source.cadence.value.replace("-", " "))),
        *_newest_rows(definition),
    )
    sections = tuple(_section(release) for release in reversed(releases_of(store, source)))
    head = PageHead(source.title, "sources", crumbs, source.description)
    lists = tuple(_beside_rows(store, definition))
    lists += _action_rows(store) if _has_actions(definition) else ()
    metrics, revisions = _metric_links(store, source), make_revisions_section(store, source)
    unread = tuple(SummaryRow(x.what, x.why) for x in store.catalogue.unread if x.folder == definition.folder)
    return SourcePage(head, source.title, source.description, rows, metrics, sections, lists, unread, revisions)


def _newest_rows(definition: SourceDefinition) -> tuple[SummaryRow, ...]:
    """Where a program looks for the newest file, or why it cannot; nothing where the definition does not say."""
    if definition.not_live:
        return (SummaryRow("Newest file", "A program cannot look for it", note=definition.not_live),)
    return tuple(
        SummaryRow("Newest file", "A program looks for it at " + _live_place(rule), note=rule.what)
        for rule in definition.live
    )


def _live_place(rule: LiveFile) -> str:
    if rule.page:
        return f"gov.uk{rule.page}"
    return f"github.com/{rule.repository}" if rule.repository else host_text(rule.address or "")


def _unread_table(store: FigureStore) -> Table | None:
    """What came with the sources' files and is not read; None where everything is."""
    titles = {
        s.folder: TableCell(s.source.title, source_address(s.source.id)) for s in store.catalogue.sources.values()
    }
    columns = (Column("Files"), Column("Came with"), Column("Why we take no figures from them", wraps=True))
    rows = tuple(
        TableRow((TableCell(x.what), titles.get(x.folder, TableCell("files of their own")), TableCell(x.why)))
        for x in store.catalogue.unread
    )
    return Table("not-read", "Files that we hold and do not read", columns, rows) if rows else None


def _beside_rows(store: FigureStore, definition: SourceDefinition) -> Iterator[SummaryRow]:
    """The lists, maps and places of a source, with how much of each is kept."""
    yield from (_list_row(store, listed) for listed in definition.lists)
    for drawn in definition.maps:
        kept = count_text(len(store.shapes.get(drawn.id, {})), "council")
        yield SummaryRow(drawn.title, f"{kept}, {drawn.edition}. {drawn.published_note}", note=drawn.file.path)
    for listed in definition.places:
        kept = count_text(len(store.places), "place")
        yield SummaryRow(listed.title, f"{kept}, {listed.edition}. {listed.published_note}", note=listed.file.path)


def _list_row(store: FigureStore, listed: ListDefinition) -> SummaryRow:
    kept = store.lists.get(listed.id, Listing())
    councils = count_text(len(kept.peers) or len(kept.labels), "council")
    return SummaryRow(listed.title, f"{councils}, {listed.edition}. {listed.published_note}", note=listed.file.path)


def _action_rows(store: FigureStore) -> tuple[SummaryRow, ...]:
    register = store.catalogue.formal_actions
    text = count_text(len(register.actions), "formal action")
    return (SummaryRow("Register", text, actions_address(), "each with the link that shows it"),)


def _has_actions(definition: SourceDefinition) -> bool:
    return definition.status is SourceState.WITH_ACTIONS


def releases_of(store: FigureStore, source: Source) -> list[ReleaseRecord]:
    """The releases of a source in the build, oldest first."""
    return [release for release in store.releases.values() if release.source == source.id]


def _source_row(store: FigureStore, definition: SourceDefinition) -> TableRow:
    source = definition.source
    lists = len(definition.lists) + len(definition.maps) + len(definition.places)
    actions = len(store.catalogue.formal_actions.actions) if _has_actions(definition) else 0
    listed = count_text(lists, "list or map", "lists and maps")
    beside = count_text(actions, "formal action") if actions else listed
    releases = releases_of(store, source)
    observations = sum(account.observations for release in releases for account in release.accounts)
    return TableRow(
        (
            TableCell(source.title, source_address(source.id)),
            TableCell(source.publisher),
            TableCell(number_text(len(releases)), note=f"and {beside}" if lists or actions else None),
            TableCell(number_text(observations)),
            TableCell(source.licence.title),
        )
    )


def _metric_links(store: FigureStore, source: Source) -> tuple[Link, ...]:
    found = [m for m in store.catalogue.metrics.values() if source.id in m.sources]
    return tuple(Link(m.title, metric_address(m.id)) for m in sorted(found, key=lambda m: m.title))


def _section(release: ReleaseRecord) -> ReleaseSection:
    rows = (
        SummaryRow("Published", capital_first(published_text(release)), note=release.published_note or None),
        SummaryRow("Publisher", release.publisher),
        SummaryRow("Publisher's page", host_text(release.landing_page), release.landing_page),
        SummaryRow("Our release file", release.path, is_mono=True),
        SummaryRow("Its sha256", release.sha256, is_mono=True),
    )
    return ReleaseSection(release.id, release.title, rows, _files_table(release), _accounts_table(release))


def _files_table(release: ReleaseRecord) -> Table:
    columns = (Column("File"), Column("Size", numeric=True), Column("sha256"))
    rows = tuple(_file_row(file) for file in release.files)
    return Table(f"files-{release.id}", f"Files of {release.title}", columns, rows)


def _file_row(file: ReleaseFile) -> TableRow:
    return TableRow((TableCell(file.path), TableCell(bytes_text(file.bytes)), TableCell(file.sha256)))


def _accounts_table(release: ReleaseRecord) -> Table:
    heads = (Column("Places read", True), Column("Observations", True), Column("Left out, with the reason"))
    rows = tuple(_account_row(account) for account in release.accounts)
    return Table(f"rows-{release.id}", f"What became of each row of {release.title}", (Column("Table"), *heads), rows)


def _account_row(account: Account) -> TableRow:
    refused = "; ".join(f"{count_text(n, 'row')}: {reason}" for reason, n in account.refused.items())
    return TableRow(
        (
            TableCell(account.table),
            TableCell(number_text(account.rows_read)),
            TableCell(number_text(account.observations)),
            TableCell(refused or "none"),
        )
    )
