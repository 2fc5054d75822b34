"""A tiny publication made by hand for each test: its file, its catalogue, and the folders that reading it needs."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from moothall.catalogue import Catalogue, load_catalogue
from moothall.pipeline.check import Figure, figures
from moothall.pipeline.read import ReadRelease, read_sources
from moothall.pipeline.release import read_release
from tests.support import catalogue_builder as builder

SOURCE_ID = "waste-returns"
RELEASE_FILE = "waste-returns/2024-02.parquet"
HEADINGS = "Code,Name,Year,Rate"
GOOD_ROWS = ("E06000002,Westbay,2020-21,40.5", "E06000002,Westbay,2021-22,41.5", "E06000001,New Northshire,2021-22,39")


@dataclass(frozen=True)
class Publication:
    """Where a tiny publication lies, and its catalogue."""

    catalogue: Catalogue
    files: Path
    releases: Path

    @property
    def file(self) -> Path:
        """The published file."""
        return next((self.files / SOURCE_ID).iterdir())

    def read(self) -> tuple[ReadRelease, ...]:
        """Read it into its release files."""
        return read_sources(self.catalogue, None, self.files, self.releases)

    def rows(self, name: str = RELEASE_FILE) -> list[dict[str, Any]]:
        """The rows of a release file."""
        return read_release(self.releases, name)[1].to_pylist()

    def written(self) -> list[str]:
        """Every file under the folder of releases."""
        return sorted(path.name for path in self.releases.rglob("*") if path.is_file())


def csv_text(*rows: str, headings: str = HEADINGS) -> str:
    """A CSV file of these rows."""
    return "\n".join([headings, *rows]) + "\n"


def csv_table(**others: Any) -> dict[str, Any]:
    """The description of a tidy CSV table; ``others`` adds or replaces keys, None takes one out."""
    described = {
        "id": "rates",
        "file": "returns.csv",
        "reader": "csv",
        "area_code": "Code",
        "area_name": "Name",
        "period": {"column": "Year", "kind": "financial-year", "format": "split-year"},
        "missing": {"": {"status": "not-available", "reason": "no figure published"}},
        "series": [{"id": "recycling-rate", "column": "Rate"}],
        **others,
    }
    return {key: value for key, value in described.items() if value is not None}


def publish(
    folder: Path,
    content: str | bytes,
    *edits: builder.Edit,
    name: str = "returns.csv",
    table: Mapping[str, Any] | None = None,
    corrections: Sequence[Mapping[str, Any]] = (),
) -> Publication:
    """Write a file of one release and a catalogue that describes it, digest included."""
    data = content.encode() if isinstance(content, str) else content
    path = folder / "files" / SOURCE_ID / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    files = builder.tiny_catalogue()
    release = files[builder.SOURCE]["releases"][0]
    release["files"] = [{"path": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}]
    release["tables"] = [dict(table or csv_table())]
    if corrections:
        files[builder.CORRECTIONS] = {"corrections": [dict(correction) for correction in corrections]}
    for edit in edits:
        edit(files)
    catalogue = load_catalogue(builder.write_catalogue(folder, files))
    return Publication(catalogue, folder / "files", folder / "releases")


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """An XLSX workbook with these rows; a cell that begins with = is a formula that fails."""
    book = xlsxwriter.Workbook(str(path))
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            for index, cell in enumerate(row):
                if isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(number, index, cell, None, "#REF!")
                else:
                    sheet.write(number, index, cell)
    book.close()
    return path


def figure(**others: Any) -> Figure:
    """A figure as the checks see it; ``others`` replaces fields."""
    given = {
        "series": "recycling-rate",
        "area_code": "E06000002",
        "authority": "WBY",
        "period_start": date(2021, 4, 1),
        "period_end": date(2022, 3, 31),
        "period_kind": "financial-year",
        "breakdown": "",
        "value": 40.0,
        "lower_95": None,
        "upper_95": None,
        "in_lifetime": True,
        "file": "returns.csv",
        "sheet": "",
        "row": 2,
        "column": "D (Rate)",
    }
    return Figure(**{**given, **others})


def figures_of(table: pa.Table) -> list[Figure]:
    """The figures of a release file's rows."""
    return figures(table)
