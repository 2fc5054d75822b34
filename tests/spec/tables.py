"""The format of a specification: pages of small tables, each row one example that is both tested and printed."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One example: why it is there, what is given, and what must come out (one key for each column)."""

    why: str
    given: Mapping[str, Any]
    expected: Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """Examples of one rule. ``answer`` asks our code; its result holds every key that the rows expect.

    Where ``needs_mirror`` is set the published files are needed, and ``given`` has their folder as ``mirror``.
    """

    title: str
    text: str
    answer: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    rows: Sequence[Row]
    needs_mirror: bool = False


@dataclass(frozen=True)
class Page:
    """A page of docs/methodology; ``file`` is its name without the ending."""

    file: str
    title: str
    text: str
    tables: Sequence[Table]


def describe_page(page: Page) -> str:
    """The page as Markdown."""
    made_by = "<!-- Made by `python -m tests.spec.render` from tests/spec. -->"
    parts = [f"# {page.title}", made_by, page.text.strip(), *map(describe_table, page.tables)]
    return "\n\n".join(parts) + "\n"


def describe_table(table: Table) -> str:
    """A heading, the rule in words and the examples as a Markdown table."""
    given, expected = list(table.rows[0].given), list(table.rows[0].expected)
    lines = [_line(["Why", *map(_heading, given), *(f"**{_heading(key)}**" for key in expected)])]
    lines.append(_line(["---"] * (1 + len(given) + len(expected))))
    for row in table.rows:
        cells = [*(row.given[key] for key in given), *(row.expected[key] for key in expected)]
        lines.append(_line([row.why, *map(describe_cell, cells)]))
    return "\n\n".join([f"## {table.title}", table.text.strip(), "\n".join(lines)])


def describe_cell(cell: Any) -> str:
    """A value as the tables print it: lists with spaces or commas between, "none" for what is missing."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return "none"
    if isinstance(cell, list | tuple):
        words = any(isinstance(item, str) for item in cell)
        return (", " if words else " ").join(map(describe_cell, cell)) or "nobody"
    return str(cell)


def _heading(key: str) -> str:
    return key.replace("_", " ")


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
