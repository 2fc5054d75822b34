"""Every route by every role: who gets an answer, who is asked to sign in, and for whom there is nothing.

The table names for each route the roles that may read it. Whoever is not in it gets 404 (a reader: the sign-in page),
for guessed addresses too, so that no answer tells that something exists. Routes that act are tried with GET here and
must refuse; what they do is tested beside what they do it to.
"""

import pytest
from django.apps import apps
from django.test import Client

from moothall.engagement.people.access import Access
from moothall.engagement.urls import ROOM_ROUTES, RoomRoute
from tests.engagement.conftest import Enter
from tests.engagement.furnished import PEOPLE, READER, Room, furnish

EVERYBODY = {READER, *PEOPLE}
PERSONS = set(PEOPLE)
LEEDS_WRITERS = {"officer", "lead"}
LEEDS_PEOPLE = LEEDS_WRITERS | {"own reader"}
BODY_PEOPLE = {"body officer", "body lead"}
MAY_READ: dict[str, set[str]] = {
    "take-part": EVERYBODY,
    "sign-in": EVERYBODY,
    "link-sent": EVERYBODY,
    "open-link": EVERYBODY,
    "privacy": EVERYBODY,
    "account": PERSONS,
    "account-export": PERSONS,
    "account-delete": PERSONS,
    "join": PERSONS,
    "council": LEEDS_PEOPLE,
    "body": BODY_PEOPLE,
    "member-role": {"lead"},
    "consultations": EVERYBODY,
    "consultation": EVERYBODY,
    "response": LEEDS_PEOPLE,
    "question": LEEDS_PEOPLE,
    "check": LEEDS_PEOPLE,
    "print": LEEDS_PEOPLE,
    "sent": {"asked"},
    "gathered": BODY_PEOPLE,
    "agree": {"lead"},
    "reply-write": PERSONS,
    "council-replies": LEEDS_PEOPLE,
    "own-reply": LEEDS_PEOPLE,
    "reply-check": {"lead"},
    "reply-sent": {"lead"},
    "reply-withdraw": {"lead"},
    "news": EVERYBODY,
    "news-sent": EVERYBODY,
    "news-confirm": EVERYBODY,
    "news-confirmed": EVERYBODY,
    "news-choices": EVERYBODY,
    "news-leave": EVERYBODY,
    "newsletters": {"staff"},
    "newsletter": {"staff"},
    "workshops": EVERYBODY,
    "workshop": EVERYBODY,
    "session-calendar": EVERYBODY,
    "book": PERSONS,
    "bookings": PERSONS,
    "booking": {"lead", "officer"},
    "cancel-booking": {"lead", "officer"},
    "booking-calendar": {"lead", "officer"},
    "staff-workshops": {"staff"},
    "staff-workshop": {"staff"},
    "plan-session": {"staff"},
    "staff-session": {"staff"},
    "staff": {"staff"},
    "letters": {"staff"},
    "practice-new": PERSONS,
    "council-notes": LEEDS_PEOPLE,
    "own-note": LEEDS_PEOPLE,
    "note-edit": LEEDS_WRITERS,
    "note-check": LEEDS_WRITERS,
    "note-withdraw": {"lead"},
    "introductions": PERSONS,
    "introduction-new": PERSONS,
    "introduction": {"lead", "other lead"},
    "learning-sets": PERSONS,
    "learning-new": PERSONS,
    "learning-set": LEEDS_PEOPLE | {"other lead"},
    "review": {"staff"},
    "review-one": {"staff"},
    "published": EVERYBODY,
    "publishable": {"staff"},
    "clear": {"staff"},
    "agreement": {"staff"},
    "themes": {"staff"},
    "decisions": {"staff"},
    "decide-metric": {"staff"},
    "results": {"staff"},
    "results-csv": {"staff"},
    "results-xlsx": {"staff"},
}
ACTS = {
    "introduction-decide",
    "learning-decide",
    "sign-out",
    "body-councils",
    "decide",
    "decide-body",
    "begin",
    "open-again",
    "share",
}
STAFF_ACTS = {
    "send-newsletter",
    "drop-theme",
    "letter-again",
    "cancel-session",
    "attendance",
    "session-notes",
    "publish-decisions",
}


