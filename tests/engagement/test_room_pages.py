"""Every page of the room's route table is whole, for whoever may open it."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from moothall.engagement.pages.render import moment_text
from moothall.engagement.urls import ROOM_ROUTES, RoomRoute
from tests.engagement.conftest import Enter
from tests.engagement.furnished import Room, furnish
from tests.engagement.test_matrix import MAY_READ
from tests.support.whole_page import page_faults

PAGES = [route for route in ROOM_ROUTES if route.is_page]


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role."""
    return furnish(enter)


def seen_by_somebody(room: Room, route: RoomRoute) -> tuple[Client, HttpResponse]:
    """A page and the browser of the first role that may read it, those with the most to see first."""
    role = next(role for role in ("lead", "body lead", "staff", "asked", "public") if role in MAY_READ[route.name])
    return room[role], room[role].get(route.address(**room.made))


def test_every_page_is_whole_and_has_its_own_title(room: Room) -> None:
    titles: Counter[str] = Counter()
    for route in PAGES:
        _, answer = seen_by_somebody(room, route)
        allowed = ("<script is refused",) if route.name == "question" else ()
        assert page_faults(answer, allowed=allowed) == [], route.name
        titles[re.findall(r"<title>([^<]*)", answer.content.decode())[0]] += 1
    assert not [title for title, n in titles.items() if n > 1]


@pytest.mark.slow
def test_links_of_the_room_lead_somewhere(room: Room) -> None:
    for route in PAGES:
        browser, answer = seen_by_somebody(room, route)
        links = {link.partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', answer.content.decode())}
        outside = {link for link in links if link and not link.startswith("/static/")}
        assert not [link for link in sorted(outside) if browser.get(link).status_code not in (200, 302)], route.name


def test_route_names_are_unique() -> None:
    assert len({route.name for route in ROOM_ROUTES}) == len(ROOM_ROUTES)


def test_times_are_those_of_england_in_summer_too() -> None:
    assert moment_text(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026, 00:30"
    assert moment_text(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == "1 December 2026, 23:30"
