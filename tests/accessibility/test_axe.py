"""axe-core finds nothing on any page of the route table: WCAG 2.2 A and AA, light, dark and at 320 pixels."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from moothall.store import Store
from moothall.web.urls import ROUTES, example_addresses
from tests.functional.conftest import make_example_store
from tests.support.serving import Server

AXE = Path(__file__).parents[2] / "assets/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RUN = "async (only) => (await axe.run({ resultTypes: ['violations'], runOnly: only })).violations"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
COLOURS = ["color-contrast", "link-in-text-block"]
PLACES = [*COLOURS, "target-size", "scrollable-region-focusable"]
"""The rules that look at more than the markup. The markup is one for all looks, so the others run once, in light."""
LOOKS: dict[str, tuple[Any, Any, dict[str, Any]]] = {
    "light": (WIDE, "light", {"type": "tag", "values": TAGS}),
    "dark": (WIDE, "dark", {"type": "rule", "values": COLOURS}),
    "narrow": (NARROW, "light", {"type": "rule", "values": PLACES}),
}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
ERRORS = ("/nowhere", "/authorities/atlantis", "/search?q=%00", "/metrics/household-waste-recycling-rate?period=1066")
NAMES = [route.name for route in ROUTES if route.is_page]


def violations(page: Page, look: str = "light") -> list[str]:
    """What axe finds on an open page in one look, one line each with the first place."""
    size, scheme, only = LOOKS[look]
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=str(AXE))
    found: list[dict[str, Any]] = page.evaluate(RUN, only)
    return [f"{v['id']}: {v['help']} at {v['nodes'][0]['html'][:120]}, {look}" for v in found]


@cache
def shipped_addresses(shipped: Path) -> dict[str, list[str]]:
    """The addresses of every page on the shipped figures, looked up once for all tests of a worker."""
    return example_addresses(Store.open(shipped))


def test_the_walk_covers_every_page_of_the_route_table() -> None:
    assert set(NAMES) == set(example_addresses(make_example_store()))


@pytest.mark.browser
@pytest.mark.parametrize("name", [*NAMES, "errors"])
def test_nothing_stands_in_the_way(browser: Browser, site: Server, shipped: Path, name: str) -> None:
    addresses = ERRORS if name == "errors" else shipped_addresses(shipped)[name]
    assert addresses, name
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        for address in addresses:
            page.goto(site.address + address)
            for look in LOOKS:
                assert violations(page, look) == [], address
                assert not page.evaluate(SIDEWAYS), f"{address} scrolls sideways, {look}"


@pytest.mark.browser
def test_axe_finds_a_planted_fault(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content("<html lang='en'><title>x</title><main><h1>x</h1><button></button><img src='x'></main>")
        found = " ".join(violations(page))
        assert "button-name" in found
        assert "image-alt" in found


@pytest.mark.browser
def test_axe_finds_what_is_at_fault_in_one_look_only(browser: Browser) -> None:
    faint = "@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } }"
    close = "a { display: inline-block; width: 40px } @media (max-width: 400px) { a { width: 9px } }"
    links = "".join(f"<a href='#{n}'>{n}</a>" for n in range(4))
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(f"<html lang='en'><title>x</title><style>{faint}{close}</style><p>words</p><nav>{links}</nav>")
        found = {look: " ".join(violations(page, look)) for look in LOOKS}
    assert "color-contrast" not in found["light"]
    assert "color-contrast" in found["dark"]
    assert "target-size" not in found["light"]
    assert "target-size" in found["narrow"]
