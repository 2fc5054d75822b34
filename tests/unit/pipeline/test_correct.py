"""A declared correction patches one cell, says so, and fails once the publisher's text has changed."""

from pathlib import Path
from typing import Any

import pytest

from moothall.errors import CheckError
from tests.support import catalogue_builder as builder
from tests.unit.pipeline.making import csv_text, publish

ROWS = ("E06000002,Westbay,2021-22,412", "E06000001,New Northshire,2021-22,39")


def test_a_correction_makes_the_value_and_says_what_was_published(tmp_path: Path) -> None:
    made = publish(tmp_path, csv_text(*ROWS), corrections=[builder.correction()])
    made.read()
    row = next(row for row in made.rows() if row["authority"] == "WBY")
    assert (row["value"], row["status"], row["raw"]) == (41.2, "final", "412")
    assert row["note"] == "Corrected by Moothall, published as '412': The decimal point is missing"


def test_a_correction_can_take_a_figure_away(tmp_path: Path) -> None:
    gone = builder.correction(status="not-available", reason="it is not a figure")
    del gone["value"]
    made = publish(tmp_path, csv_text(*ROWS), corrections=[gone])
    made.read()
    row = next(row for row in made.rows() if row["authority"] == "WBY")
    assert (row["value"], row["status"], row["reason"]) == (None, "not-available", "it is not a figure")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"expect": "413"}, "expects '413' but the publisher's cell now holds '412'"),
        ({"period": "2019-20"}, "in 2019-20 finds no figure in the release 2024-02"),
        ({"area_code": "E07000001"}, "for E07000001 in 2021-22 finds no figure"),
    ],
)
def test_a_correction_that_no_longer_fits_stops_the_read(tmp_path: Path, change: dict[str, Any], sentence: str) -> None:
    made = publish(tmp_path, csv_text(*ROWS), corrections=[builder.correction(**change)])
    with pytest.raises(CheckError) as caught:
        made.read()
    assert sentence in str(caught.value)
    assert made.written() == []


def test_a_figure_that_needs_correcting_and_is_not_stops_the_read(tmp_path: Path) -> None:
    made = publish(tmp_path, csv_text(*ROWS))
    with pytest.raises(CheckError, match=r"recycling-rate has 1 figures outside 0 to 100 percentage: 412.0"):
        made.read()
