"""What every test may lean on: the mirror of published files, the browser, no network, and an honest count of skips.

Hypothesis draws the same examples each time and keeps no database, so that a run can be repeated.

With the mirror present nothing may be skipped: the session fails if anything is.
"""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A browser that stays open for all tests of a worker leaves its loop of events running in the same thread; Django then
# takes every test for one that waits, and refuses its own records. No test of ours reads them from within a loop.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

settings.register_profile("moothall", derandomize=True, deadline=None, database=None)
settings.load_profile("moothall")

ROOT = Path(__file__).resolve().parents[1]
SLOW_FOLDERS = (ROOT / "tests" / "oracle", ROOT / "tests" / "sources")
"""Slow by their nature: second implementations over drawn arrays, and publishers' whole files."""
NEEDS_MIRROR = ("needs", "mirror")
REMEDY = "put it at ../shared/sources or name its folder in MOOTHALL_MIRROR"
NO_MIRROR = f"needs the mirror of published files: {REMEDY}"
NO_BROWSER = "Chromium was not found: run `make test`, which installs it, or name one in MOOTHALL_CHROMIUM"
NO_POSTGRESQL = "needs PostgreSQL"
"""The beginning of the one reason for which a test may be skipped beside the mirror; the session says so."""
LOOPBACK = ("127.0.0.1", "::1", "localhost", "0.0.0.0")


def find_mirror() -> Path | None:
    """The folder of the mirror, known by its MANIFEST.csv; None when this machine has none."""
    named = os.environ.get("MOOTHALL_MIRROR")
    folder = Path(named) if named else ROOT.parent / "shared" / "sources"
    return folder if (folder / "MANIFEST.csv").is_file() else None


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The folder that holds the published files, one folder a source; skips with a sentence when there is none."""
    folder = find_mirror()
    if folder is None:
        pytest.skip(NO_MIRROR)
    return folder


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the build of the figures that this repository ships."""
    from tests.support.shipped import shipped_builds

    return shipped_builds(tmp_path_factory)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program. Its absence fails: a page nobody could open is not a page that passed."""
    program = os.environ.get("MOOTHALL_CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.fail(NO_BROWSER, pytrace=False)
    return Path(program)


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator["Browser"]:
    """The browser, one for each worker of the run."""
    from tests.support.browser import open_browser

    with open_browser(chromium) as opened:
        yield opened


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """A test that reaches for another machine fails, and its message names the address."""
    connect = socket.socket.connect

    def connect_here_only(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise RuntimeError(f"a test tried to connect to {address[0]}: tests use no network")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here_only)
        yield


@pytest.fixture(autouse=True, scope="session")
def _static_files_listed_once() -> Iterator[None]:
    """Clients of Django are many in a run; the static files are the same for all of them."""
    from tests.support.static_files import list_static_files_once

    with pytest.MonkeyPatch.context() as patch:
        list_static_files_once(patch)
        yield


# ---------------------------------------------------------------- the count of skips


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even open the folders of slow tests where they are left out."""
    return True if collection_path in SLOW_FOLDERS and config.option.markexpr.startswith("not slow") else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the mirror, so that it can be chosen by marker and counted; and what `make check` leaves out."""
    for item in items:
        if any(folder in item.path.parents for folder in SLOW_FOLDERS) or item.get_closest_marker("programs"):
            item.add_marker(pytest.mark.slow)
        if "mirror" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.mirror)
            item.user_properties.append(NEEDS_MIRROR)


@pytest.hookimpl(trylast=True, specname="pytest_collection_modifyitems")
def pytest_begin_with_the_long(items: list[pytest.Item]) -> None:
    """Half of the long tests first, half in the middle: of two workers each is given one half of all to begin with."""
    long = [item for item in items if item.get_closest_marker("long")]
    rest = [item for item in items if not item.get_closest_marker("long")]
    first, second = long[0::2], long[1::2]
    middle = max(0, len(items) // 2 - len(first))
    items[:] = [*first, *rest[:middle], *second, *rest[middle:]]


def describe_mirror_use(used: int, mirror_folder: Path | None) -> str:
    """One sentence: how many tests needed the mirror, and whether they ran."""
    tests = "1 test needs" if used == 1 else f"{used} tests need"
    if mirror_folder is None:
        return f"{tests} the mirror of published files and did not run, because it is not here: {REMEDY}."
    return f"{tests} the mirror of published files, and it is here."


def describe_forbidden_skips(skipped: int) -> str:
    """One sentence for a session that skipped tests although nothing was missing."""
    tests = "1 test was" if skipped == 1 else f"{skipped} tests were"
    return f"{tests} skipped although the mirror is here: with it every test must run (reasons above)."


def _find_reporter(config: pytest.Config) -> Any:
    return config.pluginmanager.get_plugin("terminalreporter")


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _count_skips(config: pytest.Config) -> int:
    return len([report for report in _skipped(config) if NO_POSTGRESQL not in str(report.longrepr)])


def _skipped(config: pytest.Config) -> list[Any]:
    reporter = _find_reporter(config)
    return list(reporter.stats.get("skipped", ())) if reporter else []


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a session that skipped anything although the mirror is present."""
    if not _is_worker(session.config) and find_mirror() and _count_skips(session.config) and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how many tests needed the mirror, and refuse skips when it is there."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    users = {report.nodeid for report in reports if NEEDS_MIRROR in map(tuple, getattr(report, "user_properties", ()))}
    terminalreporter.write_line(describe_mirror_use(len(users), find_mirror()))
    if len(_skipped(config)) > _count_skips(config):
        terminalreporter.write_line("Taking part was tested on SQLite only: apt install postgresql tests it there too.")
    if find_mirror() and _count_skips(config):
        terminalreporter.write_line(describe_forbidden_skips(_count_skips(config)), red=True)
