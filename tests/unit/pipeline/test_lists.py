"""Lists of councils: every place is kept or left out with its reason, and a list that does not fit is refused."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue import SourceDefinition
from moothall.catalogue.listing import ListDefinition
from moothall.catalogue.reading import SourceState
from moothall.domain.source import LICENCES, Source
from moothall.domain.words import Cadence, Designation
from moothall.errors import CheckError, ReadError, ReleaseError
from moothall.pipeline.areas import AreaIndex
from moothall.pipeline.lists import list_files, lists_account, load_lists, read_lists, write_lists
from tests.spec.register import AUTHORITIES, REGIONS

AREAS = AreaIndex(
    [replace(a, dfe_code={"LDS": "383", "BRD": "380"}.get(a.code)) for a in AUTHORITIES.values()], REGIONS
)
SOURCE = Source(
    "made-up",
    "Made-up lists",
    "Office for Examples",
    "https://example.org/lists",
    LICENCES["OGL-UK-3.0"],
    "Contains made-up information.",
    Designation.OTHER,
    Cadence.OCCASIONAL,
    "Lists that exist for tests only.",
)
LEEDS, BRADFORD, YORK, KENT = "E08000035", "E08000032", "E06000014", "E10000016"
CSV = f"Code,1,2,3\n{LEEDS},{BRADFORD},W06000015,{YORK}\n{BRADFORD},{LEEDS},{BRADFORD},\nS12000033,{LEEDS},,\n"


def make_list(folder: Path, content: str, **fields: Any) -> SourceDefinition:
    """A source with one list, whose file is written with its digest; ``fields`` replace keys of the list."""
    path = folder / fields.get("path", "list.csv")
    path.write_text(content, encoding="utf-8")
    file = {"path": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
    given = {
        "id": "made-up",
        "title": "Made up",
        "words": "councils put beside",
        "edition": "2023",
        "areas_on": date(2023, 3, 31),
        "published_note": "Made up.",
        "file": file,
        "reader": "csv",
        "area": "Code",
        "members": ("1", "2", "3"),
        **{key: value for key, value in fields.items() if key != "path"},
    }
    definition = ListDefinition(**{key: value for key, value in given.items() if value is not None})
    return SourceDefinition(SOURCE, SourceState.WITH_LISTS, "made-up", (), lists=(definition,))


def test_each_place_is_kept_or_left_out_with_its_reason(tmp_path: Path) -> None:
    (reading,) = read_lists(make_list(tmp_path, CSV), tmp_path, AREAS)
    assert [(r.authority, r.place, r.peer, r.row, r.column) for r in reading.rows] == [
        ("LDS", 1, "BRD", 2, "B"),
        ("LDS", 2, "YOR", 2, "D"),
        ("BRD", 1, "LDS", 3, "B"),
    ]
    assert dict(reading.refused) == {"an area of Wales": 1, "an area of Scotland": 1, "the council itself": 1}
    assert reading.count.rows_read == reading.count.observations + sum(reading.count.refused.values()) == 6


def test_classes_by_the_registers_own_codes(tmp_path: Path) -> None:
    fields = {"area_kind": "authority", "members": (), "label": "Class", "left_out": {"elsewhere": ("XYZ",)}}
    (reading,) = read_lists(make_list(tmp_path, "Code,Class\nLDS,Urban\nXYZ,Rural\n", **fields), tmp_path, AREAS)
    assert [(r.authority, r.place, r.peer, r.label) for r in reading.rows] == [("LDS", 0, None, "Urban")]
    assert dict(reading.refused) == {"elsewhere": 1}


def test_numbers_of_the_department_for_education(tmp_path: Path) -> None:
    fields = {"area_kind": "dfe", "members": ("1",)}
    (reading,) = read_lists(make_list(tmp_path, "Code,1\n383,380\n", **fields), tmp_path, AREAS)
    assert [(r.authority, r.peer, r.area_code) for r in reading.rows] == [("LDS", "BRD", "383")]


def test_members_of_a_json_object(tmp_path: Path) -> None:
    content = json.dumps({LEEDS: [[BRADFORD, YORK], KENT, KENT], KENT: [None]})
    fields = {"reader": "json-members", "area": None, "members": (), "path": "list.json"}
    (reading,) = read_lists(make_list(tmp_path, content, **fields), tmp_path, AREAS)
    assert [(r.authority, r.place, r.peer) for r in reading.rows] == [("LDS", 1, "BRD"), ("LDS", 2, "YOR")]


FAULTS: list[tuple[str, dict[str, Any], type[Exception], str]] = [
    (f"Code,1,2,3\n{LEEDS},E08000099,,\n", {}, ReadError, "row 2 has the code 'E08000099', which no authority has had"),
    (f"Code,1,2\n{LEEDS},,\n", {}, ReadError, "has no heading '3' in row 1"),
    (f"Code,1,2,3\n{LEEDS},,,\n{LEEDS},,,\n", {}, CheckError, "Leeds Council stands twice"),
    ("[]", {"reader": "json-members", "area": None, "members": ()}, ReadError, "is not an object of lists"),
    (
        '{"E08000035": 4}',
        {"reader": "json-members", "area": None, "members": ()},
        ReadError,
        "is not an object of lists",
    ),
]


@pytest.mark.parametrize(("content", "fields", "error", "sentence"), FAULTS, ids=[fault[3] for fault in FAULTS])
def test_a_list_that_does_not_fit_gets_one_sentence(
    tmp_path: Path, content: str, fields: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence) as caught:
        read_lists(make_list(tmp_path, content, **fields), tmp_path, AREAS)
    assert len(str(caught.value).splitlines()) == 1


def test_an_altered_file_is_refused(tmp_path: Path) -> None:
    definition = make_list(tmp_path, CSV)
    (tmp_path / "list.csv").write_text(CSV.replace("1,2,3", "1,3,2"))
    with pytest.raises(ReadError, match="is not the file that was described"):
        read_lists(definition, tmp_path, AREAS)


def test_what_is_written_comes_back_and_says_where_it_is_from(tmp_path: Path) -> None:
    definition, folder = make_list(tmp_path, CSV), tmp_path / "lists"
    readings = read_lists(definition, tmp_path, AREAS)
    assert write_lists(folder, definition, readings)
    assert not write_lists(folder, definition, readings), "the same lists leave the file as it is"
    assert load_lists(folder) == [
        ("made-up", "LDS", 1, "BRD", None),
        ("made-up", "LDS", 2, "YOR", None),
        ("made-up", "BRD", 1, "LDS", None),
    ]
    account = lists_account(folder, "made-up")
    assert (account["publisher"], account["lists"][0]["places_read"], account["lists"][0]["kept"]) == (
        "Office for Examples",
        6,
        3,
    )
    assert account["lists"][0]["file"]["sha256"] == list_files(definition)["list.csv"].sha256


def test_no_folder_is_no_list_and_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    assert load_lists(tmp_path / "nowhere") == []
    definition, folder = make_list(tmp_path, CSV), tmp_path / "lists"
    write_lists(folder, definition, read_lists(definition, tmp_path, AREAS))
    path = folder / "made-up.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ReleaseError, match="was altered"):
        load_lists(folder)
