"""The reader for MHCLG's multi-year data set, on a small file made to its description: its figures are made up.

Columns, statuses and class totals are as described; the councils are real, so that the register knows them.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from moothall.catalogue.convert import to_source
from moothall.catalogue.places import catalogue_folder
from moothall.catalogue.reading import SourceEntry
from moothall.errors import CheckError, MoothallError, ReadError
from moothall.pipeline.read import read_sources
from moothall.pipeline.release import read_release
from tests.support.real import real_catalogue

SOURCE_ID = "mhclg-revenue-outturn-multi-year"
NAMES = ("year_ending", "ONS_code", "LA_LGF_code", "LA_name", "status", "LA_class", "LA_subclass")
LINES = (
    "RS_resunall_start_cy",
    "RS_resunall_end_cy",
    "RS_resear_start_cy",
    "RS_resear_end_cy",
    "RS_netrevexp_net_exp",
    "RS_netcurrtot_net_exp",
    "RS_servicetot_nonias_net_exp",
    "RS_totsx_net_exp",
    "RS_ctrtot_net_exp",
    "RS_asc_net_exp",
    "RS_csc_net_exp",
    "RG_grantintot_tot_grant",
)
KEPT = len(LINES) - 1
NOTHING = "," * (len(LINES) - 1)

MADE = [
    "202003,E08000035,E4704,Leeds,submitted,MD,MD,100,110,200,210,500,400,300,301,280,90,80,700",
    "202503,E08000035,E4704,Leeds,submitted,MD,MD,120,90.5,220,180,-550,450,,351,310,110,100,",
    f"202503,E06000039,E0304,Slough UA,not submitted,UA,UA,{NOTHING}",
    f"202503,E31000001,E6101,Avon Combined Fire and Rescue Authority,submitted,FR,FR,{'1,' * (len(LINES) - 1)}1",
    f"202503,E09,LB,London Boroughs,total,LB,LB,{'9,' * (len(LINES) - 1)}9",
    f"202503,CA,CA,Combined Authorities,total,CA,CA,{'9,' * (len(LINES) - 1)}9",
]


@dataclass(frozen=True)
class Made:
    """What became of the made file: its rows by table and the account of each table."""

    rows: list[dict[str, Any]]
    counts: dict[str, tuple[int, int, dict[str, int]]]


def read_made(folder: Path, rows: list[str], headings: tuple[str, ...] = NAMES + LINES) -> Made:
    """Read a file of these rows by the source's own template, as its first release."""
    data = ("\n".join([",".join(headings), *rows]) + "\n").encode()
    path = folder / "files" / SOURCE_ID / "made.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    content = yaml.safe_load((catalogue_folder() / "sources" / f"{SOURCE_ID}.yaml").read_text(encoding="utf-8"))
    release = {
        "id": "2026-09",
        "title": "A small file made to the description",
        "published_on": "2026-09-25",
        "published_precision": "day",
        "published_note": "made up",
        "files": [{"path": path.name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}],
        "template": "all-years",
    }
    entry = SourceEntry.model_validate({**content, "status": "with-figures", "releases": [release]})
    catalogue = replace(real_catalogue(), sources={SOURCE_ID: to_source(entry)}, corrections={})
    (read,) = read_sources(catalogue, [SOURCE_ID], folder / "files", folder / "releases")
    counts = {table.id: (table.rows_read, table.observations, table.refused) for table in read.tables}
    return Made(read_release(folder / "releases", f"{SOURCE_ID}/2026-09.parquet")[1].to_pylist(), counts)


def test_every_place_is_accounted_for(tmp_path: Path) -> None:
    made = read_made(tmp_path, MADE)
    left_out = {"a fire and rescue authority": KEPT, "a total of a class of authorities": 2 * KEPT}
    assert made.counts["lines"] == (6 * KEPT, 3 * KEPT, left_out)
    assert made.counts["returns"] == (6, 3, {"a fire and rescue authority": 1, "a total of a class of authorities": 2})


WANTED = [
    ("unallocated-reserves-at-end", "LDS", "2019-20", 110_000.0),
    ("unallocated-reserves-at-end", "LDS", "2024-25", 90_500.0),
    ("net-revenue-expenditure", "LDS", "2024-25", -550_000.0),
    ("total-service-expenditure", "LDS", "2024-25", 351_000.0),
    ("central-government-grants", "LDS", "2024-25", "The cell is empty"),
    ("net-revenue-expenditure", "SLG", "2024-25", "The council had not sent its return"),
    ("return-submitted", "LDS", "2024-25", 1.0),
    ("return-submitted", "SLG", "2024-25", 0.0),
]


@pytest.mark.parametrize(("series", "authority", "year", "expected"), WANTED)
def test_a_figure_is_in_pounds_or_has_its_reason(
    tmp_path: Path, series: str, authority: str, year: str, expected: float | str
) -> None:
    rows = read_made(tmp_path, MADE).rows
    (row,) = [
        row
        for row in rows
        if (row["series"], row["authority"], str(row["period_start"].year)) == (series, authority, year[:4])
    ]
    if isinstance(expected, str):
        assert row["value"] is None
        assert row["reason"].startswith(expected)
    else:
        assert (row["value"], row["period_kind"], row["status"]) == (expected, "financial-year", "final")


REFUSED: list[tuple[str, list[str], tuple[str, ...], type[MoothallError], str]] = [
    (
        "a line is renamed",
        MADE,
        (*NAMES, "RS_unallocated_start", *LINES[1:]),
        ReadError,
        "no heading 'RS_resunall_start_",
    ),
    ("a new status", [MADE[0].replace("submitted", "estimated")], NAMES + LINES, ReadError, "the status 'estimated'"),
    (
        "a figure without a return",
        [MADE[0].replace("submitted", "not submitted")],
        NAMES + LINES,
        ReadError,
        "although its status 'not submitted' is declared as not-available",
    ),
    ("another month", [MADE[0].replace("202003", "202013")], NAMES + LINES, ReadError, "no period that can be read"),
    (
        "a code of another council",
        [MADE[0].replace("E08000035", "E06000039")],
        NAMES + LINES,
        CheckError,
        "the code column is shifted or wrong",
    ),
    ("a council twice", [MADE[0], MADE[0]], NAMES + LINES, CheckError, "rows 2 and 3 both give"),
    ("a row cut short", [MADE[0].rpartition(",")[0]], NAMES + LINES, ReadError, "has 18 cells but there are 19"),
]


@pytest.mark.parametrize(
    ("rows", "headings", "error", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_does_not_fit_the_description_stops_the_read(
    tmp_path: Path, rows: list[str], headings: tuple[str, ...], error: type[MoothallError], words: str
) -> None:
    with pytest.raises(error) as caught:
        read_made(tmp_path, rows, headings)
    assert words in str(caught.value)
