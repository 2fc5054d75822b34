"""The order of a group's table: by name; a reader's own order stays within a named group, with places beside it."""

import re

import pytest
from django.test import Client

from moothall.presenters.addresses import NO_RANKING
from moothall.web.query import LONGEST_VALUE
from tests.support.real import real_catalogue
from tests.support.store_builder import FakeStore

METRIC = "/metrics/household-waste-recycling-rate"
MET = "group=type:metropolitan-district"


def table_of(client: Client, query: str) -> str:
    html = client.get(f"{METRIC}?{query}").content.decode()
    start = html.index('id="group-table"')
    return html[start : html.index("</table>", start)]


def names(table: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a[^>]*>([^<]+)</a>', table)


def test_councils_stand_by_name_until_a_reader_asks(client: Client) -> None:
    table = table_of(client, MET)
    assert names(table) == sorted(names(table))
    assert 'aria-sort="ascending"><' not in table.replace('aria-sort="ascending">Council', "")
    assert f'<a href="{METRIC}?{MET}&amp;period=2021-22&amp;by=figure">' in table


def test_a_readers_own_order_stays_in_the_group_with_places_beside_it(client: Client) -> None:
    table = table_of(client, f"{MET}&by=figure")
    figures = [float(f) for f in re.findall(r">([\d.]+)%</a>", table)]
    assert figures == sorted(figures, reverse=True)
    assert len(figures) > 5
    assert re.search(r"\d+(st|nd|rd|th) of \d+", table)
    assert "metropolitan districts, 2021-22, highest figure first, as you asked" in table
    assert 'aria-sort="descending"' in table
    assert sorted(names(table)) == names(table_of(client, MET))


def test_the_marks_of_the_strip_follow_the_order_of_the_table(client: Client) -> None:
    html = client.get(f"{METRIC}?{MET}&by=figure").content.decode()
    places = re.findall(r'data-marks="([^"]+)"', html)[0].split()
    known = [float(place) for place in places if place != "-"]
    assert known == sorted(known, reverse=True)


def test_similarity_starts_with_the_council_and_those_most_like_it(client: Client, store: FakeStore) -> None:
    html = client.get(f"{METRIC}?{MET}&authority=leeds").content.decode()
    assert "List those most like Leeds first" in html
    table = table_of(client, f"{MET}&authority=leeds&by=similarity")
    assert names(table)[0] == "Leeds"
    assert sorted(names(table)) == names(table_of(client, MET))
    assert names(table) != sorted(names(table))
    assert "by=similarity" not in client.get(f"{METRIC}?{MET}").content.decode()


@pytest.mark.parametrize("query", ["group=england&by=figure", "group=england&by=figure&period=2021-22&authority=leeds"])
def test_england_is_never_in_the_order_of_a_figure(client: Client, query: str) -> None:
    response = client.get(f"{METRIC}?{query}")
    assert (response.status_code, response.headers["Location"]) == (302, NO_RANKING)
    assert "by=figure" not in client.get(f"{METRIC}?group=england").content.decode()


def test_no_other_group_is_all_of_england(store: FakeStore) -> None:
    """A region is one of the nine; a group of one's own has to fit in an address, and all councils do not."""
    assert not [region for region in store.catalogue.regions if region.startswith("E92")]
    every = ",".join(a.code for a in real_catalogue().authorities.values() if a.end is None)
    assert len(every) > 5 * LONGEST_VALUE


def test_an_unknown_order_is_refused(client: Client) -> None:
    assert client.get(f"{METRIC}?{MET}&by=best").status_code == 400
