"""Lists of councils that publishers drew up: from their files to ``data/lists/<source>.parquet`` (ADR 0007)."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from moothall.catalogue.contents import SourceDefinition
from moothall.catalogue.files import FileDefinition
from moothall.catalogue.listing import ListArea, ListDefinition, ListReader
from moothall.catalogue.reading import AreaKind
from moothall.catalogue.spelling import nearest_word
from moothall.domain.authority import Authority
from moothall.errors import CheckError, ReadError
from moothall.pipeline.areas import AreaIndex
from moothall.pipeline.own_form import count_kept, table_of
from moothall.pipeline.readers.csv_file import read_csv
from moothall.pipeline.readers.sheet import Sheet
from moothall.pipeline.readers.workbook import read_workbook
from moothall.pipeline.release import MANIFEST, METADATA_KEY, TableCount, verify_releases, write_file
from moothall.pipeline.verify_file import find_file

LISTS = "lists"

SCHEMA = pa.schema(
    [
        ("list", pa.string()),
        ("authority", pa.string()),
        ("area_code", pa.string()),
        ("place", pa.int16()),
        ("peer", pa.string()),
        ("peer_area_code", pa.string()),
        ("label", pa.string()),
        ("row", pa.int32()),
        ("column", pa.string()),
    ]
)
"""A row names one council for a council, the nearest at place 1, or (without a peer) the class that it is in."""


class Listed(NamedTuple):
    """One row of a list in the order of ``SCHEMA``."""

    list: str
    authority: str
    area_code: str
    place: int
    peer: str | None
    peer_area_code: str | None
    label: str | None
    row: int
    column: str


class Named(NamedTuple):
    """What a file says of one area: the codes that it names, or the class, each with its column."""

    area: str
    members: tuple[tuple[str, str], ...]
    label: str | None
    row: int


@dataclass(slots=True)
class ListReading:
    """One list as it was read: its rows, and what became of every place in the file."""

    definition: ListDefinition
    rows: list[Listed] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> TableCount:
        """Places read, kept and refused by reason."""
        return count_kept(self.definition.id, len(self.rows), self.refused)


def lists_beside(releases_folder: Path) -> Path:
    """The folder of lists: beside that of the releases."""
    return releases_folder.parent / LISTS


def list_files(definition: SourceDefinition) -> dict[str, FileDefinition]:
    """The files of a source's lists, maps and places by path."""
    kinds = (definition.lists, definition.maps, definition.places)
    return {file.path: file for kind in kinds for file in (each.file for each in kind)}


def read_lists(definition: SourceDefinition, folder: Path, areas: AreaIndex) -> list[ListReading]:
    """Read every list of a source from the files under ``folder``.

    Raises ReadError where a file is missing, altered or does not fit, or names a council that nobody knows; CheckError
    where a council stands twice.
    """
    files = list_files(definition)
    found = []
    for listed in definition.lists:
        path = find_file(folder, definition.source.id, files[listed.file.path])
        found.append(_read_list(listed, path, areas))
    return found


def write_lists(folder: Path, definition: SourceDefinition, readings: Sequence[ListReading]) -> bool:
    """Write ``<source>.parquet`` with its entry in the manifest, whole or not at all; True where it had changed."""
    rows = [row for reading in readings for row in reading.rows]
    described = _described(definition, readings)
    return write_file(folder, f"{definition.source.id}.parquet", described, table_of(SCHEMA, rows))


def load_lists(folder: Path) -> list[tuple[str, str, int, str | None, str | None]]:
    """Every row of every list file: list, authority, place, peer, label; nothing where no list has been read.

    Raises ReleaseError where a file is missing, damaged, altered or not in the manifest.
    """
    if not (folder / MANIFEST).exists():
        return []
    rows: list[tuple[str, str, int, str | None, str | None]] = []
    for name in verify_releases(folder):
        table = pq.read_table(folder / name, columns=["list", "authority", "place", "peer", "label"])
        rows.extend(zip(*(column.to_pylist() for column in table.columns), strict=True))
    return rows


def lists_account(folder: Path, source: str) -> dict[str, Any]:
    """What a list file says of itself: publisher, and for each list its file, digest and account of places."""
    return dict(json.loads(pq.read_metadata(folder / f"{source}.parquet").metadata[METADATA_KEY]))


def _described(definition: SourceDefinition, readings: Sequence[ListReading]) -> dict[str, Any]:
    source = definition.source
    return {
        "source": source.id,
        "publisher": source.publisher,
        "landing_page": source.landing_page,
        "licence": source.licence.id,
        "lists": [
            {
                "id": reading.definition.id,
                "title": reading.definition.title,
                "edition": reading.definition.edition,
                "file": reading.definition.file.model_dump(include={"path", "sha256", "bytes"}),
                "places_read": reading.count.rows_read,
                "kept": reading.count.observations,
                "refused": dict(sorted(reading.refused.items())),
            }
            for reading in readings
        ],
    }


