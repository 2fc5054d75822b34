"""Numbers are read digit for digit, and nothing that only looks like one passes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.pipeline.numbers import parse_number, scaled, split_marks


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("12.30", "12.30"),
        ("-4.5", "-4.5"),
        ("+7", "7"),
        (".5", "0.5"),
        ("1,234", "1234"),
        ("12,345,678.9", "12345678.9"),
        ("1e-05", "0.00001"),
        ("  41.95 ", "41.95"),
        ("007", "7"),
    ],
)
def test_a_number_is_read(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", ":", "..", "[x]", "n/a", "NaN", "inf", "12.3 [note 4]", "12,34", "1,2345", ",123", "1,234,56",
        "12 3", "1.2.3", "12%", "£12", "1 234", "--5", "e5", "5e", "0x10", "1_000", "٣", "１２", "½", "12.", "TRUE",
    ],
)  # fmt: skip
def test_anything_else_is_not_a_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_thousands_commas_change_nothing(number: Decimal) -> None:
    assert parse_number(f"{number:,}") == parse_number(str(number)) == number


@pytest.mark.parametrize(
    ("text", "marks", "plain", "found"),
    [
        ("12.3*", ["*"], "12.3", ("*",)),
        ("12.3 * r", ["*", "r"], "12.3", ("*", "r")),
        ("12.3 [note 4]", ["[note 4]"], "12.3", ("[note 4]",)),
        ("12.3 [note 4]", ["*"], "12.3 [note 4]", ()),
        ("*", ["*"], "*", ()),
        ("12.3", [], "12.3", ()),
    ],
)
def test_only_declared_marks_are_taken_off(text: str, marks: list[str], plain: str, found: tuple[str, ...]) -> None:
    assert split_marks(text, marks) == (plain, found)


@pytest.mark.parametrize(
    ("text", "scale", "value"), [("0.367", 100, 36.7), ("0.29", 100, 29.0), ("1.1", 1, 1.1), ("5", 0.001, 0.005)]
)
def test_scaling_is_decimal(text: str, scale: float, value: float) -> None:
    assert scaled(Decimal(text), scale) == value


@given(st.integers(min_value=0, max_value=1000))
def test_a_published_fraction_becomes_the_percentage_that_its_digits_say(thousandths: int) -> None:
    text = f"0.{thousandths:03d}" if thousandths < 1000 else "1.000"
    assert scaled(Decimal(text), 100.0) == float(f"{thousandths // 10}.{thousandths % 10}")
