"""Twelve pages of a small made-up site at three widths, drawn on a fixed day with one font and nothing that moves."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from playwright.sync_api import Browser

from moothall.web import current
from tests.functional.conftest import make_example_store
from tests.look.pictures import Pixels, read_png

METRIC = "household-waste-recycling-rate"
PAGES = {
    "home": "/",
    "search": "/search?q=council",
    "authorities": "/authorities",
    "authority": "/authorities/leeds",
    "theme": "/authorities/leeds/themes/waste",
    "questions": "/authorities/leeds/questions/waste",
    "metric": f"/metrics/{METRIC}?authority=leeds",
    "map": f"/metrics/{METRIC}/map",
    "compare": f"/compare?authority=leeds&authority=bradford&metric={METRIC}&group=england",
    "claim": f"/claims?authority=leeds&metric={METRIC}&claim=highest",
    "trail": f"/trail/{METRIC}/leeds/2021-22",
    "components": "/about/components",
}
WIDTHS = (360, 768, 1280)
SCALE = 0.25
"""How large the pictures are kept: a quarter shows every block of a page and no letter."""

TALLEST = 5200
"""Pixels of the page that a picture shows at most."""

FOLDER = Path(__file__).parent / "pictures"
DAY = date(2026, 11, 22)
STILL = """
*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important;
  font-family: "Liberation Sans", Arimo, Arial, sans-serif !important; content-visibility: visible !important; }
"""
"""One font wherever the pictures are made, and nothing that moves or waits."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a page at a width."""

    name: str
    width: int

    @property
    def file(self) -> Path:
        """Where its reference is kept."""
        return FOLDER / f"{self.name}-{self.width}.png"


SHOTS = tuple(Shot(name, width) for name in PAGES for width in WIDTHS)


Application = Callable[..., Iterable[bytes]]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


@contextmanager
def example_site() -> Iterator[str]:
    """The site with the made-up store on its day, served by this process; yields its address."""
    from moothall.site.wsgi import application

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(current, "_day", lambda: DAY)
        current.current_store.serve_only(make_example_store())
        server = make_server("127.0.0.1", 0, _named(application), _Server, _Silent)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            current.current_store.serve_only(None)


def _named(application: Application) -> Application:
    """The site under a name of its own: pages tell their address, and the port is another one each time."""
    return lambda environ, start: application({**environ, "HTTP_HOST": "localhost"}, start)


def take(browser: Browser, site: str, shot: Shot) -> Pixels:
    """A small picture of the page as it stands."""
    size = {"width": shot.width, "height": 800}
    look = {"device_scale_factor": SCALE, "color_scheme": "light", "reduced_motion": "reduce", "locale": "en-GB"}
    with browser.new_context(viewport=size, bypass_csp=True, **look) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(site + PAGES[shot.name])
        page.add_style_tag(content=STILL)
        height = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": shot.width, "height": min(height, TALLEST)}
        return read_png(page.screenshot(full_page=True, clip=clip, animations="disabled"))  # type: ignore[arg-type]
