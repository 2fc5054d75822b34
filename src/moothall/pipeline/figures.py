"""From the text of a cell to a value or a reason: markers of missing figures, status codes and footnote marks."""

from calendar import isleap
from decimal import Decimal
from typing import NamedTuple

from moothall.catalogue.reading import MissingMarker, SeriesDefinition, StatusCode, TableDefinition, ValueFormat
from moothall.catalogue.spelling import list_words
from moothall.domain.words import Status
from moothall.errors import ReadError
from moothall.pipeline.numbers import parse_number, scaled, split_marks
from moothall.pipeline.period_labels import read_day
from moothall.pipeline.readers.sheet import Sheet
from moothall.pipeline.table import Candidate

SCALED = ("lower", "upper")
"""What stands beside a value in the value's own unit; numerator and denominator have units of their own."""


class Figure(NamedTuple):
    """A value xor a reason, with its status, and the numbers that go with it."""

    status: Status
    value: float | None
    reason: str | None
    note: str | None
    beside: dict[str, float | None]


def read_figure(candidate: Candidate, table: TableDefinition, sheet: Sheet, of_period: Status = Status.FINAL) -> Figure:
    """Read a candidate's cell; a figure has the status of its period unless a status column says otherwise.

    Raises ReadError, with the cell, for text that the description does not explain.
    """
    code = _status_code(candidate, table, sheet)
    plain, marks = split_marks(candidate.text, table.footnote_marks)
    note = _note(candidate.note, marks) if candidate.note or marks else None
    number = _number(plain, candidate.series, table)
    if number is None:
        missing = _missing(candidate, code, table, sheet)
        return Figure(missing.status, None, missing.reason, note, {})
    if code is not None and not code.status.has_value:
        raise ReadError(
            f"{_place(candidate, sheet)} holds {candidate.text!r} although its status {candidate.status!r} is declared "
            f"as {code.status}: correct statuses in the source's YAML, or ask the publisher."
        )
    status = code.status if code and code.status is not Status.FINAL else of_period
    beside = _read_beside(number, candidate, table, sheet)
    return Figure(status, scaled(number, candidate.series.scale), None, note, beside)


def _number(text: str, series: SeriesDefinition, table: TableDefinition) -> Decimal | None:
    """The number that a cell gives: as written, by the declared word for it, or as a date.

    None for a declared marker of a missing figure, even one that looks like a number (9999).
    """
    if text in table.missing:
        return None
    declared = series.values.get(text, table.values.get(text))
    if declared is not None:
        return Decimal(str(declared))
    if series.value_format is ValueFormat.DATE and text:
        return _year_of(text)
    return parse_number(text)


def _year_of(text: str) -> Decimal | None:
    """A date as its year with the part of the year gone by, to four decimals: 2019-10-15 is 2019.7863."""
    try:
        day = read_day(text)
    except ValueError:
        return None
    gone = Decimal(day.timetuple().tm_yday - 1) / (366 if isleap(day.year) else 365)
    return round(day.year + gone, 4)


def _status_code(candidate: Candidate, table: TableDefinition, sheet: Sheet) -> StatusCode | None:
    if table.statuses is None:
        return None
    codes = table.statuses.codes
    if candidate.status not in codes:
        raise ReadError(
            f"{sheet.place}, row {candidate.row} has the status {candidate.status!r}, which is not declared "
            f"(there are {list_words([repr(code) for code in codes], 'and')}): add it to statuses in the source's YAML."
        )
    return codes[candidate.status]


def _missing(candidate: Candidate, code: StatusCode | None, table: TableDefinition, sheet: Sheet) -> MissingMarker:
    """What the absence of a number means: the status column says so, else the marker in the cell."""
    marker = table.missing.get(candidate.text)
    if code is not None and code.reason is not None and (marker is not None or not candidate.text):
        return MissingMarker(status=code.status, reason=code.reason)
    if marker is not None:
        return marker
    shown = repr(candidate.text) if candidate.text else "nothing"
    raise ReadError(
        f"{_place(candidate, sheet)} holds {shown} where a number was expected: "
        "declare it under missing or footnote_marks in the source's YAML, or ask the publisher."
    )


def _read_beside(value: Decimal, candidate: Candidate, table: TableDefinition, sheet: Sheet) -> dict[str, float | None]:
    """What goes with a value, as floats; a margin of error becomes the limits, reckoned as the publisher wrote it."""
    numbers = {name: _beside(name, text, candidate, table, sheet) for name, text in candidate.beside.items()}
    margin = numbers.pop("margin", None)
    if margin is not None:
        numbers |= {"lower": value - margin, "upper": value + margin}
    scale = candidate.series.scale
    return {
        name: None if number is None else scaled(number, scale if name in SCALED else 1.0)
        for name, number in numbers.items()
    }


def _beside(name: str, text: str, candidate: Candidate, table: TableDefinition, sheet: Sheet) -> Decimal | None:
    plain, _ = split_marks(text, table.footnote_marks)
    number = parse_number(plain)
    if number is not None or not text or text in table.missing:
        return number
    raise ReadError(
        f"{sheet.place}, row {candidate.row}: the {name} of {candidate.series.id} is {text!r}, which is not a number: "
        "declare it under missing in the source's YAML, or ask the publisher."
    )


def _place(candidate: Candidate, sheet: Sheet) -> str:
    return sheet.cell(candidate.row, candidate.column)


def _note(published: str, marks: tuple[str, ...]) -> str | None:
    marked = f"marked {' '.join(marks)} by the publisher" if marks else ""
    return "; ".join(filter(None, (published, marked))) or None
