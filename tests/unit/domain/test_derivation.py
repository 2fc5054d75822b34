"""Which operands at which periods stand behind a derived figure."""

from datetime import date

import pytest

from moothall.domain.derivation import (
    Change,
    MetricRef,
    Ratio,
    SeriesRef,
    Side,
    Spell,
    links_of,
    months_between,
    periods_earlier,
)
from moothall.domain.period import Period, PeriodKind
from moothall.domain.words import Cadence

A, B = SeriesRef("spending", "debt"), MetricRef("population")


@pytest.mark.parametrize(
    ("start", "kind", "cadence", "count", "expected"),
    [
        ("2021-04-01", PeriodKind.FINANCIAL_YEAR, Cadence.CLOSED, 3, "2018-04-01"),
        ("2025-01-01", PeriodKind.QUARTER, Cadence.QUARTERLY, 1, "2024-10-01"),
        ("2025-01-01", PeriodKind.MONTH, Cadence.MONTHLY, 1, "2024-12-01"),
        ("2025-03-31", PeriodKind.POINT_IN_TIME, Cadence.YEARLY, 1, "2024-03-31"),
        ("2025-06-30", PeriodKind.POINT_IN_TIME, Cadence.QUARTERLY, 1, "2025-03-31"),
        ("2024-02-29", PeriodKind.POINT_IN_TIME, Cadence.YEARLY, 1, "2023-02-28"),
        ("2025-03-15", PeriodKind.POINT_IN_TIME, Cadence.QUARTERLY, 1, "2024-12-15"),
        ("2024-07-01", PeriodKind.ROLLING_12_MONTHS, Cadence.QUARTERLY, 1, "2024-04-01"),
        ("2020-01-01", PeriodKind.ROLLING_5_YEARS, Cadence.YEARLY, 1, "2019-01-01"),
        ("2024-06-30", PeriodKind.MID_YEAR, Cadence.YEARLY, 2, "2022-06-30"),
    ],
)
def test_an_earlier_period(start: str, kind: PeriodKind, cadence: Cadence, count: int, expected: str) -> None:
    period = Period.starting(date.fromisoformat(start), kind)
    found = periods_earlier(period, count, months_between(kind, cadence))
    assert (found.start.isoformat(), found.kind) == (expected, kind)


YEAR = Period.from_iso("2021-04-01/P1Y", PeriodKind.FINANCIAL_YEAR)


def test_a_change_links_two_periods() -> None:
    links = list(links_of(Change(A, 3), YEAR, Cadence.YEARLY, 5.0))
    assert [(link.role, link.operand.key, link.period.label) for link in links] == [
        ("later figure", "spending/debt", "2021-22"),
        ("earlier figure", "spending/debt", "2018-19"),
    ]


@pytest.mark.parametrize(("figure", "count"), [(None, 1), (0.0, 1), (1.0, 1), (4.0, 4)])
def test_a_spell_links_the_periods_that_it_counts(figure: float | None, count: int) -> None:
    links = list(links_of(Spell(A, Side.BELOW, 0), YEAR, Cadence.YEARLY, figure))
    assert [link.period.start.year for link in links] == [2021 - n for n in range(count)]


def test_only_a_denominator_may_lie_within() -> None:
    links = list(links_of(Ratio(A, B, 1000, denominator_within=True), YEAR, Cadence.YEARLY, None))
    assert [(link.role, link.operand.key, link.is_within) for link in links] == [
        ("numerator", "spending/debt", False),
        ("denominator", "population", True),
    ]
