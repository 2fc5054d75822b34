"""axe-core finds nothing on any page of taking part, signed in: light, dark and at 320 pixels."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from moothall.engagement.urls import ROOM_ROUTES
from tests.accessibility.test_axe import LOOKS, SIDEWAYS, violations
from tests.engagement.test_matrix import MAY_READ
from tests.support.room_server import RoomServer, room_server

PAGES = [route for route in ROOM_ROUTES if route.is_page]
LAID_OUT_MS = 5000
BEYOND = """[document.documentElement, ...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth || each.scrollWidth > innerWidth)
    .map((each) => each.outerHTML.slice(0, 150))"""
MOST_TO_SEE = ("lead", "body lead", "staff", "asked", "public")


@pytest.fixture(scope="module")
def room(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoomServer]:
    """The server with people in every role."""
    with room_server(shipped, tmp_path_factory.mktemp("records"), WEB_CONCURRENCY="1") as served:
        yield served


@pytest.mark.browser
@pytest.mark.parametrize("role", MOST_TO_SEE)
def test_nothing_stands_in_the_way(browser: Browser, room: RoomServer, role: str) -> None:
    with room.context(browser, role, bypass_csp=True) as context:
        page = context.new_page()
        for route in (route for route in PAGES if first_reader(route.name) == role):
            answer = page.goto(room.server.address + route.address(**room.made))
            assert answer is not None
            assert answer.status == 200, route.name
            for look in LOOKS:
                assert violations(page, look) == [], route.name
                assert not too_wide(page), f"{route.name} scrolls sideways, {look}"


def too_wide(page: Page) -> list[str]:
    """What reaches beyond the window of a page that scrolls sideways; a busy browser gets seconds to lay it out."""
    with suppress(TooLate):
        page.wait_for_function(f"!({SIDEWAYS})", timeout=LAID_OUT_MS)
        return []
    return list(page.evaluate(BEYOND))


def first_reader(name: str) -> str:
    """The role by which a page is walked: of those that may read it, the one with the most to see."""
    return next(role for role in MOST_TO_SEE if role in MAY_READ[name])


@pytest.mark.browser
@pytest.mark.parametrize(("role", "path"), [("reader", "sign-in"), ("staff", "staff"), ("lead", "join")])
def test_a_refused_form_is_as_usable(browser: Browser, room: RoomServer, role: str, path: str) -> None:
    """Each form sent empty: the summary leads to the field, the title begins with the word Error."""
    with room.context(browser, role, bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{room.server.address}/take-part/{path}")
        page.locator("main form button.govuk-button").last.click()
        expect(page).to_have_title(re.compile("^Error: "))
        page.locator(".govuk-error-summary a").first.click()
        assert page.evaluate("document.activeElement.matches('input, textarea')")
        assert violations(page) == []


@pytest.mark.browser
def test_nothing_stands_in_the_way_of_staff_among_the_records(browser: Browser, room: RoomServer) -> None:
    """Django's own pages: the first one, the list of each kind, and the first record of each list."""
    with room.context(browser, "staff", bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{room.server.address}/take-part/admin/")
        lists = page.eval_on_selector_all("#content-main th a", "links => links.map(link => link.href)")
        assert len(lists) >= 8
        for address in lists:
            page.goto(address)
            records = page.eval_on_selector_all(
                "#result_list a[href*='/change/']", "links => links.map(link => link.href)"
            )
            for shown in (address, *records[:1]):
                page.goto(shown)
                for look in LOOKS:
                    assert violations(page, look) == [], shown
