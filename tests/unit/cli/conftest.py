"""The commands on a tiny home, in this process: arguments in; exit code, answer and complaint out."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from moothall.cli.main import main
from tests.support.catalogue_builder import metric, tiny_catalogue
from tests.support.tiny_home import SECOND, build_home, make_home, read_home


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code, what it answered and what it said beside."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture(scope="session")
def finished_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with release files and a build, made once."""
    home = make_home(tmp_path_factory.mktemp("home"))
    read_home(home)
    build_home(home)
    return home


@pytest.fixture(scope="session")
def joined_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where Aldmouth has a figure before it became New Northshire, with a change worked out on top."""
    files = tiny_catalogue()
    change = metric("rate-change", value={"change": {"of": {"metric": "recycling-rate"}, "over": 1}}, breaks=[])
    files["metrics/waste/rate-change.yaml"] = {k: v for k, v in change.items() if k not in ("synonyms", "bounds")}
    second = SECOND.replace("E07000001,2020-21,Recycling,Council,,", "E07000001,2020-21,Recycling,Council,,0.3")
    home = make_home(tmp_path_factory.mktemp("joined"), files, second)
    read_home(home)
    build_home(home)
    return home


@pytest.fixture
def home(finished_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which the commands use."""
    copy = Path(shutil.copytree(finished_home, tmp_path / "home"))
    monkeypatch.setenv("MOOTHALL_HOME", str(copy))
    monkeypatch.delenv("MOOTHALL_BUILDS", raising=False)
    return copy


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `moothall` with these arguments."""

    def run_command(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["moothall", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        code = ended.value.code
        return Done(code if isinstance(code, int) else 0, said.out, said.err)

    return run_command
