"""Spoilt copies of published files, one way of spoiling at a time, for every format that is read.

Each copy comes as the next release beside the true file, pinned by its own digest, as a careless publisher would bring
it out. It is refused in words that name the place, or gives the very figures of the true file: never others in silence.
"""

import hashlib
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue.reading import ReleaseDefinition, TableDefinition
from moothall.errors import CheckError, ReadError
from moothall.pipeline.read import read_sources
from moothall.pipeline.release import read_release
from tests.sources.reading import source
from tests.support.real import real_catalogue
from tests.support.spoilt import Copy, take_apart

RIGHT = "read rightly"
Spoil = Callable[[Copy], None]


@dataclass(frozen=True)
class Subject:
    """A published file, the table read from it, and which of its rows are enough for a test."""

    source: str
    file: str
    table: str
    keep: Callable[[dict[str, Any]], bool] | None = None
    series: tuple[str, ...] = ()

    @property
    def release(self) -> ReleaseDefinition:
        releases = source(self.source).releases
        return next(release for release in releases if any(file.path == self.file for file in release.files))

    @property
    def described(self) -> TableDefinition:
        found = next(table for table in self.release.tables if table.id == self.table)
        kept = [series for series in found.series if not self.series or series.id in self.series]
        return found.model_copy(update={"series": tuple(kept), "period_statuses": ()})


SUBJECTS = {
    "csv of rates": Subject("mhclg-planning-speed", "p153.csv", "speed"),
    "csv of money": Subject("mhclg-revenue-outturn-service-expenditure", "RSX_2023-24_data_by_LA.csv", "services"),
    "json": Subject("oflog-waste", "testData.json", "waste", keep=lambda row: row["xLabel"] >= "2021-22"),
    "xls": Subject("mhclg-capital-outturn", "COR4_2014-15.xls", "prudential"),
    "xlsx": Subject("mhclg-capital-outturn", "COR_B_2018-19.xlsx", "financing"),
    "ods": Subject(
        "mhclg-revenue-outturn-service-expenditure", "RSX_2024-25_data_by_LA_release_2025-12-04.ods", "services"
    ),
    "parquet": Subject(
        "dfe-local-authority-interactive-tool",
        "bds_long_0.parquet",
        "long-table",
        keep=lambda row: row["Short Desc"] in {"LAC_Start_Rate", "LACDistance"} and row["Years"] >= "2023",
        series=("children-starting-care-rate", "children-in-care-placed-far-from-home"),
    ),
}


