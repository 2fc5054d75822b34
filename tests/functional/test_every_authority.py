"""Every page of every authority that ever was, on the shipped figures: it answers, and its markup is whole.

The pages are those of the route table whose address has an authority in it, so that none can dodge.
"""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from moothall.domain.authority import Authority
from moothall.presenters.figures.cohort import shown_metrics
from moothall.store import Store
from moothall.web import current
from moothall.web.urls import ROUTES
from tests.functional.test_page_budgets import MOST_BYTES, MOST_NODES
from tests.support.markup import markup_faults
from tests.support.real import real_catalogue

pytestmark = [pytest.mark.slow, pytest.mark.long]

PORTIONS = 16
AUTHORITIES = sorted(real_catalogue().authorities.values(), key=lambda authority: authority.code)
PATTERNS = [route.pattern for route in ROUTES if route.is_page and route.pattern.startswith("authorities/<slug:slug>")]
OVERVIEW = re.compile(r"/authorities/[^/]+")
OF_A_THEME = re.compile(r"<slug:theme_id>")


@pytest.fixture(scope="module")
def store(shipped: Path) -> Iterator[Store]:
    """The build of the shipped figures, served."""
    opened = Store.open(shipped)
    current.current_store.serve_only(opened)
    yield opened
    current.current_store.serve_only(None)
    opened.close()


def pages_of(store: Store, authority: Authority) -> Iterator[str]:
    """The addresses of an authority's pages; those of a theme for each theme that it has figures of."""
    themes = sorted({metric.theme for metric in shown_metrics(store, authority)})
    for pattern in PATTERNS:
        path = "/" + pattern.replace("<slug:slug>", authority.slug)
        yield from (OF_A_THEME.sub(theme, path) for theme in themes) if OF_A_THEME.search(path) else (path,)


def faults_of(client: Client, address: str) -> list[str]:
    """What is wrong with one page; an authority that a page is not for gets a page that says so."""
    response = client.get(address)
    if response.status_code not in (200, 400, 404):
        return [f"{address} answered {response.status_code}"]
    html = response.content
    faults = [*markup_faults(html.decode()), *(too_much(html) if OVERVIEW.fullmatch(address) else [])]
    return [f"{address}: {fault}" for fault in faults]


def too_much(html: bytes) -> list[str]:
    """What is beyond the budget of a council's own page, however many notices and actions stand on it."""
    nodes, size = len(re.findall(rb"<[a-zA-Z]", html)), len(gzip.compress(html))
    return [f"{nodes} elements, {size} bytes"] if nodes > MOST_NODES or size > MOST_BYTES else []


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_every_page_of_every_authority_is_whole(store: Store, portion: int) -> None:
    client = Client()
    mine = AUTHORITIES[portion::PORTIONS]
    found = [fault for authority in mine for page in pages_of(store, authority) for fault in faults_of(client, page)]
    assert found == []
    answered = [client.get(f"/authorities/{authority.slug}").status_code for authority in mine]
    assert set(answered) == {200}
