"""The rows that hold a table's headings: one, several that make one heading together, or found by a cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from moothall.errors import ReadError
from moothall.pipeline.readers.sheet import one_line

SEARCHED_ROWS = 40
"""How far down a heading row is looked for."""

JOINT = " | "
"""What stands between the texts of several heading rows."""


@dataclass(frozen=True, slots=True)
class HeaderRows:
    """Rows by number (1 is the first), or the first row with the cell ``find`` and ``above`` rows over it."""

    rows: tuple[int, ...] = (1,)
    find: str | None = None
    above: int = 0

    @property
    def reach(self) -> int:
        """How many rows have to be looked at to find the headings."""
        return SEARCHED_ROWS if self.find else max(self.rows)


@dataclass(frozen=True, slots=True)
class Headings:
    """The text over each column, and the number of the last row that holds headings."""

    texts: tuple[str, ...]
    last_row: int


def find_headings(header: HeaderRows | int, rows: Sequence[Sequence[str]], place: str, remedy: str) -> Headings:
    """The headings in the first rows of a table; a number stands for that one row.

    Raises ReadError where there is none; ``remedy`` says what to do then.
    """
    wanted = HeaderRows((header,)) if isinstance(header, int) else header
    numbers = _found_rows(wanted, rows, place) if wanted.find else wanted.rows
    taken = [rows[number - 1] if number <= len(rows) else [] for number in numbers]
    if not any(cell.strip() for cell in taken[-1]):
        raise ReadError(f"{place} has no headings in row {numbers[-1]}: {remedy}.")
    return Headings(tuple(_joined(taken)), numbers[-1])


def _found_rows(header: HeaderRows, rows: Sequence[Sequence[str]], place: str) -> tuple[int, ...]:
    sought = one_line(header.find or "")
    for number, row in enumerate(rows[:SEARCHED_ROWS], start=1):
        if any(one_line(cell) == sought for cell in row):
            return tuple(range(max(1, number - header.above), number + 1))
    raise ReadError(
        f"{place} has no cell {sought!r} in its first {SEARCHED_ROWS} rows: "
        "if the publisher renamed it, change header_find in the source's YAML."
    )


def _joined(taken: Sequence[Sequence[str]]) -> list[str]:
    """One text a column: an upper row's blank cells, which were merged, take the text to their left."""
    width = max(map(len, taken))
    padded = [[one_line(cell) for cell in row] + [""] * (width - len(row)) for row in taken]
    layers = [*map(_spread, padded[:-1]), padded[-1]]
    return [JOINT.join(filter(None, texts)) for texts in zip(*layers, strict=True)]


def _spread(texts: Sequence[str]) -> list[str]:
    last = ""
    return [last := text or last for text in texts]
