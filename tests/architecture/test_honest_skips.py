"""tests/conftest.py: with the mirror nothing may be skipped, without it the tests that need it say so; no network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"
USES_MIRROR = "def test_a(mirror):\n    assert mirror.is_dir()\n"
SKIPS = "import pytest\ndef test_b():\n    pytest.skip('no time')\n"
SKIPS_MODULE = "import pytest\npytest.importorskip('no_such_library')\n"
NEEDS_POSTGRESQL = "import pytest\ndef test_d():\n    pytest.skip('needs PostgreSQL: apt install postgresql')\n"
CONNECTS = "import socket\ndef test_c():\n    socket.create_connection(('192.0.2.1', 80), timeout=1)\n"


def run_session(folder: Path, test: str, *, has_mirror: bool, workers: int) -> subprocess.CompletedProcess[str]:
    """Run one planted test file under our conftest."""
    (folder / "mirror").mkdir()
    if has_mirror:
        (folder / "mirror" / "MANIFEST.csv").touch()
    shutil.copy(CONFTEST, folder)
    (folder / "test_planted.py").write_text(test)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = mirror\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", "-n", str(workers), "-ra"]
    root = str(CONFTEST.parents[1])
    environment = os.environ | {"MOOTHALL_MIRROR": str(folder / "mirror"), "PYTEST_ADDOPTS": "", "PYTHONPATH": root}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("test", "has_mirror", "workers", "code", "sentence"),
    [
        (USES_MIRROR, True, 0, 0, "1 test needs the mirror of published files, and it is here."),
        (
            USES_MIRROR,
            False,
            1,
            0,
            "1 test needs the mirror of published files and did not run, because it is not here",
        ),
        (SKIPS, True, 0, 1, "1 test was skipped although the mirror is here"),
        (SKIPS, True, 1, 1, "1 test was skipped although the mirror is here"),
        (SKIPS, False, 0, 0, "0 tests need the mirror"),
        (USES_MIRROR + SKIPS, True, 0, 1, "1 test was skipped although the mirror is here"),
        (SKIPS_MODULE, True, 1, 5, "1 test was skipped although the mirror is here"),
        (NEEDS_POSTGRESQL, True, 1, 0, "Taking part was tested on SQLite only"),
        (CONNECTS, False, 0, 1, "a test tried to connect to 192.0.2.1: tests use no network"),
    ],
    ids=range(9),
)
def test_a_session_counts_its_skips(
    tmp_path: Path, test: str, has_mirror: bool, workers: int, code: int, sentence: str
) -> None:
    answer = run_session(tmp_path, test, has_mirror=has_mirror, workers=workers)
    assert sentence in answer.stdout
    assert answer.returncode == code, answer.stdout + answer.stderr
    assert answer.stdout.splitlines()[-1].startswith("=")
