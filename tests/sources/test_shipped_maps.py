"""The shipped maps and places: what the published files give, whole, and in step with the register."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from moothall.catalogue.places import releases_folder
from moothall.domain.authority import AuthorityType
from moothall.pipeline.gazetteer import load_places, places_beside
from moothall.pipeline.maps import load_maps, maps_beside
from moothall.pipeline.read import read_sources
from moothall.pipeline.release import read_manifest
from tests.support.real import real_catalogue

ACCOUNTS = {
    ("ons-boundaries", "boundaries"): (709, 367),
    ("ons-boundaries", "parishes-and-wards"): (22_660, 17_306),
    ("hex-cartogram", "hexagons"): (361, 296),
}
"""Areas read and kept, counted from the published files."""


def test_the_published_files_give_the_shipped_maps(mirror: Path, tmp_path: Path) -> None:
    done = read_sources(real_catalogue(), ["ons-boundaries", "hex-cartogram"], mirror, tmp_path / "releases")
    counts = {(r.source, t.id): (t.rows_read, t.observations) for r in done for t in r.tables}
    assert {key: counts[key] for key in ACCOUNTS} == ACCOUNTS
    for beside in (maps_beside, places_beside):
        made, ours = read_manifest(beside(tmp_path / "releases")), read_manifest(beside(releases_folder()))
        assert {n: e["content_sha256"] for n, e in made.items()} == {n: e["content_sha256"] for n, e in ours.items()}


def test_each_council_of_the_register_is_drawn_and_its_years_are_the_registers() -> None:
    authorities = real_catalogue().authorities
    rows = pq.read_table(maps_beside(releases_folder()) / "ons-boundaries.parquet").to_pylist()
    principal = {code for code, a in authorities.items() if a.type is not AuthorityType.COMBINED_AUTHORITY}
    assert {row["authority"] for row in rows} == principal
    for row in rows:
        (held,) = (c for c in authorities[row["authority"]].area_codes if c.code == row["area_code"])
        last_year = held.end.year - 1 if held.end else None
        assert row["to_year"] == last_year, f"{row['area_code']} ends in another year in the register"
        if row["from_year"]:
            assert row["from_year"] == held.start.year, f"{row['area_code']} begins in another year in the register"


def test_every_district_of_april_2023_has_one_hexagon() -> None:
    shapes = [shape for shape in load_maps(maps_beside(releases_folder())) if shape.map == "hexagons"]
    day = next(m for m in real_catalogue().maps.values() if m.id == "hexagons").areas_on
    kinds = set(AuthorityType) - {AuthorityType.COUNTY, AuthorityType.COMBINED_AUTHORITY}
    acting = {c for c, a in real_catalogue().authorities.items() if a.type in kinds and a.is_active(day)}
    assert sorted(shape.authority for shape in shapes) == sorted(acting)


def test_the_files_are_small_and_say_whose_they_are() -> None:
    folders = [maps_beside(releases_folder()), places_beside(releases_folder())]
    paths = [path for folder in folders for path in folder.glob("*.parquet")]
    assert sum(path.stat().st_size for path in paths) < 400_000
    for path in paths:
        said = json.loads(pq.read_metadata(path).metadata[b"moothall"])
        assert said["publisher"]
        assert said["licence"] in ("OGL-UK-3.0", "MIT")


@pytest.mark.parametrize(
    ("name", "kind", "slug"), [("Otley", "parish", "leeds"), ("Headingley & Hyde Park", "ward", "leeds")]
)
def test_a_place_lies_in_its_district(name: str, kind: str, slug: str) -> None:
    authorities = real_catalogue().authorities
    places = load_places(places_beside(releases_folder()))
    assert slug in {authorities[p.authority].slug for p in places if (p.name, p.kind) == (name, kind)}
