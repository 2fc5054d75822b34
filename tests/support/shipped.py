"""The shipped figures, built once for all tests of a run, whichever worker asks first."""

import fcntl
import os
from pathlib import Path

import pytest

from moothall.catalogue.places import catalogue_folder, releases_folder
from moothall.pipeline.build import build
from moothall.store import has_build


def shipped_builds(factory: pytest.TempPathFactory) -> Path:
    """A folder with the build of the repository's own catalogue and releases.

    MOOTHALL_TEST_BUILDS names one that is there already, for somebody who runs a few tests again and again.
    """
    if named := os.environ.get("MOOTHALL_TEST_BUILDS"):
        return Path(named)
    shared = factory.getbasetemp()
    shared = shared.parent if shared.name.startswith("popen-") else shared
    folder = shared / "shipped"
    folder.mkdir(exist_ok=True)
    with (shared / "shipped.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not has_build(folder):
            build(catalogue_folder(), releases_folder(), folder)
    return folder
