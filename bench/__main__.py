"""`make bench`: one run, one table. Targets are those of the product's design; ratios are measured / target."""

import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.analytics import analytics_rows
from bench.readers import reader_rows
from bench.similar import similar_rows
from bench.stopwatch import Page, requests_a_second, run_build, running_server, time_page

AUTHORITY_PAGES = ("/authorities/leeds", "/authorities/cornwall", "/authorities/kent", "/authorities/craven")
METRIC_PAGES = (
    "/metrics/household-waste-recycling-rate",
    "/metrics/household-waste-recycling-rate?authority=leeds",
    "/metrics/claimant-count-rate",
)
OTHER_PAGES = (
    "/",
    "/search",
    "/compare",
    "/compare?authority=leeds&authority=bradford&authority=york&authority=kent&group=similar",
    "/methods/why-no-league-table",
)
TIMES = 60


def main() -> None:
    """Time the readers; then build into an empty folder, and measure pages and the server on that build.

    With --readers, the readers alone.
    """
    if "--readers" in sys.argv[1:]:
        print_rows(reader_rows())
        return
    with tempfile.TemporaryDirectory() as folder:
        builds = Path(folder)
        rows = build_rows(builds) + analytics_rows(builds) + similar_rows(builds)
        os.environ["MOOTHALL_BUILDS"] = folder
        rows += page_rows()
        rows += server_rows(builds)
    print_rows(rows + reader_rows())


def build_rows(builds: Path) -> list[tuple[str, float, float | None, str]]:
    """Seconds and memory of a build from nothing."""
    seconds, megabytes = run_build(builds)
    return [("build, time", seconds, 30, "s"), ("build, peak memory", megabytes, None, "MB")]


def page_rows() -> list[tuple[str, float, float | None, str]]:
    """Server time, bytes and nodes of pages, each asked for warm in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.site.settings")
    from moothall.site.wsgi import application

    rows: list[tuple[str, float, float | None, str]] = []
    for path in (*AUTHORITY_PAGES, *METRIC_PAGES, *OTHER_PAGES):
        rows += one_page(time_page(application, path, TIMES))
    return rows


def one_page(page: Page) -> list[tuple[str, float, float | None, str]]:
    """The rows of one page."""
    return [
        (f"{page.path}, median", page.median_ms, 20, "ms"),
        (f"{page.path}, 95th percentile", page.p95_ms, None, "ms"),
        (f"{page.path}, gzip", page.gzip_bytes / 1000, 60, "kB"),
        (f"{page.path}, nodes", page.nodes, 3000, ""),
    ]


def server_rows(builds: Path) -> list[tuple[str, float, float | None, str]]:
    """Start-up and throughput of the real server with two workers."""
    with running_server(builds) as (address, seconds):
        pages = requests_a_second(address + AUTHORITY_PAGES[0])
    return [("serve, first answer", seconds, 5, "s"), ("authority pages, two workers", pages, None, "a second")]


def print_rows(rows: list[tuple[str, float, float | None, str]]) -> None:
    """Print what was measured beside what was asked for."""
    table = Table(box=None, header_style="bold")
    for column in ("what", "measured", "target", "ratio"):
        table.add_column(column, justify="left" if column == "what" else "right")
    for what, measured, target, unit in rows:
        wanted = (f"{target:,.10g} {unit}", f"{measured / target:.2f}") if target else ("", "")
        table.add_row(what, f"{measured:,.1f} {unit}", *wanted)
    Console(width=None if sys.stdout.isatty() else 120).print(table)


if __name__ == "__main__":
    main()
