"""The tests of this room pass on PostgreSQL too, where it is installed.

All that run in this process run again, in one process beside it. Those that start programs choose their records
themselves (``ON_BOTH``, ``records``), for each start costs a second or two.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.postgresql import find_programs, postgresql

ROOT = Path(__file__).parents[2]
NO_POSTGRESQL = "needs PostgreSQL: apt install postgresql"


@pytest.mark.programs
@pytest.mark.long
@pytest.mark.timeout(1800)
def test_everything_again_on_postgresql() -> None:
    programs = find_programs()
    if programs is None:
        pytest.skip(NO_POSTGRESQL)
    with postgresql(programs) as address:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "-m",
            "not programs and not browser",
        ]
        answer = subprocess.run(
            [*command, "tests/engagement"],
            cwd=ROOT, env=os.environ | {"DATABASE_URL": address}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert answer.returncode == 0, answer.stdout[-3000:]
    assert " passed" in answer.stdout
