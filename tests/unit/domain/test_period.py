"""Periods: what they are called, in words and in addresses, and what is refused."""

from datetime import date

import pytest

from moothall.domain.period import MONTHS_LONG, Period, PeriodKind, add_months

NAMES = [
    # iso, kind, last day, label, slug
    ("2021-04-01/P1Y", "financial-year", "2022-03-31", "2021-22", "2021-22"),
    ("1999-04-01/P1Y", "financial-year", "2000-03-31", "1999-00", "1999-00"),
    ("2021-09-01/P1Y", "academic-year", "2022-08-31", "2021-22", "2021-22"),
    ("2023-01-01/P1Y", "calendar-year", "2023-12-31", "2023", "2023"),
    ("2025-07-01/P3M", "quarter", "2025-09-30", "July to September 2025", "2025-07-to-2025-09"),
    ("2025-11-01/P3M", "quarter", "2026-01-31", "November 2025 to January 2026", "2025-11-to-2026-01"),
    ("2024-02-01/P1M", "month", "2024-02-29", "February 2024", "2024-02"),
    (
        "2015-11-16/P1Y",
        "rolling-12-months",
        "2016-11-15",
        "year to 15 November 2016",
        "2015-11-16-to-2016-11-15",
    ),
    ("2011-01-01/P3Y", "rolling-3-years", "2013-12-31", "2011 to 2013", "2011-to-2013"),
    ("2020-01-01/P5Y", "rolling-5-years", "2024-12-31", "2020 to 2024", "2020-to-2024"),
    ("2023-08-15", "point-in-time", "2023-08-15", "15 August 2023", "2023-08-15"),
    ("2023-06-30", "mid-year", "2023-06-30", "mid-2023", "mid-2023"),
]


@pytest.mark.parametrize(("iso", "kind", "last", "label", "slug"), NAMES)
def test_names_of_a_period(iso: str, kind: str, last: str, label: str, slug: str) -> None:
    period = Period.from_iso(iso, PeriodKind(kind))
    assert (period.end.isoformat(), period.label, period.slug, period.iso) == (last, label, slug, iso)


def test_every_kind_has_a_length_and_a_name() -> None:
    assert set(MONTHS_LONG) == set(PeriodKind) == {PeriodKind(row[1]) for row in NAMES}


@pytest.mark.parametrize(
    ("iso", "kind", "sentence"),
    [
        ("2021-04-01/P3Y", "financial-year", "covers 36 months, but a financial-year covers 12"),
        ("2021-04-01", "financial-year", "covers 0 months"),
        ("2021-04", "financial-year", "is not an ISO 8601 period"),
        ("2021-22", "financial-year", "is not an ISO 8601 period"),
        ("2021-13-01/P1Y", "financial-year", "month must be in 1..12"),
    ],
)
def test_what_is_refused(iso: str, kind: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Period.from_iso(iso, PeriodKind(kind))


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2022, 4, 1), date(2022, 3, 31), PeriodKind.FINANCIAL_YEAR)


def test_periods_are_ordered_by_their_first_day() -> None:
    years = [Period.starting(date(y, 4, 1), PeriodKind.FINANCIAL_YEAR) for y in (2022, 2019, 2021)]
    assert [p.label for p in sorted(years)] == ["2019-20", "2021-22", "2022-23"]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2023-11-30", 3, "2024-02-29")],
)
def test_adding_months_stays_within_the_month(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months).isoformat() == expected
