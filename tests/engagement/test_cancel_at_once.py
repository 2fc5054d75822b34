"""Many who cancel at the same moment: every place that becomes free is given once, to whoever waited longest."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engagement.cancel_at_once import CANCELS, PLACES, WAITING
from tests.support.postgresql import find_programs, postgresql

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


def cancel_at_once(variables: dict[str, str]) -> None:
    """Run it, and look at what is left."""
    command = [sys.executable, "-m", "tests.engagement.cancel_at_once"]
    answer = subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr[-3000:]
    found = json.loads(answer.stdout)
    assert found["cancels"] == CANCELS, "of two who cancel one booking, one does"
    assert len(found["left"]) == PLACES + WAITING - CANCELS
    assert found["booked"] == found["left"], "fewer are left than there are places, so that nobody waits"
    assert found["told"] == found["had_place"], "one letter to each who got a place, and no other"


def test_on_sqlite(tmp_path: Path) -> None:
    cancel_at_once({"MOOTHALL_ENGAGEMENT_DB": str(tmp_path / "records.sqlite3")})


def test_on_postgresql() -> None:
    programs = find_programs()
    if programs is None:
        pytest.skip("needs PostgreSQL: apt install postgresql")
    with postgresql(programs) as address:
        cancel_at_once({"DATABASE_URL": address})
