"""The verb read over tiny publications: what becomes a figure, what is left out and counted, what stops it."""

from pathlib import Path
from typing import Any

import pytest

from moothall.errors import CheckError, MoothallError, ReadError, UnknownName
from moothall.pipeline.choose import chosen_sources
from moothall.pipeline.read import read_sources
from tests.support import catalogue_builder as builder
from tests.unit.pipeline.making import GOOD_ROWS, HEADINGS, csv_table, csv_text, publish, workbook


def test_a_row_becomes_an_observation_with_its_cell(tmp_path: Path) -> None:
    made = publish(tmp_path, csv_text(*GOOD_ROWS))
    (read,) = made.read()
    assert (read.tables[0].rows_read, read.tables[0].observations, read.tables[0].refused) == (3, 3, {})
    row = made.rows()[2]
    assert row["authority"] == "WBY"
    assert (row["value"], row["status"], row["reason"], row["in_lifetime"]) == (41.5, "final", None, True)
    assert (row["file"], row["sheet"], row["row"], row["column"], row["raw"]) == (
        "returns.csv",
        "",
        3,
        "D (Rate)",
        "41.5",
    )
    assert (str(row["period_start"]), str(row["period_end"]), row["period_kind"]) == (
        "2021-04-01",
        "2022-03-31",
        "financial-year",
    )


STATUSES = {"column": "Flag", "codes": {"": {"status": "final"}, "p": {"status": "provisional"},
            "c": {"status": "suppressed", "reason": "too few people"}}}  # fmt: skip
