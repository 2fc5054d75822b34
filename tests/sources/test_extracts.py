"""Golden extracts: a handful of rows in the shape of each published file, made by hand, read by the real description.

The figures are those that the publishers printed for these rows; the files around them are made here.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from moothall.errors import CheckError, ReadError
from tests.sources.reading import read_extract
from tests.unit.pipeline.making import workbook

WASTE = "Household waste recycling rate"
WASTE_RECORDS = [
    {"y": "39.4", "x": 2022, "xLabel": "2022-23", "metric": WASTE, "areaCode": "E07000223"},
    {"y": "492.9", "x": 2021, "xLabel": "2021-22", "metric": "Residual household waste", "areaCode": "E08000035"},
    {"y": "5.5", "x": 2021, "xLabel": "2021-22", "metric": "Recycling contamination rate", "areaCode": "E06000014"},
]


def save_waste(folder: Path, *records: dict[str, Any]) -> Path:
    path = folder / "testData.json"
    path.write_text(json.dumps({"flatMetricData": list(records), "areaCodeLookup": {}}))
    return path


def test_oflog_waste(tmp_path: Path) -> None:
    found, count = read_extract("oflog-waste", "waste", save_waste(tmp_path, *WASTE_RECORDS))
    assert [(row["series"], row["authority"], row["period_start"].year, row["value"]) for row in found] == [
        ("household-waste-recycling-rate", "ADU", 2022, 39.4),
        ("residual-household-waste", "LDS", 2021, 492.9),
        ("recycling-contamination-rate", "YOR", 2021, 5.5),
    ]
    assert (count.rows_read, count.observations, count.refused) == (3, 3, {})
    assert (found[1]["row"], found[1]["column"], found[1]["raw"]) == (2, "flatMetricData.y", "492.9")


ASC_HEADINGS = (
    "Financial year,Local authority code,Local authority name,Grouping,Entity_Name,Region,Measure,Code,Value,MEDIAN,"
    "MADs_from_median,rank_order"
)
ASC_CODES = [f"ASC{number}" for number in range(1, 8)]


def asc_row(code: str, value: str, name: str = "Leeds", area: str = "E08000035", year: str = "2022-23") -> str:
    return f'{year},{area},{name},LA_Raw,Metropolitan Districts,North,"Outcome, x",{code},{value},0,0,desc'


def save_asc(folder: Path, *rows: str, headings: str = ASC_HEADINGS) -> Path:
    path = folder / "ASC_data.csv"
    path.write_text("\n".join([headings, *rows]) + "\n")
    return path


def test_oflog_adult_social_care(tmp_path: Path) -> None:
    rows = [asc_row(code, "0.5" if code != "ASC7" else "") for code in ASC_CODES]
    found, count = read_extract("oflog-adult-social-care", "adult-social-care", save_asc(tmp_path, *rows))
    assert [(row["series"].split("-")[0], row["value"]) for row in found] == [
        *((code.lower(), 0.5) for code in ASC_CODES[:-1]),
        ("asc7", None),
    ]
    assert found[-1]["reason"] == "The file has no figure for this council and year"
    assert {row["column"] for row in found} == {"I (Value)"}
    assert (count.rows_read, count.observations, count.refused) == (7, 7, {})


DEFRA_HEADINGS = [
    "Year", "Region", "ONS code", "Jpp Order", "Authority", "Authority type",
    "Residual household waste per household (kg/household) (Ex NI191)",
    "Percentage of household waste sent for reuse, recycling or composting (Ex NI192)",
    "Percentage of municipal waste sent to landfill (Ex NI193)",
    "Collected household waste per person (kg) (Ex BVPI 84a)",
]  # fmt: skip
ADUR = ["2010-11", "South East", "E07000223", 346, "Adur District Council", "Collection", 454.3, 0.367, "-", 325.3]
DERBYSHIRE = ["2010-11", "East Midlands", "E10000007", 105, "Derbyshire County Council", "Disposal", 600, 0.4, 0.5, 400]
DORSET = ["2017-18", "South West", "E10000009", 1, "Dorset Waste Partnership", "Unitary", 400.5, 0.6, 0.1, 450]


def save_defra(folder: Path, *rows: list[Any], headings: list[str] = DEFRA_HEADINGS) -> Path:
    top = [["Table 3: Selected Waste Indicators"], [], ["", "", "", "revised"]]
    return workbook(folder / "made.xlsx", {"Table_3": [*top, headings, *rows]})


def test_defra_rates(tmp_path: Path) -> None:
    total = ["2010-11", "*Eastern", "Total", "Total", "Total", "Total", 540.7, 0.489, 0.473, ":"]
    manchester = [
        "2010-11",
        "North West",
        "E50000005",
        52,
        "Greater Manchester WDA (MBC)",
        "Disposal",
        671.2,
        0.34,
        0.5,
        4,
    ]
    shared = ["2019-20", "East Midlands", "E07000150 / E07000153", 1, "Corby and Kettering Shared Service",
              "Collection", 500, 0.4, "-", 400]  # fmt: skip
    note = ["From 2015/16 onwards Chiltern District Council jointly reports their waste data."]
    path = save_defra(tmp_path, ADUR, DERBYSHIRE, DORSET, total, manchester, shared, [], ["Notes:"], note)
    found, count = read_extract("defra-local-authority-collected-waste", "rates", path)
    rates = [row for row in found if row["series"] == "household-waste-recycling-rate"]
    assert [(row["authority"], row["value"]) for row in rates] == [("ADU", 36.7), ("DBY", 40.0), ("DOR", 60.0)]
    (adur,) = (row for row in found if row["series"] == "municipal-waste-landfill-rate" and row["authority"] == "ADU")
    assert (adur["value"], adur["status"]) == (None, "not-applicable")
    assert "others dispose of it" in adur["reason"]
    assert count.observations == 3 * 4
    assert count.rows_read == count.observations + sum(count.refused.values())
    assert count.refused == {
        "the total of a region or of England, which the table gives without an area code": 4,
        "a joint waste authority or waste partnership": 4,
        "a joint figure of Corby and Kettering under both their codes": 4,
    }


@pytest.mark.parametrize(
    ("spoil", "kind", "words"),
    [
        ({"headings": [*DEFRA_HEADINGS[:7], "Recycling rate", *DEFRA_HEADINGS[8:]]}, ReadError,
         ["Table_3 has no heading 'Percentage of household waste sent", "in row 4"]),
        ({"rows": [ADUR, ADUR]}, CheckError, ["rows 5 and 6", "E07000223"]),
        ({"rows": [[*ADUR[:2], "E07999999", *ADUR[3:]]]}, ReadError, ["row 5", "'E07999999'"]),
        ({"rows": [[*ADUR[:6], "454.3 [note 4]", *ADUR[7:]]]}, ReadError, ["cell G5", "'454.3 [note 4]'"]),
        ({"rows": [[*ADUR[:7], "=Gone!A1", *ADUR[8:]]]}, ReadError, ["cell H5 holds the error #REF!"]),
        ({"rows": [["2010", *ADUR[1:]]]}, ReadError, ["row 5", "'2010'"]),
        ({"rows": [[*ADUR[:2], "E08000035", *ADUR[3:]]]}, CheckError, ["Leeds City Council", "Adur District Council"]),
    ],
    ids=["heading renamed", "row twice", "unknown code", "footnote", "error cell", "period", "code of another"],
)  # fmt: skip
def test_a_spoilt_copy_is_one_sentence(
    tmp_path: Path, spoil: dict[str, Any], kind: type[Exception], words: list[str]
) -> None:
    path = save_defra(tmp_path, *spoil.get("rows", [ADUR]), headings=spoil.get("headings", DEFRA_HEADINGS))
    with pytest.raises(kind) as caught:
        read_extract("defra-local-authority-collected-waste", "rates", path)
    assert "\n" not in str(caught.value)
    for word in words:
        assert word in str(caught.value)
