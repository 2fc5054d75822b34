"""Whatever rows a file has, each is an observation or is counted with a reason: held against a slow second count."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import catalogue_builder as builder
from tests.unit.pipeline.making import csv_table, csv_text, publish

AREAS = {
    "E06000002": "WBY",
    "E06000001": "NNS",
    "E07000001": "ALD",
    "E12000001": None,
    "E92000001": None,
}
OTHERS = {
    "W06000001": "an area of Wales",
    "S12000001": "an area of Scotland",
    "N09000001": "an area of Northern Ireland",
    "E13000001": "inner or outer London",
    "E50000001": "a joint waste authority or waste partnership",
}
YEARS = ["2019-20", "2020-21", "2021-22"]
YEAR_OF = {2018: "2018-19", 2019: "2019-20", 2020: "2020-21", 2021: "2021-22"}
CELLS = ["40.5", "0", "1,000", "-3", "", "[x]"]
KINDS = ["Rate", "Total", "Weight"]

ROWS = st.lists(
    st.tuples(
        st.sampled_from([*AREAS, *OTHERS]), st.sampled_from(YEARS), st.sampled_from(CELLS), st.sampled_from(KINDS)
    ),
    unique_by=lambda row: (row[0], row[1], row[3]),
    max_size=25,
)
SURE = ("E06000002", "2018-19", "1", "Rate")


def slow_account(rows: list[tuple[str, str, str, str]]) -> tuple[int, Counter[str], dict[tuple[str, str], Any]]:
    """The same account, one plain rule after another: figures by area and year, and refusals by reason."""
    refused: Counter[str] = Counter()
    kept: dict[tuple[str, str], Any] = {}
    for area, year, cell, kind in rows:
        if kind == "Total":
            refused["totals"] += 1
        elif kind == "Weight":
            refused["another metric's row, which no series of this table takes"] += 1
        elif area in OTHERS:
            refused[OTHERS[area]] += 1
        else:
            kept[area, year] = None if cell in {"", "[x]"} else float(cell.replace(",", ""))
    return len(rows), refused, kept


@settings(max_examples=40, deadline=None)
@given(drawn=ROWS)
@pytest.mark.slow
def test_nothing_is_dropped_without_a_word(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, str, str, str]]
) -> None:
    rows = [SURE, *drawn]
    table = csv_table(
        area_name=None,
        missing={
            "": {"status": "not-available", "reason": "no figure"},
            "[x]": {"status": "suppressed", "reason": "few"},
        },
        skip=[{"where": {"Kind": "Total"}, "reason": "totals"}],
        series=[{"id": "recycling-rate", "column": "Rate", "where": {"Kind": "Rate"}}],
    )
    lines = [f'{area},{year},"{cell}",{kind}' for area, year, cell, kind in rows]
    text = csv_text(*lines, headings="Code,Year,Rate,Kind")
    made = publish(tmp_path_factory.mktemp("account"), text, builder.drop(builder.METRIC, "bounds"), table=table)
    (count,) = made.read()[0].tables
    found = made.rows()
    rows_read, refused, kept = slow_account(rows)
    assert count.rows_read == rows_read == count.observations + sum(count.refused.values())
    assert count.refused == refused
    assert {(row["area_code"], YEAR_OF[row["period_start"].year]): row["value"] for row in found} == kept
    assert all(row["authority"] == AREAS[row["area_code"]] for row in found)
    assert all((row["value"] is None) == (row["reason"] is not None) for row in found)
    assert all(row["raw"] == rows[row["row"] - 2][2] for row in found)
