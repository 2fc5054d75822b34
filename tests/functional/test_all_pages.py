"""Every page of the route table: it answers, it is whole, and it says what it is."""

import re
from collections import Counter

import pytest
from django.http import HttpResponse
from django.test import Client

from moothall.web.urls import ROUTES, example_addresses
from tests.functional.conftest import make_example_store
from tests.support.store_builder import FakeStore
from tests.support.whole_page import page_faults

EXAMPLES = example_addresses(make_example_store())
ADDRESSES = [address for found in EXAMPLES.values() for address in found]
FIRST = {found[0] for found in EXAMPLES.values() if found}
"""One page of each kind: what `make check` walks."""

MAY_SAY = {"/methods/similar-councils": ("the page says 'inf'",)}
"""Its table of cases has a distance that nothing reaches."""

Seen = dict[str, HttpResponse]
WALK = [pytest.param(address, marks=() if address in FIRST else pytest.mark.slow) for address in ADDRESSES]


@pytest.fixture(scope="module")
def seen() -> Seen:
    """The pages that some test of this file has already asked for: each is made once."""
    return {}


def look_at(client: Client, seen: Seen, address: str) -> HttpResponse:
    """A page, made anew only if no test has seen it."""
    if address not in seen:
        seen[address] = client.get(address)
    return seen[address]


def test_every_route_has_an_example() -> None:
    without = [name for name, found in EXAMPLES.items() if not found]
    assert without in ([], ["method"]), f"no test walks {without}"


@pytest.mark.parametrize("address", WALK)
def test_a_page_is_whole(client: Client, seen: Seen, address: str) -> None:
    faults = page_faults(look_at(client, seen, address), allowed=MAY_SAY.get(address, ()))
    assert not faults, f"{address}: {faults}"


@pytest.mark.slow
def test_titles_are_unique(client: Client, seen: Seen) -> None:
    pages = (look_at(client, seen, address).content.decode() for address in ADDRESSES)
    titles = Counter(re.findall(r"<title>([^<]*)", html)[0] for html in pages)
    assert not [title for title, n in titles.items() if n > 1]


@pytest.mark.slow
def test_inner_links_lead_somewhere(client: Client, seen: Seen) -> None:
    found = {
        link.replace("&amp;", "&").partition("#")[0]
        for address in ADDRESSES
        for link in re.findall(r'(?:href|action)="(/[^"]*)"', look_at(client, seen, address).content.decode())
        if not link.startswith("/static/")
    }
    dead = [link for link in sorted(found) if look_at(client, seen, link).status_code not in (200, 302)]
    assert not dead


def test_every_page_forbids_scripts_and_frames(client: Client) -> None:
    for address in ("/", "/nowhere", "/search?q=%00"):
        policy = client.get(address).headers["Content-Security-Policy"]
        for part in ("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
            assert part in policy, f"{address}: {policy}"


def test_every_route_answers_only_to_reading(client: Client, store: FakeStore) -> None:
    for name, found in example_addresses(store).items():
        for address in found[:1]:
            response = client.post(address)
            assert response.status_code == 405, name
            assert "can only be read" in response.content.decode()


def test_the_route_table_is_what_django_routes() -> None:
    assert len({route.name for route in ROUTES}) == len(ROUTES)
