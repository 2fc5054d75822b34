"""The one front door: `make` lists every command, the build server goes through it, and its refusals are sentences."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import moothall
from scripts import node_tool

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMMANDS = {"setup", "serve", "test", "check", "bench", "build"}


def find_targets_without_help(makefile: str) -> list[str]:
    """The commands of a Makefile that have no line of help; files that it makes are not commands."""
    targets = re.findall(r"^([a-zA-Z][\w-]*):(?!=)(.*)$", makefile, re.MULTILINE)
    return [name for name, rest in targets if not re.search(r"## \S", rest)]


def test_every_target_has_help() -> None:
    assert find_targets_without_help(MAKEFILE) == []


def test_a_target_without_help_is_noticed() -> None:
    assert find_targets_without_help(MAKEFILE + "\npaint: setup\n\t@true\nX := 1\n") == ["paint"]


def test_make_alone_lists_every_command() -> None:
    answer = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True, env=plain_environment())
    listed = {line.split()[1] for line in answer.stdout.splitlines()}
    assert listed >= COMMANDS
    assert listed == set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
    assert all(len(line.split()) > 3 for line in answer.stdout.splitlines())


def plain_environment() -> dict[str, str]:
    """The environment without what an outer make has put into it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}


def test_the_build_server_runs_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec make test"


def test_the_changelog_knows_the_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert moothall.__version__ in headings


# ---------------------------------------------------------------- refusals


def run_script(name: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script of ours with nothing but the environment given."""
    command = ["/bin/bash", str(ROOT / "scripts" / name), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)


def plant_program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


OLD_PYTHON = 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac'
NO_VENV = 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac'


@pytest.mark.parametrize(
    ("python3", "sentence"),
    [
        (None, "python3 was not found: on Debian or Ubuntu run apt install python3 python3-venv."),
        (OLD_PYTHON, "needs Python 3.11 or newer, and python3 is Python 3.9.2: install a newer one"),
        (NO_VENV, "cannot make a virtual environment: on Debian or Ubuntu run apt install python3-venv."),
    ],
)
def test_setup_says_what_python_lacks(tmp_path: Path, python3: str | None, sentence: str) -> None:
    if python3:
        plant_program(tmp_path, "python3", python3)
    answer = run_script("install.sh", str(tmp_path / "venv"), PATH=str(tmp_path))
    assert answer.returncode == 1
    assert sentence in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert not (tmp_path / "venv").exists()


@pytest.mark.parametrize(
    ("programs", "chromium", "sentence"),
    [
        ({}, "", "needs Chromium and it was not found"),
        ({"apt-get": "exit 0", "id": "echo 1000"}, "", "only an administrator can install it here"),
        ({}, "/nowhere/chromium", "names /nowhere/chromium, which is not a program"),
        ({"chromium": "exit 0"}, "", None),
    ],
)
def test_the_browser_is_found_or_asked_for(
    tmp_path: Path, programs: dict[str, str], chromium: str, sentence: str | None
) -> None:
    for name, script in programs.items():
        plant_program(tmp_path, name, script)
    answer = run_script("browser.sh", PATH=str(tmp_path), MOOTHALL_CHROMIUM=chromium)
    assert answer.returncode == (sentence is not None)
    assert (sentence or "") in answer.stderr.replace("tests need ", "tests needs ")
    assert answer.stderr.count("\n") == (sentence is not None)


@pytest.mark.parametrize(
    ("answer", "version"),
    [("v20.19.1", (20, 19)), ("v18.19.0", (18, 19)), ("no", (0, 0))],
)
def test_node_says_its_version(tmp_path: Path, answer: str, version: tuple[int, int]) -> None:
    plant_program(tmp_path, "node", f"echo {answer}")
    assert node_tool.read_node_version(str(tmp_path / "node")) == version


def test_an_old_node_gives_way_to_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant_program(tmp_path, "node", "echo v18.19.0")
    plant_program(tmp_path, "npm", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert node_tool.find_system_folder() is None
    wheel = node_tool.find_wheel_folder()
    assert wheel is not None
    assert node_tool.main(["npm", "--version"]) == 0


def test_no_node_at_all_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(node_tool, "find_wheel_folder", lambda: None)
    assert node_tool.main(["npm", "ci"]) == 1
    assert capsys.readouterr().err == "No Node 20.19 or newer was found: run make setup, which installs one in .venv.\n"


# ---------------------------------------------------------------- Ctrl-C

SERVER = """
import signal, sys, time
signal.signal(signal.SIGINT, lambda *_: sys.exit({code}))
print("ready", flush=True)
time.sleep(30)
"""


@pytest.mark.parametrize("code", [0, 3])
def test_ctrl_c_stops_the_server_and_not_make(tmp_path: Path, code: int) -> None:
    (tmp_path / "server.py").write_text(SERVER.format(code=code))
    (tmp_path / "Makefile").write_text(
        f"serve:\n\t@{sys.executable} {ROOT}/scripts/foreground.py {sys.executable} server.py\n\t@echo after\n"
    )
    # `script` gives make a terminal, as a person's shell does
    command = ["script", "--quiet", "--return", "--command", "make serve", "/dev/null"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=plain_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as terminal:
        assert terminal.stdin
        assert terminal.stdout
        assert b"ready" in terminal.stdout.readline()
        terminal.stdin.write(b"\x03")
        terminal.stdin.flush()
        rest = terminal.stdout.read()
        assert terminal.wait(timeout=20) == (2 if code else 0)
    assert b"Interrupt" not in rest
    assert (b"after" in rest) == (code == 0)
