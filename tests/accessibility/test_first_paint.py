"""What is painted before the stylesheet has come looks, and stands, as it does afterwards."""

import pytest
from playwright.sync_api import Browser

from tests.support.serving import Server

PAGES = ("/authorities/leeds", "/authorities/craven", "/metrics/household-waste-recycling-rate?authority=leeds")

PLACES = """
() => [...document.querySelectorAll('header *, .govuk-breadcrumbs *, main > h1, main > dl *, main > p *, main > p')]
  .filter(it => !it.matches('link') && it.compareDocumentPosition(document.querySelector('main > link')) & 4)
  .map(it => { const at = it.getBoundingClientRect(); const looks = getComputedStyle(it);
    return [it.tagName + '.' + it.getAttribute('class'), Math.round(at.x), Math.round(at.y), Math.round(at.width),
      Math.round(at.height), looks.color, looks.fontWeight, looks.backgroundColor].join(' '); })
"""


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_nothing_moves_when_the_sheet_comes(
    browser: Browser, site: Server, address: str, width: int, scheme: str
) -> None:
    seen = []
    for blocked in ("**/nothing", "**/moothall.css*"):
        look = {"viewport": {"width": width, "height": 740}, "color_scheme": scheme}
        with browser.new_context(**look) as context:  # type: ignore[arg-type]
            page = context.new_page()
            page.route(blocked, lambda route: route.abort())
            page.goto(site.address + address)
            seen.append(page.evaluate(PLACES))
    assert len(seen[0]) > 20
    assert seen[0] == seen[1]
