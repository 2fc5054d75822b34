"""Every key that a table's description may have: what it reads, and the sentence where the file does not fit it."""

from pathlib import Path
from typing import Any

import pytest

from moothall.errors import CheckError, MoothallError, ReadError
from tests.support import catalogue_builder as builder
from tests.unit.pipeline.making import HEADINGS, Publication, csv_table, csv_text, publish, workbook

UNBOUND = builder.drop(builder.METRIC, "bounds")


def spoken(made: Publication, kind: type[MoothallError]) -> str:
    """The sentence with which reading stops, having written nothing."""
    with pytest.raises(kind) as caught:
        made.read()
    assert made.written() == []
    assert "\n" not in str(caught.value)
    return str(caught.value)


def found(made: Publication) -> dict[tuple[str, str], float | None]:
    """The figures by area code and the first day of the period."""
    made.read()
    return {(row["area_code"], str(row["period_start"])): row["value"] for row in made.rows()}


# --- columns -------------------------------------------------------------------------------------------------------

WIDE = "Code,Name,Year,Rate 2021,Rate,Rate,"
WIDE_ROW = "E06000002,Westbay,2021-22,1,2,3,4"


def rate_in(column: str, **others: Any) -> dict[str, Any]:
    return csv_table(series=[{"id": "recycling-rate", "column": column, **others}])


@pytest.mark.parametrize(
    ("table", "value"),
    [
        (rate_in("Rate 2021"), 1),
        (rate_in("Rate  2021"), 1),
        (rate_in(r"~^Rate \d{4}$"), 1),
        (rate_in("Rate#1"), 2),
        (rate_in("Rate#2"), 3),
        (rate_in("@F", heading="Rate"), 3),
        (rate_in("@F", heading="~^R"), 3),
        (rate_in("@F=Rate"), 3),
        (rate_in("@G="), 4),
    ],
)
def test_a_column_is_named_in_several_ways(tmp_path: Path, table: dict[str, Any], value: float) -> None:
    made = publish(tmp_path, csv_text(WIDE_ROW, headings=WIDE), UNBOUND, table=table)
    assert list(found(made).values()) == [value]


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (rate_in("Rate"), "has the heading 'Rate' more than once in row 1 (E and F): take another."),
        (rate_in("~^Rate"), "has more than one heading that ~^Rate fits in row 1 (D, E and F): take another."),
        (
            rate_in("~^Cost"),
            "has no heading that ~^Cost fits in row 1; there are Code, Name, Year, Rate 2021, Rate and Rate",
        ),
        (rate_in("Rate#3"), "has no heading 'Rate#3' in row 1"),
        (rate_in("@E", heading="Costs"), "has 'Rate' over column E in row 1, not 'Costs': if the publisher moved"),
        (rate_in("@Z=Rate"), "has None over column Z in row 1, not 'Rate'"),
    ],
)
def test_a_column_that_is_not_there_is_one_sentence(tmp_path: Path, table: dict[str, Any], sentence: str) -> None:
    assert sentence in spoken(publish(tmp_path, csv_text(WIDE_ROW, headings=WIDE), table=table), ReadError)


# --- heading rows and sheets ---------------------------------------------------------------------------------------

TWO_ROWS = [
    ["Table 1", "", "", "", ""],
    ["", "", "", "Waste", ""],
    ["Code", "Name", "Year", "Rate\n of all", "Other"],
    ["E06000002", "Westbay", "2021-22", "40", "1"],
]
JOINED = {"area_code": "~Code$", "area_name": "~Name$", "period": {"column": "~Year$", "kind": "financial-year",
          "format": "split-year"}}  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        {"header_row": 3, "column": "Rate of all"},
        {"header_rows": [2, 3], "column": "Waste | Rate of all"},
        {"header_rows": [2, 3], "column": "~^Waste [|] Rate"},
        {"header_find": "Rate of all", "column": "Rate of all"},
        {"header_find": "Code", "header_rows_above": 1, "column": "Waste | Rate of all"},
        {"header_rows": [1, 2, 3], **JOINED, "column": "Table 1 | Waste | Rate of all"},
    ],
)
@pytest.mark.parametrize("reader", ["csv", "workbook"])
def test_headings_stand_in_the_rows_that_are_named(tmp_path: Path, table: dict[str, Any], reader: str) -> None:
    described = {key: value for key, value in table.items() if key != "column"}
    series = [{"id": "recycling-rate", "column": table["column"]}]
    if reader == "csv":
        text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in TWO_ROWS)
        made = publish(tmp_path, text, table=csv_table(series=series, **described))
    else:
        content = workbook(tmp_path / "made.xlsx", {"Data": TWO_ROWS}).read_bytes()
        full = csv_table(series=series, reader="workbook", file="returns.xlsx", sheet="Data", **described)
        made = publish(tmp_path, content, name="returns.xlsx", table=full)
    made.read()
    (row,) = made.rows()
    assert (row["value"], row["row"]) == (40, 4)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"header_find": "ONS Code"}, "returns.csv has no cell 'ONS Code' in its first 40 rows"),
        ({"header_row": 9}, "returns.csv has no headings in row 9: the file is empty or cut short"),
        ({"header_rows": [8, 9]}, "returns.csv has no headings in row 9"),
    ],
)
def test_headings_that_are_not_there_are_one_sentence(tmp_path: Path, table: dict[str, Any], sentence: str) -> None:
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in TWO_ROWS)
    assert sentence in spoken(publish(tmp_path, text, table=csv_table(**table)), ReadError)


