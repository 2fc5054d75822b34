"""Workbooks (XLS, XLSX, ODS) through calamine, with the two things it hides: error cells and pretty-printed ODS."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from moothall.catalogue.patterns import is_pattern, matches
from moothall.catalogue.spelling import list_words, nearest_word
from moothall.errors import ReadError
from moothall.pipeline.readers.error_cells import error_cells
from moothall.pipeline.readers.header_rows import HeaderRows, find_headings
from moothall.pipeline.readers.ods_xml import ods_sheet_names, ods_sheet_rows
from moothall.pipeline.readers.sheet import Row, Sheet, column_letter, lettered_columns
from moothall.pipeline.sniff import SNIFFED_BYTES, looks_like_html

Cell = int | float | str | bool | time | date | datetime | timedelta


def read_workbook(path: Path, name: str, sheet: str, header_row: HeaderRows | int = 1) -> Sheet:
    """Read one sheet of the workbook at ``path``, by name or pattern; messages call the file ``name``.

    Raises ReadError where the file is a web page or damaged, has no such sheet or no headings, or holds an error
    cell (#REF!, #N/A ...) in the headings or below them.
    """
    _refuse_web_page(path, name)
    title, rows = _sheet_rows(path, path.stat().st_mtime_ns, name, sheet)
    remedy = "correct header_row in the source's YAML"
    headings = find_headings(header_row, rows, f"{name}, sheet {title}", remedy)
    _refuse_error_cells(path, name, title, headings.last_row)
    return Sheet(name, title, headings.last_row, lettered_columns(headings.texts), _rows_below(rows, headings.last_row))


def _rows_below(rows: Sequence[list[str]], header_row: int) -> Iterator[Row]:
    for number, cells in enumerate(rows[header_row:], start=header_row + 1):
        yield Row(number, cells)


def _refuse_web_page(path: Path, name: str) -> None:
    with path.open("rb") as file:
        if looks_like_html(file.read(SNIFFED_BYTES)):
            raise ReadError(f"{name} is a web page saved as a workbook: fetch the data file itself again.")


def _refuse_error_cells(path: Path, name: str, sheet: str, header_row: int) -> None:
    for row, column, text in error_cells(path, sheet):
        if row >= header_row:
            raise ReadError(
                f"{name}, sheet {sheet}, cell {column_letter(column)}{row} holds the error {text}: "
                "the publisher's workbook is broken there; wait for a repaired one or tell the publisher."
            )


@lru_cache(maxsize=2)
def _sheet_rows(path: Path, changed: int, name: str, sheet: str) -> tuple[str, list[list[str]]]:
    """The title and the rows of a sheet, kept because many tables may be read from one."""
    try:
        workbook = _open(path, changed)
        title = _find_sheet(sheet, workbook.sheet_names, name)
        rows = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        if path.suffix.lower() == ".ods":
            return _ods_rows(path, name, sheet)
        raise _damaged(name, error) from error
    return title, [[cell_text(cell) for cell in row] for row in rows]


@lru_cache(maxsize=1)
def _open(path: Path, _changed: int) -> CalamineWorkbook:
    """The workbook, kept open for its other sheets; ``_changed`` is when the file was last written."""
    return CalamineWorkbook.from_path(str(path))


def _ods_rows(path: Path, name: str, sheet: str) -> tuple[str, list[list[str]]]:
    try:
        title = _find_sheet(sheet, ods_sheet_names(path), name)
        return title, ods_sheet_rows(path, title)
    except (OSError, ValueError) as error:
        raise _damaged(name, error) from error


def _damaged(name: str, error: Exception) -> ReadError:
    return ReadError(f"{name} is not a whole workbook ({error}): it is damaged or cut short; fetch it again.")


def _find_sheet(sheet: str, names: Sequence[str], file: str) -> str:
    found = [name for name in names if matches(sheet, name)]
    if len(found) == 1:
        return found[0]
    if is_pattern(sheet):
        fitting = f"{len(found)} sheets ({list_words(found, 'and')})" if found else "no sheet"
        raise ReadError(f"{file} has {fitting} that {sheet} fits: it has {list_words(names, 'and')}.")
    near = nearest_word(sheet, names)
    advice = f"did you mean {near}?" if near else f"it has {list_words(names, 'and')}."
    raise ReadError(f"{file} has no sheet {sheet}: {advice}")


def cell_text(cell: Cell) -> str:
    """A cell as text: whole numbers without a decimal point, dates as ISO 8601, the shortest digits that round-trip."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
