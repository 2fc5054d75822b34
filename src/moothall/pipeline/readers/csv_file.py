"""CSV files: headings, then one row a line, every row as long as the headings."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from moothall.errors import ReadError
from moothall.pipeline.readers.header_rows import HeaderRows, find_headings
from moothall.pipeline.readers.sheet import Row, Sheet, lettered_columns
from moothall.pipeline.sniff import SNIFFED_BYTES, looks_like_html

DEFAULT_ENCODING = "utf-8-sig"


def read_csv(path: Path, name: str, header_row: HeaderRows | int = 1, encoding: str | None = None) -> Sheet:
    """Read the CSV file at ``path``; ``name`` is what messages and provenance call it.

    Raises ReadError where the file is a web page, is in another encoding, or has no heading row.
    """
    content = path.read_bytes()
    if looks_like_html(content[:SNIFFED_BYTES]):
        raise ReadError(f"{name} is a web page saved as a CSV file: fetch the data file itself again.")
    text = _decode(content, name, encoding or DEFAULT_ENCODING)
    numbered = _numbered_rows(io.StringIO(text, newline=""), name)
    reach = header_row if isinstance(header_row, int) else header_row.reach
    first = list(islice(numbered, reach))
    remedy = "the file is empty or cut short; fetch it again"
    headings = find_headings(header_row, [cells for _, cells in first], name, remedy)
    below = chain(first[headings.last_row :], numbered)
    columns = lettered_columns(headings.texts)
    return Sheet(name, "", headings.last_row, columns, _full_rows(below, len(columns), name))


def _decode(content: bytes, name: str, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ReadError(
            f"{name}, row {line}: a character that is not {encoding}: "
            "name the file's encoding in the source's YAML (such as encoding: cp1252)."
        ) from error


def _numbered_rows(lines: Iterable[str], name: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines, strict=True), start=1):
            yield number, cells
    except csv.Error as error:
        raise ReadError(f"{name}, after row {number}: not well-formed CSV ({error}): fetch the file again.") from error


def _full_rows(numbered: Iterable[tuple[int, list[str]]], width: int, name: str) -> Iterator[Row]:
    for number, cells in numbered:
        if not cells:
            continue
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            raise ReadError(
                f"{name}, row {number} has {len(cells)} cells but there are {width} headings: "
                "the file is cut short or its columns are shifted; fetch it again."
            )
        yield Row(number, cells)