SHEETS = {
    "Notes": [["x"]],
    "Table 1a": [HEADINGS.split(","), ["E06000002", "Westbay", "2021-22", 40]],
    "Table 2": [["y"]],
}


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        ("Table 1a", None),
        ("~^Table 1", None),
        ("~(?i)TABLE 1", None),
        (
            "~^Table",
            "returns.xlsx has 2 sheets (Table 1a and Table 2) that ~^Table fits: it has Notes, Table 1a and Table 2.",
        ),
        ("~^Annex", "returns.xlsx has no sheet that ~^Annex fits: it has Notes, Table 1a and Table 2."),
        ("Table 1", "returns.xlsx has no sheet Table 1: did you mean Table 1a?"),
    ],
)
def test_a_sheet_is_named_or_fitted(tmp_path: Path, sheet: str, sentence: str | None) -> None:
    content = workbook(tmp_path / "made.xlsx", SHEETS).read_bytes()
    table = csv_table(reader="workbook", file="returns.xlsx", sheet=sheet)
    made = publish(tmp_path, content, name="returns.xlsx", table=table)
    if sentence:
        assert sentence in spoken(made, ReadError)
    else:
        made.read()
        assert made.rows()[0]["sheet"] == "Table 1a"


# --- areas ---------------------------------------------------------------------------------------------------------

NUMBERED = builder.each(
    builder.put(builder.UNITARY, "authorities", 0, "ecode", value="E0101"),
    builder.put(builder.UNITARY, "authorities", 0, "former_ecodes", value=["E0103"]),
    builder.put(builder.UNITARY, "authorities", 1, "ecode", value="E0102"),
    builder.put(builder.UNITARY, "authorities", 0, "dfe_code", value="815"),
    builder.put(builder.COUNTY, "authorities", 0, "dfe_code", value="815"),
    builder.put(builder.COUNTY, "authorities", 0, "ecode", value="E0103"),
    builder.put(builder.SOURCE, "area_names", value={"Westbay UA": "WBY", "Eng": "E92000001", "North Shire": "NSH"}),
    builder.put(
        builder.SOURCE,
        "not_authorities",
        value={"E6101": "a fire authority", "~^E0": "another body", "Anyplace": "not an authority"},
    ),
)


@pytest.mark.parametrize(
    ("kind", "area", "year", "expected"),
    [
        ("gss", "E06000002", "2021-22", ("E06000002", "WBY")),
        ("gss", "Eng", "2021-22", ("E92000001", None)),
        ("ecode", "E0102", "2021-22", ("E06000002", "WBY")),
        ("ecode", "E0101", "2021-22", ("E06000001", "NNS")),
        ("ecode", "E0103", "2020-21", ("E10000001", "NSH")),
        ("ecode", "E0103", "2021-22", ("E06000001", "NNS")),
        ("ecode", "E92000001", "2021-22", ("E92000001", None)),
        ("dfe", "815", "2020-21", ("E10000001", "NSH")),
        ("dfe", "815", "2021-22", ("E06000001", "NNS")),
        ("name", "Westbay", "2021-22", ("E06000002", "WBY")),
        ("name", "Westbay UA", "2021-22", ("E06000002", "WBY")),
        ("name", "SALTBY", "2021-22", ("E06000002", "WBY")),
        ("name", "North Shire", "2020-21", ("E10000001", "NSH")),
        ("name", "England", "2021-22", ("E92000001", None)),
        ("name", "North", "2021-22", ("E12000001", None)),
    ],
)
def test_an_area_is_known_by_its_kind_of_code(
    tmp_path: Path, kind: str, area: str, year: str, expected: tuple[str, str | None]
) -> None:
    table = csv_table(area_kind=kind, area_name=None)
    made = publish(tmp_path, csv_text(f"{area},,{year},40"), NUMBERED, table=table)
    made.read()
    (row,) = made.rows()
    assert (row["area_code"], row["authority"]) == expected


