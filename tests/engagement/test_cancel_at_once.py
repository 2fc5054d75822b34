"""Many who cancel at the same moment: every place that becomes free is given once, to whoever waited longest."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engagement.cancel_at_once import CANCELS, PLACES, WAITING
from tests.engagement.conftest import ON_BOTH
from tests.support.records import Records

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.programs


@ON_BOTH
def test_each_free_place_is_given_once(records: Records) -> None:
    command = [sys.executable, "-m", "tests.engagement.cancel_at_once"]
    answer = subprocess.run(
        command, cwd=ROOT, env=os.environ | records.variables, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr[-3000:]
    found = json.loads(answer.stdout)
    assert found["cancels"] == CANCELS, "of two who cancel one booking, one does"
    assert len(found["left"]) == PLACES + WAITING - CANCELS
    assert found["booked"] == found["left"], "fewer are left than there are places, so that nobody waits"
    assert found["told"] == found["had_place"], "one letter to each who got a place, and no other"
