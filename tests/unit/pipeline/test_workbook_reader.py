"""Workbooks of three formats become the same rows, and their hidden faults are found."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlwt
from python_calamine import CalamineError, CalamineWorkbook

from moothall.errors import ReadError
from moothall.pipeline.readers.ods_xml import ods_sheet_rows
from moothall.pipeline.readers.workbook import cell_text, read_workbook
from tests.unit.pipeline.making import workbook

ROWS = [["Table 1", "", ""], ["Code", "Recycling\nrate", ""], ["E06000002", 0.367, "x"], ["E06000001", 12.0, ""]]

ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="T">'
)
ODS_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def ods(path: Path, *rows: str, pretty: bool = False) -> Path:
    """A small ODS workbook with one sheet T; each row is the XML of its cells."""
    joint = "\n      " if pretty else ""
    body = joint.join(f"<table:table-row>{joint}{row}{joint}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        archive.writestr("content.xml", ODS_HEAD + joint + body + joint + ODS_TAIL)
    return path


def text_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def number_cell(number: str, shown: str) -> str:
    kind = f'office:value-type="float" office:value="{number}"'
    return f"<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>"


def test_an_xlsx_sheet_is_rows_from_its_headings_on(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"Notes": [["x"]], "T": ROWS})
    sheet = read_workbook(path, "book.xlsx", "T", header_row=2)
    assert [column.label for column in sheet.columns] == ["A (Code)", "B (Recycling rate)", "C"]
    assert [(row.number, list(row.cells)) for row in sheet.rows] == [
        (3, ["E06000002", "0.367", "x"]),
        (4, ["E06000001", "12", ""]),
    ]
    assert sheet.cell(3, sheet.columns[1]) == "book.xlsx, sheet T, cell B3 (Recycling rate)"


@pytest.mark.parametrize("pretty", [False, True])
def test_an_ods_sheet_is_the_same_rows_however_its_xml_is_set_out(tmp_path: Path, pretty: bool) -> None:
    repeated = '<table:table-cell table:number-columns-repeated="2"/>'
    path = ods(
        tmp_path / "book.ods",
        text_cell("Code") + text_cell("Rate") + text_cell("Note") + text_cell("Last"),
        text_cell("E06000002") + number_cell("0.367", "36.7%") + repeated,
        text_cell("E06000001") + number_cell("12", "12") + text_cell("two<text:s/>words") + text_cell("z"),
        pretty=pretty,
    )
    sheet = read_workbook(path, "book.ods", "T")
    assert [list(row.cells) for row in sheet.rows] == [
        ["E06000002", "0.367", "", ""],
        ["E06000001", "12", "two words", "z"],
    ]


def test_a_pretty_printed_ods_is_one_that_calamine_rejects(tmp_path: Path) -> None:
    path = ods(tmp_path / "book.ods", text_cell("Code"), text_cell("E06000002"), pretty=True)
    with pytest.raises(CalamineError):
        CalamineWorkbook.from_path(str(path)).get_sheet_by_name("T").to_python()
    assert ods_sheet_rows(path, "T") == [["Code"], ["E06000002"]]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [(2, r"cell B3 holds the error #REF!"), (1, r"cell B2 holds the error #REF!")],
)
def test_an_error_cell_stops_the_read_and_is_named(tmp_path: Path, row: int, sentence: str) -> None:
    rows = [list(cells) for cells in ROWS]
    rows[row][1] = "=Gone!A1"
    path = workbook(tmp_path / "book.xlsx", {"T": rows})
    with pytest.raises(ReadError, match=sentence):
        read_workbook(path, "book.xlsx", "T", header_row=2)


@pytest.mark.parametrize("where", ["in the table", "above it", "on another sheet"])
def test_an_error_cell_of_an_old_workbook_is_named_where_it_matters(tmp_path: Path, where: str) -> None:
    path = old_workbook(tmp_path / "book.xls", where)
    if where == "in the table":
        with pytest.raises(ReadError, match=r"book.xls, sheet T, cell B3 holds the error #REF!"):
            read_workbook(path, "book.xls", "T", header_row=2)
    else:
        assert read_workbook(path, "book.xls", "T", header_row=2).rows


def old_workbook(path: Path, where: str) -> Path:
    """The same rows in the old XLS format, with an error cell in one place."""
    book = xlwt.Workbook()
    sheet, other = book.add_sheet("T"), book.add_sheet("Other")
    row_of_error = {"in the table": 2, "above it": 0}.get(where)
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            if (row, column) == (row_of_error, 1):
                sheet.row(row).set_cell_error(column, "#REF!")
            else:
                sheet.write(row, column, cell)
    if where == "on another sheet":
        other.row(3).set_cell_error(1, "#REF!")
    book.save(str(path))
    return path


def test_an_error_cell_above_the_table_or_on_another_sheet_is_let_be(tmp_path: Path) -> None:
    rows = [["=Gone!A1", "", ""], *ROWS[1:]]
    path = workbook(tmp_path / "book.xlsx", {"Other": [["=Gone!A1"]], "T": rows})
    assert len(list(read_workbook(path, "book.xlsx", "T", header_row=2).rows)) == 2


@pytest.mark.parametrize(
    "kind",
    ['office:value-type="string" calcext:value-type="error"', 'table:formula="of:=Gone" office:value-type="string"'],
)
def test_an_error_cell_of_an_ods_is_named(tmp_path: Path, kind: str) -> None:
    cell = f"<table:table-cell {kind}><text:p>#N/A</text:p></table:table-cell>"
    path = ods(tmp_path / "book.ods", text_cell("Code") + text_cell("Rate"), text_cell("E06000002") + cell)
    with pytest.raises(ReadError, match=r"book.ods, sheet T, cell B2 holds the error #N/A"):
        read_workbook(path, "book.ods", "T")


def test_words_that_only_look_like_an_error_are_let_be(tmp_path: Path) -> None:
    path = ods(tmp_path / "book.ods", text_cell("Code") + text_cell("Rate"), text_cell("E06000002") + text_cell("#1"))
    assert [list(row.cells) for row in read_workbook(path, "book.ods", "T").rows] == [["E06000002", "#1"]]


@pytest.mark.parametrize("name", ["book.xlsx", "book.ods", "book.xls"])
@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda data: data[: len(data) // 2], "not a whole workbook"),
        (lambda _data: b"<!doctype html><title>Sorry</title>", "web page saved as a workbook"),
        (lambda _data: b"", "not a whole workbook"),
        (lambda _data: b"Code,Rate\n", "not a whole workbook"),
    ],
    ids=["truncated", "web page", "empty", "csv"],
)
def test_a_damaged_workbook_is_one_sentence(tmp_path: Path, name: str, damage: object, sentence: str) -> None:
    whole = workbook(tmp_path / "whole.xlsx", {"T": ROWS}).read_bytes()
    path = tmp_path / name
    path.write_bytes(damage(whole))  # type: ignore[operator]
    with pytest.raises(ReadError, match=sentence) as caught:
        read_workbook(path, name, "T")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("sheet", "header_row", "sentence"),
    [
        ("Tt", 2, "has no sheet Tt: did you mean T?"),
        ("Something else", 2, "has no sheet Something else: it has T."),
        ("T", 9, "has no headings in row 9"),
        ("T", 5, "has no headings in row 5"),
    ],
)
def test_a_wrong_description_is_one_sentence(tmp_path: Path, sheet: str, header_row: int, sentence: str) -> None:
    path = workbook(tmp_path / "book.xlsx", {"T": ROWS})
    with pytest.raises(ReadError) as caught:
        read_workbook(path, "book.xlsx", sheet, header_row)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("cell", "text"),
    [(346.0, "346"), (0.367, "0.367"), (0.1 + 0.2, "0.30000000000000004"), (7, "7"), ("x ", "x "), (True, "True"),
     (date(2023, 8, 15), "2023-08-15"), (-0.5, "-0.5")],
)  # fmt: skip
def test_a_cell_keeps_its_digits(cell: float | str | date, text: str) -> None:
    assert cell_text(cell) == text
