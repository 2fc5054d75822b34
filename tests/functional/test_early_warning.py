"""What pages about signs say: no sign of a named council without its age, its record and the sentence on chance."""

import re

import pytest
from django.test import Client

from moothall.catalogue.check_signals import REFUSED_WORDS
from moothall.presenters.warning.lens_words import chance_sentence
from tests.functional.test_what_pages_say import words_of

OF_COUNCILS = [
    f"/authorities/{slug}/{page}"
    for slug in ("leeds", "kirklees", "barnsley", "burnley", "york", "lancashire")
    for page in ("early-warning", "conversation-pack")
]
ALL = [
    *OF_COUNCILS,
    "/early-warning",
    "/early-warning/resilience",
    "/early-warning/signals/recycling-low",
    "/early-warning/signals/audit-late",
]
REFUSED = re.compile(rf"\b({'|'.join(REFUSED_WORDS)}|risk)\b", re.IGNORECASE)
SAID_OF_ITSELF = ("It is no score.",)
"""Where a page says what it is not, the word is meant."""


def articles_of(html: str) -> list[str]:
    return re.findall(r'<article[^>]*class="[^"]*\bsign\b.*?</article>', html, re.DOTALL)


def marked(html: str, name: str) -> list[str]:
    """The texts that a class marks."""
    found = re.findall(rf'<(\w+)[^>]*class="[^"]*\b{name}\b[^"]*"[^>]*>(.*?)</\1>', html, re.DOTALL)
    return [re.sub(r"<[^>]+>", " ", text).strip() for _, text in found]


@pytest.mark.parametrize("address", OF_COUNCILS)
def test_no_sign_of_a_council_stands_without_its_age_and_its_record(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    for article in articles_of(html):
        (age,), (record,) = marked(article, "sign__age"), marked(article, "sign__record")
        assert re.search(r"\d{4}.*\bold\b", age), article
        assert "back-tested" in record or "followed by a first formal action" in record, article
        assert "explain it harmlessly" in article
    assert all(text for text in marked(html, "sign__age")), "a sign in a list has its age too"


@pytest.mark.parametrize("address", OF_COUNCILS)
def test_a_page_that_names_a_council_says_how_seldom_a_sign_is_right(client: Client, address: str) -> None:
    assert chance_sentence() in words_of(client, address)
    assert "is right 7.5% of the times it speaks" in chance_sentence()


@pytest.mark.parametrize("address", ALL)
def test_no_page_about_signs_says_what_it_may_not_say(client: Client, address: str) -> None:
    text = words_of(client, address)
    for phrase in SAID_OF_ITSELF:
        text = text.replace(phrase, "")
    assert not REFUSED.findall(text)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/authorities/kirklees/early-warning", "1 of 2 signs present, 1 watched."),
        ("/authorities/kirklees/early-warning", "Kirklees recycled 28.5% in 2021-22."),
        ("/authorities/kirklees/early-warning", "The middle figure of metropolitan districts was 43.95%."),
        ("/authorities/kirklees/early-warning", "2021-22, 4 years and 8 months old"),
        ("/authorities/sheffield/early-warning", "The council has not replied here."),
        ("/authorities/kirklees/early-warning", "Debt and commercial: cannot say"),
        ("/authorities/kirklees/early-warning", "Of 1 kind of signs none could be assessed, and 2 are needed."),
        ("/authorities/kirklees/early-warning", "more than the 1 year that count"),
        ("/authorities/leeds/early-warning", "Resilience: no unusual sign"),
        ("/authorities/burnley/early-warning", "Fewer than 10 councils of its type have a figure"),
        ("/authorities/allerdale/early-warning", "Allerdale Council ended on 31 March 2023."),
        ("/authorities/leeds/early-warning?as-of=2023-01-01", "by what had been published by then"),
        ("/authorities/kirklees/conversation-pack", "because this sign is present: recycling low"),
        ("/authorities/kirklees/conversation-pack", "For the section 151 officer"),
        ("/early-warning", "A rule that sees 80% of formal actions coming"),
        ("/early-warning/resilience", "Readings of all councils in this lens on 22 November 2026"),
        ("/early-warning/signals/recycling-low", "among the lowest 10% of councils of its type"),
        ("/early-warning/signals/recycling-low", "It has not been back-tested yet"),
        ("/early-warning/signals/audit-late", "This sign waits for figures"),
    ],
)
def test_a_page_says(client: Client, address: str, sentence: str) -> None:
    assert sentence in words_of(client, address)


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/authorities/leeds/early-warning?as-of=1999-01-01", 400, "choose a later day"),
        ("/authorities/leeds/early-warning?as-of=soon", 400, "is not a date"),
        ("/authorities/nowhere/early-warning", 404, ""),
        ("/early-warning/weather", 404, ""),
        ("/early-warning/signals/weather", 404, ""),
    ],
)
def test_a_wrong_address_gets_a_plain_answer(client: Client, address: str, status: int, sentence: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert sentence in response.content.decode().replace("&#39;", "'")


def test_no_page_lists_councils_by_their_signs(client: Client) -> None:
    for address in ("/early-warning", "/early-warning/resilience", "/early-warning/signals/recycling-low"):
        assert not re.findall(r'href="/authorities/[a-z]', client.get(address).content.decode().partition("<main")[2])
