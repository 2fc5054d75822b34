"""What the commands print: tables for people, JSON for programs, sentences for errors."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from moothall.presenters.blocks import Link
from moothall.presenters.shared_by_councils.replies import ReplyView


class Format(StrEnum):
    """How a command answers."""

    HUMAN = "human"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print the answer.")]

WIDE = 200
"""Columns to print where the output is a file or a pipe, so that nothing is cut short."""


def console() -> Console:
    """The console for answers: as wide as the terminal, or wide enough where there is none."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)


def print_json(answer: Any) -> None:
    """Print an answer as JSON; dates and enumerations become text."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, default=str, allow_nan=False) + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    """Print rows under columns; None prints as nothing."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console().print(table)


def print_rows(rows: Sequence[dict[str, Any]], columns: Sequence[str], answer: Format) -> None:
    """Print records whole as JSON, or the named columns of them as a table."""
    if answer is Format.JSON:
        print_json(rows)
    else:
        print_table(columns, ([row[column] for column in columns] for row in rows))


def print_replies(replies: Iterable[ReplyView]) -> None:
    """Print what councils say to their figures, one reply a line."""
    for reply in replies:
        typer.echo(f"    {reply.text}")


def print_marks(replies: Iterable[Link]) -> None:
    """Print where councils' replies to figures in a sentence stand."""
    for link in replies:
        typer.echo(f"    Reply of {link.text}: {link.href}")


def print_facts(facts: dict[str, object]) -> None:
    """Print name and value pairs, one a line, leaving out those without a value."""
    width = max(len(name) for name in facts) + 2
    for name, value in facts.items():
        if value not in (None, ""):
            typer.echo(f"{name:<{width}}{value}")


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int | None], None]]:
    """Yield what the pipeline reports its progress to: bars on standard error, nothing where that is no terminal."""
    error = Console(stderr=True)
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*parts, console=error, transient=True, disable=not error.is_terminal) as bars:

        def report(doing: str, done: int, total: int | None) -> None:
            if doing not in tasks:
                tasks[doing] = bars.add_task(doing, total=total)
            bars.update(tasks[doing], completed=done, total=total)

        yield report


def say(sentence: str) -> None:
    """Tell the person at the terminal something that is not part of the answer."""
    typer.echo(sentence, err=True)
