"""Period labels as publishers write them, read into periods with a kind."""

import re
from calendar import month_abbr, month_name, monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta

from moothall.catalogue.period_reading import PeriodLabels
from moothall.domain.period import MONTHS_LONG, Period, PeriodKind, add_months

_SPLIT_YEAR = re.compile(r"(\d{4})\s?[-/–]?\s?(\d{2}|(?<=\D)\d{4})")
_SPAN = re.compile(r"(\d{4})\s?[-/–]\s?(\d{2}|\d{4})")
_YEAR = re.compile(r"\d{4}")
_MONTH_NUMBER = re.compile(r"(\d{4})-?(\d{2})(?:-\d{2})?")
_MONTH_NAME = re.compile(r"([A-Za-z]{3,9})[- ](\d{4}|\d{2})")
_ISO_PERIOD = re.compile(r"\d{4}-\d{2}-\d{2}(?:/P\d+[YM])?")
_SERIAL_DAY = re.compile(r"[2-6]\d{4}")

_SERIAL_START = date(1899, 12, 30)
"""The day before the first of a spreadsheet's counted days."""

_DAY_FORMATS = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%y")

_MONTHS = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}

_MONTHS["sept"] = 9

FIRST_DAYS = {
    PeriodKind.CALENDAR_YEAR: (1, 1),
    PeriodKind.FINANCIAL_YEAR: (4, 1),
    PeriodKind.ACADEMIC_YEAR: (9, 1),
    PeriodKind.MID_YEAR: (6, 30),
}
"""Month and day on which a year of each kind begins; mid-year is the single day of ONS population estimates."""

FIRST_MONTHS = {**{kind: (month,) for kind, (month, _) in FIRST_DAYS.items()}, PeriodKind.QUARTER: (1, 4, 7, 10)}
"""Months in which periods of a kind may begin; a kind that is not here may begin in any."""


def read_label(text: str, labels: PeriodLabels) -> Period:
    """The period that a label names, once declared endings are dropped and declared labels replaced.

    Raises ValueError with the reason where the label is not written as declared. A replacement may be ISO 8601.
    """
    plain = text.strip()
    for ending in labels.drop:
        plain = plain.removesuffix(ending).rstrip()
    renamed = labels.renamed.get(plain)
    if renamed is not None and _ISO_PERIOD.fullmatch(renamed):
        return Period.from_iso(renamed, labels.kind)
    return read_period(plain if renamed is None else renamed, labels.kind, labels.format)


def read_period(text: str, kind: PeriodKind, written: str) -> Period:
    """The period of this kind that a label names, by the way it is written (a word of PeriodFormat).

    Raises ValueError with the reason where the label is not written so.
    """
    return _READERS[written](text.strip(), kind)


def _split_year(text: str, kind: PeriodKind) -> Period:
    match = _SPLIT_YEAR.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a year such as 2021-22 or 2021/22")
    first = int(match[1])
    if int(match[2][-2:]) != (first + 1) % 100:
        raise ValueError(f"{text!r} does not end one year after it begins")
    return _starting(first, kind)


def _year(text: str, kind: PeriodKind) -> Period:
    if not _YEAR.fullmatch(text):
        raise ValueError(f"{text!r} is not a year such as 2023")
    return _starting(int(text), kind)


def _starting(year: int, kind: PeriodKind) -> Period:
    if kind not in FIRST_DAYS:
        raise ValueError(f"a year alone does not say when a {kind} begins: use format iso")
    month, day = FIRST_DAYS[kind]
    return Period.starting(date(year, month, day), kind)


def _span(text: str, kind: PeriodKind) -> Period:
    match = _SPAN.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a span of years such as 2014-16")
    first = int(match[1])
    years = MONTHS_LONG[kind] // 12
    if not years or int(match[2][-2:]) != (first + years - 1) % 100:
        raise ValueError(f"{text!r} does not name the first and the last year of a {kind}")
    return Period.starting(date(first, 1, 1), kind)


def _date(text: str, kind: PeriodKind) -> Period:
    """The day itself; for kinds that last, the period that begins on the first or ends on the last day of a month."""
    day = read_day(text)
    if not MONTHS_LONG[kind]:
        return Period(day, day, kind)
    if day.day == 1:
        return _checked(Period.starting(day, kind), text)
    if day.day == monthrange(day.year, day.month)[1]:
        return _ending(day.year, day.month, kind, text)
    raise ValueError(f"{text!r} is neither the first nor the last day of a {kind}")


def read_day(text: str) -> date:
    """A day as publishers write it: ISO 8601, day/month/year, in words, or counted as spreadsheets do.

    Raises ValueError where it is none.
    """
    if _SERIAL_DAY.fullmatch(text):
        return _SERIAL_START + timedelta(days=int(text))
    for written in _DAY_FORMATS:
        try:
            return datetime.strptime(text, written).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(f"{text!r} is not a day such as 2024-03-31, 31/03/2024 or 31 March 2024")


def _year_ending(text: str, kind: PeriodKind) -> Period:
    if _YEAR.fullmatch(text) and kind in FIRST_DAYS:
        return _starting(int(text) - (FIRST_DAYS[kind] > (1, 1) and MONTHS_LONG[kind] > 0), kind)
    return _ending(*_month(text, "202503 or March 2025"), kind, text)


def _quarter_end(text: str, kind: PeriodKind) -> Period:
    return _ending(*_month(text, "202503 or 2025-03"), kind, text)


def _month_and_year(text: str, kind: PeriodKind) -> Period:
    return _ending(*_month(text, "Mar-24"), kind, text)


def _month(text: str, example: str) -> tuple[int, int]:
    number = _MONTH_NUMBER.fullmatch(text)
    if number and 1 <= int(number[2]) <= 12:
        return int(number[1]), int(number[2])
    name = _MONTH_NAME.fullmatch(text)
    if name and name[1].lower() in _MONTHS:
        return int(name[2]) + (2000 if len(name[2]) == 2 else 0), _MONTHS[name[1].lower()]
    raise ValueError(f"{text!r} is not a month such as {example}")


def _ending(year: int, month: int, kind: PeriodKind, text: str) -> Period:
    """The period that ends with a month; for kinds of a single day, the last day of the month."""
    last = date(year, month, monthrange(year, month)[1])
    if not MONTHS_LONG[kind]:
        return Period(last, last, kind)
    first = add_months(date(year, month, 1), 1 - MONTHS_LONG[kind])
    return _checked(Period.starting(first, kind), text)


def _checked(period: Period, text: str) -> Period:
    if period.start.month not in FIRST_MONTHS.get(period.kind, range(1, 13)):
        raise ValueError(f"{text!r} is not where a {period.kind} begins or ends")
    return period


_READERS: dict[str, Callable[[str, PeriodKind], Period]] = {
    "split-year": _split_year,
    "year": _year,
    "iso": Period.from_iso,
    "span": _span,
    "date": _date,
    "year-ending": _year_ending,
    "quarter-end": _quarter_end,
    "mon-yy": _month_and_year,
}
