"""How a source is read, as its YAML states it: templates, columns, periods, areas, sums; a sentence for each fault."""

from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue import Catalogue, load_catalogue
from moothall.catalogue.bundle import dump, load
from moothall.catalogue.patterns import matches
from moothall.errors import CatalogueError
from tests.support.catalogue_builder import (
    SOURCE,
    UNITARY,
    Edit,
    drop,
    each,
    put,
    table,
    tiny_catalogue,
    write_catalogue,
)

TABLE = ("releases", 0, "tables", 0)
SERIES = (*TABLE, "series", 0)


def loaded(edit: Edit, folder: Path) -> Catalogue:
    files = tiny_catalogue()
    edit(files)
    return load_catalogue(write_catalogue(folder, files))


def faults(edit: Edit, folder: Path) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as caught:
        loaded(edit, folder)
    return caught.value.problems


# --- templates -----------------------------------------------------------------------------------------------------


def from_template(with_: dict[str, Any] | None = None, **changes: Any) -> Edit:
    """The one release takes its tables from a template; ``changes`` are keys of the template's table."""
    described = {**table(), "file": "{file}", "area_name": "Name {year}", **changes}
    given = {"year": "2021-22"} if with_ is None else with_
    return each(
        put(SOURCE, "templates", value={"yearly": {"tables": [described]}}),
        drop(SOURCE, "releases", 0, "tables"),
        put(SOURCE, "releases", 0, "template", value="yearly"),
        put(SOURCE, "releases", 0, "with", value=given),
    )


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("Rate {year}", "Rate 2021-22"),
        ("{year}{release}", "2021-222024-02"),
        (r"~^\d{4}-{year}", r"~^\d{4}-2021-22"),
        ("{{year}}", "{year}"),
        ("{YEAR} {}", "{YEAR} {}"),
    ],
)
def test_a_template_is_filled(tmp_path: Path, written: str, filled: str) -> None:
    series = [{"id": "recycling-rate", "column": written, "where": {"{year}": "{release}"}}]
    catalogue = loaded(
        from_template(series=series, header_row="{row}", with_={"year": "2021-22", "row": "7"}), tmp_path
    )
    (release,) = catalogue.sources["waste-returns"].releases
    (read,) = release.tables
    assert (read.series[0].column, dict(read.series[0].where)) == (filled, {"2021-22": ("2024-02",)})
    assert (read.file, read.area_name, read.header_row) == ("returns.csv", "Name 2021-22", 7)


def test_a_release_may_have_tables_beside_its_template(tmp_path: Path) -> None:
    own = put(SOURCE, "releases", 0, "tables", value=[{**table(), "id": "own"}])
    catalogue = loaded(each(from_template(), own), tmp_path)
    assert [read.id for read in catalogue.sources["waste-returns"].releases[0].tables] == ["own", "rates"]
    assert load(dump(catalogue)) == catalogue


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (
            put(SOURCE, "releases", 0, "template", value="yearly"),
            'release 2024-02 names the template "yearly", which is not there; add it under templates',
        ),
        (
            each(from_template(), put(SOURCE, "releases", 0, "template", value="yerly")),
            'release 2024-02 names the template "yerly", which is not there; did you mean "yearly"?',
        ),
        (
            from_template({}),
            "the template yearly needs {year}, which with of release 2024-02 lacks; add it",
        ),
        (
            from_template({"year": "2021-22", "sheet": "x"}),
            "with of release 2024-02 gives sheet, which the template yearly does not use; take it out",
        ),
        (
            put(SOURCE, "releases", 0, "with", value={"year": "2021-22"}),
            "with of release 2024-02 fills a template, but none is named; add template",
        ),
        (drop(SOURCE, "releases", 0, "tables"), "release 2024-02 has no tables; add tables, or name a template"),
        (
            put(SOURCE, "templates", value={"idle": {"tables": [table()]}}),
            'no release names the template "idle"; use it or take it out',
        ),
        (
            from_template(reader="pdf"),
            'releases.tables.reader "pdf" is not known; use one of csv, json, workbook or parquet',
        ),
    ],
)
def test_a_template_at_fault_gives_its_sentence(tmp_path: Path, edit: Edit, words: str) -> None:
    assert faults(edit, tmp_path)[0].split(": ", 1)[1] == words


# --- tables --------------------------------------------------------------------------------------------------------

