"""Maps that publishers drew: from their files to ``data/maps/<source>.parquet`` in our own compact form (ADR 0012)."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from moothall.catalogue.contents import SourceDefinition
from moothall.catalogue.mapping import MapDefinition, MapReader
from moothall.catalogue.reading import AreaKind
from moothall.catalogue.spelling import nearest_word
from moothall.domain.geography import AreaShape
from moothall.errors import CheckError, ReadError
from moothall.pipeline.areas import AreaIndex
from moothall.pipeline.geometry import (
    LEAST_TRIANGLE_KM2,
    Grid,
    Point,
    Step,
    drawn_rings,
    hexagon,
    path_text,
    projected,
    ring_of,
    simpler,
)
from moothall.pipeline.own_form import count_kept, table_of
from moothall.pipeline.release import MANIFEST, TableCount, verify_releases, write_file
from moothall.pipeline.verify_file import find_file

MAPS = "maps"

SCHEMA = pa.schema(
    [
        ("map", pa.string()),
        ("authority", pa.string()),
        ("area_code", pa.string()),
        ("from_year", pa.int16()),
        ("to_year", pa.int16()),
        ("layer", pa.string()),
        ("path", pa.string()),
    ]
)
"""One area of a map. The years are the publisher's, null where it gives none; the register's days decide what shows."""


class Area(NamedTuple):
    """One area as a file has it: which, its years, its layer, and the rings that it is made of."""

    code: str
    start: int | None
    end: int | None
    layer: str
    rings: tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class MapReading:
    """One map as it was read: its rows in the order of ``SCHEMA``, and what became of every area in the file."""

    definition: MapDefinition
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> TableCount:
        """Areas read, kept and refused by reason."""
        return count_kept(self.definition.id, len(self.rows), self.refused)


def maps_beside(releases_folder: Path) -> Path:
    """The folder of maps: beside that of the releases."""
    return releases_folder.parent / MAPS


def read_maps(definition: SourceDefinition, folder: Path, areas: AreaIndex) -> list[MapReading]:
    """Read every map of a source from the files under ``folder``.

    Raises ReadError where a file is missing, altered or does not fit, or has an area of England that nobody knows;
    CheckError where an area stands twice.
    """
    readers = {MapReader.TOPOJSON: _read_topology, MapReader.HEXJSON: _read_hexagons}
    found = []
    for drawn in definition.maps:
        path = find_file(folder, definition.source.id, drawn.file)
        try:
            found.append(readers[drawn.reader](drawn, json.loads(path.read_text(encoding="utf-8")), areas))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            cause = f"{type(error).__name__}: {error}"
            raise ReadError(f"{drawn.file.path} is no {drawn.reader} map ({cause}): fetch the file again.") from error
    return found


def write_maps(folder: Path, definition: SourceDefinition, readings: Sequence[MapReading]) -> bool:
    """Write ``<source>.parquet`` with its entry in the manifest, whole or not at all; True where it had changed."""
    rows = [row for reading in readings for row in reading.rows]
    described = _described(definition, readings)
    return write_file(folder, f"{definition.source.id}.parquet", described, table_of(SCHEMA, rows))


def load_maps(folder: Path) -> list[AreaShape]:
    """Every area of every map; nothing where no map has been read.

    Raises ReleaseError where a file is missing, damaged, altered or not in the manifest.
    """
    if not (folder / MANIFEST).exists():
        return []
    tables = [pq.read_table(folder / name, columns=["map", "authority", "area_code", "path"])
              for name in verify_releases(folder)]  # fmt: skip
    return [AreaShape(**row) for table in tables for row in table.to_pylist()]


def _described(definition: SourceDefinition, readings: Sequence[MapReading]) -> dict[str, Any]:
    source = definition.source
    return {
        "source": source.id,
        "publisher": source.publisher,
        "landing_page": source.landing_page,
        "licence": source.licence.id,
        "attribution": source.attribution,
        "maps": [
            {
                "id": reading.definition.id,
                "title": reading.definition.title,
                "edition": reading.definition.edition,
                "file": reading.definition.file.model_dump(include={"path", "sha256", "bytes"}),
                "areas_read": reading.count.rows_read,
                "kept": reading.count.observations,
                "refused": dict(sorted(reading.refused.items())),
            }
            for reading in readings
        ],
    }


def _read_topology(drawn: MapDefinition, content: Mapping[str, Any], areas: AreaIndex) -> MapReading:
    reading = MapReading(drawn)
    kept = [(area, authority) for area in _layer_areas(drawn, content)
            if (authority := _kept(reading, area.code, area.layer, areas))]  # fmt: skip
    used = {
        reference if reference >= 0 else ~reference for area, _ in kept for ring in area.rings for reference in ring
    }
    arcs = _grid_arcs(content, used)
    for area, authority in kept:
        path = path_text(drawn_rings(ring_of(arcs, ring) for ring in area.rings))
        if path:
            reading.rows.append((drawn.id, authority, area.code, area.start, area.end, area.layer, path))
        else:
            reading.refused["too small to be drawn"] += 1
    return reading


def _kept(reading: MapReading, code: str, layer: str, areas: AreaIndex) -> str | None:
    """The code of the authority whose area it is; None, with the reason counted, where it is left out."""
    drawn = reading.definition
    reason = drawn.not_drawn.get(layer) or AreaIndex.refusal(code)
    if reason:
        reading.refused[reason] += 1
        return None
    having = areas.having(AreaKind.GSS, code)
    if not having:
        near = nearest_word(code, areas.known(AreaKind.GSS))
        advice = f"the nearest is {near}; " if near else ""
        raise ReadError(
            f"{drawn.file.path}, layer {layer} has the area {code!r}, which no authority has had; {advice}"
            "add it to the register under catalogue/authorities, or the layer to not_drawn in the source's YAML."
        )
    return next((a.code for a in having if a.is_active(drawn.areas_on)), having[0].code)


def _layer_areas(drawn: MapDefinition, content: Mapping[str, Any]) -> Iterator[Area]:
    """Every area of every layer of the file; ReadError for a layer that the map neither draws nor names as left out."""
    seen: set[tuple[str, str]] = set()
    for layer, objects in content["objects"].items():
        if layer not in drawn.layers and layer not in drawn.not_drawn:
            known = ", ".join((*drawn.layers, *drawn.not_drawn))
            raise ReadError(f"{drawn.file.path} has a layer {layer!r} beside {known}: add it to layers or not_drawn.")
        for geometry in objects["geometries"]:
            facts = geometry["properties"]
            key = (layer, facts["areacd"])
            if key in seen:
                raise CheckError([f"{drawn.file.path}, layer {layer}: the area {facts['areacd']} stands twice."])
            seen.add(key)
            yield Area(facts["areacd"], facts.get("start"), facts.get("end"), layer, _rings(geometry))
    missing = [layer for layer in drawn.layers if layer not in content["objects"]]
    if missing:
        raise ReadError(f"{drawn.file.path} has no layer {missing[0]!r}: change layers in the source's YAML.")


def _rings(geometry: Mapping[str, Any]) -> tuple[tuple[int, ...], ...]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return tuple(tuple(ring) for polygon in polygons for ring in polygon)


def _grid_arcs(content: Mapping[str, Any], used: Iterable[int]) -> list[list[Step]]:
    """All arcs of a topology by their number, those in ``used`` made simpler and put on the grid, the others empty."""
    simple = {n: simpler(_arc_points(content, n), LEAST_TRIANGLE_KM2) for n in sorted(used)}
    if not simple:
        return []
    grid = Grid.around(point for points in simple.values() for point in points)
    return [[grid.step(point) for point in simple.get(n, ())] for n in range(len(content["arcs"]))]


def _arc_points(content: Mapping[str, Any], number: int) -> list[Point]:
    """The projected points of an arc, which the file gives as whole steps from one to the next."""
    (wide, high), (west, south) = content["transform"]["scale"], content["transform"]["translate"]
    x = y = 0
    points = []
    for across, up in content["arcs"][number]:
        x, y = x + across, y + up
        points.append(projected(x * wide + west, y * high + south))
    return points


def _read_hexagons(drawn: MapDefinition, content: Mapping[str, Any], areas: AreaIndex) -> MapReading:
    if content["layout"] != "odd-r":
        raise ReadError(f"{drawn.file.path} has the layout {content['layout']!r}; we read odd-r: change the reader.")
    reading = MapReading(drawn)
    hexes = content["hexes"]
    kept = {code: authority for code in hexes if (authority := _kept(reading, code, "", areas))}
    if not kept:
        return reading
    corners = {code: hexagon(hexes[code]["q"], hexes[code]["r"], 1.0) for code in kept}
    grid = Grid.around(point for points in corners.values() for point in points)
    for code, authority in kept.items():
        path = path_text([[grid.step(point) for point in corners[code]]])
        reading.rows.append((drawn.id, authority, code, None, None, "", path))
    return reading
