"""One journey in a real browser, without and with JavaScript: from the letter in the outbox to the receipt."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.room_server import RoomServer, room_server

OFFICER, COLLEAGUE = "nora@leeds.gov.uk", "noel@leeds.gov.uk"
LINK = re.compile(r"(/take-part/sign-in/\S+)")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def room(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoomServer]:
    """The server with the shipped figures, and people in every role."""
    with room_server(shipped, tmp_path_factory.mktemp("records"), WEB_CONCURRENCY="2") as served:
        yield served


PATIENCE = 20


def last_letter(room: RoomServer, words: str) -> str:
    """The text of the newest letter with these words; the worker may need a moment to send it."""
    until = time.monotonic() + PATIENCE
    while True:
        letters = sorted(room.outbox.glob("*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        texts = [path.read_text() for path in letters if not path.name.startswith(".")]
        found = [text for text in texts if words in text.replace("=\n", "")]
        if found or time.monotonic() > until:
            assert found, f"no letter says {words!r}"
            return found[0]
        time.sleep(0.2)


def sign_in(room: RoomServer, page: Page, address: str) -> None:
    """Sign in as people do: ask for a link, open it, press its button."""
    page.goto(f"{room.server.address}/take-part/sign-in")
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_role("button", name="Send me a link").click()
    found = LINK.search(last_letter(room, "/take-part/sign-in/"))
    assert found
    page.goto(room.server.address + found[1])
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def belong(room: RoomServer, browser: Browser, page: Page) -> None:
    """Ask to join Leeds as an officer, and be confirmed by its lead."""
    page.goto(f"{room.server.address}/take-part/join")
    page.get_by_label("Leeds City Council").check()
    page.get_by_label("Draft, with colleagues").check()
    page.get_by_role("button", name="Ask to join").click()
    with room.context(browser, "lead") as context:
        lead = context.new_page()
        lead.goto(f"{room.server.address}/take-part/councils/leeds")
        lead.get_by_role("button", name="Confirm no").last.click()


@pytest.mark.parametrize(("address", "has_program"), [(OFFICER, False), (COLLEAGUE, True)], ids=["plain", "program"])
def test_from_the_letter_to_a_saved_answer(room: RoomServer, browser: Browser, address: str, has_program: bool) -> None:
    with browser.new_context(java_script_enabled=has_program) as context:
        page = context.new_page()
        sign_in(room, page, address)
        belong(room, browser, page)
        page.goto(f"{room.server.address}/take-part/consultations/first-drafts-2026")
        page.get_by_role("link", name="Go on with the answer for Leeds").click()
        page.get_by_role("link", name="Is it clear what is counted, and what is not?").first.click()
        expect(page.get_by_role("main"), "the council's own draft value").to_contain_text("2.5%")
        page.get_by_label("Partly").check()
        page.get_by_label("What should the definition say?").fill(f"Words of {address}")
        if has_program:
            expect(page.get_by_role("status")).to_contain_text("Saved at", timeout=15_000)
            page.reload()
        else:
            page.get_by_role("button", name="Save and continue").click()
            expect(page).to_have_title(re.compile("2 of 23"))
            page.go_back()
            page.reload()
        assert page.get_by_label("What should the definition say?").input_value() == f"Words of {address}"


def test_the_lead_signs_off_and_gets_a_receipt(room: RoomServer, browser: Browser) -> None:
    with room.context(browser, "lead", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{room.server.address}/take-part/responses/{room.made['response']}/questions/5")
        page.get_by_label("What could a council do").fill("Give out fines for show.")
        page.get_by_role("button", name="Save and go to the list").click()
        page.get_by_role("link", name="Check the answers and send").click()
        page.get_by_label("I may sign this off for Leeds City Council").check()
        page.get_by_label("With the name of the council or body").check()
        page.get_by_role("button", name="Sign off and send").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Response sent")
        assert str(room.made["response"]) in page.content()
        letter = last_letter(room, "has been received")
        assert "fines for show" not in letter