TABLE_FAULTS: list[tuple[Edit, str]] = [
    (
        put(SOURCE, *SERIES, "column", value="~Rate ("),
        '"~Rate (" is not a regular expression (missing ), unterminated subpattern at position 5); '
        "mend what follows the ~",
    ),
    (
        put(SOURCE, *TABLE, "skip", 0, "where", value={"Kind": "~["}),
        '"~[" is not a regular expression (unterminated character set at position 0); mend what follows the ~',
    ),
    (
        put(SOURCE, *SERIES, "column", value="@AB"),
        'column "@AB" of recycling-rate needs heading: the text that must stand there; add it',
    ),
    (
        put(SOURCE, *TABLE, "area_code", value="@B"),
        '"@B" does not say what must stand over the column; write "@B=" and the heading',
    ),
    (
        put(SOURCE, *SERIES, "heading", value="Rate"),
        'heading of recycling-rate goes with column "@AB" or "*" only; take it out',
    ),
    (
        put(SOURCE, *SERIES, "column", value="*"),
        'the periods of table "rates" run down, so for recycling-rate name its column, or write period.heading',
    ),
    (
        put(SOURCE, *TABLE, "period", value={"heading": r"~(\d+)", "kind": "financial-year", "format": "year"}),
        'the periods of table "rates" run across, so for recycling-rate write column: "*"',
    ),
    (
        put(SOURCE, *TABLE, "period", value={"heading": "2021", "kind": "financial-year", "format": "year"}),
        r'period.heading must be a pattern with a group around the period, as "~^(\d{4}-\d\d)$"',
    ),
    (
        put(SOURCE, *SERIES, "lower", value="Low"),
        'lower of recycling-rate cannot go with column "*", which is many; take it out',
    ),
    (
        each(put(SOURCE, *TABLE, "header_row", value=2), put(SOURCE, *TABLE, "header_find", value="Code")),
        'table "rates" says twice where its headings stand (header_row and header_find); keep one',
    ),
    (
        put(SOURCE, *TABLE, "header_rows_above", value=1),
        'header_rows_above of table "rates" goes with header_find only; take it out',
    ),
    (
        put(SOURCE, *TABLE, "header_rows", value=[3, 2]),
        'header_rows of table "rates" are not in the order of the file; write the upper first',
    ),
    (
        put(SOURCE, *TABLE, "area_kind", value="onscode"),
        'releases.tables.area_kind "onscode" is not known; did you mean "ecode"? (allowed: gss, ecode, dfe, name)',
    ),
    (
        put(SOURCE, *TABLE, "period_statuses", value=[{"periods": "2021-22", "status": "suppressed"}]),
        'status "suppressed" means no figure; use provisional, revised, estimated or final',
    ),
    (
        put(SOURCE, *TABLE, "parts", value=[{"whole": "recycling-rate", "parts": ["recycled"]}]),
        'parts names the series "recycled", which release 2024-02 lacks; did you mean "recycling-rate"?',
    ),
    (
        put(SOURCE, *TABLE, "england", value={"sum_of": ["unitary"], "series": ["waste"]}),
        'england names the series "waste", which release 2024-02 lacks; use recycling-rate',
    ),
    (
        put(SOURCE, "area_names", value={"Westbay UA": "WBX"}),
        'area_names leads "Westbay UA" to "WBX", which is no authority; did you mean "WBY"? '
        "(allowed: ALD, NNS, NSH, WBY, E12000001, E92000001)",
    ),
    (
        put(UNITARY, "authorities", 0, "dfe_code", value="81"),
        'dfe_code "81" is not well formed; write the three digits of the Department for Education\'s number, in quotes',
    ),
    (
        each(
            put(UNITARY, "authorities", 0, "ecode", value="E0101"),
            put(UNITARY, "authorities", 1, "ecode", value="E0101"),
        ),
        'ecode "E0101" is that of NNS, which acted on the same days; mend one',
    ),
]


@pytest.mark.parametrize(("edit", "words"), TABLE_FAULTS, ids=[words[:50] for _, words in TABLE_FAULTS])
def test_a_table_at_fault_gives_its_sentence(tmp_path: Path, edit: Edit, words: str) -> None:
    if words.startswith("lower of"):
        edit = each(edit, put(SOURCE, *SERIES, "column", value="*"))
    (fault, *_) = faults(edit, tmp_path)
    assert fault.split(": ", 1)[1] == words


def test_a_successor_may_have_its_predecessors_number(tmp_path: Path) -> None:
    edit = each(
        put(UNITARY, "authorities", 0, "dfe_code", value="815"),
        put("authorities/county.yaml", "authorities", 0, "dfe_code", value="815"),
    )
    assert loaded(edit, tmp_path).authorities["NNS"].dfe_code == "815"


@pytest.mark.parametrize(
    ("wanted", "text", "fits"),
    [
        ("Rate", "Rate", True),
        ("Rate", "Rates", False),
        ("~Rate", "Rates", True),
        ("~^Rate$", "Rates", False),
        ("~", "~", True),
        ("~", "x", False),
        ("", "", True),
    ],
)
def test_a_text_is_the_same_or_fits_a_pattern(wanted: str, text: str, fits: bool) -> None:
    assert matches(wanted, text) is fits
