"""Rows that are asked for with every page and every save: Django writes the SQL of the question once, not each time.

Writing the SQL of a small question, and finding out how to read its answer, takes Django many times as long as the
database takes to answer it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Value = str | int
Converter = Callable[[Any, Any, Any], Any]

FIRST_MARK = 1_000_000_007
"""Marks stand for the values while the SQL is written. They are numbers, for every kind of column takes one."""


@dataclass(frozen=True, slots=True)
class Written(Generic[Row]):
    """A question as one database takes it.

    ``params`` holds what goes with the SQL; ``places`` says which of them are values, as (place, number of the value).
    ``read`` holds the columns that the database hands over otherwise than Python has them: (place, how, column).
    """

    model: type[Row]
    names: tuple[str, ...]
    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]
    read: tuple[tuple[int, Sequence[Converter], object], ...]

    def params_with(self, values: Sequence[Value]) -> list[Any]:
        """What goes with the SQL for these values."""
        params = list(self.params)
        for place, number in self.places:
            params[place] = values[number]
        return params

    def row_of(self, found: Sequence[Any]) -> Row:
        """The row as Django makes one of what the database hands over."""
        columns = list(found)
        for place, how, column in self.read:
            for convert in how:
                columns[place] = convert(columns[place], column, connection)
        return self.model.from_db(connection.alias, self.names, columns)


class OftenAsked(Generic[Row]):
    """A question with ``count`` values that finds one row or none. It is put as Django's queryset of those values."""

    def __init__(self, count: int, question: Callable[..., QuerySet[Row]]) -> None:
        self._marks = tuple(range(FIRST_MARK, FIRST_MARK + count))
        self._question = question
        self._written: dict[str, Written[Row]] = {}

    def find(self, *values: Value) -> Row | None:
        """The row for these values, in the order of the question's; None where there is none."""
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._write()
        written = self._written[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, written.params_with(values))
            found = cursor.fetchone()
        return None if found is None else written.row_of(found)

    def _write(self) -> Written[Row]:
        asked = self._question(*self._marks)
        compiler = asked.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        numbers = {str(mark): number for number, mark in enumerate(self._marks)}
        places = tuple((place, numbers[str(param)]) for place, param in enumerate(params) if str(param) in numbers)
        columns = [column for column, _, _ in compiler.select]
        names = tuple(column.target.attname for column in columns)
        converters = compiler.get_converters(columns)
        read = tuple((place, how, column) for place, (how, column) in converters.items())
        return Written(asked.model, names, sql, tuple(params), places, read)
