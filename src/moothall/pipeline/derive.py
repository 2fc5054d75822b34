"""Derived metrics of a build: for each day on which a part was published, what followed from all that was then known.

So a derived figure has vintages as published ones have, and each is made of parts that stood side by side.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from moothall.analytics.derivation import NO_COLUMN, NO_ROW, STATUSES, Axis, Outcome, derive, make_axis
from moothall.analytics.derivation import Operand as Figures
from moothall.catalogue import Catalogue
from moothall.catalogue.derivations import in_order
from moothall.catalogue.quantities import published_elsewhere
from moothall.domain.derivation import Derivation, MetricRef, Part, Ratio, SeriesRef, Sum, parts_of
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.pipeline.elsewhere import Elsewhere, known_days, negative_on
from moothall.pipeline.progress import Progress, silent
from moothall.store import BuildWriter
from moothall.store.ledger import Ledger, day_number, numbered_day

NO_LEDGER_ROW = -1
Grid = NDArray[np.int64]


def series_to_copy(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """(metric, source, series) of every series that a metric is or is derived from; operands under their own key."""
    metrics = [metric for metric in catalogue.metrics.values() if metric.value]
    published = [(metric.id, metric.series.source, metric.series.series) for metric in metrics if metric.series]
    operands = {part.operand for metric in metrics if metric.value for part in parts_of(metric.value)}
    for metric in metrics:
        operands.update(published_elsewhere(metric, catalogue.metrics, catalogue.quantities.values()))
    series = sorted((ref for ref in operands if isinstance(ref, SeriesRef)), key=lambda ref: ref.key)
    return [*published, *((ref.key, ref.source, ref.series) for ref in series)]


def add_derived_metrics(writer: BuildWriter, catalogue: Catalogue, progress: Progress = silent) -> None:
    """Work out every derived metric from what the writer holds, operands first, and add it."""
    derived = [metric for metric in catalogue.metrics.values() if metric.derivation]
    ledger = cache(writer.ledger)
    for done, metric in enumerate(in_order(derived), start=1):
        progress("deriving metrics", done, len(derived))
        others = published_elsewhere(metric, catalogue.metrics, catalogue.quantities.values())
        named = [Elsewhere(catalogue.sources[other.source].source.title, ledger(other.key)) for other in others]
        rows = derived_rows(metric, catalogue.metrics, ledger, named)
        if rows is not None:
            writer.add_derived(metric.id, rows)


def derived_rows(
    metric: Metric, metrics: Mapping[str, Metric], ledger: Callable[[str], Ledger], elsewhere: Sequence[Elsewhere] = ()
) -> pa.Table | None:
    """The rows of one derived metric, all vintages; None where its leading parts have no figures.

    ``elsewhere`` has the other sources of what it is divided by.
    """
    if metric.derivation is None:
        return None
    parts = parts_of(metric.derivation)
    ledgers = [ledger(part.operand.key) for part in parts]
    frame = make_frame(metric, metric.derivation, ledgers)
    names = [part_name(metric, metrics, part) for part in parts]
    placed = [place_rows(ledger, frame, is_within) for ledger, is_within in zip(ledgers, frame.is_within, strict=True)]
    if not frame.owners or not frame.periods:
        return None
    states = list(_states(metric, metric.derivation, frame, list(zip(names, placed, strict=True)), elsewhere))
    return _recorded(frame, placed, states)


def part_name(metric: Metric, metrics: Mapping[str, Metric], part: Part) -> str:
    """The part in words, without its unit: the metric's own for what is divided, else the operand's title."""
    own = {"numerator": metric.numerator, "denominator": metric.denominator}.get(part.role)
    if own:
        return own.partition(" (")[0]
    return metrics[part.operand.metric].title if isinstance(part.operand, MetricRef) else part.operand.words


@dataclass(frozen=True)
class Frame:
    """The axes of a derived metric, the columns of earlier periods, and which parts lie within a period."""

    owners: tuple[str, ...]
    periods: tuple[Period, ...]
    axis: Axis
    is_within: tuple[bool, ...]


def make_frame(metric: Metric, value: Derivation, ledgers: Sequence[Ledger]) -> Frame:
    """Owners of the leading part (of all parts where they are summed), and the periods of all parts.

    Periods without a leading part get no figure; they show whether a denominator changes sign over its own years.
    """
    is_within = tuple(
        isinstance(value, Ratio) and value.denominator_within and number == 1 for number in range(len(ledgers))
    )
    leading = ledgers if isinstance(value, Sum) else ledgers[:1]
    owners = sorted({owner for ledger in leading for owner in np.unique(ledger.owners.astype(str)).tolist()})
    on_axis = [ledger for ledger, lies_within in zip(ledgers, is_within, strict=True) if not lies_within]
    starts = sorted({start for ledger in on_axis for start in np.unique(ledger.starts).tolist()})
    periods = tuple(Period.starting(numbered_day(start), metric.period_kind) for start in starts)
    return Frame(tuple(owners), periods, make_axis(value, periods, metric.cadence), is_within)


@dataclass(frozen=True)
class Placed:
    """A ledger whose rows each have a place [row, column] in the frame; rows without one are gone."""

    ledger: Ledger
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]

    def known_by(self, day: int) -> Grid:
        """For each place the ledger row that held on ``day``: of the latest day within the period, the newest."""
        grid = np.full(self.shape, NO_LEDGER_ROW, dtype=np.int64)
        known = np.flatnonzero(self.ledger.known <= day)
        grid[self.rows[known], self.columns[known]] = known
        return grid

    shape: tuple[int, int] = (0, 0)


def place_rows(ledger: Ledger, frame: Frame, is_within: bool) -> Placed:
    """Find each ledger row's place: its owner's row, and the column of its period or of the period it lies within."""
    row_of = {owner: row for row, owner in enumerate(frame.owners)}
    column_of = _column_within if is_within else _column_of
    names, inverse = np.unique(ledger.owners.astype(str), return_inverse=True)
    rows = np.array([row_of.get(name, NO_COLUMN) for name in names.tolist()], dtype=np.intp)[inverse]
    days, inverse = np.unique(ledger.starts, return_inverse=True)
    columns = np.array([column_of(frame, day) for day in days.tolist()], dtype=np.intp)[inverse]
    kept = (rows != NO_COLUMN) & (columns != NO_COLUMN)
    fields = {name: getattr(ledger, name)[kept] for name in Ledger.__dataclass_fields__}
    return Placed(replace(ledger, **fields), rows[kept], columns[kept], (len(frame.owners), len(frame.periods)))


def _column_of(frame: Frame, day: int) -> int:
    column = bisect_right(frame.periods, day, key=lambda period: day_number(period.start)) - 1
    return column if column >= 0 and day_number(frame.periods[column].start) == day else NO_COLUMN


def _column_within(frame: Frame, day: int) -> int:
    column = bisect_right(frame.periods, day, key=lambda period: day_number(period.start)) - 1
    return column if column >= 0 and day <= day_number(frame.periods[column].end) else NO_COLUMN


def figures_at(name: str, placed: Placed, grid: Grid) -> Figures:
    """The figures of a part as a grid of its ledger rows has them."""
    is_there = grid != NO_LEDGER_ROW
    figures = Figures(
        name,
        np.full(grid.shape, np.nan),
        np.full(grid.shape, NO_ROW, dtype=np.uint8),
        np.full(grid.shape, None, dtype=object),
    )
    chosen = grid[is_there]
    figures.values[is_there] = placed.ledger.values[chosen]
    figures.statuses[is_there] = placed.ledger.statuses[chosen]
    figures.reasons[is_there] = placed.ledger.reasons[chosen]
    return figures


@dataclass(frozen=True)
class State:
    """What followed on ``day`` from all that was known: the outcome, and the ledger rows that it came from."""

    day: int
    outcome: Outcome
    grids: tuple[Grid, ...]


def _states(
    metric: Metric,
    value: Derivation,
    frame: Frame,
    named: Sequence[tuple[str, Placed]],
    elsewhere: Sequence[Elsewhere],
) -> Iterator[State]:
    days = [*(part.ledger.known for _, part in named), known_days(elsewhere)]
    for day in np.unique(np.concatenate(days)).tolist():
        grids = tuple(part.known_by(day) for _, part in named)
        parts = [figures_at(name, part, grid) for (name, part), grid in zip(named, grids, strict=True)]
        negative = negative_on(day, elsewhere, frame.owners, metric.period_kind)
        yield State(day, derive(value, parts, frame.axis, negative), grids)


def _recorded(frame: Frame, placed: Sequence[Placed], states: Sequence[State]) -> pa.Table:
    """One row for each place and state in which the figure or its parts changed.

    A state in which a part was not published yet is recorded only if it is the last: before that there was nothing.
    """
    newest = np.full((len(frame.owners), len(frame.periods)), len(states))
    recorded: list[NDArray[np.bool_]] = []
    for number, state in enumerate(states):
        is_place = state.outcome.statuses != NO_ROW
        is_told = state.outcome.has_all_rows | (number == len(states) - 1)
        is_new = (newest == len(states)) | _has_changed(state, states[number - 1] if number else None)
        recorded.append(is_place & is_told & is_new)
        newest[recorded[-1]] = number
    tables = [
        _table(frame, placed, state, number, places, newest)
        for number, (state, places) in enumerate(zip(states, recorded, strict=True))
        if places.any()
    ]
    return pa.concat_tables(tables) if tables else None


def _has_changed(state: State, before: State | None) -> NDArray[np.bool_]:
    if before is None:
        return np.ones(state.outcome.values.shape, dtype=bool)
    now, then = state.outcome, before.outcome
    is_same: NDArray[np.bool_] = (now.values == then.values) | (np.isnan(now.values) & np.isnan(then.values))
    is_same &= (now.statuses == then.statuses) & (now.reasons == then.reasons)
    is_same &= now.has_all_rows == then.has_all_rows
    for grid, earlier in zip(state.grids, before.grids, strict=True):
        is_same &= grid == earlier
    has_changed: NDArray[np.bool_] = ~is_same
    return has_changed


def _table(
    frame: Frame,
    placed: Sequence[Placed],
    state: State,
    number: int,
    places: NDArray[np.bool_],
    newest: NDArray[np.intp],
) -> pa.Table:
    rows, columns = np.nonzero(places)
    periods = [frame.periods[column] for column in columns.tolist()]
    outcome, count = state.outcome, len(rows)
    sources, acting = _newest_part(placed, state.grids, rows, columns)
    return pa.table(
        {
            "source_row": sources,
            "period": pa.array([period.slug for period in periods], pa.string()),
            "period_start": pa.array([period.start for period in periods], pa.date32()),
            "period_kind": pa.array([period.kind.value for period in periods], pa.string()),
            "value": _floats(outcome.values[places]),
            "numerator": _floats(outcome.numerators[places]),
            "denominator": _floats(outcome.denominators[places]),
            "status": pa.array([STATUSES[code].value for code in outcome.statuses[places].tolist()], pa.string()),
            "reason": pa.array(outcome.reasons[places].tolist(), pa.string()),
            "note": pa.array(outcome.notes[places].tolist(), pa.string()),
            "in_lifetime": acting,
            "vintage": np.full(count, number, dtype=np.int32),
            "known_on": pa.array([numbered_day(state.day)] * count, pa.date32()),
            "is_latest": newest[places] == number,
        }
    )


def _floats(values: NDArray[np.float64]) -> pa.Array:
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def _newest_part(
    placed: Sequence[Placed], grids: Sequence[Grid], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The build row of the part published last (the leading one of several), and whether the authority then acted."""
    chosen = [grid[rows, columns] for grid in grids]
    known = [_picked(part.ledger.known, at, -1) for part, at in zip(placed, chosen, strict=True)]
    ids = [_picked(part.ledger.ids, at, NO_LEDGER_ROW) for part, at in zip(placed, chosen, strict=True)]
    acting = [_picked(part.ledger.in_lifetime, at, False) for part, at in zip(placed, chosen, strict=True)]
    has_row = np.array([at != NO_LEDGER_ROW for at in chosen])
    across, last, first = np.arange(len(rows)), np.argmax(known, axis=0), np.argmax(has_row, axis=0)
    return np.array(ids)[last, across], np.array(acting)[first, across]


def _picked(column: NDArray, at: Grid, otherwise: float) -> NDArray:  # type: ignore[type-arg]
    """The column's entries at these ledger rows, ``otherwise`` where there is no row."""
    if not len(column):
        return np.full(at.shape, otherwise, dtype=column.dtype)
    return np.where(at == NO_LEDGER_ROW, np.array(otherwise, dtype=column.dtype), column[at])