@pytest.mark.parametrize(
    ("kind", "area", "name", "reason"),
    [
        ("ecode", "E6101", "", "a fire authority"),
        ("ecode", "E0999", "", "another body"),
        ("gss", "E07000099", "Anyplace", "not an authority"),
        ("gss", "W06000001", "", "an area of Wales"),
        ("name", "Anyplace", "", "not an authority"),
    ],
)
def test_what_is_no_authority_is_counted(tmp_path: Path, kind: str, area: str, name: str, reason: str) -> None:
    text = csv_text(f"{area},{name},2021-22,40", "Eng,,2021-22,41")
    made = publish(tmp_path, text, NUMBERED, table=csv_table(area_kind=kind))
    (read,) = made.read()
    assert (read.tables[0].refused, read.tables[0].observations) == ({reason: 1}, 1)


SAME_NAME = builder.put(builder.UNITARY, "authorities", 0, "former_names", value=["Saltby"])


@pytest.mark.parametrize(
    ("kind", "area", "name", "error", "sentence"),
    [
        ("ecode", "E9999", "", ReadError, "row 2 has the E-code 'E9999', which no authority has had; "),
        ("dfe", "816", "", ReadError, "row 2 has the DfE number '816', which no authority has had; the nearest is 815"),
        (
            "name",
            "Westbury",
            "",
            ReadError,
            "has the area name 'Westbury', which no authority has had; the nearest is Westbay",
        ),
        (
            "name",
            "Saltby",
            "",
            ReadError,
            "'Saltby' could be New Northshire Council or Westbay Council in 2021-22: say which",
        ),
        (
            "ecode",
            "E0101",
            "Westbay UA",
            CheckError,
            "the E-code E0101, which is New Northshire Council, beside the name ",
        ),
    ],
)
def test_an_area_that_nobody_knows_is_one_sentence(
    tmp_path: Path, kind: str, area: str, name: str, error: type[MoothallError], sentence: str
) -> None:
    made = publish(
        tmp_path,
        csv_text(f"{area},{name},2021-22,40"),
        builder.each(NUMBERED, SAME_NAME),
        table=csv_table(area_kind=kind),
    )
    assert sentence in spoken(made, error)


# --- rows ----------------------------------------------------------------------------------------------------------


def test_what_stands_below_a_table_and_rows_of_nothing_are_not_figures(tmp_path: Path) -> None:
    text = csv_text(
        "E06000002,Westbay,2021-22,40",
        ",Source: the department,,",
        "E06000001,(part) New Northshire,2021-22,41",
        "Notes to the table,,,",
        "E06000001,New Northshire,2021-22,42",
    )
    table = csv_table(
        area_name=None,
        end_at={"column": "Code", "text": "~^Notes"},
        skip=[{"where": {"~^Name$": "~^[(]part[)]"}, "reason": "parts of councils"}],
    )
    made = publish(tmp_path, text, table=table)
    (read,) = made.read()
    count = read.tables[0]
    assert (count.rows_read, count.observations) == (4, 1)
    assert count.refused == {"parts of councils": 1, "below the table": 2}


@pytest.mark.parametrize(("wanted", "taken"), [("~^(Rate|Ratio)$", 2), ("Rate", 1), ("~", 0)])
def test_a_series_takes_rows_by_pattern(tmp_path: Path, wanted: str, taken: int) -> None:
    text = csv_text("E06000002,Rate,2021-22,40", "E06000001,Ratio,2021-22,41")
    table = csv_table(area_name=None, series=[{"id": "recycling-rate", "column": "Rate", "where": {"Name": wanted}}])
    made = publish(tmp_path, text, table=table)
    if taken:
        assert len(found(made)) == taken
    else:
        assert "has no row for the series recycling-rate (where Name is ~)" in spoken(made, ReadError)


# --- periods -------------------------------------------------------------------------------------------------------

ACROSS = {"period": {"heading": r"~^(\d{4}-\d\d)$", "kind": "financial-year", "format": "split-year"}}
ACROSS_HEADINGS = "Code,Name,2020-21,2021-22,2020-21 households,Notes"
ACROSS_ROW = "E06000002,Westbay,40,41,7,x"