def read(subject: Subject, true: Copy, spoilt: Copy, folder: Path) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """The figures of the true file and of the spoilt one, read as two releases of one source."""
    definition = source(subject.source)
    releases = []
    for number, copy in enumerate((true, spoilt)):
        name = f"{'spoilt' if number else 'true'}{true.ending}"
        path = folder / definition.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        copy.write(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        file = subject.release.files[0].model_copy(update={"path": name, "sha256": digest})
        table = subject.described.model_copy(update={"file": name})
        update = {"id": f"r{number}", "files": (file,), "tables": (table,), "changes": ()}
        releases.append(subject.release.model_copy(update=update))
    small = replace(definition, releases=tuple(releases), lists=())
    catalogue = replace(real_catalogue(), sources={subject.source: small}, corrections={})
    read_sources(catalogue, [subject.source], folder, folder / "releases")
    before, after = (figures(folder / "releases", f"{subject.source}/r{number}.parquet") for number in (0, 1))
    return before, after


def figures(folder: Path, name: str) -> dict[Any, Any]:
    rows = read_release(folder, name)[1].select(
        ["series", "area_code", "period_start", "period_end", "value", "lower_95", "upper_95", "denominator", "reason"]
    )
    return {tuple(row)[:4]: tuple(row)[4:] for row in zip(*rows.to_pydict().values(), strict=True)}


# ---------------------------------------------------------------- ways of spoiling


def shift_header(copy: Copy) -> None:
    """A row comes in at the top: what stood in row 5 now stands in row 6."""
    if copy.ending in {".json", ".parquet"}:
        copy.rows.insert(0, [f"column{index}" for index in range(len(copy.headings))])
    else:
        copy.rows.insert(0, [""] * len(copy.headings))


def shift_headings_aside(copy: Copy) -> None:
    """The headings stand one column to the right of their figures."""
    copy.rows[copy.header - 1] = [copy.headings[-1], *copy.headings[:-1]]


def rename_sheet(copy: Copy) -> None:
    copy.title = "Data"
    copy.records = "data"
    if copy.ending in {".csv", ".parquet"}:
        copy.headings[copy.values[0]] = "Figure"


def move_column(copy: Copy) -> None:
    """A column of figures moves to the end, with all that stands over it."""
    for row in copy.rows:
        row.append(row.pop(copy.values[0]))


def move_figures(copy: Copy) -> None:
    """The figures move one column on and their headings stay."""
    for row in copy.data:
        moved = copy.values if len(copy.values) > 1 else [copy.values[0], copy.values[0] - 1]
        cells = [row[index] for index in moved]
        for index, cell in zip(moved, [cells[-1], *cells[:-1]], strict=True):
            row[index] = cell


def lose_unit(copy: Copy) -> None:
    """What stands over the headings, the unit among it, is gone; without that, the unit in the heading."""
    for row in copy.rows[: copy.header - 1]:
        row[:] = [""] * len(row)
    if copy.header == 1:
        copy.headings[copy.values[-1]] = "value"


def change_unit(copy: Copy) -> None:
    copy.change_values(lambda value: value * 1000)


def repeat_table(copy: Copy) -> None:
    copy.rows += deepcopy(copy.data)


def duplicate_sheet(copy: Copy) -> None:
    if copy.ending in {".xls", ".xlsx", ".ods"}:
        copy.others[f"{copy.title} (2)"] = deepcopy(copy.rows)
    else:
        repeat_table(copy)


def merge_footnotes(copy: Copy) -> None:
    for row in copy.data[2:20]:
        row[copy.values[0]] = f"{row[copy.values[0]]} [note 2]"


def separate_thousands(copy: Copy) -> None:
    copy.change_values(lambda value: f"{value:,}")


def separate_thousands_by_points(copy: Copy) -> None:
    """As they do on the continent: 1.234,5"""
    copy.change_values(lambda value: f"{value:,}".translate(str.maketrans(",.", ".,")))


def divide_by_hundred(copy: Copy) -> None:
    copy.change_values(lambda value: value / 100, copy.values[-1:])


def add_percent_signs(copy: Copy) -> None:
    copy.change_values(lambda value: f"{value}%", copy.values[-1:])


def shift_codes(copy: Copy) -> None:
    """Each code stands one row below its own."""
    codes = [row[copy.code] for row in copy.data]
    for row, code in zip(copy.data, [codes[-1], *codes[:-1]], strict=True):
        row[copy.code] = code


def put_names_for_codes(copy: Copy) -> None:
    for number, row in enumerate(copy.data):
        row[copy.code] = row[copy.name] if copy.name is not None else f"row {number}"


def truncate(copy: Copy) -> None:
    copy.share = 0.6


def lose_rows(copy: Copy) -> None:
    """The file ends early, at the end of a line."""
    del copy.rows[copy.header + len(copy.data) * 2 // 3 :]


NO_NUMBER = "where a number was expected"
NO_HEADING = "has no heading"
UNKNOWN = "which no authority has had"
TWICE = "a row stands twice"
OTHER_UNIT = "check whether the publisher changed the unit"
OUTSIDE = "check the scale and unit"
MOVED = "if the publisher moved its columns"
WRONG_NAME = "the code column is shifted or wrong"
CUT_SHORT = "is not a whole"

EXPECTED: dict[Spoil, dict[str, str]] = {
    shift_header: {"": NO_HEADING, "xls": MOVED},
    shift_headings_aside: {"": UNKNOWN, "xls": MOVED, "json": "has no row for", "parquet": "has no row for"},
    rename_sheet: {"": "has no sheet", "csv of rates": NO_HEADING, "csv of money": NO_HEADING, "parquet": NO_HEADING}
    | {"json": "has no 'flatMetricData'"},
    move_column: {"": RIGHT},
    move_figures: {"": OTHER_UNIT, "csv of rates": OUTSIDE, "json": UNKNOWN, "parquet": NO_NUMBER},
    lose_unit: {"": RIGHT, "csv of rates": NO_HEADING, "json": NO_HEADING, "parquet": NO_HEADING},
    change_unit: {"": OTHER_UNIT, "csv of rates": OUTSIDE, "json": OUTSIDE, "parquet": OUTSIDE},
    duplicate_sheet: {"": TWICE, "xlsx": RIGHT, "ods": RIGHT, "xls": "has 2 sheets"},
    repeat_table: {"": TWICE},
    merge_footnotes: {"": NO_NUMBER, "csv of rates": "which is not a number"},
    separate_thousands: {"": RIGHT},
    separate_thousands_by_points: {"": NO_NUMBER},
    divide_by_hundred: {"": OTHER_UNIT},
    add_percent_signs: {"": NO_NUMBER},
    shift_codes: {"": WRONG_NAME, "json": "puts its areas in another order"},
    put_names_for_codes: {"": UNKNOWN},
    truncate: {
        "": CUT_SHORT,
        "json": "is not whole JSON",
        "csv of rates": "the file is cut short",
        "csv of money": "not well-formed CSV",
    },
    lose_rows: {"": "find out why authorities were lost", "json": "may be cut short", "parquet": "may be cut short"},
}
"""What becomes of each way of spoiling: words of the refusal, by file; under "" for all files not named."""


@cache
def taken_apart(folder: Path, name: str) -> Copy:
    subject = SUBJECTS[name]
    return take_apart(folder / source(subject.source).folder / subject.file, subject.described, subject.keep)


def outcome(subject: Subject, true: Copy, spoilt: Copy, folder: Path) -> str:
    """ "Read rightly", or the sentence of the refusal; a figure that is not the true one fails."""
    try:
        before, after = read(subject, true, spoilt, folder)
    except (ReadError, CheckError) as error:
        return str(error)
    assert after == before, "read wrongly in silence"
    assert before
    return RIGHT


@pytest.mark.parametrize("way", EXPECTED, ids=lambda way: way.__name__)
@pytest.mark.parametrize("name", SUBJECTS)
def test_a_spoilt_copy_is_refused_in_words_or_read_rightly(mirror: Path, tmp_path: Path, name: str, way: Spoil) -> None:
    subject, true = SUBJECTS[name], taken_apart(mirror, name)
    spoilt = deepcopy(true)
    way(spoilt)
    expected = EXPECTED[way].get(name, EXPECTED[way][""])
    words = outcome(subject, true, spoilt, tmp_path)
    assert expected in words
    places = [f"spoilt{true.ending}", *(series.id for series in subject.described.series)]
    assert words == RIGHT or any(place in words for place in places)


def test_the_true_file_beside_itself_gives_its_figures(mirror: Path, tmp_path: Path) -> None:
    for name, subject in SUBJECTS.items():
        true = taken_apart(mirror, name)
        assert outcome(subject, true, true, tmp_path / name) == RIGHT


def test_every_format_has_ten_ways_of_being_spoilt() -> None:
    assert {Path(subject.file).suffix for subject in SUBJECTS.values()} == {
        *(".csv", ".json", ".xls", ".xlsx", ".ods", ".parquet")
    }
    assert len(EXPECTED) >= 10
