"""Where a workbook's sheet holds #REF!, #N/A and their like, which calamine returns as blank cells."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import xlrd
from lxml import etree

from moothall.pipeline.readers.ods_xml import ods_error_cells

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_ODS_SIGNS = (b'value-type="error"', b">#", b">Err:")
_XLSX_SIGN = b't="e"'


def error_cells(path: Path, sheet: str) -> Iterator[tuple[int, int, str]]:
    """Row (1 is the first), column (0 is the first) and text of every error cell of a sheet.

    XLSX and ODS are searched in their XML, the old XLS format through xlrd.
    """
    if not zipfile.is_zipfile(path):
        yield from _xls_error_cells(path, sheet)
        return
    with zipfile.ZipFile(path) as archive:
        if "content.xml" in archive.namelist():
            content = archive.read("content.xml")
            found = ods_error_cells(path, sheet) if any(sign in content for sign in _ODS_SIGNS) else iter(())
        else:
            found = _xlsx_error_cells(archive, sheet)
        yield from found


def _xls_error_cells(path: Path, sheet: str) -> Iterator[tuple[int, int, str]]:
    with xlrd.open_workbook(path, on_demand=True) as book:
        rows = book.sheet_by_name(sheet)
        for row in range(rows.nrows):
            for column, kind in enumerate(rows.row_types(row)):
                if kind == xlrd.XL_CELL_ERROR:
                    yield row + 1, column, xlrd.error_text_from_code[rows.cell_value(row, column)]


def _xlsx_error_cells(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[int, int, str]]:
    part = _xlsx_part(archive, sheet)
    content = archive.read(part) if part else b""
    if _XLSX_SIGN not in content:
        return
    for cell in etree.fromstring(content, etree.XMLParser(huge_tree=True)).iter(f"{_MAIN}c"):
        match = _REFERENCE.fullmatch(cell.get("r", ""))
        if cell.get("t") == "e" and match:
            yield int(match[2]), _column_index(match[1]), cell.findtext(f"{_MAIN}v") or "#N/A"


def _xlsx_part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The part of an XLSX file that holds a sheet, found through the workbook's relations."""
    book = etree.fromstring(archive.read("xl/workbook.xml"))
    relation = next((s.get(_RELATION) for s in book.iter(f"{_MAIN}sheet") if s.get("name") == sheet), None)
    for entry in etree.fromstring(archive.read("xl/_rels/workbook.xml.rels")):
        if entry.get("Id") == relation:
            return posixpath.normpath(posixpath.join("xl", entry.get("Target", ""))).lstrip("/")
    return None


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