def _read_list(listed: ListDefinition, path: Path, areas: AreaIndex) -> ListReading:
    reading = ListReading(listed)
    seen: dict[str, str] = {}
    for named in _rows_of(listed, path):
        authority = _authority(listed, named.area, named.row, areas)
        if isinstance(authority, str):
            reading.refused[authority] += len(named.members) or 1
            continue
        if authority.code in seen:
            problem = f"{listed.file.path}, row {named.row}: {authority.name} stands twice ({seen[authority.code]} too)"
            raise CheckError([f"{problem}: the list is ambiguous; take one of the two out with left_out."])
        seen[authority.code] = f"row {named.row}"
        _keep(reading, named, authority, areas)
    return reading


def _keep(reading: ListReading, named: Named, authority: Authority, areas: AreaIndex) -> None:
    key = (reading.definition.id, authority.code, named.area)
    if named.label is not None:
        reading.rows.append(Listed(*key, 0, None, None, named.label, named.row, reading.definition.label or ""))
    place = 0
    for code, column in named.members:
        peer = _authority(reading.definition, code, named.row, areas)
        if isinstance(peer, str):
            reading.refused[peer] += 1
        elif peer.code == authority.code:
            reading.refused["the council itself"] += 1
        else:
            place += 1
            reading.rows.append(Listed(*key, place, peer.code, code, None, named.row, column))


_KINDS = {ListArea.GSS: AreaKind.GSS, ListArea.DFE: AreaKind.DFE}


def _authority(listed: ListDefinition, code: str, row: int, areas: AreaIndex) -> Authority | str:
    """The authority that a code means on the list's day, or why it is left out. ReadError for an unknown code."""
    reason = listed.refusals.get(code) or AreaIndex.refusal(code)
    if reason:
        return reason
    if listed.area_kind is ListArea.AUTHORITY:
        having = [areas.by_own_code[code]] if code in areas.by_own_code else []
    else:
        having = areas.having(_KINDS[listed.area_kind], code)
    if not having:
        known = (
            list(areas.by_own_code) if listed.area_kind is ListArea.AUTHORITY else areas.known(_KINDS[listed.area_kind])
        )
        near = nearest_word(code, known)
        advice = f"the nearest is {near}; " if near else ""
        raise ReadError(
            f"{listed.file.path}, row {row} has the code {code!r}, which no authority has had; {advice}"
            "add it to the register under catalogue/authorities, or to left_out of the list in the source's YAML."
        )
    return next((authority for authority in having if authority.is_active(listed.areas_on)), having[0])


def _rows_of(listed: ListDefinition, path: Path) -> Iterator[Named]:
    if listed.reader is ListReader.JSON_MEMBERS:
        yield from _json_rows(listed, path)
        return
    sheet = (
        read_csv(path, listed.file.path, listed.header_row)
        if listed.reader is ListReader.CSV
        else read_workbook(path, listed.file.path, listed.sheet or "", listed.header_row)
    )
    area, *others = _columns(sheet, [listed.area or "", *listed.members, *([listed.label] if listed.label else [])])
    for row in sheet.rows:
        cells = [row.cells[place].strip() for place in others]
        letters = [sheet.columns[place].letters for place in others]
        members = () if listed.label else tuple((c, at) for c, at in zip(cells, letters, strict=True) if c)
        yield Named(row.cells[area].strip(), members, cells[0] if listed.label else None, row.number)


def _columns(sheet: Sheet, headings: Sequence[str]) -> list[int]:
    found: dict[str, int] = {}
    for place, column in enumerate(sheet.columns):
        found.setdefault(column.heading, place)
    for heading in headings:
        if heading not in found:
            raise ReadError(
                f"{sheet.place} has no heading {heading!r} in row {sheet.header_row}: "
                "if the publisher renamed it, change the list in the source's YAML."
            )
    return [found[heading] for heading in headings]


def _json_rows(listed: ListDefinition, path: Path) -> Iterator[Named]:
    """Areas in the order of the file, each with its first item: the codes that it names."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        pairs = [(str(area), [str(code) for code in items[0] or ()]) for area, items in content.items()]
    except (ValueError, AttributeError, LookupError, TypeError) as error:
        raise ReadError(f"{listed.file.path} is not an object of lists ({error}): fetch the file again.") from error
    for row, (area, codes) in enumerate(pairs, start=1):
        yield Named(area, tuple((code, str(place)) for place, code in enumerate(codes, start=1)), None, row)
