"""What search engines are told: the pages that make no choice, each of which answers."""

from django.test import Client
from lxml import etree

from moothall.presenters.finding.sitemap import NAMESPACE


def addresses(client: Client) -> list[str]:
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    return [str(element.text) for element in tree.iter(f"{{{NAMESPACE}}}loc")]


def test_every_page_of_the_sitemap_answers(client: Client) -> None:
    found = addresses(client)
    assert len(found) == len(set(found)) > 20
    assert all(address.startswith("http://testserver/") for address in found)
    dead = [a for a in found if client.get(a.removeprefix("http://testserver")).status_code != 200]
    assert not dead


def test_it_has_authorities_themes_and_metrics_but_no_choices(client: Client) -> None:
    paths = {address.removeprefix("http://testserver") for address in addresses(client)}
    assert {
        "/authorities/leeds",
        "/authorities/leeds/themes/waste",
        "/metrics/fly-tipping",
        "/outcomes/supply",
    } <= paths
    assert not [path for path in paths if "?" in path]


def test_robots_are_told_where_it_is(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text.splitlines()
    assert "Disallow: /search" in text
