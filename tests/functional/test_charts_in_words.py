"""Each chart says its main message in words: whose figure, where it lies among which others, from where to where."""

import re
from html import unescape

import pytest
from django.test import Client

from moothall.web.urls import example_addresses
from tests.functional.conftest import make_example_store

METRIC = "household-waste-recycling-rate"
OTHER = "quality-of-life"
NUMBER = r"£?-?[\d,]+(\.\d+)?%?"
MESSAGES = {
    "strip": (
        rf"\d+ .*, from {NUMBER} to {NUMBER}, middle figure {NUMBER}",
        rf"figure\. The middle figure is {NUMBER}; half",
    ),
    "spark": (rf"^\S.*: from {NUMBER} \(.+\) to {NUMBER} \(.+\)",),
    "chart": (
        rf"newest figures: .*{NUMBER}",
        rf"went from {NUMBER} \(.+\) to {NUMBER}",
        rf"^Of \d+ .* with both figures, .*{NUMBER} across and {NUMBER} up",
    ),
    "map": (rf"\d+ areas?, from {NUMBER} to {NUMBER}; the middle figure is {NUMBER}\.", "Nothing can be drawn"),
}
"""What the words of each kind of drawing must tell, at the least."""

PAGES = (
    "/authorities/leeds",
    "/authorities/leeds?group=england",
    "/authorities/leeds/themes/waste",
    f"/metrics/{METRIC}?authority=leeds",
    f"/metrics/{METRIC}?group=england",
    f"/metrics/{METRIC}/map",
    f"/metrics/{OTHER}/map",
    f"/compare?authority=leeds&authority=bradford&metric={METRIC}&metric={OTHER}&group=england",
)


def drawings(html: str) -> list[tuple[str, str]]:
    """The kind and the words of each drawing that is not there for show."""
    found = [tag for tag in re.findall(r"<svg\b[^>]*>", html) if "aria-hidden" not in tag]
    pairs = [(re.search(r'class="([\w-]+)', tag), re.search(r'aria-label="([^"]*)"', tag)) for tag in found]
    return [(kind[1] if kind else "", unescape(words[1]) if words else "") for kind, words in pairs]


def unsaid(html: str) -> list[tuple[str, str]]:
    """The drawings whose words do not tell their message."""
    return [one for one in drawings(html) if not any(re.search(said, one[1]) for said in MESSAGES.get(one[0], ()))]


@pytest.mark.parametrize("page", PAGES)
def test_each_chart_says_its_message(client: Client, page: str) -> None:
    html = client.get(page).content.decode()
    assert drawings(html), page
    assert unsaid(html) == []


@pytest.mark.slow
def test_no_page_has_a_chart_without_words(client: Client) -> None:
    pages = [(name, a) for name, found in example_addresses(make_example_store()).items() for a in found]
    faults = {
        a: found for name, a in pages if name != "components" and (found := unsaid(client.get(a).content.decode()))
    }
    assert faults == {}


@pytest.mark.parametrize("words", ["", "A chart of recycling", "Household waste recycling rate, 2021-22"])
def test_a_title_alone_is_no_message(words: str) -> None:
    assert all(unsaid(f'<svg class="{kind}" role="img" aria-label="{words}">') for kind in MESSAGES)
