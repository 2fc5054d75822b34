"""Postcodes: a small file in the shape of the ONS Postcode Directory, made by hand, is read whole or refused."""

import zipfile
from pathlib import Path

import pytest

from moothall.errors import ReadError
from moothall.pipeline.areas import AreaIndex
from moothall.pipeline.postcodes import read_postcodes
from moothall.store.postcodes import POSTCODES, normal_postcode, open_postcodes, postcode_beginning
from tests.spec.register import AUTHORITIES, REGIONS

AREAS = AreaIndex(AUTHORITIES.values(), REGIONS)

MADE_EXTRACT = """\
pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,osward
LS1 1UR,LS1  1UR,LS1 1UR,198001,,E99999999,E08000035,E05011400
LS1 4AP,LS1  4AP,LS1 4AP,198001,,E99999999,E08000035,E05011400
LS1 9ZZ,LS1  9ZZ,LS1 9ZZ,198001,,E99999999,E08000032,E05011400
LS101AA,LS10 1AA,LS10 1AA,198001,,E99999999,E08000035,E05011400
LS1 1AA,LS1  1AA,LS1 1AA,198001,200506,E99999999,E08000035,E05011400
CF101AA,CF10 1AA,CF10 1AA,198001,,W99999999,W06000015,W05000001
JE2 3AB,JE2  3AB,JE2 3AB,198001,,L99999999,L99999999,L99999999
ZZ1 1ZZ,ZZ1  1ZZ,ZZ1 1ZZ,198001,,,,
XX1 1XX,XX1  1XX,XX1 1XX,198001,,E99999999,E06999999,E05000001
"""
"""Made by hand in the shape of the directory; the postcodes are examples, and their districts need not be true."""


def directory(folder: Path, text: str = MADE_EXTRACT, name: str = "ONSPD_MADE_UP.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_every_row_is_kept_or_left_out_with_its_reason(tmp_path: Path) -> None:
    account = read_postcodes(directory(tmp_path), tmp_path / "builds", AREAS)
    assert (account.rows_read, account.kept) == (9, 4)
    assert dict(account.refused) == {
        "no longer in use": 1,
        "an area of Wales": 1,
        "the Channel Islands or the Isle of Man": 1,
        "no district is given": 1,
        "an area code that the register does not have": 1,
    }
    assert account.rows_read == account.kept + account.refused.total()


def test_a_postcode_and_its_beginning_find_their_districts(tmp_path: Path) -> None:
    account = read_postcodes(directory(tmp_path), tmp_path / "builds", AREAS)
    index = open_postcodes(tmp_path / "builds")
    assert index is not None
    assert index.find("LS1 1UR") == "E08000035"
    assert index.find("LS1 1AA") is None
    assert dict(index.beginning("LS1")) == {"E08000035": 2, "E08000032": 1}, "LS10 is another district of post"
    assert dict(index.beginning("LS1", "9")) == {"E08000032": 1}
    assert dict(index.beginning("QQ9")) == {}
    assert (index.id, index.facts["file"]) == (account.sha256, "ONSPD_MADE_UP.csv")


def test_a_zip_file_and_newer_headings_are_read_too(tmp_path: Path) -> None:
    text = MADE_EXTRACT.replace("oslaua", "LAD25CD")
    with zipfile.ZipFile(tmp_path / "onspd.zip", "w") as archive:
        archive.writestr("Documents/names.csv", "a,b\n1,2\n")
        archive.writestr("Data/ONSPD_MADE_UP.csv", text)
    assert read_postcodes(tmp_path / "onspd.zip", tmp_path / "builds", AREAS).kept == 4


FAULTS = [
    (
        "no column for the district",
        MADE_EXTRACT.replace("oslaua", "somewhere"),
        "has no column oslaua or laua or lad24cd",
    ),
    ("another file", "a,b\n1,2\n", "has no column pcds for the postcode"),
    ("an empty file", "", "has no column pcds"),
    ("cut short", MADE_EXTRACT[: MADE_EXTRACT.index(",E99999999,E08000032")], "row 4 has only 5 cells"),
    ("no postcode", MADE_EXTRACT.replace("LS1  1UR,LS1 1UR", "LS1  1UR,LEEDS"), "'LEEDS' is no postcode"),
    ("twice", MADE_EXTRACT.replace("LS1  4AP,LS1 4AP", "LS1  4AP,LS1 1UR"), "a postcode stands twice"),
    ("none of England", MADE_EXTRACT.replace(",E0", ",W0"), "has no postcode of England in use"),
]


@pytest.mark.parametrize(("why", "text", "sentence"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_what_is_no_directory_is_refused_and_the_last_one_stays(
    tmp_path: Path, why: str, text: str, sentence: str
) -> None:
    builds = tmp_path / "builds"
    read_postcodes(directory(tmp_path), builds, AREAS)
    before = (builds / POSTCODES).read_bytes()
    with pytest.raises(ReadError, match=sentence) as caught:
        read_postcodes(directory(tmp_path, text, "other.csv"), builds, AREAS)
    assert len(str(caught.value).splitlines()) == 1, why
    assert (builds / POSTCODES).read_bytes() == before
    assert [path.name for path in builds.iterdir()] == [POSTCODES]


def test_a_missing_or_broken_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="There is no file"):
        read_postcodes(tmp_path / "none.csv", tmp_path, AREAS)
    (tmp_path / "broken.zip").write_bytes(b"PK no")
    with pytest.raises(ReadError, match="cannot be read as a postcode directory"):
        read_postcodes(tmp_path / "broken.zip", tmp_path, AREAS)
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(ReadError, match="holds no CSV file"):
        read_postcodes(tmp_path / "empty.zip", tmp_path, AREAS)
    assert open_postcodes(tmp_path) is None


WAYS = [
    ("ls1 1ur", "LS1 1UR", None),
    ("LS11UR", "LS1 1UR", None),
    (" sw1a  1aa ", "SW1A 1AA", None),
    ("LS1", None, ("LS1", "")),
    ("ls1 1", None, ("LS1", "1")),
    ("Leeds", None, None),
    ("E08000035", None, None),
    ("LS1 1UR OR 1", None, None),
    ('LS1" OR "', None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "whole", "beginning"), WAYS)
def test_ways_to_write_a_postcode(text: str, whole: str | None, beginning: tuple[str, str] | None) -> None:
    assert normal_postcode(text) == whole
    assert postcode_beginning(text) == beginning
