"""What the small programs do in a browser, and that pages are as whole without them."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.support.serving import Server

METRIC = "/metrics/household-waste-recycling-rate?authority=leeds&group=similar"
SAID = re.compile(r"^[A-Z][\w ]+: \d+\.\d%\. (joint )?\d+(st|nd|rd|th).* of 16")


def opened(browser: Browser, address: str, **look: object) -> Page:
    """A page of 360 pixels at an address; every message of the browser is a failure."""
    page = browser.new_context(viewport={"width": 360, "height": 800}, **look).new_page()  # type: ignore[arg-type]
    page.on("console", lambda message: pytest.fail(message.text))
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address)
    return page


@pytest.mark.browser
def test_arrow_keys_walk_along_the_strip_from_the_own_mark(browser: Browser, site: Server) -> None:
    page = opened(browser, site.address + METRIC)
    said = page.locator(".figure__said")
    assert said.get_attribute("role") == "status"
    page.locator(".figure__chart").first.focus()
    heard = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "Home", "ArrowLeft", "End", "ArrowRight"):
        page.keyboard.press(key)
        heard.append(said.inner_text())
    assert heard[0].startswith("Leeds: ")
    assert heard[1] != heard[0] == heard[2]
    assert heard[3] == heard[4]
    assert heard[5] == heard[6]
    assert all(SAID.match(words) for words in heard), heard
    figures = [float(re.findall(r"[\d.]+%", words)[0][:-1]) for words in heard]
    assert figures[3] == min(figures)
    assert figures[5] == max(figures)
    page.context.close()


@pytest.mark.browser
def test_a_pointer_names_the_nearest_council(browser: Browser, site: Server) -> None:
    page = opened(browser, site.address + METRIC)
    drawing, said = page.locator(".figure__chart svg").first, page.locator(".figure__said")
    drawing.hover(position={"x": 4, "y": 20})
    first = said.inner_text()
    drawing.hover(position={"x": 300, "y": 20})
    assert SAID.match(first)
    assert SAID.match(said.inner_text())
    assert said.inner_text() != first
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "words", "shown", "some"),
    [
        ("/authorities", "YORK ", "8 of 382 shown", "North Yorkshire"),
        ("/metrics", "recycling waste", r"\d of \d{3} shown", "Household waste recycling rate"),
        ("/about/components", "table", r"1 of \d\d shown", "Tables"),
    ],
)
def test_a_long_list_can_be_narrowed_and_made_whole(
    browser: Browser, site: Server, path: str, words: str, shown: str, some: str
) -> None:
    page = opened(browser, site.address + path)
    whole = page.locator("main h2:visible, main li:visible").count()
    field = page.get_by_role("searchbox", name="Show only")
    field.fill(words)
    assert re.fullmatch(shown, page.locator(".filter [role=status]").inner_text())
    assert page.locator("main").get_by_text(some, exact=True).first.is_visible()
    assert page.locator("main h2:visible, main li:visible").count() < whole
    field.fill("qqqq")
    assert page.locator(".filter [role=status]").inner_text().startswith("0 of ")
    field.fill("")
    assert page.locator("main h2:visible, main li:visible").count() == whole
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", [METRIC, "/authorities", "/metrics", "/about/components"])
def test_without_programs_the_page_is_whole(browser: Browser, site: Server, path: str) -> None:
    page = opened(browser, site.address + path, java_script_enabled=False)
    assert page.locator(".filter, .figure__said").count() == 0
    assert page.locator("main [hidden]").count() == 0
    assert page.locator("main li, main tr").count() > 15
    page.context.close()
