"""A ledger: every vintage of one metric or operand series, as columns; what derived metrics are worked out from."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from moothall.store.panel import STATUSES

_FIRST_DAY = date(1970, 1, 1)

_CODES = ", ".join(f"'{status}'" for status in STATUSES)

_ROWS = f"""
SELECT rowid AS ids, coalesce(authority, area_code) AS owners, (period_start - DATE '{_FIRST_DAY}')::BIGINT AS starts,
    (known_on - DATE '{_FIRST_DAY}')::BIGINT AS known, value AS "values",
    (list_position([{_CODES}], status) - 1)::UTINYINT AS statuses, reason AS reasons, in_lifetime
FROM joined WHERE metric = $key AND breakdown = '' ORDER BY period_start, vintage, in_lifetime
"""


@dataclass(frozen=True)
class Ledger:
    """Rows in the order of period, then vintage. ``owners`` are authority codes, or area codes of larger areas.

    ``starts`` and ``known`` are ``day_number``s (the period's first day; the last day on which the release can have
    come out). ``values`` is NaN where ``reasons`` says why; ``ids`` name the rows within the build in hand.
    """

    ids: NDArray[np.int64]
    owners: NDArray[np.object_]
    starts: NDArray[np.int64]
    known: NDArray[np.int64]
    values: NDArray[np.float64]
    statuses: NDArray[np.uint8]
    reasons: NDArray[np.object_]
    in_lifetime: NDArray[np.bool_]


def load_ledger(connection: duckdb.DuckDBPyConnection, key: str) -> Ledger:
    """Read all vintages of ``key`` from a build that is being written."""
    columns = connection.execute(_ROWS, {"key": key}).fetchnumpy()
    return Ledger(**{name: _filled(name, column) for name, column in columns.items()})


def _filled(name: str, column: Any) -> Any:
    if not isinstance(column, np.ma.MaskedArray):
        return column
    return column.filled(np.nan if name == "values" else None)


def day_number(day: date) -> int:
    """A day as ledgers count them."""
    return (day - _FIRST_DAY).days


def numbered_day(number: int) -> date:
    """The day that ``day_number`` made a number of."""
    return _FIRST_DAY + timedelta(days=number)
