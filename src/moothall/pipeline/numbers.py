"""Numbers as publishers write them, read strictly: anything but a number and a declared mark is refused."""

import re
from collections.abc import Sequence
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def parse_number(text: str) -> Decimal | None:
    """The number that ``text`` is, digit for digit; None where it is anything else.

    Commas are allowed where they group thousands: ``1,234.5``, never ``12,34``.
    """
    plain = text.strip()
    return Decimal(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else None


def split_marks(text: str, marks: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The text without the declared footnote marks at its end, and those marks in the order they stood."""
    plain = text.strip()
    if not marks:
        return plain, ()
    found: list[str] = []
    while mark := next((mark for mark in marks if plain.endswith(mark) and plain != mark), None):
        found.insert(0, mark)
        plain = plain.removesuffix(mark).rstrip()
    return plain, tuple(found)


def scaled(number: Decimal, scale: float) -> float:
    """The number times its scale, worked out in decimal so that 0.367 times 100 is 36.7 and nothing else.

    Nought stays plain nought under a scale below zero, hence the sum with 0.0.
    """
    return float(number if scale == 1 else number * Decimal(str(scale))) + 0.0
