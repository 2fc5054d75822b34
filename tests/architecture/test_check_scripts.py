"""What `make check` and `make test` run: no fault of any program is lost, and files of tests go with a good run."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("ruff", "mypy", "lint-imports", "moothall", "python")
STUB = """#!/bin/sh
echo "ran $(basename "$0") $*"
touch "${TMPDIR:-/tmp}/left-by-a-test"
case "$(basename "$0") $*" in "$FAULTY"*) exit 1;; esac
"""
NOTHING = "nothing"
MORE_THAN_ANY_MACHINE_HAS = "999999"

pytestmark = pytest.mark.slow


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Programs that only say that they ran, and fail where the variable FAULTY names them."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in PROGRAMS:
        (folder / name).write_text(STUB)
        (folder / name).chmod(0o755)
    (tmp_path / "tmp").mkdir()
    return folder


def run(script: str, programs: Path, *arguments: str, faulty: str = NOTHING) -> subprocess.CompletedProcess[str]:
    """Run a script whose programs are those."""
    own = os.environ | {"FAULTY": faulty, "TMPDIR": str(programs.parent / "tmp")}
    command = [str(ROOT / "scripts" / script), *arguments]
    return subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)


def test_a_check_runs_everything(programs: Path) -> None:
    answer = run("check.sh", programs, str(programs))
    assert answer.returncode == 0, answer.stderr
    for ran in ("ruff check", "ruff format", "mypy", "lint-imports", "moothall check --catalogue", "python -m pytest"):
        assert f"ran {ran}" in answer.stdout


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        ("ruff check", ""),
        ("ruff format", ""),
        ("mypy", "Types, imports, words or the catalogue have a fault"),
        ("lint-imports", "Types, imports, words or the catalogue have a fault"),
        ("python scripts/glossary_lint.py", "Types, imports, words or the catalogue have a fault"),
        ("moothall check", "Types, imports, words or the catalogue have a fault"),
        ("python -m pytest", "The fast tests fail"),
    ],
)
def test_a_fault_of_any_is_a_fault_of_all(programs: Path, faulty: str, said: str) -> None:
    answer = run("check.sh", programs, str(programs), faulty=faulty)
    assert answer.returncode != 0
    assert f"ran {faulty}" in answer.stdout
    assert said in answer.stderr


def test_files_go_with_a_good_run_and_stay_after_a_bad_one_until_the_next(programs: Path) -> None:
    def left_after(faulty: str) -> list[str]:
        run("run_tests.sh", programs, MORE_THAN_ANY_MACHINE_HAS, str(programs / "python"), "-q", faulty=faulty)
        return [path.name for path in (programs.parent / "tmp").rglob("left-by-a-test")]

    assert left_after(NOTHING) == []
    assert len(left_after("python -m pytest")) == 1
    assert len(left_after("python -m pytest")) == 1
    assert left_after(NOTHING) == []
