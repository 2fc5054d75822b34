"""Every page of the route table: it answers, it is whole, and it says what it is."""

import re
from collections import Counter

import pytest
from django.test import Client

from moothall.web.urls import ROUTES, example_addresses
from tests.functional.conftest import make_example_store
from tests.support.store_builder import FakeStore
from tests.support.whole_page import page_faults

ADDRESSES = [address for found in example_addresses(make_example_store()).values() for address in found]


def test_every_route_has_an_example() -> None:
    without = [name for name, found in example_addresses(make_example_store()).items() if not found]
    assert without in ([], ["method"]), f"no test walks {without}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_whole(client: Client, address: str) -> None:
    faults = page_faults(client.get(address))
    assert not faults, f"{address}: {faults}"


def test_titles_are_unique(client: Client) -> None:
    titles = Counter(re.findall(r"<title>([^<]*)", client.get(address).content.decode())[0] for address in ADDRESSES)
    assert not [title for title, n in titles.items() if n > 1]


def test_inner_links_lead_somewhere(client: Client) -> None:
    found = {
        link.replace("&amp;", "&").partition("#")[0]
        for address in ADDRESSES
        for link in re.findall(r'(?:href|action)="(/[^"]*)"', client.get(address).content.decode())
        if not link.startswith("/static/")
    }
    dead = [link for link in sorted(found) if client.get(link).status_code not in (200, 302)]
    assert not dead


def test_links_within_a_page_have_a_target(client: Client) -> None:
    for address in ADDRESSES:
        html = client.get(address).content.decode()
        ids = set(re.findall(r'\bid="([^"]+)"', html))
        assert set(re.findall(r'href="#([^"]+)"', html)) <= ids, address


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
