"""Rows that every save writes: Django writes the SQL of the writing once, not each time. No signal is sent."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.db.models import Field, Model, Q
from django.db.models.sql import InsertQuery, UpdateQuery

Row = TypeVar("Row", bound=Model)


class OftenAdded(Generic[Row]):
    """Adds rows of a model as ``save`` adds a new one, but does not ask which key the row was given."""

    def __init__(self, model: type[Row]) -> None:
        self._model = model
        self._written: dict[str, str] = {}

    def add(self, row: Row) -> None:
        """Add a row that has no key yet. IntegrityError as from ``save``."""
        fields = [field for field in self._model._meta.concrete_fields if not field.primary_key]
        if connection.vendor not in self._written:
            query = InsertQuery(self._model)
            query.insert_values(fields, [row])
            [(self._written[connection.vendor], _)] = query.get_compiler(connection=connection).as_sql()
        _write(self._written[connection.vendor], _prepared(fields, row))


class OftenChanged(Generic[Row]):
    """Changes the named fields of a row, none of which may be None, as ``save(update_fields=names)`` does."""

    def __init__(self, model: type[Row], *names: str) -> None:
        self._model = model
        self._fields = [field for field in model._meta.concrete_fields if field.name in names]
        self._written: dict[str, str] = {}

    def change(self, row: Row) -> None:
        """Change the row with this row's key; ObjectDoesNotExist where there is none any more."""
        if connection.vendor not in self._written:
            query = UpdateQuery(self._model)
            query.add_q(Q(pk=row.pk))
            query.add_update_fields([(field, None, getattr(row, field.attname)) for field in self._fields])
            self._written[connection.vendor], _ = query.get_compiler(connection=connection).as_sql()
        if _write(self._written[connection.vendor], [*_prepared(self._fields, row), row.pk]) != 1:
            raise ObjectDoesNotExist(f"{row} is no longer there")


def _prepared(fields: Sequence[Field[Any, Any]], row: Model) -> list[Any]:
    """The values of a row as the database takes them."""
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


def _write(sql: str, params: list[Any]) -> int:
    """How many rows were written."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)
