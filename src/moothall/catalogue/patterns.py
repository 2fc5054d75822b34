"""Texts that a description compares with a file: exactly, or as a regular expression after a tilde (``~^Table 1``)."""

import re
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

from moothall.catalogue.fields import CellText, CellTexts, Heading, own_words

SIGN = "~"
"""What a pattern begins with. A tilde alone is a publisher's marker, not a pattern."""


def is_pattern(wanted: str) -> bool:
    """True where the text is a regular expression."""
    return len(wanted) > 1 and wanted.startswith(SIGN)


def matches(wanted: str, text: str) -> bool:
    """True where ``text`` is what is wanted: the same, or found by the pattern anywhere in it."""
    return search(wanted, text) is not None if is_pattern(wanted) else wanted == text


def search(wanted: str, text: str) -> re.Match[str] | None:
    """Where a pattern is found in ``text``."""
    return _compiled(wanted).search(text)


@lru_cache(maxsize=4096)
def _compiled(wanted: str) -> re.Pattern[str]:
    return re.compile(wanted.removeprefix(SIGN))


def _compiles(wanted: str) -> str:
    if is_pattern(wanted):
        try:
            _compiled(wanted)
        except re.error as error:
            raise own_words(f'"{wanted}" is not a regular expression ({error}); mend what follows the ~') from error
    return wanted


def _all_compile(wanted: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_compiles, wanted))


def has_group(wanted: str) -> bool:
    """True where a pattern holds a group, which says what to take out of the text."""
    return is_pattern(wanted) and _compiled(wanted).groups > 0


Wanted = Annotated[Heading, AfterValidator(_compiles)]
"""A heading, a sheet's name or a cell: exact, or a pattern."""

WantedCell = Annotated[CellText, AfterValidator(_compiles)]
"""The text of a cell, which may be empty, or a pattern."""

WantedCells = Annotated[CellTexts, AfterValidator(_all_compile)]
"""One such text or a list of them."""
