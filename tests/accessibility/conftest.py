"""The real site with the shipped figures, for a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from moothall.store import Store
from tests.support.published import publish_examples
from tests.support.serving import Server, serving


@pytest.fixture(scope="session")
def site(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, one for each worker of the run; beside its figures a reply and a practice note are published."""
    folder = tmp_path_factory.mktemp("published")
    publish_examples(Store.open(shipped), folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOOTHALL_PUBLISHED", str(folder))
        with serving(shipped, WEB_CONCURRENCY="1", MOOTHALL_PUBLISHED=str(folder)) as server:
            yield server
