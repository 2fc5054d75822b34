"""Rows that are asked for with every page and every save: Django writes the SQL of the question once, not each time.

Writing the SQL of a small question takes Django four times as long as the database takes to answer it.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Value = str | int

FIRST_MARK = 1_000_000_007
"""Marks stand for the values while the SQL is written. They are numbers, for every kind of column takes one."""


class OftenAsked(Generic[Row]):
    """A question with ``count`` values that finds one row or none. It is put as Django's queryset of those values."""

    def __init__(self, count: int, question: Callable[..., QuerySet[Row]]) -> None:
        self._marks = tuple(range(FIRST_MARK, FIRST_MARK + count))
        self._question = question
        self._written: dict[str, tuple[QuerySet[Row], str, tuple[Value, ...]]] = {}

    def find(self, *values: Value) -> Row | None:
        """The row for these values, in the order of the question's; None where there is none."""
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._write()
        rows, sql, params = self._written[connection.vendor]
        meant = dict(zip(map(str, self._marks), values, strict=True))
        return next(iter(rows.raw(sql, [meant.get(str(param), param) for param in params])), None)

    def _write(self) -> tuple[QuerySet[Row], str, tuple[Value, ...]]:
        asked = self._question(*self._marks)
        sql, params = asked.query.sql_with_params()
        return asked, sql, params
