"""Release files: their columns, their order, and that any change to them is noticed."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from moothall.domain.observation import Observation, Provenance
from moothall.domain.period import Period, PeriodKind
from moothall.domain.words import Status
from moothall.errors import ReleaseError
from moothall.pipeline import release as release_file
from moothall.pipeline.release import (
    MANIFEST,
    SCHEMA,
    ReleaseFacts,
    TableCount,
    read_manifest,
    read_release,
    release_table,
    remove_release,
    verify_releases,
    write_release,
)

NAME = "waste-returns/2024-02.parquet"


def observation(area_code: str = "E06000002", year: int = 2021, value: float | None = 40.5) -> Observation:
    return Observation(
        series="recycling-rate",
        area_code=area_code,
        authority="WBY",
        period=Period.starting(date(year, 4, 1), PeriodKind.FINANCIAL_YEAR),
        status=Status.FINAL if value is not None else Status.SUPPRESSED,
        value=value,
        reason=None if value is not None else "too few people",
        provenance=Provenance("2024-02", "returns.csv", "", 2, "D (Rate)", "40.5"),
    )


def facts(**others: Any) -> ReleaseFacts:
    given = {
        "source": "waste-returns",
        "release": "2024-02",
        "title": "Waste returns",
        "publisher": "Department of Bins",
        "landing_page": "https://example.org/waste",
        "published_on": "2024-02-29",
        "published_precision": "month",
        "published_note": "The page names the month.",
        "files": (),
        "tables": (TableCount("rates", 3, 2, {"totals": 1}),),
    }
    return ReleaseFacts(**{**given, **others})


def written(folder: Path, *observations: Observation, **others: Any) -> bool:
    table = release_table("waste-returns", "2024-02", observations or (observation(),))
    return write_release(folder, facts(**others), table)


def test_the_columns_are_those_of_the_contract(tmp_path: Path) -> None:
    written(tmp_path)
    assert pq.ParquetFile(tmp_path / NAME).schema_arrow.names == [
        "source", "release", "series", "area_code", "authority", "period_start", "period_end", "period_kind",
        "breakdown", "value", "lower_95", "upper_95", "numerator", "denominator", "status", "reason", "note",
        "in_lifetime", "file", "sheet", "row", "column", "raw",
    ]  # fmt: skip
    assert SCHEMA.field("period_start").type == pa.date32()
    assert SCHEMA.field("row").type == pa.int32()


def test_rows_are_in_the_order_of_series_area_and_period(tmp_path: Path) -> None:
    written(tmp_path, observation("E06000003"), observation(year=2021), observation(year=2020, value=None))
    _, table = read_release(tmp_path, NAME)
    assert [(row["area_code"], row["period_start"].year, row["value"]) for row in table.to_pylist()] == [
        ("E06000002", 2020, None),
        ("E06000002", 2021, 40.5),
        ("E06000003", 2021, 40.5),
    ]


def test_the_metadata_tells_the_release(tmp_path: Path) -> None:
    written(tmp_path)
    metadata, _ = read_release(tmp_path, NAME)
    assert metadata["publisher"] == "Department of Bins"
    assert metadata["published_precision"] == "month"
    assert metadata["tables"] == [{"id": "rates", "rows_read": 3, "observations": 2, "refused": {"totals": 1}}]
    assert metadata["content_sha256"] == read_manifest(tmp_path)[NAME]["content_sha256"]


def test_the_same_content_gives_the_same_bytes_and_is_not_written_again(tmp_path: Path) -> None:
    assert written(tmp_path / "a") is True
    assert written(tmp_path / "b") is True
    assert (tmp_path / "a" / NAME).read_bytes() == (tmp_path / "b" / NAME).read_bytes()
    before = (tmp_path / "a" / NAME).stat().st_mtime_ns
    assert written(tmp_path / "a") is False
    assert (tmp_path / "a" / NAME).stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("observations", "others"),
    [
        ((observation(value=40.6),), {}),
        ((observation(),), {"published_on": "2024-03-01"}),
        ((observation(value=None),), {}),
    ],
)
def test_other_content_is_written(
    tmp_path: Path, observations: tuple[Observation, ...], others: dict[str, Any]
) -> None:
    written(tmp_path)
    before = read_manifest(tmp_path)[NAME]["content_sha256"]
    assert written(tmp_path, *observations, **others) is True
    assert read_manifest(tmp_path)[NAME]["content_sha256"] != before
    assert verify_releases(tmp_path).keys() == {NAME}


def flip_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


DAMAGE = [
    ("one byte", lambda folder: flip_a_byte(folder / NAME), f"The release file {NAME} was altered: its sha256 is"),
    ("cut short", lambda folder: (folder / NAME).write_bytes((folder / NAME).read_bytes()[:-1]), f"{NAME} has "),
    ("missing", lambda folder: (folder / NAME).unlink(), f"The release file {NAME} is missing"),
    ("unlisted", lambda folder: (folder / "x.parquet").write_bytes(b"x"), "x.parquet is not in MANIFEST.json"),
    ("no manifest", lambda folder: (folder / MANIFEST).unlink(), "There is no MANIFEST.json in"),
    ("broken manifest", lambda folder: (folder / MANIFEST).write_text("{"), "MANIFEST.json is not whole"),
    ("empty manifest", lambda folder: (folder / MANIFEST).write_text("[]"), "does not list release files"),
    ("unlisted in manifest", lambda folder: (folder / MANIFEST).write_text("{}"), f"{NAME} is not in MANIFEST.json"),
]


@pytest.mark.parametrize(("damage", "sentence"), [row[1:] for row in DAMAGE], ids=[row[0] for row in DAMAGE])
def test_any_change_is_noticed(tmp_path: Path, damage: Any, sentence: str) -> None:
    written(tmp_path)
    assert verify_releases(tmp_path)[NAME]["rows"] == 1
    damage(tmp_path)
    with pytest.raises(ReleaseError) as caught:
        verify_releases(tmp_path)
    assert sentence in str(caught.value)
    assert "run moothall read" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not parquet at all"])
def test_a_file_that_is_no_release_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    written(tmp_path)
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(ReleaseError, match="cannot be read: it is missing or damaged"):
        read_release(tmp_path, NAME)


def test_a_parquet_file_of_somebody_else_is_no_release(tmp_path: Path) -> None:
    pq.write_table(pa.table({"x": [1]}), tmp_path / "other.parquet")
    with pytest.raises(ReleaseError, match=r"other.parquet cannot be read"):
        read_release(tmp_path, "other.parquet")


def test_an_altered_file_is_made_again_by_reading(tmp_path: Path) -> None:
    written(tmp_path)
    flip_a_byte(tmp_path / NAME)
    assert written(tmp_path) is True
    assert verify_releases(tmp_path)


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path)
    before = (tmp_path / NAME).read_bytes()

    def full_disk(path: Path, _table: pa.Table, _metadata: str) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(release_file, "_write_parquet", full_disk)
    with pytest.raises(OSError, match="No space left"):
        written(tmp_path, observation(value=1.0))
    assert (tmp_path / NAME).read_bytes() == before
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["2024-02.parquet", MANIFEST]
    assert verify_releases(tmp_path)


def test_a_removed_release_is_out_of_manifest_and_folder(tmp_path: Path) -> None:
    written(tmp_path)
    remove_release(tmp_path, NAME)
    assert json.loads((tmp_path / MANIFEST).read_text()) == {}
    assert not (tmp_path / NAME).exists()
