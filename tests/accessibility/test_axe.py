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
RUN = "async (tags) => (await axe.run({ runOnly: { type: 'tag', values: tags } })).violations"
LOOKS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 768, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
}
ERRORS = ("/nowhere", "/authorities/atlantis", "/search?q=%00", "/metrics/household-waste-recycling-rate?period=1066")
NAMES = [route.name for route in ROUTES if route.is_page]


def violations(page: Page) -> list[str]:
    """What axe finds on an open page, one line each with the first place."""
    page.add_script_tag(path=str(AXE))
    found: list[dict[str, Any]] = page.evaluate(RUN, TAGS)
    return [f"{v['id']}: {v['help']} at {v['nodes'][0]['html'][:120]}" for v in found]


@cache
def shipped_addresses(shipped: Path) -> dict[str, list[str]]:
    """The addresses of every page on the shipped figures, looked up once for all tests of a worker."""
    return example_addresses(Store.open(shipped))


def test_the_walk_covers_every_page_of_the_route_table() -> None:
    assert set(NAMES) == set(example_addresses(make_example_store()))


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", [*NAMES, "errors"])
def test_nothing_stands_in_the_way(browser: Browser, site: Server, shipped: Path, name: str, look: str) -> None:
    addresses = ERRORS if name == "errors" else shipped_addresses(shipped)[name]
    assert addresses, name
    with browser.new_context(bypass_csp=True, **LOOKS[look]) as context:
        page = context.new_page()
        for address in addresses:
            page.goto(site.address + address)
            assert violations(page) == [], f"{address}, {look}"
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            assert not wide, f"{address} scrolls sideways, {look}"


@pytest.mark.browser
def test_axe_finds_a_planted_fault(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content("<html lang='en'><title>x</title><main><h1>x</h1><button></button><img src='x'></main>")
        found = " ".join(violations(page))
        assert "button-name" in found
        assert "image-alt" in found
