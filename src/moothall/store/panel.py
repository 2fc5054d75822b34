"""A panel: all the latest figures of one metric as a labelled array, authorities down and periods across."""

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

import duckdb
import numpy as np
from numpy.typing import NDArray

from moothall.domain.period import Period, PeriodKind
from moothall.domain.words import Status
from moothall.store.vintages import newest_rows

STATUSES = tuple(Status)
NO_ROW = 255
"""The status code of a place for which no release has a row at all."""

_ROWS = """
SELECT authority, period_start, period_kind, value, lower_95, upper_95, denominator, status, in_lifetime
FROM {newest} WHERE metric = $metric AND authority IS NOT NULL AND breakdown = ''
"""


@dataclass(frozen=True)
class Panel:
    """Figures of a metric: every array is [authority, period], NaN where there is no value.

    ``authorities`` are codes in order, ``periods`` ascend, ``statuses`` index ``STATUSES`` (``NO_ROW`` where no
    release has a row). ``in_lifetime`` is False where the publisher gives a figure for an area whose authority
    did not act on the last day of the period (METHODS 1: such figures are shown, never compared). ``denominators``
    are in units of their own, NaN where none is published or derived; None where nobody asked for them.
    """

    metric: str
    authorities: tuple[str, ...]
    periods: tuple[Period, ...]
    values: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    statuses: NDArray[np.uint8]
    in_lifetime: NDArray[np.bool_]
    denominators: NDArray[np.float64] | None = None

    @cached_property
    def index(self) -> dict[str, int]:
        """The row of each authority code."""
        return {code: row for row, code in enumerate(self.authorities)}

    @cached_property
    def period_index(self) -> dict[str, int]:
        """The column of each period's slug."""
        return {period.slug: column for column, period in enumerate(self.periods)}


def load_panel(connection: duckdb.DuckDBPyConnection, metric: str, day: date | None = None) -> Panel:
    """Read a metric's latest figures, or those known on a ``day``; an empty panel where there are none."""
    newest, parameters = newest_rows(day)
    rows = connection.execute(_ROWS.format(newest=newest), {"metric": metric, **parameters}).fetchall()
    authorities = tuple(sorted({row[0] for row in rows}))
    periods = tuple(sorted(_period(*start_and_kind) for start_and_kind in {row[1:3] for row in rows}))
    return _filled(metric, authorities, periods, rows)


@cache
def _period(start: date, kind: str) -> Period:
    return Period.starting(start, PeriodKind(kind))


def _filled(metric: str, authorities: tuple[str, ...], periods: tuple[Period, ...], rows: list[tuple]) -> Panel:  # type: ignore[type-arg]
    shape = (len(authorities), len(periods))
    values, lower, upper, denominators = (np.full(shape, np.nan) for _ in range(4))
    statuses = np.full(shape, NO_ROW, dtype=np.uint8)
    in_lifetime = np.zeros(shape, dtype=bool)
    down = {code: row for row, code in enumerate(authorities)}
    across = {(period.start, period.kind.value): column for column, period in enumerate(periods)}
    code_of = {status.value: code for code, status in enumerate(STATUSES)}
    for authority, start, kind, value, low, high, below, status, acting in rows:
        place = down[authority], across[start, kind]
        known = (np.nan if x is None else x for x in (value, low, high, below))
        values[place], lower[place], upper[place], denominators[place] = known
        statuses[place], in_lifetime[place] = code_of[status], acting
    return Panel(metric, authorities, periods, values, lower, upper, statuses, in_lifetime, denominators)
