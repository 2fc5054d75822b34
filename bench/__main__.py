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
from bench.stopwatch import (
    Page,
    Running,
    requests_a_second,
    run_build,
    running_server,
    time_page,
    worker_megabytes,
    worker_seconds,
)
from bench.walk import walk_rows
from moothall.catalogue.places import builds_folder

AUTHORITY_PAGES = ("/authorities/leeds", "/authorities/cornwall", "/authorities/kent", "/authorities/craven")
METRIC_PAGES = (
    "/metrics/household-waste-recycling-rate",
    "/metrics/household-waste-recycling-rate?authority=leeds",
    "/metrics/household-waste-recycling-rate?group=england",
    "/metrics/claimant-count-rate",
)
COMPARE_PAGES = (
    "/compare?authority=leeds&authority=bradford&authority=york&authority=kent&group=similar",
    "/compare?authority=leeds&authority=bradford&metric=household-waste-recycling-rate&metric=claimant-count-rate",
)
SEARCH_PAGES = ("/search?q=recyc", "/search?q=wakefeild", "/search?q=west")
OTHER_PAGES = ("/", "/authorities/leeds/early-warning", "/methods/why-no-league-table")
TARGETS = ((AUTHORITY_PAGES, 20), (METRIC_PAGES, 20), (COMPARE_PAGES, 30), (SEARCH_PAGES, 5), (OTHER_PAGES, 20))
"""Pages of each kind, and the milliseconds that the median of one may take."""

COUNCILS = ("leeds", "kent", "cornwall", "burnley", "york", "barnet", "bury", "dudley", "exeter", "fylde")
MIX = tuple(f"/authorities/{slug}{rest}" for slug in COUNCILS for rest in ("", "/similar", "/early-warning"))
"""Thirty pages of ten councils: what a server is asked for once people have found it."""

TIMES = 60
ROUNDS, ROUNDS_KEPT = 10, 40
PAGES_A_SECOND, MEGABYTES = 300, 300
KEPT_MB = "16"
"""What a worker keeps of its answers unless a server is told otherwise (site.settings)."""


def main() -> None:
    """Time the readers; then build into an empty folder, and measure pages and the server on that build.

    With --readers, the readers alone; with --pages, pages and the server alone, on the build that there is;
    with --walk, the memory of a worker that walks over the whole site, on the same.
    """
    if "--readers" in sys.argv[1:]:
        print_rows(reader_rows())
        return
    if "--walk" in sys.argv[1:]:
        print_load()
        print_rows(walk_rows(builds_folder()))
        return
    if "--pages" in sys.argv[1:]:
        print_load()
        print_rows(page_rows() + server_rows(builds_folder()))
        return
    print_load()
    with tempfile.TemporaryDirectory() as folder:
        builds = Path(folder)
        rows = build_rows(builds) + analytics_rows(builds) + similar_rows(builds)
        os.environ["MOOTHALL_BUILDS"] = folder
        rows += page_rows()
        rows += server_rows(builds) + walk_rows(builds)
    print_rows(rows + reader_rows())


def print_load() -> None:
    """Say how busy the machine is: on a busy one every figure below is too high."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    Console().print(f"Load before the run: {load:.1f} on {cores} cores{'; the machine is busy' if load > 1 else ''}.")


def build_rows(builds: Path) -> list[tuple[str, float, float | None, str]]:
    """Seconds and memory of a build from nothing."""
    seconds, megabytes = run_build(builds)
    return [("build, time", seconds, 30, "s"), ("build, peak memory", megabytes, None, "MB")]


def page_rows() -> list[tuple[str, float, float | None, str]]:
    """Server time, bytes and nodes of pages, each asked for warm in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.site.settings")
    os.environ["MOOTHALL_KEPT_PAGES_MB"] = "0"
    from moothall.site.wsgi import application

    rows: list[tuple[str, float, float | None, str]] = []
    for paths, target in TARGETS:
        for path in paths:
            rows += one_page(time_page(application, path, TIMES), target)
    return rows


def one_page(page: Page, target: float) -> list[tuple[str, float, float | None, str]]:
    """The rows of one page."""
    return [
        (f"{page.path}, median", page.median_ms, target, "ms"),
        (f"{page.path}, fastest", page.fastest_ms, None, "ms"),
        (f"{page.path}, 95th percentile", page.p95_ms, None, "ms"),
        (f"{page.path}, gzip", page.gzip_bytes / 1000, 60, "kB"),
        (f"{page.path}, nodes", page.nodes, 3000, ""),
    ]


def server_rows(builds: Path) -> list[tuple[str, float, float | None, str]]:
    """Start-up, memory and throughput of the real server with two workers, which makes each page anew or keeps it."""
    rows: list[tuple[str, float, float | None, str]] = []
    with running_server(builds, MOOTHALL_KEPT_PAGES_MB="0") as server:
        requests_a_second(server, MIX, 2)  # every worker has seen every page
        pages = requests_a_second(server, MIX, ROUNDS)
        rows += [("serve, first answer", server.seconds, 5, "s")]
        rows += [("pages, two workers, each made anew", pages, None, "a second")]
        rows += [("processor time of such a page", milliseconds_of(server, ROUNDS), None, "ms")]
        rows += [("memory of a worker, no page kept", max(worker_megabytes(server)), MEGABYTES, "MB")]
    with running_server(builds, MOOTHALL_KEPT_PAGES_MB=KEPT_MB) as server:
        requests_a_second(server, MIX, 4)
        pages = requests_a_second(server, MIX, ROUNDS_KEPT)
        rows += [("pages, two workers, answers kept", pages, PAGES_A_SECOND, "a second")]
        spent = milliseconds_of(server, ROUNDS_KEPT)
        rows += [("processor time of such a page", spent, None, "ms")]
        rows += [("so two cores of their own would give", 2000 / spent, PAGES_A_SECOND, "a second")]
        rows += [("memory of a worker, answers kept", max(worker_megabytes(server)), MEGABYTES, "MB")]
    return rows


def milliseconds_of(server: Running, rounds: int) -> float:
    """Processor time that the workers spend on one page of the mix: it counts no waiting, on a busy machine either."""
    before = worker_seconds(server)
    requests_a_second(server, MIX, rounds)
    return (worker_seconds(server) - before) * 1000 / (len(MIX) * rounds)


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
