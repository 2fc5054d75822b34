"""Debian's Chromium for tests: without a window, without the machine's fonts deciding what a page looks like."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@contextmanager
def open_browser(program: Path) -> Iterator[Browser]:
    """The browser until the block ends. One at a time: its library allows no second one in a process."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(program), args=QUIET)
        yield opened
        opened.close()