DASH = {"": {"status": "not-available", "reason": "no figure published"},
        "-": {"status": "not-applicable", "reason": "not its service"}}  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "flag", "table", "expected"),
    [
        ("40.5", "", {}, (40.5, "final", None, None)),
        ("40.5", "p", {}, (40.5, "provisional", None, None)),
        ("", "", {}, (None, "not-available", "no figure published", None)),
        ("-", "", {}, (None, "not-applicable", "not its service", None)),
        ("", "c", {}, (None, "suppressed", "too few people", None)),
        ("-", "c", {}, (None, "suppressed", "too few people", None)),
        ("", "p", {}, (None, "not-available", "no figure published", None)),
        ("", "c", {"missing": None}, (None, "suppressed", "too few people", None)),
        ("40.5*", "", {"footnote_marks": ["*"]}, (40.5, "final", None, "marked * by the publisher")),
        (
            "0.405",
            "",
            {"series": [{"id": "recycling-rate", "column": "Rate", "scale": 100}]},
            (40.5, "final", None, None),
        ),
        ('"1,234"', "", {}, (1234.0, "final", None, None)),
    ],
)
def test_a_cell_is_a_value_or_a_reason(
    tmp_path: Path, cell: str, flag: str, table: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    described = csv_table(**{"statuses": STATUSES, "missing": DASH, **table})
    text = csv_text(f"E06000002,Westbay,2021-22,{cell},{flag}", headings=HEADINGS + ",Flag")
    made = publish(tmp_path, text, builder.drop(builder.METRIC, "bounds"), table=described)
    made.read()
    row = made.rows()[0]
    assert (row["value"], row["status"], row["reason"], row["note"]) == expected


def test_intervals_and_counts_go_with_their_figure(tmp_path: Path) -> None:
    series = {"id": "recycling-rate", "column": "Rate", "scale": 100, "lower": "Low", "upper": "High",
              "numerator": "Done", "denominator": "All"}  # fmt: skip
    text = csv_text(
        'E06000002,Westbay,2020-21,0.4,0.35,0.45,400,"1,000",first',
        "E06000002,Westbay,2021-22,0.5,,,,,",
        "E06000001,New Northshire,2021-22,,0.1,0.2,5,6,",
        headings=HEADINGS + ",Low,High,Done,All,Notes",
    )
    made = publish(tmp_path, text, table=csv_table(series=[series], note="Notes"))
    made.read()
    rows = {(row["authority"], row["period_start"].year): row for row in made.rows()}
    beside = ("value", "lower_95", "upper_95", "numerator", "denominator", "note")
    assert [rows["WBY", 2020][key] for key in beside] == [40.0, 35.0, 45.0, 400.0, 1000.0, "first"]
    assert [rows["WBY", 2021][key] for key in beside] == [50.0, None, None, None, None, None]
    assert [rows["NNS", 2021][key] for key in beside] == [None, None, None, None, None, None]


def test_every_place_is_a_figure_or_is_counted_with_a_reason(tmp_path: Path) -> None:
    text = csv_text(
        "E06000002,Westbay,2021-22,40.5,Rate",
        "E12000001,North,2021-22,41,Rate",
        "E92000001,England,2021-22,42,Rate",
        "W06000001,Wales somewhere,2021-22,43,Rate",
        "K02000001,United Kingdom,2021-22,44,Rate",
        "Total,,2021-22,45,Total",
        "E06000002,Westbay,2021-22,7,Weight",
        ",,Source: the department,,",
        ",,,,",
        headings=HEADINGS + ",Kind",
    )
    table = csv_table(
        series=[{"id": "recycling-rate", "column": "Rate", "where": {"Kind": "Rate"}}],
        skip=[{"where": {"Kind": "Total"}, "reason": "totals"}],
    )
    made = publish(tmp_path, text, table=table)
    (read,) = made.read()
    count = read.tables[0]
    assert count.rows_read == 7
    assert count.observations == 3
    assert count.refused == {
        "an area of Wales": 1,
        "the United Kingdom, Great Britain or England and Wales together": 1,
        "totals": 1,
        "another metric's row, which no series of this table takes": 1,
    }
    assert {row["area_code"]: row["authority"] for row in made.rows()} == {
        "E06000002": "WBY",
        "E12000001": None,
        "E92000001": None,
    }


def test_a_wide_row_is_one_place_a_column(tmp_path: Path) -> None:
    series = [{"id": "recycling-rate", "column": "Rate"}, {"id": "weight", "column": "Weight"}]
    text = csv_text("E06000002,Westbay,2021-22,40.5,7", "S12000001,Fife,2021-22,1,2", headings=HEADINGS + ",Weight")
    made = publish(tmp_path, text, table=csv_table(series=series))
    (read,) = made.read()
    assert (read.tables[0].rows_read, read.tables[0].observations) == (4, 2)
    assert read.tables[0].refused == {"an area of Scotland": 2}


@pytest.mark.parametrize(
    ("code", "name", "year", "authority", "in_lifetime"),
    [
        ("E07000001", "Aldmouth", "2020-21", "ALD", True),
        ("E07000001", "Aldmouth", "2021-22", "ALD", False),
        ("E06000001", "New Northshire", "2020-21", "NNS", False),
        ("E06000001", "New Northshire", "2021-22", "NNS", True),
        ("E10000001", "Northshire County Council", "2020-21", "NSH", True),
    ],
)
def test_an_authority_is_in_its_lifetime_or_not_on_the_last_day_of_the_period(
    tmp_path: Path, code: str, name: str, year: str, authority: str, in_lifetime: bool
) -> None:
    made = publish(tmp_path, csv_text(f"{code},{name},{year},40"))
    made.read()
    row = made.rows()[0]
    assert (row["authority"], row["in_lifetime"]) == (authority, in_lifetime)


RECODE = {"published": "E10000001", "use": "E06000001", "from": "2021-04-01", "why": "the county is gone"}


@pytest.mark.parametrize(
    ("year", "area_code", "authority", "note"),
    [
        ("2020-21", "E10000001", "NSH", None),
        ("2021-22", "E06000001", "NNS", "published under E10000001: the county is gone"),
    ],
)
def test_an_outdated_code_is_the_successors_from_its_day_on(
    tmp_path: Path, year: str, area_code: str, authority: str, note: str | None
) -> None:
    text = csv_text(f"E10000001,Northshire,{year},40")
    made = publish(tmp_path, text, table=csv_table(area_name=None, recodes=[RECODE]))
    made.read()
    row = made.rows()[0]
    assert (row["area_code"], row["authority"], row["in_lifetime"], row["note"]) == (area_code, authority, True, note)


def test_what_must_be_known_about_some_rows_stands_in_their_note(tmp_path: Path) -> None:
    remark = {"where": {"Code": "E06000002", "Year": ["2021-22"]}, "note": "One figure for two councils"}
    made = publish(tmp_path, csv_text(*GOOD_ROWS), table=csv_table(remarks=[remark], note="Name"))
    made.read()
    assert [row["note"] for row in made.rows()] == ["New Northshire", "Westbay", "Westbay; One figure for two councils"]


RECODED = builder.put(
    builder.UNITARY,
    "authorities",
    1,
    "area_codes",
    value=[
        {"code": "E06000002", "from": "2009-04-01", "to": "2021-03-31"},
        {"code": "E06000009", "from": "2021-04-01"},
    ],
)


@pytest.mark.parametrize(
    ("old", "new", "kept", "reason"),
    [
        ("40", "40", ("E06000009", 40.0), "same figure under a former code"),
        ("40", "40.0", ("E06000009", 40.0), "same figure under a former code"),
        (
            "40",
            "",
            ("E06000002", 40.0),
            "no figure under this code: it stands under another code of the same authority",
        ),
        ("", "", ("E06000009", None), "same figure under a former code"),
    ],
)
def test_one_figure_is_kept_where_it_stands_under_two_codes(
    tmp_path: Path, old: str, new: str, kept: tuple[str, float | None], reason: str
) -> None:
    text = csv_text(f"E06000002,Westbay,2021-22,{old}", f"E06000009,Westbay,2021-22,{new}")
    made = publish(tmp_path, text, RECODED)
    (read,) = made.read()
    assert [(row["area_code"], row["value"]) for row in made.rows()] == [kept]
    assert (read.tables[0].rows_read, read.tables[0].observations, read.tables[0].refused) == (2, 1, {reason: 1})


STOPS = [
    ("two codes contradict", ["E06000002,Westbay,2021-22,40", "E06000009,Westbay,2021-22,41"], {}, CheckError,
     ["40.0 under E06000002 (row 2)", "41.0 under E06000009 (row 3)"]),
    ("duplicated row", [*GOOD_ROWS, GOOD_ROWS[0]], {}, CheckError, ["rows 2 and 5", "'40.5' and '40.5'", "E06000002"]),
    ("unknown GSS code", ["E06000077,Westbay,2021-22,40"], {}, ReadError, ["row 2", "'E06000077'", "E0600000"]),
    ("no code at all", ["westbay,Westbay,2021-22,40"], {}, ReadError, ["row 2", "'westbay'"]),
    ("blank code with a figure", [",Westbay,2021-22,40"], {}, ReadError, ["D2", "'40'", "no area code"]),
    ("footnote in the figure", ["E06000002,Westbay,2021-22,12.3 [note 4]"], {}, ReadError,
     ["returns.csv, cell D2 (Rate)", "'12.3 [note 4]'", "footnote_marks"]),
    ("undeclared marker", ["E06000002,Westbay,2021-22,:"], {}, ReadError, ["cell D2", "':'", "missing"]),
    ("undeclared blank", ["E06000002,Westbay,2021-22,"], {"missing": None}, ReadError, ["cell D2", "holds nothing"]),
    ("period that is none", ["E06000002,Westbay,2021,40"], {}, ReadError, ["row 2", "'2021'", "2021-22"]),
    ("another authority's name", ["E06000002,New Northshire,2021-22,40"], {}, CheckError,
     ["row 2", "E06000002", "Westbay Council", "New Northshire Council"]),
    ("outside the bounds", ["E06000002,Westbay,2021-22,140"], {}, CheckError, ["140.0", "0 to 100", "E06000002"]),
    ("undeclared status", ["E06000002,Westbay,2021-22,40,z"], {"statuses": STATUSES}, ReadError,
     ["row 2", "'z'", "'p'"]),
    ("suppressed with a figure", ["E06000002,Westbay,2021-22,40,c"], {"statuses": STATUSES}, ReadError,
     ["'40'", "'c'", "suppressed"]),
    ("limit that is no number", ["E06000002,Westbay,2021-22,40,low"],
     {"series": [{"id": "recycling-rate", "column": "Rate", "lower": "Flag"}]}, ReadError, ["row 2", "lower", "'low'"]),
    ("interval without its figure", ["E06000002,Westbay,2021-22,40,41"],
     {"series": [{"id": "recycling-rate", "column": "Rate", "lower": "Flag"}]}, CheckError, ["40.0 in 41.0", "row 2"]),
    ("series without a row", [*GOOD_ROWS],
     {"series": [{"id": "recycling-rate", "column": "Rate", "where": {"Name": "X"}}]}, ReadError,
     ["recycling-rate", "Name is X"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "table", "kind", "words"), [row[1:] for row in STOPS], ids=[row[0] for row in STOPS])
def test_what_does_not_hold_stops_the_read_with_a_sentence(
    tmp_path: Path, rows: list[str], table: dict[str, Any], kind: type[MoothallError], words: list[str]
) -> None:
    headings = HEADINGS + (",Flag" if any(line.count(",") == 4 for line in rows) else "")
    made = publish(tmp_path, csv_text(*rows, headings=headings), RECODED, table=csv_table(**table))
    with pytest.raises(kind) as caught:
        made.read()
    assert "\n" not in str(caught.value)
    for word in words:
        assert word in str(caught.value)
    assert made.written() == []


@pytest.mark.parametrize(
    ("headings", "sentence"),
    [
        (
            "Code,Name,Year,Recycling rate",
            "has no heading 'Rate' in row 1; there are Code, Name, Year and Recycling rate",
        ),
        ("Code,Name,Year,Rates", "has no heading 'Rate' in row 1; the nearest is 'Rates'"),
        ("Area,Name,Year,Rate", "has no heading 'Code' in row 1"),
        ("Code,Rate,Year,Rate", "has the heading 'Rate' more than once in row 1 (B and D)"),
    ],
)
def test_a_renamed_heading_is_named(tmp_path: Path, headings: str, sentence: str) -> None:
    table = csv_table(area_name=None) if "Name" not in headings else csv_table()
    made = publish(tmp_path, csv_text(*GOOD_ROWS, headings=headings), table=table)
    with pytest.raises(ReadError) as caught:
        made.read()
    assert sentence in str(caught.value)
    assert made.written() == []


def test_a_heading_broken_over_lines_is_the_same_heading(tmp_path: Path) -> None:
    text = csv_text(*GOOD_ROWS, headings='Code,Name,Year,"Recycling\n rate "')
    table = csv_table(series=[{"id": "recycling-rate", "column": "Recycling rate"}])
    made = publish(tmp_path, text, table=table)
    assert made.read()[0].tables[0].observations == 3


@pytest.mark.parametrize("change", [lambda data: data + b" ", lambda data: data.replace(b"40.5", b"40.6")])
def test_a_changed_byte_is_noticed_before_anything_is_read(tmp_path: Path, change: Any) -> None:
    made = publish(tmp_path, csv_text(*GOOD_ROWS))
    made.file.write_bytes(change(made.file.read_bytes()))
    with pytest.raises(ReadError, match=r"not the file that was described: its sha256 is"):
        made.read()
    assert made.written() == []


def test_a_missing_file_says_how_to_fetch_it(tmp_path: Path) -> None:
    made = publish(tmp_path, csv_text(*GOOD_ROWS))
    made.file.unlink()
    with pytest.raises(ReadError, match=r"no file returns.csv in .*: run moothall fetch waste-returns first"):
        made.read()


def test_a_workbook_is_read_by_the_same_description(tmp_path: Path) -> None:
    rows = [["A title"], HEADINGS.split(","), ["E06000002", "Westbay", "2021-22", 0.405]]
    content = workbook(tmp_path / "made.xlsx", {"Data": rows}).read_bytes()
    table = csv_table(reader="workbook", sheet="Data", header_row=2, file="returns.xlsx",
                      series=[{"id": "recycling-rate", "column": "Rate", "scale": 100}])  # fmt: skip
    made = publish(tmp_path, content, name="returns.xlsx", table=table)
    made.read()
    row = made.rows()[0]
    assert (row["value"], row["sheet"], row["row"], row["column"], row["raw"]) == (40.5, "Data", 3, "D (Rate)", "0.405")


def test_a_json_list_is_read_by_the_same_description(tmp_path: Path) -> None:
    content = '{"d": {"r": [{"Code": "E06000002", "Name": "Westbay", "Year": "2021/22", "Rate": 40.50}]}}'
    table = csv_table(reader="json", records="d.r", file="returns.json")
    made = publish(tmp_path, content, name="returns.json", table=table)
    made.read()
    row = made.rows()[0]
    assert (row["value"], row["row"], row["column"], row["raw"]) == (40.5, 1, "d.r.Rate", "40.50")


def test_a_second_reading_changes_nothing(tmp_path: Path) -> None:
    made = publish(tmp_path, csv_text(*GOOD_ROWS))
    assert [read.is_changed for read in made.read()] == [True]
    before = {path: path.read_bytes() for path in made.releases.rglob("*") if path.is_file()}
    assert [read.is_changed for read in made.read()] == [False]
    assert {path: path.read_bytes() for path in made.releases.rglob("*") if path.is_file()} == before


def test_a_failed_reading_leaves_the_last_release_as_it_was(tmp_path: Path) -> None:
    made = publish(tmp_path, csv_text(*GOOD_ROWS))
    made.read()
    before = {path: path.read_bytes() for path in made.releases.rglob("*") if path.is_file()}
    again = publish(tmp_path, csv_text(*GOOD_ROWS, "E06000077,Nowhere,2021-22,1"))
    with pytest.raises(ReadError):
        again.read()
    assert {path: path.read_bytes() for path in made.releases.rglob("*") if path.is_file()} == before


def test_a_release_that_is_no_longer_declared_is_removed(tmp_path: Path) -> None:
    publish(tmp_path, csv_text(*GOOD_ROWS)).read()
    renamed = publish(tmp_path, csv_text(*GOOD_ROWS), builder.put(builder.SOURCE, "releases", 0, "id", value="2024-03"))
    renamed.read()
    assert renamed.written() == ["2024-03.parquet", "MANIFEST.json"]


def two_releases(*ids: str) -> builder.Edit:
    """Let the source have two releases of the same file; a test then changes what the second one reads."""

    def edit(files: builder.Files) -> None:
        first = files[builder.SOURCE]["releases"][0]
        files[builder.SOURCE]["releases"] = [
            {**first, "id": name, "tables": [csv_table(series=[{"id": "recycling-rate", "column": column}])]}
            for name, column in zip(("2024-02", "2024-03"), ids, strict=True)
        ]

    return edit


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        ("Same", None),
        (
            "Fewer",
            "recycling-rate has figures for 1 authorities in the period from 2021-04-01, but the release 2024-02 has 2",
        ),
        ("Fraction", "The median of recycling-rate is 0.4025 but was 40.25 in the release 2024-02"),
    ],
)
def test_a_release_is_held_beside_the_last_one(tmp_path: Path, column: str, sentence: str | None) -> None:
    text = csv_text(
        "E06000002,Westbay,2021-22,40.5,40.5,40.5,0.405",
        "E06000001,New Northshire,2021-22,40,40,,0.40",
        headings=HEADINGS + ",Same,Fewer,Fraction",
    )
    made = publish(tmp_path, text, two_releases("Rate", column))
    if sentence is None:
        assert [read.release for read in made.read()] == ["2024-02", "2024-03"]
        return
    with pytest.raises(CheckError) as caught:
        made.read()
    assert sentence in str(caught.value)
    assert made.written() == []


def test_an_unknown_source_gets_a_suggestion(tmp_path: Path) -> None:
    made = publish(tmp_path, csv_text(*GOOD_ROWS))
    with pytest.raises(UnknownName, match=r"no source 'waste-return'.*waste-returns"):
        read_sources(made.catalogue, ["waste-return"], made.files, made.releases)
    for named in (["waste-returns"], [], None):
        assert [definition.source.id for definition in chosen_sources(made.catalogue, named)] == ["waste-returns"]


def test_progress_says_what_is_read(tmp_path: Path) -> None:
    made = publish(tmp_path, csv_text(*GOOD_ROWS))
    said: list[tuple[str, int, int | None]] = []
    read_sources(made.catalogue, None, made.files, made.releases, lambda *words: said.append(words))
    assert said == [("Reading waste-returns 2024-02", 0, 1), ("Reading waste-returns 2024-02", 1, 1)]
