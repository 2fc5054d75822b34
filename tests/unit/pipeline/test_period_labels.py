"""Labels of periods as publishers write them."""

from datetime import date

import pytest

from moothall.catalogue.period_reading import PeriodLabels
from moothall.domain.period import Period, PeriodKind
from moothall.pipeline.period_labels import read_label, read_period


@pytest.mark.parametrize(
    ("text", "kind", "written", "start", "end"),
    [
        ("2014-15", PeriodKind.FINANCIAL_YEAR, "split-year", date(2014, 4, 1), date(2015, 3, 31)),
        ("2014/15", PeriodKind.FINANCIAL_YEAR, "split-year", date(2014, 4, 1), date(2015, 3, 31)),
        ("2014 - 2015", PeriodKind.FINANCIAL_YEAR, "split-year", date(2014, 4, 1), date(2015, 3, 31)),
        ("1999-00", PeriodKind.FINANCIAL_YEAR, "split-year", date(1999, 4, 1), date(2000, 3, 31)),
        ("2014-15", PeriodKind.ACADEMIC_YEAR, "split-year", date(2014, 9, 1), date(2015, 8, 31)),
        ("2023", PeriodKind.CALENDAR_YEAR, "year", date(2023, 1, 1), date(2023, 12, 31)),
        (" 2023 ", PeriodKind.MID_YEAR, "year", date(2023, 6, 30), date(2023, 6, 30)),
        ("2023-08-15", PeriodKind.POINT_IN_TIME, "iso", date(2023, 8, 15), date(2023, 8, 15)),
        ("2011-01-01/P3Y", PeriodKind.ROLLING_3_YEARS, "iso", date(2011, 1, 1), date(2013, 12, 31)),
        ("2025-07-01/P3M", PeriodKind.QUARTER, "iso", date(2025, 7, 1), date(2025, 9, 30)),
        ("201415", PeriodKind.ACADEMIC_YEAR, "split-year", date(2014, 9, 1), date(2015, 8, 31)),
        ("2014-16", PeriodKind.ROLLING_3_YEARS, "span", date(2014, 1, 1), date(2016, 12, 31)),
        ("2020-01-01/P5Y", PeriodKind.ROLLING_5_YEARS, "iso", date(2020, 1, 1), date(2024, 12, 31)),
        ("2020-24", PeriodKind.ROLLING_5_YEARS, "span", date(2020, 1, 1), date(2024, 12, 31)),
        ("1999 - 2001", PeriodKind.ROLLING_3_YEARS, "span", date(1999, 1, 1), date(2001, 12, 31)),
        ("2024-03-31", PeriodKind.POINT_IN_TIME, "date", date(2024, 3, 31), date(2024, 3, 31)),
        ("2024-03-31T00:00:00", PeriodKind.POINT_IN_TIME, "date", date(2024, 3, 31), date(2024, 3, 31)),
        ("31/03/2024", PeriodKind.POINT_IN_TIME, "date", date(2024, 3, 31), date(2024, 3, 31)),
        ("31 March 2024", PeriodKind.POINT_IN_TIME, "date", date(2024, 3, 31), date(2024, 3, 31)),
        ("45382", PeriodKind.POINT_IN_TIME, "date", date(2024, 3, 31), date(2024, 3, 31)),
        ("31/03/2024", PeriodKind.FINANCIAL_YEAR, "date", date(2023, 4, 1), date(2024, 3, 31)),
        ("01/04/2023", PeriodKind.FINANCIAL_YEAR, "date", date(2023, 4, 1), date(2024, 3, 31)),
        ("202503", PeriodKind.FINANCIAL_YEAR, "year-ending", date(2024, 4, 1), date(2025, 3, 31)),
        ("March 2025", PeriodKind.ROLLING_12_MONTHS, "year-ending", date(2024, 4, 1), date(2025, 3, 31)),
        ("2025-06", PeriodKind.ROLLING_12_MONTHS, "year-ending", date(2024, 7, 1), date(2025, 6, 30)),
        ("2025", PeriodKind.FINANCIAL_YEAR, "year-ending", date(2024, 4, 1), date(2025, 3, 31)),
        ("2025", PeriodKind.ACADEMIC_YEAR, "year-ending", date(2024, 9, 1), date(2025, 8, 31)),
        ("2025", PeriodKind.CALENDAR_YEAR, "year-ending", date(2025, 1, 1), date(2025, 12, 31)),
        ("202503", PeriodKind.QUARTER, "quarter-end", date(2025, 1, 1), date(2025, 3, 31)),
        ("2024-12", PeriodKind.QUARTER, "quarter-end", date(2024, 10, 1), date(2024, 12, 31)),
        ("Mar-24", PeriodKind.MONTH, "mon-yy", date(2024, 3, 1), date(2024, 3, 31)),
        ("Sept 2024", PeriodKind.MONTH, "mon-yy", date(2024, 9, 1), date(2024, 9, 30)),
        ("Feb-24", PeriodKind.POINT_IN_TIME, "mon-yy", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_label_is_a_period(text: str, kind: PeriodKind, written: str, start: date, end: date) -> None:
    assert read_period(text, kind, written) == Period(start, end, kind)


@pytest.mark.parametrize(
    ("text", "kind", "written", "reason"),
    [
        ("2014-16", PeriodKind.FINANCIAL_YEAR, "split-year", "does not end one year after it begins"),
        ("2014", PeriodKind.FINANCIAL_YEAR, "split-year", "not a year such as 2021-22"),
        ("2014-15 (rev)", PeriodKind.FINANCIAL_YEAR, "split-year", "not a year such as 2021-22"),
        ("", PeriodKind.FINANCIAL_YEAR, "split-year", "not a year such as 2021-22"),
        ("2014-15", PeriodKind.QUARTER, "split-year", "use format iso"),
        ("2023/24", PeriodKind.CALENDAR_YEAR, "year", "not a year such as 2023"),
        ("2023-01-01/P1M", PeriodKind.CALENDAR_YEAR, "iso", "covers 1 months"),
        ("yesterday", PeriodKind.POINT_IN_TIME, "iso", "not an ISO 8601 period"),
        ("20141", PeriodKind.FINANCIAL_YEAR, "split-year", "not a year such as 2021-22"),
        ("2014-15", PeriodKind.ROLLING_3_YEARS, "span", "does not name the first and the last year"),
        ("2014-16", PeriodKind.ROLLING_5_YEARS, "span", "does not name the first and the last year"),
        ("2014", PeriodKind.ROLLING_3_YEARS, "span", "not a span of years such as 2014-16"),
        ("31/02/2024", PeriodKind.POINT_IN_TIME, "date", "not a day such as 2024-03-31"),
        ("15/03/2024", PeriodKind.FINANCIAL_YEAR, "date", "neither the first nor the last day"),
        ("31/05/2024", PeriodKind.FINANCIAL_YEAR, "date", "not where a financial-year begins or ends"),
        ("202506", PeriodKind.FINANCIAL_YEAR, "year-ending", "not where a financial-year begins or ends"),
        ("202513", PeriodKind.ROLLING_12_MONTHS, "year-ending", "not a month such as 202503"),
        ("202502", PeriodKind.QUARTER, "quarter-end", "not where a quarter begins or ends"),
        ("Q1 2025", PeriodKind.QUARTER, "quarter-end", "not a month such as 202503"),
        ("Mch-24", PeriodKind.MONTH, "mon-yy", "not a month such as Mar-24"),
    ],
)
def test_another_label_says_why_not(text: str, kind: PeriodKind, written: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_period(text, kind, written)


LABELS = PeriodLabels.model_validate(
    {
        "kind": "financial-year",
        "format": "split-year",
        "drop": [" (Rev)", " (prov)"],
        "map": {"2013": "2012-13", "then": "2011-04-01/P1Y"},
    }
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("2014-15", "2014-15"),
        ("2014-15 (Rev)", "2014-15"),
        ("2013", "2012-13"),
        ("2013 (prov)", "2012-13"),
        ("then", "2011-12"),
    ],
)
def test_endings_are_dropped_and_labels_replaced(text: str, slug: str) -> None:
    assert read_label(text, LABELS).slug == slug


def test_an_undeclared_ending_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'2014-15 .r.' is not a year"):
        read_label("2014-15 (r)", LABELS)
