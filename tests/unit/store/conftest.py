"""One tiny home, read and built once: its tests only look. A test that changes something makes its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from moothall.store import Store
from tests.support.tiny_home import build_home, make_home, read_home


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with release files and a build."""
    home = make_home(tmp_path_factory.mktemp("home"))
    read_home(home)
    build_home(home)
    return home


@pytest.fixture
def store(built: Path) -> Iterator[Store]:
    """The build of the tiny home, open."""
    opened = Store.open(built / "data" / "build")
    yield opened
    opened.close()
