"""How a description names a column: its heading, a pattern, ``Heading#2``, or the letters over it with its heading."""

import re
from typing import Annotated

from pydantic import AfterValidator

from moothall.catalogue.fields import own_words
from moothall.catalogue.patterns import Wanted

EVERY = "*"
"""The columns over which the periods of a table stand."""

_LETTERS = re.compile(r"@([A-Z]{1,3})(?:=(.*))?", re.DOTALL)
_SECOND = re.compile(r"(.+)#([1-9]\d?)", re.DOTALL)


def letters_of(name: str) -> tuple[str, str | None] | None:
    """For ``@AB`` and ``@AB=Heading``: the letters and the heading that must stand there (None if not named)."""
    match = _LETTERS.fullmatch(name)
    return (match[1], match[2]) if match else None


def numbered(name: str) -> tuple[str, int] | None:
    """For ``Heading#2``: the heading and which of the columns of that heading is meant."""
    match = _SECOND.fullmatch(name)
    return (match[1], int(match[2])) if match else None


def _names_its_heading(name: str) -> str:
    found = letters_of(name)
    if found and found[1] is None:
        raise own_words(f'"{name}" does not say what must stand over the column; write "{name}=" and the heading')
    return name


ColumnName = Annotated[Wanted, AfterValidator(_names_its_heading)]
"""A column of a table; ``@B=`` is column B without a heading."""
