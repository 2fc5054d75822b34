"""The real site with the shipped figures, for a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.serving import Server, serving


@pytest.fixture(scope="session")
def site(shipped: Path) -> Iterator[Server]:
    """The server, one for each worker of the run."""
    with serving(shipped, WEB_CONCURRENCY="1") as server:
        yield server