def test_periods_may_run_across(tmp_path: Path) -> None:
    series = [
        {"id": "recycling-rate", "column": "*"},
        {"id": "households", "column": "*", "heading": r"~^(\d{4}-\d\d) households$"},
    ]
    made = publish(tmp_path, csv_text(ACROSS_ROW, headings=ACROSS_HEADINGS), table=csv_table(series=series, **ACROSS))
    made.read()
    rows = {(row["series"], row["period_start"].year): (row["value"], row["column"]) for row in made.rows()}
    assert rows == {
        ("households", 2020): (7, "E (2020-21 households)"),
        ("recycling-rate", 2020): (40, "C (2020-21)"),
        ("recycling-rate", 2021): (41, "D (2021-22)"),
    }


@pytest.mark.parametrize(
    ("headings", "sentence"),
    [
        (
            "Code,Name,2020,2021,2022,Notes",
            r"has no heading that ~^(\d{4}-\d\d)$ fits in row 1; there are Code, Name, 2020",
        ),
        ("Code,Name,2020-21,2020-21,x,Notes", "has the period '2020-21' over C and D"),
        (
            "Code,Name,2020-22,2021-22,x,Notes",
            "row 2 has no period that can be read: '2020-22' does not end one year after",
        ),
    ],
)
def test_periods_across_that_do_not_fit_are_one_sentence(tmp_path: Path, headings: str, sentence: str) -> None:
    table = csv_table(series=[{"id": "recycling-rate", "column": "*"}], **ACROSS)
    assert sentence in spoken(publish(tmp_path, csv_text(ACROSS_ROW, headings=headings), table=table), ReadError)


@pytest.mark.parametrize(
    ("declared", "statuses"),
    [
        ([{"periods": ["2021-22"], "status": "provisional"}], ["final", "provisional"]),
        ([{"periods": "~^2021", "status": "revised"}], ["final", "revised"]),
        ([{"periods": "2021/22", "status": "revised"}], ["final", "revised"]),
        ([{"periods": "2021-22", "status": "revised", "series": ["recycling-rate"]}], ["final", "revised"]),
        ([{"periods": "2021-22", "status": "revised", "series": ["another"]}], ["final", "final"]),
    ],
)
def test_a_period_may_not_be_final(tmp_path: Path, declared: list[dict[str, Any]], statuses: list[str]) -> None:
    text = csv_text("E06000002,Westbay,2020/21,40", "E06000002,Westbay,2021/22,41")
    made = publish(tmp_path, text, table=csv_table(period_statuses=declared))
    made.read()
    assert [row["status"] for row in made.rows()] == statuses


def test_a_status_column_says_more_than_the_period(tmp_path: Path) -> None:
    codes = {"": {"status": "final"}, "r": {"status": "revised"}}
    table = csv_table(
        statuses={"column": "Flag", "codes": codes}, period_statuses=[{"periods": "2021-22", "status": "provisional"}]
    )
    text = csv_text(
        "E06000001,New Northshire,2021-22,40,r", "E06000002,Westbay,2021-22,41,", headings=HEADINGS + ",Flag"
    )
    made = publish(tmp_path, text, table=table)
    made.read()
    assert [row["status"] for row in made.rows()] == ["revised", "provisional"]


def test_a_period_that_is_not_there_has_no_status(tmp_path: Path) -> None:
    table = csv_table(period_statuses=[{"periods": ["2022-23", "2021-22"], "status": "provisional"}])
    made = publish(tmp_path, csv_text("E06000002,Westbay,2021-22,40"), table=table)
    assert "returns.csv has no figure of 2022-23: take the period out of period_statuses" in spoken(made, ReadError)


def test_a_series_may_read_labels_in_its_own_way(tmp_path: Path) -> None:
    labels = {"kind": "academic-year", "format": "split-year", "drop": [" (prov)"], "map": {"2021": "2020/21"}}
    series = [
        {"id": "recycling-rate", "column": "Rate", "where": {"Name": "a"}},
        {"id": "pupils", "column": "Rate", "where": {"Name": "b"}, "period": labels},
    ]
    text = csv_text("E06000002,a,2021-22,40", "E06000002,b,2021-22 (prov),41", "E06000002,b,2021,42")
    made = publish(tmp_path, text, table=csv_table(area_name=None, series=series))
    made.read()
    assert [(row["series"], str(row["period_start"]), row["value"]) for row in made.rows()] == [
        ("pupils", "2020-09-01", 42),
        ("pupils", "2021-09-01", 41),
        ("recycling-rate", "2021-04-01", 40),
    ]


