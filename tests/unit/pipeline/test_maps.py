"""Maps and places: every area is kept or left out with its reason, and a file that does not fit is refused."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue import SourceDefinition
from moothall.catalogue.mapping import MapDefinition, PlacesDefinition
from moothall.catalogue.reading import SourceState
from moothall.domain.geography import Place, PlaceKind
from moothall.errors import CheckError, ReadError, ReleaseError
from moothall.pipeline.areas import AreaIndex
from moothall.pipeline.gazetteer import load_places, read_places, write_places
from moothall.pipeline.lists import list_files
from moothall.pipeline.maps import load_maps, read_maps, write_maps
from tests.spec.register import AUTHORITIES, REGIONS
from tests.unit.pipeline.test_lists import SOURCE

AREAS = AreaIndex(AUTHORITIES.values(), REGIONS)
LEEDS, BRADFORD, KENT = "E08000035", "E08000032", "E10000016"


def area(code: str, arcs: list[Any], **facts: Any) -> dict[str, Any]:
    kind = "MultiPolygon" if isinstance(arcs[0][0], list) else "Polygon"
    return {"type": kind, "arcs": arcs, "properties": {"areacd": code, "areanm": code, **facts}}


TOPOLOGY: dict[str, Any] = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [-2.0, 53.0]},
    "arcs": [
        [[5, 0], [0, 10]],
        [[5, 10], [-5, 0], [0, -10], [5, 0]],
        [[5, 0], [5, 0], [0, 10], [-5, 0]],
        [[20, 0], [0, 5], [5, 0], [-5, -5]],
        [[30, 0], [0, 0], [0, 0]],
    ],
    "objects": {
        "districts": {
            "geometries": [
                area(BRADFORD, [[0, 1]]),
                area(LEEDS, [[[2, -1]], [[4]]], start=2019, end=2022),
                area("W06000015", [[3]]),
            ]
        },
        "counties": {"geometries": [area(KENT, [[3]])]},
        "all": {"geometries": [area("E92000001", [[1, 2]])]},
    },
}
"""Made by hand: two squares that share a border, a triangle, and an island that is a point."""

HEXES: dict[str, Any] = {
    "layout": "odd-r",
    "hexes": {LEEDS: {"q": 1, "r": 1}, BRADFORD: {"q": 0, "r": 1}, "S12000033": {"q": 0, "r": 9}},
}

PLACES: dict[str, Any] = {
    "areacd": ["E04000001", "E05000001", "E05000002", "E04000003", LEEDS, "W04000001"],
    "areanm": ["Otley", "Headingley", "Old ward", "Nowhere", "Leeds", "Barry"],
    "parentcd": [LEEDS, LEEDS, LEEDS, None, None, "W06000014"],
    "start": {},
    "end": {"2": 2022},
}


def make_source(folder: Path, content: Any, **fields: Any) -> SourceDefinition:
    """A source with one map, or with one list of places where the fields have ``kinds``."""
    path = folder / "made.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    file = {"path": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
    given = {
        "id": "made-up",
        "title": "Made up",
        "edition": "2023",
        "areas_on": date(2023, 3, 31),
        "published_note": "Made up.",
        "file": file,
        **fields,
    }
    if "kinds" in fields:
        places = (PlacesDefinition(**given),)
        return SourceDefinition(SOURCE, SourceState.WITH_LISTS, "made-up", (), places=places)
    return SourceDefinition(SOURCE, SourceState.WITH_LISTS, "made-up", (), maps=(MapDefinition(**given),))


TOPO = {"reader": "topojson", "layers": ("districts", "counties"), "not_drawn": {"all": "a country"}}
HEX = {"reader": "hexjson"}
KINDS = {"kinds": {"E04": "parish", "E05": "ward"}}


def test_each_area_is_kept_or_left_out_with_its_reason(tmp_path: Path) -> None:
    (reading,) = read_maps(make_source(tmp_path, TOPOLOGY, **TOPO), tmp_path, AREAS)
    rows = {row[1]: row for row in reading.rows}
    assert [row[:6] for row in reading.rows] == [
        ("made-up", "BRD", BRADFORD, None, None, "districts"),
        ("made-up", "LDS", LEEDS, 2019, 2022, "districts"),
        ("made-up", "KEN", KENT, None, None, "counties"),
    ]
    assert dict(reading.refused) == {"an area of Wales": 1, "a country": 1}
    assert reading.count.rows_read == 5 == reading.count.observations + sum(reading.count.refused.values())
    assert rows["LDS"][6].count("M") == 1, "an island that is a point is not drawn"


def test_hexagons_stand_in_rows(tmp_path: Path) -> None:
    (reading,) = read_maps(make_source(tmp_path, HEXES, **HEX), tmp_path, AREAS)
    assert [(row[1], row[6].count("z")) for row in reading.rows] == [("LDS", 1), ("BRD", 1)]
    assert dict(reading.refused) == {"an area of Scotland": 1}


def test_each_place_is_kept_or_left_out_with_its_reason(tmp_path: Path) -> None:
    (reading,) = read_places(make_source(tmp_path, PLACES, **KINDS), tmp_path, AREAS)
    assert reading.places == [
        Place("Otley", PlaceKind.PARISH, "E04000001", "LDS"),
        Place("Headingley", PlaceKind.WARD, "E05000001", "LDS"),
    ]
    assert reading.count.rows_read == 6
    assert dict(reading.refused) == {
        "no longer an area": 1,
        "the file names no district for it": 1,
        "the area of an authority or a region, not a place within one": 1,
        "an area of Wales": 1,
    }


def changed(**parts: Any) -> dict[str, Any]:
    return {**TOPOLOGY, **parts}


UNKNOWN = changed(objects={"districts": {"geometries": [area("E08000099", [[0, 1]])]}, "counties": {"geometries": []}})
TWICE = changed(objects={**TOPOLOGY["objects"], "counties": {"geometries": [area(KENT, [[3]]), area(KENT, [[3]])]}})
NEW_LAYER = changed(objects={**TOPOLOGY["objects"], "towns": {"geometries": []}})
NO_LAYER = changed(objects={"districts": TOPOLOGY["objects"]["districts"]})
FAULTS: list[tuple[Any, dict[str, Any], type[Exception], str]] = [
    (UNKNOWN, TOPO, ReadError, "layer districts has the area 'E08000099', which no authority has had"),
    (TWICE, TOPO, CheckError, "layer counties: the area E10000016 stands twice"),
    (NEW_LAYER, TOPO, ReadError, "has a layer 'towns' beside districts, counties, all"),
    (NO_LAYER, TOPO, ReadError, "has no layer 'counties'"),
    (changed(arcs=[]), TOPO, ReadError, "is no topojson map"),
    ("not json", TOPO, ReadError, "is no topojson map"),
    ([], HEX, ReadError, "is no hexjson map"),
    ({**HEXES, "layout": "even-q"}, HEX, ReadError, "has the layout 'even-q'; we read odd-r"),
    ({"hexes": {LEEDS: {"q": 1}}, "layout": "odd-r"}, HEX, ReadError, "is no hexjson map"),
    ({**PLACES, "parentcd": ["E08000099", *PLACES["parentcd"][1:]]}, KINDS, ReadError, "Otley .* lies in 'E08000099'"),
    ({**PLACES, "areanm": ["Otley"]}, KINDS, ReadError, "is not a list of areas"),
    ([], KINDS, ReadError, "is not a list of areas"),
]


@pytest.mark.parametrize(("content", "fields", "error", "sentence"), FAULTS, ids=[fault[3] for fault in FAULTS])
def test_a_file_that_does_not_fit_gets_one_sentence(
    tmp_path: Path, content: Any, fields: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    definition = make_source(tmp_path, content, **fields)
    with pytest.raises(error, match=sentence) as caught:
        (read_places if definition.places else read_maps)(definition, tmp_path, AREAS)
    assert len(str(caught.value).splitlines()) == 1


def test_what_is_written_comes_back_and_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    definition, folder = make_source(tmp_path, TOPOLOGY, **TOPO), tmp_path / "maps"
    assert load_maps(folder) == []
    readings = read_maps(definition, tmp_path, AREAS)
    assert write_maps(folder, definition, readings)
    assert not write_maps(folder, definition, readings), "the same map leaves the file as it is"
    assert [(s.authority, s.area_code, s.path) for s in load_maps(folder)] == [
        (row[1], row[2], row[6]) for row in readings[0].rows
    ]
    path = folder / "made-up.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ReleaseError, match="was altered"):
        load_maps(folder)


def test_places_come_back_and_their_file_is_one_to_fetch(tmp_path: Path) -> None:
    definition, folder = make_source(tmp_path, PLACES, **KINDS), tmp_path / "places"
    assert load_places(folder) == []
    readings = read_places(definition, tmp_path, AREAS)
    assert write_places(folder, definition, readings)
    assert load_places(folder) == readings[0].places
    assert list(list_files(definition)) == ["made.json"]
