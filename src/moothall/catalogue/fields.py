"""The kinds of value that a definition may hold. Each arrives as text from YAML and leaves typed."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

OWN_WORDS = "own_words"
"""The type of an error whose message is already the whole clause that follows the line number."""

UNKNOWN_WORD = "unknown_word"
"""The type of an error about a word outside a closed list; its context holds the list as ``allowed``."""


class Entry(BaseModel):
    """A closed mapping: a key that is not declared is an error. Frozen once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def own_words(message: str) -> PydanticCustomError:
    """An error whose message stands in the sentence as it is."""
    return PydanticCustomError(OWN_WORDS, "{message}", {"message": message})


def _iso_day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
            return date.fromisoformat(str(value))
    except ValueError:
        pass
    raise PydanticCustomError("day", "not a day")


def _flag(value: Any) -> Any:
    words = {"true": True, "false": False, True: True, False: False}
    if isinstance(value, bool | str) and value in words:
        return words[value]
    raise PydanticCustomError(UNKNOWN_WORD, "not a flag", {"allowed": ["true", "false"]})


def word_of(words: Iterable[str]) -> AfterValidator:
    """A validator for a closed list that is not an enumeration (units, licences)."""
    allowed = list(words)

    def check(value: str) -> str:
        if value not in allowed:
            raise PydanticCustomError(UNKNOWN_WORD, "unknown", {"allowed": allowed})
        return value

    return AfterValidator(check)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Words for a reader; never empty."""

Heading = Annotated[str, StringConstraints(min_length=1)]
"""A publisher's own column heading, kept to the last space."""

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""Small letters, digits and single hyphens: safe in an address and as a file name."""

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+$")]
"""Capital letters and digits: authority codes, GSS codes, E-codes."""

Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
"""A web address."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A digest in 64 hexadecimal digits."""


def _stays_inside(value: str) -> str:
    parts = value.split("/")
    if "\\" in value or "" in parts or ".." in parts:
        raise PydanticCustomError("path", "not a path inside the folder")
    return value


RelativePath = Annotated[str, AfterValidator(_stays_inside)]
"""A path under the source's folder: never absolute, never upwards."""

Day = Annotated[date, BeforeValidator(_iso_day)]
"""A date written 2023-08-15."""

Flag = Annotated[bool, BeforeValidator(_flag)]
"""Exactly true or false."""

_PLAIN = {"type": ["string", "number", "boolean"]}

CellText = Annotated[str, WithJsonSchema(_PLAIN)]
"""The text of a cell, which in YAML may look like a number or a flag."""

CellTexts = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [_PLAIN, {"type": "array", "items": _PLAIN, "minItems": 1}]}),
]
"""One cell text or a list of them."""
