"""On both databases: a killed program has lost no draft, and many who ask the same at the same moment ask once."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engagement.at_once import REQUESTS, SAVES
from tests.engagement.conftest import ON_BOTH
from tests.support.records import Records

ROOT = Path(__file__).parents[2]
HOW_COMMITS_WAIT = {
    "sqlite": {"before": "2", "inside": "1", "after": "2", "within another": "2", "after a fault": "2"},
    "postgresql": {"before": "on", "inside": "off", "after": "on", "within another": "on", "after a fault": "on"},
}
"""SQLite's levels: 1 leaves the disk for later, 2 waits for it."""

pytestmark = pytest.mark.programs


def run(act: str, variables: dict[str, str]) -> tuple[int, object]:
    """How an act ended, and what it printed."""
    command = [sys.executable, "-m", "tests.engagement.at_once", act]
    answer = subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=False)
    assert answer.stdout, answer.stderr[-3000:]
    return answer.returncode, json.loads(answer.stdout)


@ON_BOTH
def test_a_killed_program_has_lost_no_draft(records: Records) -> None:
    ended, waited = run("drafts", records.variables)
    assert ended == -signal.SIGKILL
    assert waited == HOW_COMMITS_WAIT[records.kind]
    _, words = run("left", records.variables)
    assert words == sorted(f"words {number}" for number in range(SAVES))


@ON_BOTH
def test_many_who_ask_the_same_at_the_same_moment_ask_once(records: Records, shipped: Path, tmp_path: Path) -> None:
    own = {"MOOTHALL_BUILDS": str(shipped), "MOOTHALL_PUBLISHED": str(tmp_path / "published")}
    _, found = run("talks", records.variables | own)
    assert isinstance(found, dict)
    refusals = {words: count for words, count in found["told"].items() if words != "asked"}
    assert found["told"]["asked"] == 1
    assert list(refusals.values()) == [REQUESTS - 1]
    assert "about this already" in next(iter(refusals))
    assert (found["kept"], found["letters"]) == (1, 1)
