"""A panel: all the latest figures of one metric as a labelled array, authorities down and periods across."""

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from moothall.domain.order import codes_in, row_of_each
from moothall.domain.period import Period, PeriodKind
from moothall.domain.words import Status
from moothall.store.connection import give_back
from moothall.store.vintages import newest_rows

STATUSES = tuple(Status)
NO_ROW = 255
"""The status code of a place for which no release has a row at all."""

FIGURES = ("values", "lower", "upper", "numerators", "denominators")
"""The arrays of figures that a panel holds."""

_CODES = ", ".join(f"'{status}'" for status in STATUSES)

_ROWS = f"""
SELECT authority, period_start::VARCHAR AS start, period_kind AS kind, value AS "values", lower_95 AS lower,
    upper_95 AS upper, numerator AS numerators, denominator AS denominators,
    (list_position([{_CODES}], status) - 1)::UTINYINT AS statuses, in_lifetime
FROM {{newest}} WHERE metric = $metric AND authority IS NOT NULL AND breakdown = ''
"""

PANEL_TABLE = """
CREATE TABLE panel (
    metric VARCHAR PRIMARY KEY, authorities VARCHAR, starts VARCHAR, kinds VARCHAR, "values" BLOB, lower BLOB,
    upper BLOB, numerators BLOB, denominators BLOB, statuses BLOB, in_lifetime BLOB);
"""
"""The newest panel of each metric as it is held in memory: reading it is a copy of bytes. No bytes: no figure."""


PanelRow = tuple[Any, ...]


@dataclass(frozen=True)
class Panel:
    """Figures of a metric: every array is [authority, period], NaN where there is no value.

    ``authorities`` are codes in order, ``periods`` ascend, ``statuses`` index ``STATUSES`` (``NO_ROW`` where no
    release has a row). ``in_lifetime`` is False where the publisher gives a figure for an area whose authority
    did not act on the last day of the period (METHODS 1: such figures are shown, never compared). ``numerators``
    and ``denominators`` are in units of their own, NaN where none is published or derived; None: not asked for.
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
    numerators: NDArray[np.float64] | None = None

    @cached_property
    def index(self) -> dict[str, int]:
        """The row of each authority code."""
        return row_of_each(self.authorities)

    @cached_property
    def period_index(self) -> dict[str, int]:
        """The column of each period's slug."""
        return {period.slug: column for column, period in enumerate(self.periods)}


def load_panel(connection: duckdb.DuckDBPyConnection, metric: str, day: date | None = None) -> Panel:
    """Put a metric's latest figures together, or those known on a ``day``; an empty panel where there are none."""
    newest, parameters = newest_rows(day)
    columns = connection.execute(_ROWS.format(newest=newest), {"metric": metric, **parameters}).fetchnumpy()
    codes, down = np.unique(columns["authority"].astype(str), return_inverse=True)
    marks = np.char.add(np.char.add(columns["start"].astype(str), " "), columns["kind"].astype(str))
    named, across = np.unique(marks, return_inverse=True)
    periods = [kept_period(*mark.split(" ")) for mark in named.tolist()]
    order = np.array(sorted(range(len(periods)), key=periods.__getitem__), dtype=np.intp)
    places = down, np.argsort(order)[across]
    shape = (len(codes), len(periods))
    figures = {name: _placed(shape, np.nan, places, columns[name]) for name in FIGURES}
    return Panel(
        metric,
        tuple(codes.tolist()),
        tuple(sorted(periods)),
        statuses=_placed(shape, NO_ROW, places, columns["statuses"]).astype(np.uint8),
        in_lifetime=_placed(shape, False, places, columns["in_lifetime"]).astype(np.bool_),
        **figures,
    )


def _placed(shape: tuple[int, int], otherwise: float, places: Any, column: Any) -> NDArray[Any]:
    """The column's entries at their places, ``otherwise`` where there is none."""
    found = np.full(shape, otherwise, dtype=np.float64)
    found[places] = column.filled(np.nan) if isinstance(column, np.ma.MaskedArray) else column
    return found


@cache
def kept_period(start: str, kind: str) -> Period:
    """The period of a first day in ISO 8601 and a kind."""
    return Period.starting(date.fromisoformat(start), PeriodKind(kind))


def packed_panel(panel: Panel) -> PanelRow:
    """The row of a panel in the table of panels."""
    starts = " ".join(period.start.isoformat() for period in panel.periods)
    kinds = " ".join(period.kind for period in panel.periods)
    figures = (_bytes_of(getattr(panel, name)) for name in FIGURES)
    marks = panel.statuses.tobytes(), panel.in_lifetime.tobytes()
    return (panel.metric, " ".join(panel.authorities), starts, kinds, *figures, *marks)


def _bytes_of(figures: NDArray[np.float64] | None) -> bytes | None:
    return None if figures is None or np.isnan(figures).all() else figures.tobytes()


def held_panels(connection: duckdb.DuckDBPyConnection) -> dict[str, PanelRow]:
    """The rows of all panels that a build holds, by metric: one query takes less than two for single ones."""
    panels = {row[0]: row for row in connection.execute("SELECT * FROM panel").fetchall()}
    give_back(connection)
    return panels


def unpacked_panel(row: PanelRow) -> Panel:
    """The panel of a row; its arrays are not to be written to."""
    metric, codes, starts, kinds, *figures, statuses, acting = row
    authorities = codes_in(codes)
    periods = tuple(kept_period(*mark) for mark in zip(starts.split(), kinds.split(), strict=True))
    shape = (len(authorities), len(periods))
    return Panel(
        metric,
        authorities,
        periods,
        statuses=np.frombuffer(statuses, dtype=np.uint8).reshape(shape),
        in_lifetime=np.frombuffer(acting, dtype=np.bool_).reshape(shape),
        **{name: _figures(held, shape) for name, held in zip(FIGURES, figures, strict=True)},
    )


def _figures(held: bytes | None, shape: tuple[int, int]) -> NDArray[np.float64]:
    if held is None:
        return np.broadcast_to(np.float64(np.nan), shape)
    return np.frombuffer(held, dtype=np.float64).reshape(shape)
