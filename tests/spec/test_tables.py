"""Every row of every specification page holds, and the printed pages are the ones these tables make."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from moothall.analytics.refusal import Refusal
from tests.spec.render import FOLDER, PAGES, rendered
from tests.spec.tables import Row, Table, describe_cell

MADE_BY_CALLERS = {Refusal.NOT_ELIGIBLE, Refusal.NOT_IN_GROUP}
"""Refusals that whoever chooses the group must make: a position is only ever asked for a member."""


def rows(needs_mirror: bool) -> list[Any]:
    return list(find_rows(needs_mirror))


def find_rows(needs_mirror: bool) -> Iterator[Any]:
    for page in PAGES:
        for table in page.tables:
            for number, row in enumerate(table.rows, start=1):
                if table.needs_mirror is needs_mirror:
                    yield pytest.param(table, row, id=f"{page.file}-{table.title}-{number}")


def assert_row(table: Table, row: Row, given: Mapping[str, Any]) -> None:
    answer = table.answer(given)
    for key, expected in row.expected.items():
        is_number = isinstance(expected, int | float)
        wanted = pytest.approx(expected, rel=1e-6, abs=1e-12) if is_number else expected
        assert answer[key] == wanted, f"{table.title}: {row.why} {key} of {row.given} must be {expected}"


@pytest.mark.parametrize(("table", "row"), rows(needs_mirror=False))
def test_an_example_holds(table: Table, row: Row) -> None:
    assert_row(table, row, row.given)


@pytest.mark.parametrize(("table", "row"), rows(needs_mirror=True))
def test_an_example_holds_on_the_published_file(table: Table, row: Row, mirror: Path) -> None:
    assert_row(table, row, {**row.given, "mirror": mirror})


def test_the_reproduction_covers_the_whole_file(mirror: Path) -> None:
    from tests.spec.explorer_figure import REPRODUCTION, care_rows

    listed = [(row.given["code"], row.given["year"]) for row in REPRODUCTION.rows]
    assert sorted(listed) == sorted(care_rows(mirror)), "each metric and year of the file has exactly one row"


def test_rows_of_a_table_have_the_same_columns() -> None:
    for page in PAGES:
        for table in page.tables:
            columns = {(tuple(row.given), tuple(row.expected)) for row in table.rows}
            assert len(columns) == 1, f"{table.title} mixes columns: {columns}"
            assert all(row.why.endswith(".") for row in table.rows), f"{table.title} has a row without a reason"


def test_every_refusal_has_an_example() -> None:
    shown = {describe_cell(row.expected.get("refused")) for page in PAGES for t in page.tables for row in t.rows}
    missing = set(Refusal) - MADE_BY_CALLERS - shown
    assert not missing, f"no table shows a refusal for {sorted(missing)}"


def test_the_methodology_pages_are_current() -> None:
    found = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    stale = sorted(name for name, text in rendered().items() if found.get(name) != text)
    extra = sorted(set(found) - set(rendered()))
    assert not stale, f"docs/methodology/{stale} differ from the tables; run python -m tests.spec.render"
    assert not extra, f"docs/methodology/{extra} are made by no table; delete them or add them to tests/spec/render.py"
