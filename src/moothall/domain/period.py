"""Periods: ISO 8601 intervals with a kind, written the way councils write them.

A period is a closed interval of whole days. Its kind says what sort of year or quarter it is, because
``2021-04-01/P1Y`` is the financial year "2021-22" and ``2021-09-01/P1Y`` is the academic year "2021-22".
"""

import re
from calendar import month_name, monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class PeriodKind(StrEnum):
    """What sort of interval a period is (GLOSSARY: period)."""

    CALENDAR_YEAR = "calendar-year"
    FINANCIAL_YEAR = "financial-year"
    ACADEMIC_YEAR = "academic-year"
    QUARTER = "quarter"
    MONTH = "month"
    ROLLING_12_MONTHS = "rolling-12-months"
    ROLLING_3_YEARS = "rolling-3-years"
    ROLLING_5_YEARS = "rolling-5-years"
    POINT_IN_TIME = "point-in-time"
    MID_YEAR = "mid-year"


MONTHS_LONG = {
    PeriodKind.CALENDAR_YEAR: 12,
    PeriodKind.FINANCIAL_YEAR: 12,
    PeriodKind.ACADEMIC_YEAR: 12,
    PeriodKind.QUARTER: 3,
    PeriodKind.MONTH: 1,
    PeriodKind.ROLLING_12_MONTHS: 12,
    PeriodKind.ROLLING_3_YEARS: 36,
    PeriodKind.ROLLING_5_YEARS: 60,
    PeriodKind.POINT_IN_TIME: 0,
    PeriodKind.MID_YEAR: 0,
}
"""How many months each kind covers; 0 is a single day."""

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:/P(\d+)([YM]))?")


def add_months(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the last day of a shorter month where that day does not exist."""
    month0 = day.month - 1 + months
    year, month = day.year + month0 // 12, month0 % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def day_text(day: date) -> str:
    """A date as pages write it: ``15 August 2023``."""
    return f"{day.day} {month_name[day.month]} {day.year}"


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A closed interval of whole days with a kind. Ordered by first day, then last day."""

    start: date
    end: date
    kind: PeriodKind

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def starting(cls, start: date, kind: PeriodKind) -> "Period":
        """The period of this kind that begins on ``start``."""
        months = MONTHS_LONG[kind]
        end = add_months(start, months) - timedelta(days=1) if months else start
        return cls(start, end, kind)

    @classmethod
    def from_iso(cls, text: str, kind: PeriodKind) -> "Period":
        """Read ``2021-04-01/P1Y`` or ``2023-08-15``; raise ValueError if its length is not the kind's."""
        match = _ISO.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not an ISO 8601 period such as 2021-04-01/P1Y")
        year, month, day, count, unit = match.groups()
        months = int(count or 0) * (12 if unit == "Y" else 1)
        if months != MONTHS_LONG[kind]:
            raise ValueError(f"{text!r} covers {months} months, but a {kind} covers {MONTHS_LONG[kind]}")
        return cls.starting(date(int(year), int(month), int(day)), kind)

    @property
    def iso(self) -> str:
        """The ISO 8601 interval: ``2021-04-01/P1Y``, or the day alone for a single day."""
        months = MONTHS_LONG[self.kind]
        if not months:
            return self.start.isoformat()
        length = f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"
        return f"{self.start.isoformat()}/{length}"

    @property
    def label(self) -> str:
        """The period in words for pages: ``2021-22``, ``2023``, ``July to September 2025``, ``2011 to 2013``."""
        return _LABELS[self.kind](self)

    @property
    def slug(self) -> str:
        """The period in addresses and on the command line: ``2021-22``, ``2025-07-to-2025-09``, ``2023-08-15``."""
        return _SLUGS.get(self.kind, _LABELS[self.kind])(self)

    def __str__(self) -> str:
        return self.label


def _split_year_label(period: Period) -> str:
    return f"{period.start.year}-{(period.start.year + 1) % 100:02d}"


def _quarter_label(period: Period) -> str:
    first, last = month_name[period.start.month], month_name[period.end.month]
    if period.start.year == period.end.year:
        return f"{first} to {last} {period.end.year}"
    return f"{first} {period.start.year} to {last} {period.end.year}"


def _years_label(period: Period) -> str:
    return f"{period.start.year} to {period.end.year}"


def _years_slug(period: Period) -> str:
    return f"{period.start.year}-to-{period.end.year}"


def _from_to(period: Period) -> str:
    return f"{period.start.isoformat()}-to-{period.end.isoformat()}"


_LABELS: dict[PeriodKind, Callable[[Period], str]] = {
    PeriodKind.CALENDAR_YEAR: lambda p: str(p.start.year),
    PeriodKind.FINANCIAL_YEAR: _split_year_label,
    PeriodKind.ACADEMIC_YEAR: _split_year_label,
    PeriodKind.QUARTER: _quarter_label,
    PeriodKind.MONTH: lambda p: f"{month_name[p.start.month]} {p.start.year}",
    PeriodKind.ROLLING_12_MONTHS: lambda p: f"year to {day_text(p.end)}",
    PeriodKind.ROLLING_3_YEARS: _years_label,
    PeriodKind.ROLLING_5_YEARS: _years_label,
    PeriodKind.POINT_IN_TIME: lambda p: day_text(p.start),
    PeriodKind.MID_YEAR: lambda p: f"mid-{p.start.year}",
}

_SLUGS: dict[PeriodKind, Callable[[Period], str]] = {
    PeriodKind.QUARTER: lambda p: f"{p.start:%Y-%m}-to-{p.end:%Y-%m}",
    PeriodKind.MONTH: lambda p: f"{p.start:%Y-%m}",
    PeriodKind.ROLLING_12_MONTHS: _from_to,
    PeriodKind.ROLLING_3_YEARS: _years_slug,
    PeriodKind.ROLLING_5_YEARS: _years_slug,
    PeriodKind.POINT_IN_TIME: lambda p: p.start.isoformat(),
}
