"""A sheet of text cells: what every reader returns, whatever the format of the file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row as text, in the order of the columns. ``number`` is the row in the file; the first is 1."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its letters in a spreadsheet or the path of its key in a JSON file."""

    heading: str
    letters: str = ""
    path: str = ""

    @property
    def label(self) -> str:
        """What a person looks for in the file: ``G (Recycling rate)``, or the path."""
        return self.path or (f"{self.letters} ({self.heading})" if self.heading else self.letters)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands in a file. ``name`` is empty where the format has no sheets.

    ``header_row`` is 1 for the first row, 0 where keys take the place of headings. ``rows`` are the rows below the
    headings and can be read once.
    """

    file: str
    name: str
    header_row: int
    columns: tuple[Column, ...]
    rows: Iterable[Row]

    @property
    def place(self) -> str:
        """The sheet in words, for messages: ``LA_collection.ods, sheet Table_3``."""
        return f"{self.file}, sheet {self.name}" if self.name else self.file

    def cell(self, row: int, column: Column) -> str:
        """A cell in words, for messages: ``LA_collection.ods, sheet Table_3, cell G12 (Recycling rate)``."""
        if column.path:
            return f"{self.place}, record {row}, {column.path}"
        return f"{self.place}, cell {column.letters}{row} ({column.heading})"


def one_line(text: str) -> str:
    """The text with every run of white space as one space: headings are broken over lines in many ways."""
    return " ".join(text.split())


def column_letter(index: int) -> str:
    """The letters over the column that stands at ``index`` (0 is the first): A, B, ... Z, AA."""
    letters = ""
    index += 1
    while index:
        index, place = divmod(index - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def lettered_columns(headings: Sequence[str]) -> tuple[Column, ...]:
    """Columns with the letters that a spreadsheet shows over them."""
    return tuple(Column(one_line(text), letters=column_letter(index)) for index, text in enumerate(headings))
