"""`make bench-web`: what a reader on a slow phone waits for, in a real browser, beside what was measured of peers.

The phone: 1.6 Mbit/s, 150 ms to the server and back, a processor a quarter as fast as this one, nothing in the cache.
"""

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.table import Table

from bench.stopwatch import run_build, running_server

FLOOR = "/robots.txt"
"""The smallest answer of all: no page can be painted before it. What is above it is the page's own."""
PAGES = (
    FLOOR,
    "/authorities/leeds",
    "/authorities/kent",
    "/metrics/household-waste-recycling-rate?authority=leeds",
    "/compare?authority=leeds&authority=bradford&authority=kirklees&theme=waste",
    "/",
)
RUNS = 5
BITS_A_SECOND, ROUND_TRIP_MS, SLOWER = 1_600_000, 150, 4
WIDTH, HEIGHT = 360, 740
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
TARGETS: dict[str, tuple[float, str, str]] = {
    "first_paint": (600, "first contentful paint, ms", "ELS 1,660"),
    "largest_paint": (800, "largest contentful paint, ms", ""),
    "html": (60_000, "HTML over the wire, bytes", "ELS 574,000 first screen, 4,000,000 whole"),
    "rest": (25_000, "styles and pictures over the wire, bytes", ""),
    "nodes": (3_000, "nodes with all open", "ELS 102,565"),
    "blocked": (0, "blocking time, ms", ""),
}
"""What the design asks of the page of a council, and what was measured of the best peer there (PRODUCT.md)."""

WATCH = """
new Promise(done => {
  const found = {largest: 0, blocked: 0};
  const watch = (type, see) => new PerformanceObserver(list => list.getEntries().forEach(see))
    .observe({type, buffered: true});
  watch('largest-contentful-paint', entry => found.largest = entry.startTime);
  watch('longtask', entry => found.blocked += Math.max(0, entry.duration - 50));
  setTimeout(() => done({...found,
    first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    nodes: document.querySelectorAll('*').length}), 300);
})
"""


@dataclass(frozen=True)
class Visit:
    """One visit of a page: times in milliseconds from the click, bytes over the wire, elements in the tree."""

    first_paint: float
    largest_paint: float
    html: float
    rest: float
    nodes: float
    blocked: float


def main() -> None:
    """Build, serve, visit each page with an empty cache several times, print the least and the median."""
    program = os.environ.get("MOOTHALL_CHROMIUM") or shutil.which("chromium")
    if program is None:
        sys.exit("bench-web needs Chromium: install it, or name one in MOOTHALL_CHROMIUM.")
    with tempfile.TemporaryDirectory() as folder:
        builds = Path(folder)
        run_build(builds)
        with running_server(builds) as server, browser_at(program) as browser:
            for page, visits in visit_in_turn(browser, server.address).items():
                print_page(page, visits)


def visit_in_turn(browser: Browser, address: str) -> dict[str, list[Visit]]:
    """Visits of each page, one of each in turn, so that a busy machine is as unkind to all of them."""
    for page in PAGES:
        visit(browser, address + page)  # the server's own first time is not the reader's
    visits: dict[str, list[Visit]] = {page: [] for page in PAGES}
    for _ in range(RUNS):
        for page in PAGES:
            visits[page].append(visit(browser, address + page))
    return visits


@contextmanager
def browser_at(program: str) -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


def visit(browser: Browser, address: str) -> Visit:
    """Open a page on the slow phone with an empty cache."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, is_mobile=True, device_scale_factor=2)
    page = context.new_page()
    phone = context.new_cdp_session(page)
    bytes_of: dict[str, float] = {}
    kinds: dict[str, str] = {}
    phone.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    phone.on("Network.loadingFinished", lambda event: bytes_of.update({event["requestId"]: event["encodedDataLength"]}))
    slow_down(phone)
    page.goto(address, wait_until="load")
    seen = page.evaluate(WATCH)
    context.close()
    html = sum(size for request, size in bytes_of.items() if kinds.get(request) == "Document")
    return Visit(seen["first"], seen["largest"], html, sum(bytes_of.values()) - html, seen["nodes"], seen["blocked"])


def slow_down(phone: Any) -> None:
    """Make the network and the processor those of the phone."""
    rate = BITS_A_SECOND / 8
    network = {"offline": False, "latency": ROUND_TRIP_MS, "downloadThroughput": rate, "uploadThroughput": rate}
    phone.send("Network.enable")
    phone.send("Network.emulateNetworkConditions", network)
    phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def print_page(path: str, visits: list[Visit]) -> None:
    """The least and the median of a page beside the targets and the peers."""
    title = f"{path}: the floor, the smallest answer of all" if path == FLOOR else path
    table = Table(title=f"{title} ({len(visits)} visits)", box=None, header_style="bold", title_justify="left")
    for column in ("what", "least", "median", "target", "peer"):
        table.add_column(column, justify="left" if column in ("what", "peer") else "right")
    for field, (target, words, peer) in TARGETS.items():
        measured = [getattr(one, field) for one in visits]
        table.add_row(words, f"{min(measured):,.0f}", f"{statistics.median(measured):,.0f}", f"{target:,.0f}", peer)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