# --- values --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "keys", "value"),
    [
        ("Good", {"values": {"Good": 2}}, 2),
        ("Good", {"values": {"Good": 3}, "in_table": {"Good": 2}}, 3),
        ("Good", {"in_table": {"Good": 2}}, 2),
        ("Good*", {"in_table": {"Good": 2}}, 2),
        ("7", {"values": {"Good": 2}}, 7),
        ("2019-10-15", {"value_format": "date"}, 2019.7863),
        ("01/01/2020", {"value_format": "date"}, 2020),
        ("31 December 2020", {"value_format": "date"}, 2020.9973),
        ("1.5", {"scale": 1000}, 1500),
    ],
)
def test_a_word_or_a_date_may_be_a_value(tmp_path: Path, cell: str, keys: dict[str, Any], value: float) -> None:
    in_series = {key: given for key, given in keys.items() if key != "in_table"}
    table = csv_table(
        series=[{"id": "recycling-rate", "column": "Rate", **in_series}],
        values=keys.get("in_table", {}),
        footnote_marks=["*"],
    )
    made = publish(tmp_path, csv_text(f"E06000002,Westbay,2021-22,{cell}"), UNBOUND, table=table)
    assert list(found(made).values()) == [value]


@pytest.mark.parametrize(
    ("cell", "keys"),
    [("Poor", {"values": {"Good": 2}}), ("soon", {"value_format": "date"}), ("2019", {"value_format": "date"})],
)
def test_another_word_stops_the_read(tmp_path: Path, cell: str, keys: dict[str, Any]) -> None:
    made = publish(tmp_path, csv_text(f"E06000002,Westbay,2021-22,{cell}"), table=rate_in("Rate", **keys))
    assert f"cell D2 (Rate) holds '{cell}' where a number was expected" in spoken(made, ReadError)


# --- sums and changes ----------------------------------------------------------------------------------------------

PARTS = [{"id": name, "column": column} for name, column in (("recycling-rate", "Rate"), ("a", "A"), ("b", "B"))]


@pytest.mark.parametrize(
    ("keys", "row", "sentence"),
    [
        ({}, "40,30,10", None),
        ({}, "40,30,11", "is 40 but its parts (a, b) add up to 41"),
        ({"tolerance": 1}, "40,30,11", None),
        ({}, "40,30,", None),
        ({"explained": [{"area_code": "E06000002", "period": "2021-22", "why": "x"}]}, "40,30,11", None),
        (
            {"explained": [{"area_code": "E06000002", "period": "2021-22", "why": "x"}]},
            "40,30,10",
            "recycling-rate of E06000002 in 2021-22 is the sum of its parts: take it out of explained",
        ),
    ],
)
def test_parts_make_the_whole(tmp_path: Path, keys: dict[str, Any], row: str, sentence: str | None) -> None:
    table = csv_table(series=PARTS, parts=[{"whole": "recycling-rate", "parts": ["a", "b"], **keys}])
    text = csv_text(f"E06000002,Westbay,2021-22,{row}", headings=HEADINGS + ",A,B")
    made = publish(tmp_path, text, table=table)
    if sentence:
        assert sentence in spoken(made, CheckError)
    else:
        assert len(made.read()[0].tables) == 1


@pytest.mark.parametrize(
    ("england", "keys", "sentence"),
    [
        ("80", {}, None),
        ("81", {"tolerance": 0.02}, None),
        ("81", {}, "recycling-rate of England in 2021-22 is 81 but its authorities add up to 80 (returns.csv, row 4"),
        ("85", {"tolerance": 0.02}, "is 85 but its authorities add up to 80"),
        ("81", {"explained": [{"area_code": "E92000001", "period": "2021-22", "why": "One did not report"}]}, None),
    ],
)
def test_england_is_the_sum_of_its_authorities(
    tmp_path: Path, england: str, keys: dict[str, Any], sentence: str | None
) -> None:
    text = csv_text(
        "E06000002,Westbay,2021-22,40", "E06000001,New Northshire,2021-22,40", f"E92000001,England,2021-22,{england}",
        "E10000001,Northshire,2021-22,9", "E12000001,North,2021-22,80",
    )  # fmt: skip
    check = {"sum_of": ["unitary"], "series": ["recycling-rate"], **keys}
    made = publish(tmp_path, text, table=csv_table(england=check))
    if sentence:
        assert sentence in spoken(made, CheckError)
    else:
        assert made.read()[0].tables[0].observations == 5


