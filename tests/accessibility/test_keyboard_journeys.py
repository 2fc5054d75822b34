"""Four journeys by keyboard alone on a narrow phone, with programs and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.serving import Server

MOST_STOPS = 250
"""More stops of the Tab key than this on the way to one thing is no way."""

TAB, HERE = "Tab", "document.activeElement"
VISIBLE = f"""() => {{ const at = {HERE}.getBoundingClientRect(); const looks = getComputedStyle({HERE});
  return at.width > 0 && at.height > 0 && (looks.outlineStyle !== 'none' || looks.boxShadow !== 'none'); }}"""


@pytest.fixture(params=[True, False], ids=["with programs", "without programs"])
def page(browser: Browser, site: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A narrow phone at the front page."""
    look = {"viewport": {"width": 360, "height": 740}, "accept_downloads": True}
    with browser.new_context(java_script_enabled=request.param, **look) as context:  # type: ignore[arg-type]
        opened = context.new_page()
        opened.goto(site.address)
        yield opened


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what matches, and check that the eye can see where it is."""
    wanted = page.locator(selector).first
    wanted.wait_for(state="attached")
    for _ in range(MOST_STOPS):
        page.keyboard.press(TAB)
        if wanted.evaluate(f"it => it === {HERE}"):
            assert page.evaluate(VISIBLE), f"{selector} has the focus, but nobody can see it"
            return
    raise AssertionError(f"{selector} is not reached by {MOST_STOPS} stops of the Tab key on {page.url}")


def choose(page: Page, selector: str, words: str) -> None:
    """Reach a select and choose by typing, as a keyboard does."""
    tab_to(page, selector)
    page.keyboard.type(words)
    chosen = page.locator(selector).first.evaluate("it => it.selectedOptions[0].textContent")
    assert chosen.startswith(words), chosen


def go(page: Page, selector: str) -> None:
    """Reach a link or button and press Enter on it."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def find(page: Page, words: str) -> None:
    """Search from the field in the header."""
    tab_to(page, "#site-search")
    page.keyboard.type(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.browser
def test_find(page: Page) -> None:
    page.keyboard.press(TAB)
    assert page.locator(":focus").inner_text() == "Skip to main content"
    find(page, "allerdael")
    go(page, 'a[href="/authorities/allerdale"]')
    text = page.locator("main").inner_text()
    assert "This council ended on 31 March 2023." in text
    go(page, 'main a[href="/authorities/cumberland"]')
    assert page.locator("h1").inner_text() == "Cumberland Council"


@pytest.mark.browser
def test_compare(page: Page) -> None:
    go(page, 'nav a[href="/compare"]')
    choose(page, "#authority-1", "Leeds")
    choose(page, "#authority-2", "Bradford")
    choose(page, "#metric", "Household waste recycling rate")
    go(page, ".choose-form button")
    assert "Compare Leeds and Bradford" in page.locator("h1").inner_text()
    assert page.locator("main table").first.locator("td").count() >= 2
    go(page, 'a[href^="/c/"]')
    assert page.url.endswith("/compare?authority=leeds&authority=bradford&metric=household-waste-recycling-rate")


@pytest.mark.browser
def test_take_away(page: Page) -> None:
    find(page, "Household waste recycling rate")
    if "/search" in page.url:
        go(page, 'main a[href="/metrics/household-waste-recycling-rate"]')
    tab_to(page, 'a[download][href*="figures.csv"]')
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    held = waiting.value.path().read_text(encoding="utf-8-sig")
    assert "what_it_cannot_say" in held.partition("\n")[0]


@pytest.mark.browser
def test_check_a_claim(page: Page) -> None:
    go(page, 'footer a[href="/claims"]')
    choose(page, 'select[name="authority"]', "Leeds")
    choose(page, 'select[name="metric"]', "Household waste recycling rate")
    choose(page, 'select[name="claim"]', "Falling")
    go(page, ".choose-form button")
    answer = page.locator("main h2").first.inner_text()
    assert re.search(r"true|false|cannot say", answer, re.IGNORECASE), answer
