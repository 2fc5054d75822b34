"""When a metric's publisher means to bring out the next figures, as YAML states it."""

from calendar import monthrange
from datetime import date
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from moothall.catalogue.fields import Day, Entry, Text, own_words
from moothall.domain.metric import NextRelease

Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
"""A month written 2026-11."""


class NextReleaseEntry(Entry):
    """The ``month`` or the ``day`` that the publisher names, and which figures it ``brings`` where that is known."""

    month: Month | None = None
    day: Day | None = None
    brings: Text | None = None

    @model_validator(mode="after")
    def _has_one_time(self) -> Self:
        if (self.month is None) == (self.day is None):
            raise own_words("next_release needs a month (2026-11) or a day (2026-11-05); write one of the two")
        return self


def to_next_release(entry: NextReleaseEntry) -> NextRelease:
    """The announcement as a type of the domain; a month counts until its last day."""
    if entry.day:
        return NextRelease(entry.day, is_day=True, brings=entry.brings)
    year, month = map(int, (entry.month or "").split("-"))
    return NextRelease(date(year, month, monthrange(year, month)[1]), is_day=False, brings=entry.brings)
