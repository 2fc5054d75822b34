"""Workbooks of every format written from plain rows: what a test changes in a publisher's file, it writes back so.

Each writer is the least that the format asks for. XLS is BIFF8 in a compound file of one stream.
"""

import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

Rows = Sequence[Sequence[Any]]
Sheets = Mapping[str, Rows]


def write_xlsx(path: Path, sheets: Sheets) -> None:
    book = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_numbers": False})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            for index, cell in enumerate(row):
                if isinstance(cell, float | int) and not isinstance(cell, bool):
                    sheet.write_number(number, index, cell)
                elif cell != "":
                    sheet.write_string(number, index, str(cell))
    book.close()


# ---------------------------------------------------------------- ODS

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def write_ods(path: Path, sheets: Sheets) -> None:
    tables = "".join(_ods_table(title, rows) for title, rows in sheets.items())
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f'<?xml version="1.0"?><office:document-content {_SPACES}>{body}</office:document-content>'
    manifest = f'<m:manifest xmlns:m="urn:x"><m:file-entry m:media-type="{_ODS_TYPE}"/></m:manifest>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", _ODS_TYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)


def _ods_table(title: str, rows: Rows) -> str:
    written = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    return f"<table:table table:name={quoteattr(title)}>{written}</table:table>"


def _ods_cell(cell: Any) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


# ---------------------------------------------------------------- XLS

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST_STREAM = 4096


def write_xls(path: Path, sheets: Sheets) -> None:
    path.write_bytes(_compound(_workbook(sheets)))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _beginning(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 1996, 0, 6))


def _workbook(sheets: Sheets) -> bytes:
    parts = [_beginning(0x0010) + b"".join(_xls_cells(rows)) + _record(0x000A, b"") for rows in sheets.values()]
    opening = _beginning(0x0005) + _record(0x0042, struct.pack("<H", 1200))
    names = [title.encode("utf-16-le") for title in sheets]
    length = len(opening) + sum(4 + 8 + len(name) for name in names) + 4
    starts = [length + sum(map(len, parts[:number])) for number in range(len(parts))]
    listed = b"".join(
        _record(0x0085, struct.pack("<IBBBB", start, 0, 0, len(name) // 2, 1) + name)
        for start, name in zip(starts, names, strict=True)
    )
    return opening + listed + _record(0x000A, b"") + b"".join(parts)


def _xls_cells(rows: Rows) -> Iterator[bytes]:
    for number, row in enumerate(rows):
        for index, cell in enumerate(row):
            place = struct.pack("<HHH", number, index, 0)
            if isinstance(cell, float | int) and not isinstance(cell, bool):
                yield _record(0x0203, place + struct.pack("<d", cell))
            elif cell != "":
                text = str(cell)[:4000]
                yield _record(0x0204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def _compound(stream: bytes) -> bytes:
    """A compound file with the one stream "Workbook": header, table of sectors, directory, the stream itself."""
    stream = stream.ljust(_SMALLEST_STREAM, b"\x00")
    sectors = -(-len(stream) // _SECTOR)
    tables = 1
    while tables * (_SECTOR // 4) < sectors + tables + 1:
        tables += 1
    chain = [_FAT] * tables + [_END] + [*range(tables + 2, tables + 1 + sectors), _END]
    chain += [_FREE] * (tables * (_SECTOR // 4) - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x003E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, _SMALLEST_STREAM, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, tables + 1, len(stream)) + bytes(256)
    return header + struct.pack(f"<{len(chain)}I", *chain) + directory + stream.ljust(sectors * _SECTOR, b"\x00")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\x00").encode("utf-16-le")
    links = struct.pack("<III", _FREE, _FREE, child)
    rest = bytes(16) + bytes(4) + bytes(16) + struct.pack("<IQ", start, size)
    return text.ljust(64, b"\x00") + struct.pack("<HBB", len(text), kind, 1) + links + rest


WRITERS: dict[str, Callable[[Path, Sheets], None]] = {".xlsx": write_xlsx, ".ods": write_ods, ".xls": write_xls}
"""How a workbook is written, by the ending of its name."""


def plain(cell: Any) -> Any:
    """A cell as the writers take it: numbers as they are, days and times as text."""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else cell
