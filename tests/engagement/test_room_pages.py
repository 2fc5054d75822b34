"""Every page of the room's route table is whole, for whoever may open it."""

import re
from collections import Counter

import pytest
from django.core.management import call_command
from django.test import Client

from moothall.engagement.urls import ROOM_ROUTES
from tests.engagement.conftest import Enter
from tests.support.whole_page import page_faults

PAGES = [route for route in ROOM_ROUTES if route.is_page]


@pytest.fixture
def insider(enter: Enter) -> Client:
    """A member of staff."""
    call_command("make_staff", "staff@example.org", verbosity=0)
    return enter("staff@example.org")


def test_every_page_is_whole_and_has_its_own_title(insider: Client) -> None:
    titles = Counter()  # type: ignore[var-annotated]
    for route in PAGES:
        answer = insider.get(route.address)
        assert page_faults(answer) == [], route.name
        titles[re.findall(r"<title>([^<]*)", answer.content.decode())[0]] += 1
    assert not [title for title, n in titles.items() if n > 1]


def test_links_of_the_room_lead_somewhere(insider: Client) -> None:
    found = {
        link.partition("#")[0]
        for route in PAGES
        for link in re.findall(r'href="(/[^"]*)"', insider.get(route.address).content.decode())
        if not link.startswith("/static/")
    }
    dead = [link for link in sorted(found) if insider.get(link).status_code not in (200, 302)]
    assert not dead


def test_route_names_are_unique() -> None:
    assert len({route.name for route in ROOM_ROUTES}) == len(ROOM_ROUTES)
