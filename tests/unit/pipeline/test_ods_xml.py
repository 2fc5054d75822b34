"""The second way into an ODS workbook, and the two ways held against each other."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from moothall.pipeline.readers.ods_xml import ods_error_cells, ods_sheet_names, ods_sheet_rows
from moothall.pipeline.readers.workbook import cell_text
from tests.unit.pipeline.test_workbook_reader import number_cell, ods, text_cell

EMPTY = "<table:table-cell/>"


def typed_cell(kind: str, attribute: str, value: str) -> str:
    shown = "<text:p>x</text:p>"
    return f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}">{shown}</table:table-cell>'


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (text_cell("plain"), "plain"),
        (text_cell("two<text:s/>words"), "two words"),
        (text_cell('wide<text:s text:c="3"/>gap'), "wide   gap"),
        (text_cell("a <text:span>marked</text:span> word"), "a marked word"),
        (text_cell("above</text:p><text:p>below"), "above\nbelow"),
        (text_cell("kept<office:annotation><text:p>a remark</text:p></office:annotation>"), "kept"),
        (number_cell("12.50", "12.5"), "12.5"),
        (number_cell("12", "twelve"), "12"),
        (number_cell("0.367", "36.7%"), "0.367"),
        (typed_cell("percentage", "value", "0.5"), "0.5"),
        (typed_cell("currency", "value", "-3"), "-3"),
        (typed_cell("date", "date-value", "2024-03-31"), "2024-03-31"),
        (typed_cell("boolean", "boolean-value", "true"), "True"),
        ("<table:covered-table-cell/>", ""),
        (EMPTY, ""),
    ],
)
def test_a_cell_is_its_value_and_not_what_is_shown(tmp_path: Path, cell: str, text: str) -> None:
    path = ods(tmp_path / "book.ods", cell + text_cell("last"))
    assert ods_sheet_rows(path, "T") == [[text, "last"]]


def test_repeated_rows_and_cells_are_told_out_and_the_empty_rest_is_not(tmp_path: Path) -> None:
    path = tmp_path / "book.ods"
    ods(
        path,
        '<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>a</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="16382"/>',
    )
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode()
    repeated = content.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="2">').replace(
        "</table:table>",
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>',
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", repeated)
    assert ods_sheet_rows(path, "T") == [["a", "a"], ["a", "a"]]
    assert ods_sheet_names(path) == ["T"]


def test_error_cells_are_counted_from_the_first_row_and_column(tmp_path: Path) -> None:
    error = '<table:table-cell calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    path = ods(tmp_path / "book.ods", text_cell("Code"), text_cell("a") + EMPTY + error, error)
    assert list(ods_error_cells(path, "T")) == [(2, 2, "#DIV/0!"), (3, 0, "#DIV/0!")]


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_ods_is_a_value_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.ods"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r".+"):
        ods_sheet_names(path)


WORDS = st.text(alphabet="abcXYZ 0123456789.-", min_size=1, max_size=8).map(str.strip).filter(bool)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-9999, max_value=9999, places=2).map(str)
CELLS = st.one_of(WORDS.map(text_cell), NUMBERS.map(lambda number: number_cell(number, "shown")))


@settings(max_examples=30, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=6))
def test_both_ways_read_the_same_cells(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = ods(tmp_path_factory.mktemp("ods") / "book.ods", *("".join(row) for row in rows))
    by_calamine = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("T").to_python(skip_empty_area=False)
    assert ods_sheet_rows(path, "T") == [[cell_text(cell) for cell in row] for row in by_calamine]
