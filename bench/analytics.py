"""How long the analytics step of a build takes, a cold command, and the first page of a worker."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.stopwatch import MOOTHALL
from moothall.pipeline.analyse import analyse
from moothall.pipeline.progress import silent
from moothall.store import Panel, Store

PAGES = ("/authorities/leeds", "/authorities/kent", "/authorities/cornwall", "/authorities/craven")
COMMAND = ("standing-out", "leeds")


class Held:
    """Stands where the writer of a build stands: it gives panels, and counts what it is given to keep."""

    def __init__(self, store: Store) -> None:
        self.panel: Callable[[str], Panel] = store.panel
        self.revisions = store.revisions
        self.kept = 0

    def add_changes(self, rows: Sequence[tuple[str, str, str, str]]) -> None:
        """Count the rows."""
        self.kept += len(rows)

    def add_findings(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Count the rows."""
        self.kept += len(rows)


def analytics_rows(builds: Path) -> list[tuple[str, float, float | None, str]]:
    """The analytics step; a cold `moothall standing-out`; the first page of a worker, and its memory after four."""
    store = Store.open(builds)
    newest = max(release.published_on for release in store.releases.values())
    for metric in store.catalogue.metrics:
        store.panel(metric)
    started = time.perf_counter()
    analyse(Held(store), store.catalogue, newest, silent)
    step = time.perf_counter() - started
    store.close()
    environment = {**os.environ, "MOOTHALL_BUILDS": str(builds)}
    started = time.perf_counter()
    subprocess.run([*MOOTHALL, *COMMAND], check=True, env=environment, capture_output=True)
    cold = time.perf_counter() - started
    given = [sys.executable, "-m", "bench.first_page", *PAGES]
    said = subprocess.run(given, check=True, env=environment, capture_output=True, text=True).stdout.split()
    first, megabytes = float(said[0]), float(said[1])
    return [
        ("analytics step of the build", step, 60, "s"),
        (f"moothall {' '.join(COMMAND)}, cold", cold, None, "s"),
        ("first council page of a worker", first, None, "ms"),
        ("memory of a worker after four councils", megabytes, 300, "MB"),
    ]