def changing(rows: str, *series: str) -> builder.Edit:
    """A second release whose rows another column picks, with these series declared as changed."""

    def edit(files: builder.Files) -> None:
        first = files[builder.SOURCE]["releases"][0]
        second = {**first, "id": "2024-03", "tables": [rate_in(rows)]}
        if series:
            second["changes"] = [{"series": list(series), "why": "The form changed"}]
        files[builder.SOURCE]["releases"].append(second)

    return edit


@pytest.mark.parametrize(
    ("column", "series", "sentence"),
    [
        ("Same", (), None),
        ("Fewer", (), "has figures for 1 authorities"),
        ("Fewer", ("recycling-rate",), None),
        ("Fraction", ("recycling-rate",), None),
    ],
)
def test_a_change_since_the_last_release_is_declared(
    tmp_path: Path, column: str, series: tuple[str, ...], sentence: str | None
) -> None:
    text = csv_text(
        "E06000002,Westbay,2021-22,40.5,40.5,40.5,0.405", "E06000001,New Northshire,2021-22,40,40,,0.40",
        headings=HEADINGS + ",Same,Fewer,Fraction",
    )  # fmt: skip
    made = publish(tmp_path, text, changing(column, *series))
    if sentence:
        assert sentence in spoken(made, CheckError)
    else:
        assert len(made.read()) == 2


# --- margins of error ----------------------------------------------------------------------------------------------


def limits(made: Publication) -> dict[str, tuple[float | None, float | None, float | None]]:
    made.read()
    return {str(row["period_start"]): (row["lower_95"], row["value"], row["upper_95"]) for row in made.rows()}


def test_a_margin_of_error_gives_both_limits_in_the_values_unit(tmp_path: Path) -> None:
    text = csv_text(
        "E06000002,Westbay,2020-21,0.367,0.011", "E06000002,Westbay,2021-22,0.4,", headings=HEADINGS + ",Margin"
    )
    made = publish(tmp_path, text, table=rate_in("Rate", margin="Margin", scale=100))
    assert limits(made) == {"2020-04-01": (35.6, 36.7, 37.8), "2021-04-01": (None, 40.0, None)}


BESIDE_MARGINS = "Code,Name,2020-21 rate,2021-22 rate,2021-22 margin"
ACROSS_PERIOD = {"heading": r"~^(\d{4}-\d{2}) rate$", "kind": "financial-year", "format": "split-year"}


def across(**keys: Any) -> dict[str, Any]:
    return csv_table(series=[{"id": "recycling-rate", "column": "*", **keys}], period=ACROSS_PERIOD)


def test_margins_run_across_beside_their_values(tmp_path: Path) -> None:
    table = across(margin=r"~^(\d{4}-\d{2}) margin$")
    made = publish(tmp_path, csv_text("E06000002,Westbay,40,42,1.5", headings=BESIDE_MARGINS), table=table)
    assert limits(made) == {"2020-04-01": (None, 40.0, None), "2021-04-01": (40.5, 42.0, 43.5)}


def test_margins_that_are_not_there_are_one_sentence(tmp_path: Path) -> None:
    text = csv_text("E06000002,Westbay,40,42,1.5", headings=BESIDE_MARGINS)
    made = publish(tmp_path, text, table=across(margin="~^(x) no$"))
    assert "has no heading that ~^(x) no$ fits in row 1" in spoken(made, ReadError)


def test_a_margin_that_is_no_number_is_one_sentence(tmp_path: Path) -> None:
    text = csv_text("E06000002,Westbay,2020-21,36,about 2", headings=HEADINGS + ",Margin")
    made = publish(tmp_path, text, table=rate_in("Rate", margin="Margin"))
    assert "the margin of recycling-rate is 'about 2', which is not a number" in spoken(made, ReadError)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (rate_in("Rate", margin="Name", lower="Name"), "has a margin and limits; keep what the publisher gives"),
        (across(margin="2021-22 margin"), "must be a pattern with a group around the period; mend it"),
        (rate_in("Rate", margin="Name", scale=-1), "give no lower, upper or margin"),
    ],
)
def test_a_margin_that_cannot_be_meant_is_refused(tmp_path: Path, table: dict[str, Any], sentence: str) -> None:
    with pytest.raises(MoothallError, match=sentence):
        publish(tmp_path, csv_text("E06000002,Westbay,2020-21,36"), table=table)
