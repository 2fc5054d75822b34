"""Where the columns that a description names stand in a sheet, and which series take a row, worked out once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from moothall.catalogue.columns import EVERY, letters_of, numbered
from moothall.catalogue.patterns import is_pattern, matches, search
from moothall.catalogue.reading import BESIDE, SeriesDefinition, TableDefinition
from moothall.catalogue.spelling import list_words, nearest_word
from moothall.errors import ReadError
from moothall.pipeline.readers.sheet import Column, Sheet, one_line

Where = Sequence[tuple[int, tuple[str, ...]]]
"""Columns by index, and the texts (or patterns) of which a cell there must have one."""


class Slot(NamedTuple):
    """A column in which figures of a series stand, at an index; ``period`` is its label where periods run across."""

    series: SeriesDefinition
    at: int
    period: str
    beside: tuple[tuple[str, int], ...]


class Layout:
    """One sheet under one description. Raises ReadError where a column is not there, or not the only one."""

    def __init__(self, sheet: Sheet, table: TableDefinition) -> None:
        self.sheet = sheet
        self.table = table
        self._headings = [column.heading for column in sheet.columns]
        self.area = self.find(table.area_code)
        self.name = self._maybe(table.area_name)
        self.note = self._maybe(table.note)
        self.period = self._maybe(table.period.column)
        self.status = self.find(table.statuses.column) if table.statuses else None
        self.end = self.find(table.end_at.column) if table.end_at else None
        self._takers = [(self._where(series.where), self._slots(series)) for series in table.series]
        self._remarks = [(self._where(remark.where), remark.note) for remark in table.remarks]
        self._skips = [(self._where(rule.where), rule.reason) for rule in table.skip]
        self.value_columns = sorted({slot.at for _, slots in self._takers for slot in slots})
        self._take_key = _key_of(where for where, _ in self._takers)
        self._skip_key = _key_of(where for where, _ in self._skips)
        self._taken: dict[object, tuple[Slot, ...]] = {}
        self._skipped: dict[object, str | None] = {}

    def taking(self, cells: Sequence[str]) -> tuple[Slot, ...]:
        """The columns of this row in which figures stand, by the series that take the row."""
        key = self._take_key(cells)
        if key not in self._taken:
            self._taken[key] = tuple(slot for where, slots in self._takers if _meets(cells, where) for slot in slots)
        return self._taken[key]

    def reason_to_skip(self, cells: Sequence[str]) -> str | None:
        """The reason of the first rule that leaves this row out."""
        key = self._skip_key(cells)
        if key not in self._skipped:
            self._skipped[key] = next((reason for where, reason in self._skips if _meets(cells, where)), None)
        return self._skipped[key]

    def remarks(self, cells: Sequence[str]) -> list[str]:
        """What the description says must be known about this row."""
        return [note for where, note in self._remarks if _meets(cells, where)]

    def column(self, index: int) -> Column:
        """The column that stands at ``index`` (0 is the first)."""
        return self.sheet.columns[index]

    def _maybe(self, name: str | None) -> int | None:
        return self.find(name) if name is not None else None

    def _where(self, where: Mapping[str, tuple[str, ...]]) -> Where:
        return [(self.find(name), wanted) for name, wanted in where.items()]

    def _slots(self, series: SeriesDefinition) -> tuple[Slot, ...]:
        if series.column == EVERY:
            return self._slots_across(series)
        lettered = letters_of(series.column)
        has_own_heading = lettered and lettered[1] is None
        name = f"{series.column}={series.heading}" if has_own_heading else series.column
        beside = ((key, getattr(series, key)) for key in BESIDE)
        return (Slot(series, self.find(name), "", tuple((key, self.find(at)) for key, at in beside if at is not None)),)

    def _slots_across(self, series: SeriesDefinition) -> tuple[Slot, ...]:
        values = self._across(series.heading or self.table.period.heading or "")
        margins = self._across(series.margin) if series.margin else {}
        beside = {label: (("margin", index),) for label, index in margins.items()}
        return tuple(Slot(series, index, label, beside.get(label, ())) for label, index in values.items())

    def _across(self, wanted: str) -> dict[str, int]:
        """The columns whose headings a pattern fits, by the label of the period in each."""
        at: dict[str, int] = {}
        for index, heading in enumerate(self._headings):
            match = search(wanted, heading)
            if match and at.setdefault(match[1], index) != index:
                both = self._letters([at[match[1]], index])
                raise ReadError(f"{self.sheet.place} has the period {match[1]!r} over {both}: make {wanted} stricter.")
        if not at:
            raise ReadError(
                f"{self.sheet.place} has no heading that {wanted} fits{self._row}; {self._there_are()}: "
                "if the publisher writes periods another way, change the source's YAML."
            )
        return at

    def find(self, name: str) -> int:
        """The index of the column that a name means: its heading, a pattern, ``Heading#2`` or ``@AB=Heading``."""
        lettered = letters_of(name)
        if lettered:
            return self._at_letters(*lettered)
        found = self._fitting(name)
        which = numbered(name)
        if not found and which:
            same = self._fitting(which[0])
            found = same[which[1] - 1 : which[1]]
        if len(found) == 1:
            return found[0]
        raise self._not_one(name, found)

    def _fitting(self, name: str) -> list[int]:
        wanted = name if is_pattern(name) else one_line(name)
        return [index for index, heading in enumerate(self._headings) if matches(wanted, heading)]

    def _at_letters(self, letters: str, expected: str | None) -> int:
        index = next((index for index, column in enumerate(self.sheet.columns) if column.letters == letters), None)
        wanted = expected or ""
        there = self._headings[index] if index is not None else None
        if (
            index is not None
            and there is not None
            and matches(wanted if is_pattern(wanted) else one_line(wanted), there)
        ):
            return index
        raise ReadError(
            f"{self.sheet.place} has {there!r} over column {letters}{self._row}, not {expected!r}: "
            "if the publisher moved its columns, change the source's YAML."
        )

    def _not_one(self, name: str, found: Sequence[int]) -> ReadError:
        said = f"that {name} fits" if is_pattern(name) else repr(name)
        if found:
            times = f"more than one heading {said}" if is_pattern(name) else f"the heading {said} more than once"
            return ReadError(f"{self.sheet.place} has {times}{self._row} ({self._letters(found)}): take another.")
        near = None if is_pattern(name) else nearest_word(name, filter(None, self._headings))
        advice = f"the nearest is {near!r}" if near else self._there_are()
        return ReadError(
            f"{self.sheet.place} has no heading {said}{self._row}; {advice}: "
            "if the publisher renamed it, change the source's YAML."
        )

    @property
    def _row(self) -> str:
        return f" in row {self.sheet.header_row}" if self.sheet.header_row else ""

    def _letters(self, indices: Iterable[int]) -> str:
        return list_words([self.column(index).letters or self.column(index).path for index in indices], "and")

    def _there_are(self) -> str:
        return f"there are {list_words([heading for heading in self._headings if heading], 'and')}"


def _key_of(wheres: Iterable[Where]) -> Callable[[Sequence[str]], object]:
    """What of a row decides which rules it meets: the cells that they look at."""
    indices = sorted({index for where in wheres for index, _ in where})
    return itemgetter(*indices) if indices else lambda _cells: ()


def _meets(cells: Sequence[str], where: Where) -> bool:
    return all(any(matches(wanted, cells[index]) for wanted in texts) for index, texts in where)
