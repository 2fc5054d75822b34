"""On both databases: a killed program has lost no draft, and many who ask the same at the same moment ask once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engagement.at_once import REQUESTS, SAVES
from tests.support.postgresql import find_programs, postgresql

ROOT = Path(__file__).parents[2]
HOW_COMMITS_WAIT = {
    "sqlite": {"before": "2", "inside": "1", "after": "2", "within another": "2", "after a fault": "2"},
    "postgresql": {"before": "on", "inside": "off", "after": "on", "within another": "on", "after a fault": "on"},
}
"""SQLite's levels: 1 leaves the disk for later, 2 waits for it."""

pytestmark = pytest.mark.slow


@pytest.fixture(params=list(HOW_COMMITS_WAIT))
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A kind of database, and the variables that name empty records of that kind."""
    own = {"MOOTHALL_PUBLISHED": str(tmp_path / "published"), "MOOTHALL_ENGAGEMENT_DB": str(tmp_path / "r.sqlite3")}
    if request.param == "sqlite":
        yield request.param, own
        return
    programs = find_programs()
    if programs is None:
        pytest.skip("needs PostgreSQL: apt install postgresql")
    with postgresql(programs) as address:
        yield request.param, own | {"DATABASE_URL": address}


def run(act: str, variables: dict[str, str]) -> tuple[int, object]:
    """How an act ended, and what it printed."""
    command = [sys.executable, "-m", "tests.engagement.at_once", act]
    answer = subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=False)
    assert answer.stdout, answer.stderr[-3000:]
    return answer.returncode, json.loads(answer.stdout)


def test_a_killed_program_has_lost_no_draft(records: tuple[str, dict[str, str]]) -> None:
    kind, variables = records
    ended, waited = run("drafts", variables)
    assert ended == -signal.SIGKILL
    assert waited == HOW_COMMITS_WAIT[kind]
    _, words = run("left", variables)
    assert words == sorted(f"words {number}" for number in range(SAVES))


def test_many_who_ask_the_same_at_the_same_moment_ask_once(records: tuple[str, dict[str, str]], shipped: Path) -> None:
    _, found = run("talks", records[1] | {"MOOTHALL_BUILDS": str(shipped)})
    assert isinstance(found, dict)
    refusals = {words: count for words, count in found["told"].items() if words != "asked"}
    assert found["told"]["asked"] == 1
    assert list(refusals.values()) == [REQUESTS - 1]
    assert "about this already" in next(iter(refusals))
    assert (found["kept"], found["letters"]) == (1, 1)
