"""What the register of formal actions says on its pages, in its file and in its feed, and on a council's page."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from moothall.presenters.news.atom import ATOM
from tests.functional.test_what_pages_say import words_of

SAID = [
    ("/actions", "3 decisions, all kinds. The register runs to 31 December 2024."),
    ("/actions", "Of these 2 were read in the source that is cited and 1 was known from an account of it"),
    ("/actions", "What is made up, to the end of 2024."),
    ("/actions", "leeds-notice, taken out on 6 January 2025: It was about another body."),
    ("/actions?kind=section-114-notice", "1 decision, section 114 notice."),
    ("/actions/bradford-notice", "Section 114 notice, Bradford"),
    ("/actions/bradford-notice", "Decided 11 November 2020"),
    ("/actions/bradford-notice", "It is about this council only. It passes to no successor."),
    ("/actions/bradford-notice", "Counts as a financial event. Spending was more than the council could pay for."),
    ("/actions/bradford-support", "Decided February 2021 only the month is known"),
    ("/actions/bradford-support", "Amount £50.5 million for 2020-21, at first £70.0 million"),
    ("/actions/allerdale-intervention", "Set to end 30 April 2028"),
    ("/actions/allerdale-intervention", "Decided 2021 only the year is known"),
    ("/actions/allerdale-intervention", "known from an account of it, not read in the decision itself"),
    (
        "/authorities/bradford",
        "2 formal actions on record. The register runs to 31 December 2024.",
    ),
    ("/authorities/bradford", "Section 114 notice , 11 November 2020 evidence: example.org"),
    ("/authorities/cumberland", "None on record."),
    ("/authorities/cumberland", "Before it: Allerdale Council , 1 on record about that council, not about this one."),
]


@pytest.mark.parametrize(("address", "words"), SAID)
def test_a_page_says(client: Client, address: str, words: str) -> None:
    assert words in words_of(client, address)


def test_a_council_without_any_has_no_section(client: Client) -> None:
    assert 'id="formal-actions"' not in client.get("/authorities/leeds").content.decode()


def test_the_latest_stands_first(client: Client) -> None:
    html = client.get("/actions").content.decode()
    links = re.findall(r'href="/actions/([a-z-]+)"', html)
    assert links == ["allerdale-intervention", "bradford-support", "bradford-notice"]


@pytest.mark.parametrize(("address", "status"), [("/actions/nothing", 404), ("/actions?kind=bankruptcy", 400)])
def test_what_is_not_there_is_said(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_the_file_carries_its_limits_and_attribution(client: Client) -> None:
    response = client.get("/actions.csv", follow=True)
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == ["allerdale-intervention", "bradford-support", "bradford-notice"]
    assert all(row["evidence"].startswith("https://") for row in rows)
    assert {row["complete_to"] for row in rows} == {"2024-12-31"}
    assert {row["attribution"] for row in rows} == {"Contains made-up information."}
    assert all("no judgement" in row["limits"] for row in rows)
    assert "attachment" in response["Content-Disposition"]


def test_the_feed_is_atom_with_the_latest_first(client: Client) -> None:
    feed = ElementTree.fromstring(client.get("/actions.atom").content)
    entries = feed.findall(f"{{{ATOM}}}entry")
    assert feed.tag == f"{{{ATOM}}}feed"
    assert feed.findtext(f"{{{ATOM}}}updated") == "2021-12-31T00:00:00Z"
    assert [entry.findtext(f"{{{ATOM}}}title") for entry in entries][1:] == [
        "Exceptional financial support, Bradford: February 2021",
        "Section 114 notice, Bradford: 11 November 2020",
    ]
    assert all(entry.findtext(f"{{{ATOM}}}id", "").startswith("http://testserver/actions/") for entry in entries)
