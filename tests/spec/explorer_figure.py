"""The specification of the Explorer-compatible figure (METHODS 2), and its check against Oflog's own files."""

import csv
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from moothall.analytics.position import explorer_figure, summarise
from tests.spec.tables import Page, Row, Table

NONE = float("nan")
CLOSE = 1e-6
"""How near a figure must come to the published one to count as equal."""

CARE_FILE = "oflog-adult-social-care/ASC_data.csv"
WASTE_FILE = "oflog-waste/testData.json"


@cache
def care_rows(mirror: Path) -> Mapping[tuple[str, str], Sequence[Mapping[str, str]]]:
    """The rows of the adult social care file by code and year: one England-wide group each."""
    rows: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    with (mirror / CARE_FILE).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault((row["Code"], row["Financial year"]), []).append(row)
    return rows


@cache
def waste_rows(mirror: Path) -> Sequence[Mapping[str, Any]]:
    """The flat list of figures in the waste file."""
    rows: Sequence[Mapping[str, Any]] = json.loads((mirror / WASTE_FILE).read_text("utf-8"))["flatMetricData"]
    return rows


def answer_figure(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"figure": explorer_figure(np.array(given["values"], dtype=float), given["own"])}


def answer_known(given: Mapping[str, Any]) -> Mapping[str, Any]:
    rows = care_rows(given["mirror"])[given["code"], given["year"]]
    values = _numbers(rows, "Value")
    summary = summarise(values)
    return {"median": summary.median, "mad": summary.mad, "figure": explorer_figure(values, given["own"])}


def answer_waste(given: Mapping[str, Any]) -> Mapping[str, Any]:
    rows = waste_rows(given["mirror"])
    chosen = [row["y"] for row in rows if row["metric"] == given["metric"] and row["xLabel"] == given["year"]]
    summary = summarise(np.array(chosen, dtype=float))
    return {"n": summary.n, "median": summary.median}


