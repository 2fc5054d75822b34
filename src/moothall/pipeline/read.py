"""The verb read: from the files of a release to its release file."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from moothall.catalogue.contents import Catalogue, SourceDefinition
from moothall.catalogue.reading import Reader, ReleaseDefinition, TableDefinition
from moothall.catalogue.spelling import advise
from moothall.domain.observation import Observation
from moothall.errors import CheckError, UnknownName
from moothall.pipeline import check
from moothall.pipeline.areas import AreaIndex
from moothall.pipeline.choose import chosen_sources
from moothall.pipeline.conform import conform
from moothall.pipeline.correct import correct
from moothall.pipeline.gazetteer import PLACES, PlacesReading, places_beside, read_places, write_places
from moothall.pipeline.lists import LISTS, ListReading, lists_beside, read_lists, write_lists
from moothall.pipeline.maps import MAPS, MapReading, maps_beside, read_maps, write_maps
from moothall.pipeline.progress import Progress, silent
from moothall.pipeline.readers.csv_file import read_csv
from moothall.pipeline.readers.header_rows import HeaderRows
from moothall.pipeline.readers.json_file import read_json
from moothall.pipeline.readers.parquet_file import read_parquet
from moothall.pipeline.readers.sheet import Sheet
from moothall.pipeline.readers.workbook import read_workbook
from moothall.pipeline.release import (
    MANIFEST,
    ReleaseFacts,
    TableCount,
    read_manifest,
    read_release,
    release_table,
    remove_release,
    write_release,
)
from moothall.pipeline.sums import failing_sums
from moothall.pipeline.table import Tally
from moothall.pipeline.verify_file import find_file


@dataclass(frozen=True, slots=True)
class ReadRelease:
    """What one release gave: its counts by table, and whether its release file changed."""

    source: str
    release: str
    tables: tuple[TableCount, ...]
    is_changed: bool


def read_sources(
    catalogue: Catalogue,
    source_ids: Sequence[str] | None,
    files_folder: Path,
    releases_folder: Path,
    progress: Progress = silent,
    only: str | None = None,
) -> tuple[ReadRelease, ...]:
    """Read the files of the named sources (None: all that have figures) and write their release files.

    ``files_folder`` holds one folder a source: what was fetched, or a mirror. Where ``only`` names a release, it alone
    is read, and checked beside the release files of those before it. Raises FetchError's kin with one sentence at the
    first thing that does not hold; the release files of that source are then as they were.
    """
    areas = AreaIndex(catalogue.authorities.values(), catalogue.regions)
    done: list[ReadRelease] = []
    with _no_garbage():
        for definition in chosen_sources(catalogue, source_ids):
            _require_release(definition, only)
            done.extend(_read_source(catalogue, definition, files_folder, releases_folder, areas, progress, only))
    return tuple(done)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Let nobody look for garbage among millions of records that are all in use: it takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_source(
    catalogue: Catalogue,
    definition: SourceDefinition,
    files_folder: Path,
    releases_folder: Path,
    areas: AreaIndex,
    progress: Progress,
    only: str | None,
) -> list[ReadRelease]:
    """Read every release of a source before the first is written, so that a failure leaves the source as it was."""
    source_id = definition.source.id
    folder = files_folder / definition.folder
    made: list[tuple[ReleaseFacts, pa.Table]] = []
    earlier: list[tuple[str, list[check.Figure]]] = []
    for release in definition.releases:
        if only not in (None, release.id):
            earlier.extend(_as_shipped(source_id, release.id, releases_folder))
            continue
        facts, observations = _read_release(definition, release, folder, areas, progress)
        corrected = correct(observations, catalogue.corrections.get(source_id, ()), release.id)
        table = release_table(source_id, release.id, corrected)
        checked = check.figures(table)
        _require_sound(catalogue, source_id, release, checked, earlier)
        earlier.append((release.id, checked))
        made.append((facts, table))
    beside = () if only else _read_beside(definition, folder, releases_folder, areas)
    if only is None:
        _remove_undeclared(definition, releases_folder)
    done = [
        ReadRelease(source_id, facts.release, facts.tables, write_release(releases_folder, facts, table))
        for facts, table in made
    ]
    return done + [write() for write in beside]


def _read_beside(
    definition: SourceDefinition, folder: Path, releases_folder: Path, areas: AreaIndex
) -> list[Callable[[], ReadRelease]]:
    """Read what a source has beside figures; each of what is given back writes one kind of it."""
    source, found = definition.source.id, []
    if definition.lists:
        lists, to = read_lists(definition, folder, areas), lists_beside(releases_folder)
        found.append(lambda: ReadRelease(source, LISTS, _counts(lists), write_lists(to, definition, lists)))
    if definition.maps:
        maps, there = read_maps(definition, folder, areas), maps_beside(releases_folder)
        found.append(lambda: ReadRelease(source, MAPS, _counts(maps), write_maps(there, definition, maps)))
    if definition.places:
        places, into = read_places(definition, folder, areas), places_beside(releases_folder)
        found.append(lambda: ReadRelease(source, PLACES, _counts(places), write_places(into, definition, places)))
    return found


def _counts(readings: Sequence[ListReading] | Sequence[MapReading] | Sequence[PlacesReading]) -> tuple[TableCount, ...]:
    return tuple(reading.count for reading in readings)


def _require_release(definition: SourceDefinition, release: str | None) -> None:
    known = [each.id for each in definition.releases]
    if release is not None and release not in known:
        raise UnknownName(f"{definition.source.id} has no release {release!r}: {advise(release, known)}", known)


def _as_shipped(source: str, release: str, releases_folder: Path) -> Iterator[tuple[str, list[check.Figure]]]:
    """The figures of a release as its file has them; nothing where it has not been read yet."""
    name = f"{source}/{release}.parquet"
    if (releases_folder / name).is_file():
        yield release, check.figures(read_release(releases_folder, name)[1])


def _read_release(
    definition: SourceDefinition, release: ReleaseDefinition, folder: Path, areas: AreaIndex, progress: Progress
) -> tuple[ReleaseFacts, list[Observation]]:
    source = definition.source
    paths = {file.path: find_file(folder, source.id, file) for file in release.files}
    observations: list[Observation] = []
    counts = []
    for number, table in enumerate(release.tables):
        progress(f"Reading {source.id} {release.id}", number, len(release.tables))
        count, found = _read_table(definition, release, table, paths[table.file], areas)
        counts.append(count)
        observations.extend(found)
    progress(f"Reading {source.id} {release.id}", len(release.tables), len(release.tables))
    return _facts(definition, release, tuple(counts)), observations


def _read_table(
    definition: SourceDefinition, release: ReleaseDefinition, table: TableDefinition, path: Path, areas: AreaIndex
) -> tuple[TableCount, list[Observation]]:
    tally = Tally()
    found = conform(open_table(path, table), definition, release, table, areas, tally)
    if tally.rows_read != len(found) + tally.refused.total():
        problem = (
            f"{table.file}, table {table.id}: {tally.rows_read} places were read, but {len(found)} became figures "
            f"and {tally.refused.total()} were left out: this is an error in Moothall, please report it."
        )
        raise CheckError([problem])
    return TableCount(table.id, tally.rows_read, len(found), dict(tally.refused)), found


def open_table(path: Path, table: TableDefinition) -> Sheet:
    """The sheet of a table, through the reader that its description names."""
    match table.reader:
        case Reader.CSV:
            return read_csv(path, table.file, header_rows(table), table.encoding)
        case Reader.JSON:
            return read_json(path, table.file, table.records or "")
        case Reader.WORKBOOK:
            return read_workbook(path, table.file, table.sheet or "", header_rows(table))
        case Reader.PARQUET:
            return read_parquet(path, table.file)


def header_rows(table: TableDefinition) -> HeaderRows:
    """Where the headings of a table stand."""
    return HeaderRows(table.header_rows or (table.header_row,), table.header_find, table.header_rows_above)


def _facts(definition: SourceDefinition, release: ReleaseDefinition, counts: tuple[TableCount, ...]) -> ReleaseFacts:
    return ReleaseFacts(
        source=definition.source.id,
        release=release.id,
        title=release.title,
        publisher=release.publisher or definition.source.publisher,
        landing_page=release.landing_page or definition.source.landing_page,
        published_on=release.published_on.isoformat(),
        published_precision=str(release.published_precision),
        published_note=release.published_note,
        files=release.files,
        tables=counts,
    )


def _require_sound(
    catalogue: Catalogue,
    source_id: str,
    release: ReleaseDefinition,
    checked: Sequence[check.Figure],
    earlier: Sequence[tuple[str, Sequence[check.Figure]]],
) -> None:
    problems = check.figure_problems(source_id, checked, catalogue.metrics.values())
    problems += check.beside_last_release(checked, earlier, changed_series(release))
    problems += failing_sums(release, catalogue.authorities, checked)
    if problems:
        raise CheckError(problems)


def changed_series(release: ReleaseDefinition) -> tuple[str, ...]:
    """The series that a release declares to differ from the last one."""
    return tuple(series for change in release.changes for series in change.series)


def _remove_undeclared(definition: SourceDefinition, releases_folder: Path) -> None:
    if not (releases_folder / MANIFEST).exists():
        return
    declared = {f"{definition.source.id}/{release.id}.parquet" for release in definition.releases}
    for name in read_manifest(releases_folder):
        if name.startswith(f"{definition.source.id}/") and name not in declared:
            remove_release(releases_folder, name)
