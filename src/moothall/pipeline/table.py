"""The layout step: a sheet and the description of its table become candidates, one a place for a figure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from moothall.catalogue.patterns import matches
from moothall.catalogue.reading import SeriesDefinition, TableDefinition
from moothall.catalogue.spelling import list_words
from moothall.errors import ReadError
from moothall.pipeline.layout import Layout, Slot
from moothall.pipeline.readers.sheet import Column, Row, Sheet

NO_SERIES = "another metric's row, which no series of this table takes"
BELOW = "below the table"


@dataclass(slots=True)
class Tally:
    """What became of every place read: ``rows_read`` places, of which ``refused`` are left out, by reason."""

    rows_read: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def refuse(self, reason: str, places: int = 1) -> None:
        """Count places that are left out."""
        self.refused[reason] += places

    def leave_out(self, reason: str, places: int = 1) -> None:
        """Count places that are read and at once left out."""
        self.rows_read += places
        self.refuse(reason, places)


class Candidate(NamedTuple):
    """A cell that may hold a figure, with everything its row says about it, all as text."""

    series: SeriesDefinition
    area_code: str
    area_name: str
    period: str
    text: str
    status: str
    note: str
    beside: Mapping[str, str]
    row: int
    column: Column


def lay_out(sheet: Sheet, table: TableDefinition, tally: Tally) -> Iterator[Candidate]:
    """Yield a candidate for every place where a figure could stand, and count the places left out by reason.

    Raises ReadError where a heading is missing, where a row has a figure but no area, and where a series takes no row
    at all.
    """
    layout = Layout(sheet, table)
    unmet = {series.id: series for series in table.series}
    is_below = False
    for row in sheet.rows:
        cells = [cell.strip() for cell in row.cells]
        if not any(cells):
            continue
        is_below = is_below or _ends(layout, cells)
        if is_below:
            tally.leave_out(BELOW)
            continue
        for slot in _taking(layout, row, cells, tally):
            unmet.pop(slot.series.id, None)
            yield _candidate(layout, slot, row, cells)
    for series in unmet.values():
        raise ReadError(
            f"{sheet.place} has no row for the series {series.id} (where {_where_text(series.where)}): "
            "if the publisher changed the words, change the source's YAML."
        )


def _ends(layout: Layout, cells: Sequence[str]) -> bool:
    mark = layout.table.end_at
    return mark is not None and layout.end is not None and matches(mark.text, cells[layout.end])


def _taking(layout: Layout, row: Row, cells: Sequence[str], tally: Tally) -> Sequence[Slot]:
    """The places of a row that are kept; a row without an area and without a figure is no row at all."""
    if not cells[layout.area] and not any(cells[index] for index in layout.value_columns):
        return ()
    slots = layout.taking(cells)
    places = len(slots) or 1
    reason = layout.reason_to_skip(cells)
    if reason is None and not cells[layout.area]:
        raise _without_area(layout, row, cells)
    reason = reason or (None if slots else NO_SERIES)
    if reason:
        tally.leave_out(reason, places)
        return ()
    tally.rows_read += places
    return slots


def _without_area(layout: Layout, row: Row, cells: Sequence[str]) -> ReadError:
    index = next(index for index in layout.value_columns if cells[index])
    return ReadError(
        f"{layout.sheet.cell(row.number, layout.column(index))} holds {cells[index]!r} but its row has no area code: "
        "add a skip rule with a reason to the source's YAML, or ask the publisher."
    )


def _candidate(layout: Layout, slot: Slot, row: Row, cells: Sequence[str]) -> Candidate:
    at = layout.period
    return Candidate(
        slot.series,
        cells[layout.area],
        cells[layout.name] if layout.name is not None else "",
        cells[at] if at is not None else layout.table.period.fixed or slot.period,
        cells[slot.at],
        cells[layout.status] if layout.status is not None else "",
        "; ".join(filter(None, [cells[layout.note] if layout.note is not None else "", *layout.remarks(cells)])),
        {name: cells[index] for name, index in slot.beside},
        row.number,
        layout.column(slot.at),
    )


def _where_text(where: Mapping[str, tuple[str, ...]]) -> str:
    return " and ".join(f"{heading} is {list_words(values)}" for heading, values in where.items()) or "any row"