def answer_reproduction(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Every published figure of one metric and year, beside ours."""
    rows = care_rows(given["mirror"])[given["code"], given["year"]]
    values, published, medians = (_numbers(rows, name) for name in ("Value", "MADs_from_median", "MEDIAN"))
    figures = [explorer_figure(values, own) for own in values.tolist()]
    ours = np.array([NONE if figure is None else figure for figure in figures])
    summary = summarise(values)
    neither, equal = np.isnan(ours) & np.isnan(published), np.abs(ours - published) < CLOSE
    same_median = summary.median is not None and bool((np.abs(medians - summary.median) < CLOSE).all())
    return {
        "median": summary.median,
        "mad": summary.mad,
        "median_is_theirs": "yes" if same_median else "no",
        "equal": int(equal.sum()),
        "different": int((~equal & ~neither).sum()),
        "no_figure": int(neither.sum()),
    }


def _numbers(rows: Sequence[Mapping[str, str]], column: str) -> Any:
    return np.array([float(row[column] or "nan") for row in rows])


RULE = Table(
    "The rule",
    """
(figure - median of England) / MAD, where the MAD is not multiplied by 1.4826 and the council's own figure counts in
the group. No rounding and no step is involved. The examples are made up.
""",
    answer_figure,
    [
        Row("Median 3, MAD 1.", {"values": [1, 2, 3, 4, 5], "own": 5}, {"figure": 2}),
        Row("The median itself.", {"values": [1, 2, 3, 4, 5], "own": 3}, {"figure": 0}),
        Row("Below the median it is negative.", {"values": [1, 2, 3, 4, 5], "own": 1}, {"figure": -2}),
        Row("A missing figure is left out, not counted as zero.", {"values": [1, 2, 3, NONE, 4, 5], "own": 5},
            {"figure": 2}),
        Row("No figure of its own.", {"values": [1, 2, 3, NONE], "own": NONE}, {"figure": None}),
        Row("A MAD of 0 divides nothing.", {"values": [1, 3, 3, 3, 5], "own": 5}, {"figure": None}),
        Row("Too few for a median.", {"values": [1, 5], "own": 5}, {"figure": None}),
    ],
)  # fmt: skip

KNOWN = Table(
    "One figure of the explorer",
    "From Oflog's own adult social care file: quality of life of people who use services (ASC2).",
    answer_known,
    [
        Row("0.427 lies 0.014 above the median, and 0.014 / 0.015 = 0.933.",
            {"code": "ASC2", "year": "2022-23", "own": 0.427},
            {"median": 0.413, "mad": 0.015, "figure": 0.9333333}),
    ],
    needs_mirror=True,
)  # fmt: skip

WASTE = Table(
    "England medians of the explorer's waste figures",
    "From Oflog's own waste file: all authorities that collect waste.",
    answer_waste,
    [
        Row("Per cent.", {"metric": "Household waste recycling rate", "year": "2021-22"}, {"n": 304, "median": 41.95}),
        Row("Per cent.", {"metric": "Recycling contamination rate", "year": "2021-22"}, {"n": 304, "median": 5.45}),
        Row("Kilograms for every household.", {"metric": "Residual household waste", "year": "2021-22"},
            {"n": 304, "median": 492.95}),
    ],
    needs_mirror=True,
)  # fmt: skip

# code, year, councils with a figure, councils without, median, MAD
METRIC_YEARS = (
    ("ASC1", "2016-17", 151, 1, 7.6, 0.3),
    ("ASC1", "2018-19", 151, 1, 7.4, 0.3),
    ("ASC1", "2021-22", 149, 3, 7.2, 0.3),
    ("ASC2", "2016-17", 151, 1, 0.408, 0.018),
    ("ASC2", "2017-18", 150, 2, 0.408, 0.018),
    ("ASC2", "2018-19", 151, 1, 0.405, 0.015),
    ("ASC2", "2019-20", 151, 0, 0.405, 0.017),
    ("ASC2", "2021-22", 149, 3, 0.409, 0.015),
    ("ASC2", "2022-23", 149, 3, 0.413, 0.015),
    ("ASC3", "2015-16", 150, 2, 74.3, 3.2),
    ("ASC3", "2016-17", 151, 1, 73.7, 2.7),
    ("ASC3", "2017-18", 150, 2, 73.6, 2.9),
    ("ASC3", "2018-19", 151, 1, 70.3, 3.4),
    ("ASC3", "2019-20", 147, 4, 69.0, 3.2),
    ("ASC3", "2021-22", 149, 3, 65.2, 3.4),
    ("ASC3", "2022-23", 149, 3, 67.5, 3.4),
    ("ASC4", "2016-17", 151, 1, 64.5, 3.7),
    ("ASC4", "2018-19", 151, 1, 62.4, 4.7),
    ("ASC4", "2021-22", 149, 3, 57.3, 4.9),
    ("ASC5", "2015-16", 152, 0, 74.75, 8.8),
    ("ASC5", "2016-17", 152, 0, 76.8, 8.4),
    ("ASC5", "2017-18", 152, 0, 76.9, 8.9),
    ("ASC5", "2018-19", 152, 0, 78.05, 8.95),
    ("ASC5", "2019-20", 150, 1, 78.25, 9.25),
    ("ASC5", "2020-21", 150, 1, 75.5, 11.7),
    ("ASC5", "2021-22", 150, 2, 76.4, 11.45),
    ("ASC5", "2022-23", 151, 1, 78.2, 8.8),
    ("ASC6", "2015-16", 152, 0, 807.500116, 287.23085),
    ("ASC6", "2016-17", 151, 1, 1598.63257, 540.92454),
    ("ASC6", "2017-18", 152, 0, 1598.75799, 501.7398),
    ("ASC6", "2018-19", 152, 0, 1586.86462, 554.53661),
    ("ASC6", "2019-20", 151, 0, 1678.99593, 598.77066),
    ("ASC6", "2020-21", 150, 1, 1609.61143, 544.6277),
    ("ASC6", "2021-22", 151, 1, 1729.71701, 572.02107),
    ("ASC6", "2022-23", 151, 1, 1695.26607, 535.05797),
    ("ASC7", "2016-17", 110, 42, 26.3350868, 3.0048512),
    ("ASC7", "2017-18", 112, 40, 28.9544249, 3.4572469),
    ("ASC7", "2018-19", 115, 37, 30.3274918, 3.5903351),
    ("ASC7", "2019-20", 112, 39, 31.0446494, 4.683799),
    ("ASC7", "2020-21", 103, 48, 28.3097901, 3.8187046),
    ("ASC7", "2021-22", 106, 46, 28.6239983, 4.4208659),
    ("ASC7", "2022-23", 151, 1, 28.0431714, 4.8660596),
)  # fmt: skip


def why(without: int) -> str:
    if not without:
        return "Every council has a figure."
    councils = "1 council has" if without == 1 else f"{without} councils have"
    return f"{councils} no figure: the file gives none here either and counts none as zero."


REPRODUCTION = Table(
    "Every figure of the adult social care file",
    f"""
Oflog's file gives, for each council, the England median and the council's distance from it in MADs. Ours are worked
out from the file's values alone, over all of its councils as one group whatever their type. Equal means closer than
{CLOSE:.0e}. Of the file's {sum(n + without for _, _, n, without, *_ in METRIC_YEARS)} rows,
{sum(n for _, _, n, *_ in METRIC_YEARS)} have a figure and all of those are equal; the other
{sum(without for _, _, _, without, *_ in METRIC_YEARS)} have none in the file and none from us. There is no
difference to explain. Five medians (ASC6 in 2020-21; ASC7 in 2016-17, 2017-18, 2019-20 and 2021-22) differ, but only in
the tenth significant digit or later.
""",
    answer_reproduction,
    [
        Row(why(without), {"code": code, "year": year}, {
            "median": median, "mad": mad, "median_is_theirs": "yes", "equal": n, "different": 0, "no_figure": without,
        })
        for code, year, n, without, median, mad in METRIC_YEARS
    ],
    needs_mirror=True,
)  # fmt: skip

PAGE = Page(
    "explorer-compatible-figure",
    "The Explorer-compatible figure",
    """
Oflog's Local Authority Data Explorer showed how far each council was from the middle in a unit of its own: the raw
MAD. We give the same figure, so that its pages can be reproduced and checked. Within 1 of zero the explorer drew it
grey; its axis ended at 7.5. Our own comparisons use the [position](position.md) instead, in the council's own
[comparator group](comparator-groups.md).
""",
    (RULE, KNOWN, WASTE, REPRODUCTION),
)