MAY_ACT: dict[str, set[str]] = {
    "sign-out": EVERYBODY,
    "body-councils": {"body lead"},
    "decide": {"asked", "lead"},
    "decide-body": {"lead", "body lead"},
    "begin": PERSONS,
    "open-again": {"lead"},
    "share": {"lead"},
    "introduction-decide": {"lead", "other lead"},
    "learning-decide": {"lead", "other lead"},
    **{name: {"staff"} for name in STAFF_ACTS},
}
"""Who has the button. Beside these, whoever sends what a button sends changes nothing."""


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role."""
    return furnish(enter)


ONE_CLICK = {"news-leave"}
"""A mail program that leaves for its reader has no cookie (RFC 8058); the link can do nothing but leave."""


def test_the_table_names_every_route() -> None:
    assert {route.name for route in ROOM_ROUTES} == set(MAY_READ) | ACTS | STAFF_ACTS


@pytest.mark.slow
def test_every_route_by_every_role(room: Room) -> None:
    wrong = [fault for route in ROOM_ROUTES for role in EVERYBODY for fault in faults(route, role, room)]
    assert not wrong, "\n".join(wrong)


def faults(route: RoomRoute, role: str, room: Room) -> list[str]:
    """What is wrong with the answer to a role, as (route, role, expected, got)."""
    answer = room[role].get(route.address(**room.made))
    expected = expected_status(route, role)
    is_right = answer.status_code == expected
    if expected == 302:
        is_right = is_right and answer.headers["Location"].startswith("/take-part/sign-in")
    return [] if is_right else [f"{route.name} for {role}: {answer.status_code} instead of {expected}"]


def expected_status(route: RoomRoute, role: str) -> int:
    """200, 404, 302 to the sign-in page, or 405 for a route that only acts."""
    if role == READER and route.access is not Access.OPEN:
        return 302
    if route.name in ACTS or (route.name in STAFF_ACTS and role == "staff"):
        return 405
    return 200 if role in MAY_READ.get(route.name, ()) else 404


@pytest.mark.slow
def test_every_act_needs_the_mark_of_our_forms(room: Room) -> None:
    for role in ("lead", "staff"):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = room[role].cookies
        for route in ROOM_ROUTES:
            answer = strict.post(route.address(**room.made))
            fine = (403, 405, 200) if route.name in ONE_CLICK else (403, 405)
            assert answer.status_code in fine, f"{route.name} for {role}: {answer.status_code}"


def test_every_act_asks_a_reader_to_sign_in(room: Room) -> None:
    for route in ROOM_ROUTES:
        if route.access is not Access.OPEN:
            answer = room[READER].post(route.address(**room.made))
            assert answer.headers["Location"] == "/take-part/sign-in", route.name


@pytest.mark.slow
def test_what_somebody_may_not_see_nobody_can_change(room: Room) -> None:
    """Each form and button of each route, sent by each role that has it not: no answer but that there is nothing."""
    for role in PEOPLE:
        assert room[role].get("/take-part/account").status_code == 200
    wrong, tried = [], 0
    before = everything_kept()
    for route in ROOM_ROUTES:
        for role in EVERYBODY - MAY_READ.get(route.name, set()) - MAY_ACT.get(route.name, set()):
            status = room[role].post(route.address(**room.made), GUESSES).status_code
            tried += 1
            wrong += (
                [] if status in ({302, 403} if role == READER else {404, 405}) else [f"{route.name}, {role}: {status}"]
            )
    assert not wrong, "\n".join(wrong)
    assert tried > 250
    assert everything_kept() == before


GUESSES = {
    "words": "Planted.", "said": "Planted.", "reason": "Planted.", "name": "Planted", "title": "Planted",
    "terms": "planted", "choices": "clear", "revision": "0", "agreed": "yes", "consent": "named", "kind": "authority",
    "key": "LEEDS", "council": "BRADFO", "stance": "agrees", "outcome": "live", "act": "end", "email": "x@leeds.gov.uk",
}  # fmt: skip


READS_ONLY = {
    "response",
    "question",
    "check",
    "own-note",
    "council-notes",
    "own-reply",
    "council-replies",
    "learning-set",
}
"""What a reader of a council may open and not send; ``council`` and lists take no POST from anybody."""


@pytest.mark.slow
def test_a_reader_of_a_council_writes_nothing(room: Room) -> None:
    reader = room["own reader"]
    assert reader.get("/take-part/account").status_code == 200
    before = everything_kept()
    for route in ROOM_ROUTES:
        if route.name in READS_ONLY:
            assert reader.get(route.address(**room.made)).status_code == 200, route.name
            assert reader.post(route.address(**room.made), GUESSES).status_code in (404, 405), route.name
    for name in ("practice-new", "introduction-new", "learning-new"):
        route = next(each for each in ROOM_ROUTES if each.name == name)
        html = reader.post(route.address(**room.made), GUESSES).content.decode()
        assert "Who may" in html
    begun = {"kind": "authority", "key": "LEEDS"}
    assert reader.post(f"/take-part/consultations/{room.made['asked']}/begin", begun).status_code == 404
    assert everything_kept() == before


def everything_kept() -> dict[str, list[dict[str, object]]]:
    """Every row of every kind of record of this room."""
    kinds = apps.get_app_config("engagement").get_models()
    return {kind.__name__: list(kind._default_manager.order_by("pk").values()) for kind in kinds}
