"""The pages with the most on them, on the shipped figures: few enough nodes and bytes for a cheap phone."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from moothall.store import Store
from moothall.web import current

MOST_NODES, MOST_BYTES = 3_000, 60_000
LEAST_ROWS = 150
COUNCILS = (
    "leeds",
    "birmingham",
    "cornwall",
    "wiltshire",
    "kent",
    "lambeth",
    "camden",
    "burnley",
    "cannock-chase",
    "craven",
)
EIGHT = ("leeds", "bradford", "sheffield", "kirklees", "wakefield", "york", "kent", "burnley")
GROUPS = ("similar", "region", "england")
PAGES = (
    *(f"/authorities/{slug}{query}" for slug in COUNCILS for query in ("", "?group=england")),
    "/authorities/cannock-chase?group=same-type",
    "/metrics/service-spending?authority=leeds&group=england",
    "/metrics/household-waste-recycling-rate?authority=leeds&group=similar",
    "/compare?" + "&".join(f"authority={slug}" for slug in EIGHT[:4]),
    "/compare?"
    + "&".join([*(f"authority={slug}" for slug in EIGHT), "group=similar", "group=region", "group=england"]),
    "/compare?"
    + "&".join(f"authority={slug}" for slug in EIGHT)
    + "&metric=household-waste-recycling-rate-defra&metric=residual-household-waste-defra&group=england",
    "/authorities/leeds?group=england&up-to=2023-03-31",
    "/authorities/leeds/outcomes/keeping-children-safe?group=england",
    "/methods/why-no-league-table",
    "/methods/how-good-our-flags-are",
    "/methods/how-far-similarity-carries",
)


@pytest.fixture(scope="module")
def reader(shipped: Path) -> Iterator[Client]:
    """A reader of the site with the shipped figures."""
    store = Store.open(shipped)
    current.current_store.serve_only(store)
    yield Client()
    current.current_store.serve_only(None)
    store.close()


@pytest.mark.slow
@pytest.mark.parametrize("address", PAGES)
def test_a_page_keeps_to_its_budget(reader: Client, address: str) -> None:
    html = reader.get(address).content
    assert len(re.findall(rb"<[a-zA-Z]", html)) <= MOST_NODES
    assert len(gzip.compress(html)) <= MOST_BYTES


@pytest.mark.slow
@pytest.mark.parametrize("slug", COUNCILS)
def test_a_council_of_any_kind_has_150_rows(reader: Client, slug: str) -> None:
    assert reader.get(f"/authorities/{slug}").content.count(b'<li class="metric-row"') >= LEAST_ROWS


@pytest.mark.slow
def test_no_council_is_named_where_we_show_why_nobody_is_ranked(reader: Client) -> None:
    html = reader.get("/methods/why-no-league-table").content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    names = {a.short_name for a in current.current_store().catalogue.authorities.values() if len(a.short_name) > 4}
    assert not [name for name in names if re.search(rf"\b{re.escape(name)}\b", main)]
    averaged, left_out = (int(count) for count in re.findall(r"(\d+) shire districts are", main))
    assert "no shire districts are among the first ten" in main
    assert 5 < averaged <= left_out <= 10, "districts rise to the top, far beyond their share of all councils"
