"""The import contracts of pyproject.toml hold, ignore nothing, read as sentences, and each of them can fail.

Every library that src/ imports is declared, so that none arrives only because another library happens to need it.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = SETTINGS["tool"]["importlinter"]["contracts"]
ROOMS = (
    "site",
    "engagement",
    "web",
    "api",
    "cli",
    "presenters",
    "pipeline",
    "analytics",
    "store",
    "catalogue",
    "domain",
)

# One import that breaks each contract: where it is planted, and what it says.
PLANTED = {
    "layers": ("store", "import moothall.presenters"),
    "no-pipeline-behind-a-page": ("web", "import moothall.pipeline"),
    "pure-analytics": ("analytics", "import pyarrow"),
    "engagement-apart": ("engagement", "import moothall.store"),
    "duckdb-in-the-store": ("presenters", "import duckdb"),
    "http-in-fetch": ("pipeline", "import httpx"),
    "bare-domain": ("domain", "import pydantic"),
    "errors-apart": ("errors", "import moothall.domain"),
    "no-tests-in-source": ("cli", "import tests.builders"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run lint-imports over the package in a folder's src."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def find_verdicts(output: str) -> dict[str, str]:
    """Each contract's id with KEPT or BROKEN, as lint-imports prints them."""
    verdicts = {}
    for contract in CONTRACTS:
        (line,) = (line for line in output.splitlines() if line.startswith(f"{contract['name']} "))
        verdicts[contract["id"]] = line.split()[-1]
    return verdicts


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A house of empty rooms under the real contracts, with the two lawful imports that the contracts speak of."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    package = tmp_path / "src" / "moothall"
    for room in ROOMS:
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").touch()
    for module in ("__init__.py", "errors.py", "engagement/views.py", "api/views.py"):
        (package / module).touch()
    (package / "store" / "writer.py").write_text("import duckdb\n")
    (package / "pipeline" / "fetch.py").write_text("import httpx\n")
    return tmp_path


@pytest.mark.slow
def test_the_contracts_hold() -> None:
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_no_contract_ignores_an_import() -> None:
    assert [contract["id"] for contract in CONTRACTS if "ignore_imports" in contract] == []


def test_each_contract_is_a_sentence() -> None:
    assert [name for c in CONTRACTS if not (name := c["name"])[0].isupper() or len(name.split()) < 4] == []


@pytest.mark.slow
def test_a_lawful_house_passes(small_house: Path) -> None:
    answer = lint(small_house)
    assert find_verdicts(answer.stdout) == dict.fromkeys(PLANTED, "KEPT"), answer.stdout


@pytest.mark.slow
def test_each_contract_can_fail(small_house: Path) -> None:
    for room, line in PLANTED.values():
        folder = small_house / "src" / "moothall" / room
        path = folder / "planted.py" if folder.is_dir() else folder.with_suffix(".py")
        path.write_text(f"{line}\n")
    answer = lint(small_house)
    assert answer.returncode == 1
    assert find_verdicts(answer.stdout) == dict.fromkeys(PLANTED, "BROKEN"), answer.stdout


@pytest.mark.slow
def test_a_new_room_needs_a_layer(small_house: Path) -> None:
    (small_house / "src" / "moothall" / "attic").mkdir()
    (small_house / "src" / "moothall" / "attic" / "__init__.py").touch()
    assert find_verdicts(lint(small_house).stdout)["layers"] == "BROKEN"


# ---------------------------------------------------------------- libraries


def find_libraries(source: Path) -> dict[str, str]:
    """Each library that a folder of code imports, with one of the files that do."""
    libraries: dict[str, str] = {}
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                libraries |= {alias.name.split(".")[0]: path.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                libraries[str(node.module).split(".")[0]] = path.name
    return {name: path for name, path in libraries.items() if name not in (*sys.stdlib_module_names, "moothall")}


@cache
def find_installed() -> Mapping[str, list[str]]:
    """For each name that can be imported the distributions that bring it; asked once, for it reads all of them."""
    return packages_distributions()


def find_undeclared(source: Path) -> list[str]:
    """One sentence for each library that is imported and not declared."""
    declared = {spelled(re.split(r"[<>=!~;\[ ]", line)[0]) for line in SETTINGS["project"]["dependencies"]}
    installed = find_installed()
    return [
        f"{path} imports {name}, which pyproject.toml does not declare."
        for name, path in find_libraries(source).items()
        if declared.isdisjoint(map(spelled, installed.get(name, ())))
    ]


def spelled(name: str) -> str:
    """A distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.slow
def test_every_library_is_declared() -> None:
    undeclared = find_undeclared(ROOT / "src")
    assert not undeclared, "\n".join(undeclared)


@pytest.mark.parametrize(
    ("line", "is_declared"),
    [
        ("import django.http", True),
        ("from yaml import compose", True),
        ("import os", True),
        ("from moothall import x", True),
        ("from . import x", True),
        ("import pytest", False),
        ("from anyio import x", False),
        ("import no_such_library", False),
    ],
)
def test_an_undeclared_library_is_noticed(tmp_path: Path, line: str, is_declared: bool) -> None:
    (tmp_path / "planted.py").write_text(f"def f():\n    {line}\n")
    assert (find_undeclared(tmp_path) == []) == is_declared
