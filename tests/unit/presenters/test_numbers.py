"""Numbers as pages write them."""

import pytest

from moothall.domain.unit import UNITS
from moothall.presenters.wording.numbers import (
    bytes_text,
    count_text,
    exact_value_text,
    limits_text,
    metric_value_text,
    middle_text,
    number_text,
    ordinal_text,
    short_value_text,
    value_text,
)
from tests.support.store_builder import make_metric


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (38.2, 1, "38.2"),
        (1234567.891, 2, "1,234,567.89"),
        (-3, 1, "\u22123.0"),
        (-0.04, 1, "0.0"),
        (-0.0, 0, "0"),
        (999.96, 1, "1,000.0"),
    ],
)
def test_number(value: float, decimals: int, text: str) -> None:
    assert number_text(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (38.2, "percent", 1, "38.2%"),
        (492.95, "kg-per-household", 2, "492.95 kg per household"),
        (1234.4, "gbp", 0, "£1,234"),
        (-1234.4, "gbp", 0, "\u2212£1,234"),
        (5.25, "gbp-million", 2, "£5.25 million"),
        (15.2, "gbp-per-hour", 2, "£15.20 an hour"),
        (-2.5, "percentage-points", 1, "\u22122.5 percentage points"),
        (0.413, "score-0-to-1", 3, "0.413"),
        (7.4, "score-0-to-12", 1, "7.4 out of 12"),
        (8.3, "ratio", 1, "8.3 times"),
        (2019.79, "date-as-year", 2, "October 2019"),
        (2019.7863, "date-as-year", 2, "October 2019"),
        (2020.0, "date-as-year", 2, "January 2020"),
        (2020.9999, "date-as-year", 2, "December 2020"),
        (1, "yes-or-no", 0, "yes"),
        (0, "yes-or-no", 0, "no"),
        (0.5, "yes-or-no", 1, "0.5"),
        (2, "grade-1-to-4", 0, "2 of 4"),
        (-12.34, "signed-percent", 1, "\u221212.3%"),
        (146.2, "signed-percent", 1, "146.2%"),
        (46.59, "points", 1, "46.6 points"),
        (-0.07, "points", 2, "\u22120.07 points"),
        (18.593, "index-score", 1, "18.6"),
        (1_283_816_000, "gbp", 0, "£1,283,816,000"),
        (-2_757_000, "gbp", 0, "\u2212£2,757,000"),
    ],
)
def test_value_with_its_unit(value: float, unit: str, decimals: int, text: str) -> None:
    assert value_text(value, UNITS[unit], decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1_283_816_000, 0, "£1,284 million"),
        (87_760_000, 0, "£87.8 million"),
        (1_000_000, 0, "£1.00 million"),
        (999_999, 0, "£999,999"),
        (-2_757_000, 0, "\u2212£2.76 million"),
        (-237_788_000, 0, "\u2212£238 million"),
        (1_740.5, 2, "£1,740.50"),
    ],
)
def test_sentences_shorten_large_amounts_and_tables_do_not(value: float, decimals: int, text: str) -> None:
    pounds = make_metric(unit=UNITS["gbp"], decimals=decimals)
    assert metric_value_text(value, pounds) == middle_text(value, pounds) == text
    assert short_value_text(value, pounds.unit, decimals) == text
    assert exact_value_text(value, pounds) == value_text(value, pounds.unit, decimals)


def test_short_value_keeps_only_the_tight_part_of_the_unit() -> None:
    assert short_value_text(492.9, UNITS["kg-per-household"], 1) == "492.9"
    assert short_value_text(5.0, UNITS["gbp-million"], 1) == "£5.0"


@pytest.mark.parametrize(
    ("value", "text"),
    [(41.95, "41.95%"), (41.9, "41.9%"), (36.0, "36.0%"), (12.3456, "12.3%"), (0.05, "0.05%"), (-1.25, "\u22121.25%")],
)
def test_middle_figure_has_one_decimal_more_only_where_it_lies_halfway(value: float, text: str) -> None:
    assert middle_text(value, make_metric()) == text


def test_limits_name_the_unit_once() -> None:
    assert limits_text(36.1, 40.25, make_metric(unit=UNITS["kg-per-person"])) == "36.1 to 40.2 kg per person"
    assert limits_text(36.1, 40.3, make_metric()) == "36.1% to 40.3%"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (101, "101st"),
        (112, "112th"),
        (122, "122nd"),
        (1011, "1,011th"),
    ],
)
def test_ordinal(number: int, text: str) -> None:
    assert ordinal_text(number) == text


def test_counts_and_sizes() -> None:
    assert count_text(1, "council") == "1 council"
    assert count_text(1204, "council") == "1,204 councils"
    assert count_text(0, "authority", "authorities") == "0 authorities"
    assert [bytes_text(n) for n in (1, 812, 12_345, 1_233_432)] == ["1 byte", "812 bytes", "12 kB", "1.2 MB"]
