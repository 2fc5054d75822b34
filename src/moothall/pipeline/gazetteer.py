"""Names of parishes and wards, each with the authority that it lies in: ``data/places/<source>.parquet`` (ADR 0012)."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from moothall.catalogue.contents import SourceDefinition
from moothall.catalogue.mapping import PlacesDefinition
from moothall.catalogue.reading import AreaKind
from moothall.domain.geography import Place, PlaceKind
from moothall.errors import ReadError
from moothall.pipeline.areas import AreaIndex
from moothall.pipeline.own_form import count_kept
from moothall.pipeline.release import MANIFEST, TableCount, verify_releases, write_file
from moothall.pipeline.verify_file import find_file

PLACES = "places"

SCHEMA = pa.schema([(name, pa.string()) for name in ("name", "kind", "area_code", "authority")])

NO_LONGER = "no longer an area"
NO_PARENT = "the file names no district for it"
OF_AUTHORITY = "the area of an authority or a region, not a place within one"


class Listed(NamedTuple):
    """One row of the publisher's list; ``end`` is the last year of an area that has gone."""

    code: str
    name: str
    parent: str | None
    end: int | None


@dataclass(slots=True)
class PlacesReading:
    """One list of places as it was read: its places, and what became of every row."""

    definition: PlacesDefinition
    places: list[Place] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> TableCount:
        """Rows read, kept and refused by reason."""
        return count_kept(self.definition.id, len(self.places), self.refused)


def places_beside(releases_folder: Path) -> Path:
    """The folder of places: beside that of the releases."""
    return releases_folder.parent / PLACES


def read_places(definition: SourceDefinition, folder: Path, areas: AreaIndex) -> list[PlacesReading]:
    """Read every list of places of a source; ReadError where a file is missing, altered, or does not fit."""
    return [
        _read_places(listed, find_file(folder, definition.source.id, listed.file), areas)
        for listed in definition.places
    ]


def write_places(folder: Path, definition: SourceDefinition, readings: Sequence[PlacesReading]) -> bool:
    """Write ``<source>.parquet`` with its entry in the manifest, whole or not at all; True where it had changed."""
    places = [place for reading in readings for place in reading.places]
    columns: dict[str, list[str]] = {name: [str(getattr(place, name)) for place in places] for name in SCHEMA.names}
    table = pa.table(columns, schema=SCHEMA)
    return write_file(folder, f"{definition.source.id}.parquet", _described(definition, readings), table)


def load_places(folder: Path) -> list[Place]:
    """Every place; nothing where no list has been read. ReleaseError where a file is damaged or altered."""
    if not (folder / MANIFEST).exists():
        return []
    tables = [pq.read_table(folder / name) for name in verify_releases(folder)]
    rows = (row for table in tables for row in table.to_pylist())
    return [Place(row["name"], PlaceKind(row["kind"]), row["area_code"], row["authority"]) for row in rows]


def _described(definition: SourceDefinition, readings: Sequence[PlacesReading]) -> dict[str, Any]:
    source = definition.source
    return {
        "source": source.id,
        "publisher": source.publisher,
        "licence": source.licence.id,
        "places": [
            {
                "id": reading.definition.id,
                "edition": reading.definition.edition,
                "file": reading.definition.file.model_dump(include={"path", "sha256", "bytes"}),
                "rows_read": reading.count.rows_read,
                "kept": reading.count.observations,
                "refused": dict(sorted(reading.refused.items())),
            }
            for reading in readings
        ],
    }


def _read_places(listed: PlacesDefinition, path: Path, areas: AreaIndex) -> PlacesReading:
    reading = PlacesReading(listed)
    for row in _rows(listed, path):
        kind = next((kind for start, kind in listed.kinds.items() if row.code.startswith(start)), None)
        reason = _refusal(row, kind)
        if reason or kind is None:
            reading.refused[reason or OF_AUTHORITY] += 1
            continue
        having = areas.having(AreaKind.GSS, row.parent or "")
        if not having:
            raise ReadError(
                f"{listed.file.path}: {row.name} ({row.code}) lies in {row.parent!r}, which is no authority's area "
                "code: add it to the register under catalogue/authorities."
            )
        authority = next((a for a in having if a.is_active(listed.areas_on)), having[0])
        reading.places.append(Place(row.name, kind, row.code, authority.code))
    return reading


def _refusal(row: Listed, kind: PlaceKind | None) -> str | None:
    if kind is None:
        return AreaIndex.refusal(row.code) or OF_AUTHORITY
    if row.end is not None:
        return NO_LONGER
    return None if row.parent else NO_PARENT


def _rows(listed: PlacesDefinition, path: Path) -> Iterator[Listed]:
    """The rows of a file of columns, in which years stand by row number; ReadError where it is none."""
    try:
        content: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        ends = content["end"]
        columns = (content["areacd"], content["areanm"], content["parentcd"])
        rows = list(zip(*columns, strict=True))
        yield from (Listed(code, name, parent, ends.get(str(n))) for n, (code, name, parent) in enumerate(rows))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ReadError(f"{listed.file.path} is not a list of areas ({error}): fetch the file again.") from error
