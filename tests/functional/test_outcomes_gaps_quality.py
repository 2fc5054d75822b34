"""What the pages on outcomes, gaps and quality say, read off the made-up figures of conftest.py."""

import pytest
from django.test import Client

from tests.functional.test_what_pages_say import words_of

SAID = [
    ("/outcomes", "2 metrics in 2 outcomes: 1 here and 1 nearest we have."),
    ("/outcomes", "No metric is listed for it so far."),
    ("/outcomes", "A made-up list Office for Lists, example.org"),
    ("/outcomes/environment", "Life of all Nearest we have Quality of life Of some, not of all."),
    ("/outcomes/environment", "Which way is better: Nobody knows."),
    (
        "/outcomes/environment",
        "Waste that is used again Here Household waste recycling rate Beside it: Quality of life.",
    ),
    ("/outcomes/supply", "1. Enough homes"),
    ("/gaps", "1 metric that others list and we have no figures for."),
    ("/gaps", "Tipping Waste Not in our files. Office for Examples Table 3"),
    ("/gaps", "Life of all Quality of life Of some, not of all."),
    ("/quality", "A made-up publication 40 38 2 2: area is not a council"),
    ("/quality", "other-rate To come 40 2 1 0.3"),
    ("/quality", "count A made-up publication 9 0 0 0.0% 1.0%"),
    ("/quality", "2 metrics of 2 with figures."),
    ("/quality", "Barnsley 3.0% 2019-20 300.0% 2021-22 100.0"),
    (
        "/quality/waste",
        "Household waste recycling rate 15 of 15 2021-22 14 of 15 2020-21 14 of 15 2019-20 no earlier period",
    ),
    ("/quality/care", "0 figures 10 times or more above or below the last one."),
]


@pytest.mark.parametrize(("address", "words"), SAID)
def test_a_page_says(client: Client, address: str, words: str) -> None:
    assert words in words_of(client, address)


@pytest.mark.parametrize("address", ["/outcomes/nothing", "/quality/nothing"])
def test_an_unknown_name_is_not_here(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_foot_of_every_page_leads_there(client: Client) -> None:
    html = client.get("/").content.decode()
    foot = html[html.index("<footer") :]
    for address in ("/outcomes", "/quality", "/gaps"):
        assert f'href="{address}"' in foot
