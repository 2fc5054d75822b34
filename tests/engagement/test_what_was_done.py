"""Whoever has done something is told so, once, on the page to which they come."""

import pytest
from django.test import Client
from lxml import html

from tests.engagement.conftest import Enter
from tests.engagement.furnished import NETWORK, Room, furnish


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role."""
    return furnish(enter)


def said_on(browser: Client, path: str) -> list[str]:
    """What a page says was done."""
    page = html.document_fromstring(browser.get(path).content.decode())
    return [
        each.text_content().strip() for each in page.xpath("//main//*[@role='status' and contains(@class, 'done')]")
    ]


Given = dict[str, str]
OLIVE, SOUTH = {"name": "Olive", "email": "olive@leeds.gov.uk"}, {"title": "South", "mail_domain": "south.org.uk"}
ACTS: dict[str, tuple[str, str, Given, str]] = {
    "a name": ("public", "account", {"name": "Carol"}, "Your name is saved"),
    "a member": ("lead", "memberships/{membership}/confirm", {}, "anna: confirmed"),
    "a body's request": ("body lead", f"bodies/{NETWORK}/councils", {"council": "Bradford"}, "leads have a letter"),
    "a body ended": ("lead", "body-members/{body_member}/end", {}, "Northern Network no longer speaks"),
    "a share": ("lead", f"responses/{{response}}/share/{NETWORK}", {}, "reads your answers as they are now"),
    "a booking": ("lead", "bookings/{booking}", OLIVE, "The booking is changed"),
    "a session": ("staff", "staff/sessions/{session}/cancel", {}, "Everybody who had booked gets a letter"),
    "a newsletter": ("staff", "staff/newsletters/{newsletter}/send", {}, "on its way to 1 reader"),
    "a review": ("staff", "staff/review/reply/{reply}", {"act": "publish"}, "published. The leads of its council"),
    "an introduction": ("other lead", "introductions/{introduction}/accept", {}, "You have accepted"),
    "a set": ("other lead", "learning-sets/{learning_set}/bradford/accept", {}, "You have joined the set"),
    "a body opened": ("staff", "staff", SOUTH, "South is open"),
}
"""Who does what, where, and what they are told."""


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_what_was_done_is_said_once(room: Room, act: str) -> None:
    role, path, given, said = ACTS[act]
    answer = room[role].post(f"/take-part/{path.format(**room.made)}", given)
    assert answer.status_code == 302, answer.content.decode()
    (told,) = said_on(room[role], answer.headers["Location"])
    assert said in told
    assert said_on(room[role], answer.headers["Location"]) == [], "said once"
    assert room["public" if role != "public" else "staff"].get("/take-part").content.count(b"notice--done") == 0


def test_who_asks_to_join_is_told_who_decides(room: Room) -> None:
    room["asked"].post("/take-part/join", {"party": "authority:LEEDS", "role": "lead"})
    (told,) = said_on(room["asked"], "/take-part/account")
    assert told == "You have asked to join Leeds Council. Its leads have a letter, and you get one with the answer"
