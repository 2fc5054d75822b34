"""ODS read from its XML: for files that calamine rejects because their XML is pretty-printed."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

MOST_REPEATED = 2000
"""A row or cell repeated more often than this is the empty rest of the sheet."""

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def ods_sheet_names(path: Path) -> list[str]:
    """The names of the sheets; ValueError where the file is not an ODS workbook."""
    return [table.get(f"{_TABLE}name", "") for table in _content(path).iter(f"{_TABLE}table")]


def ods_sheet_rows(path: Path, sheet: str) -> list[list[str]]:
    """Every row of a sheet as text cells, all of one width; ValueError where the file is not an ODS workbook."""
    rows = [[_cell_text(cell) for cell in cells] for cells in _cells_by_row(_content(path), sheet)]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def ods_error_cells(path: Path, sheet: str) -> Iterator[tuple[int, int, str]]:
    """Row (1 is the first), column (0 is the first) and text of every error cell of a sheet."""
    for number, cells in enumerate(_cells_by_row(_content(path), sheet), start=1):
        for index, cell in enumerate(cells):
            if cell.get(f"{_CALC}value-type") == "error" or _shows_error(cell):
                yield number, index, _paragraphs(cell) or "#N/A"


def _shows_error(cell: etree._Element) -> bool:
    """True for a formula whose result is shown as an error by programs that write no calcext attribute."""
    return cell.get(f"{_TABLE}formula") is not None and _paragraphs(cell) in ERROR_TEXTS


ERROR_TEXTS = frozenset({"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "Err:502", "Err:508"})
"""What spreadsheet programs show in a cell whose formula failed."""


def _content(path: Path) -> etree._Element:
    try:
        with zipfile.ZipFile(path) as archive:
            parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
            return etree.fromstring(archive.read("content.xml"), parser)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from error


def _cells_by_row(content: etree._Element, sheet: str) -> Iterator[list[etree._Element]]:
    table = next(t for t in content.iter(f"{_TABLE}table") if t.get(f"{_TABLE}name") == sheet)
    for row in table.iter(f"{_TABLE}table-row"):
        cells = list(_repeated_cells(row))
        for _ in range(_repeats(row, "number-rows-repeated")):
            yield cells


def _repeated_cells(row: etree._Element) -> Iterator[etree._Element]:
    for cell in row.iterchildren(*_CELLS):
        for _ in range(_repeats(cell, "number-columns-repeated")):
            yield cell


def _repeats(element: etree._Element, attribute: str) -> int:
    count = int(element.get(f"{_TABLE}{attribute}", "1"))
    return count if count <= MOST_REPEATED else 0


def _cell_text(cell: etree._Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in ("float", "percentage", "currency"):
        number = float(cell.get(f"{_OFFICE}value", ""))
        return str(int(number)) if number.is_integer() else str(number)
    if kind == "date":
        return str(cell.get(f"{_OFFICE}date-value", ""))
    if kind == "boolean":
        return str(cell.get(f"{_OFFICE}boolean-value") == "true")
    return _paragraphs(cell)


def _paragraphs(cell: etree._Element) -> str:
    return "\n".join("".join(_pieces(paragraph)) for paragraph in cell.iterchildren(f"{_TEXT}p"))


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    yield paragraph.text or ""
    for child in paragraph.iterchildren("*"):
        if child.tag == f"{_TEXT}s":
            yield " " * int(child.get(f"{_TEXT}c", "1"))
        elif child.tag != f"{_OFFICE}annotation":
            yield from _pieces(child)
        yield child.tail or ""
