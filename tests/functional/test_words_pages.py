"""The pages on words: every rule with an example, and the rules and numbers behind what is said of one figure."""

import re

import pytest
from django.test import Client

from tests.support.store_builder import real_words

FIGURE = "/metrics/household-waste-recycling-rate/words?authority=bradford&period=2021-22"


def body_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_every_rule_stands_on_the_page_with_an_example(client: Client) -> None:
    html = body_of(client, "/words")
    for rules in real_words().values():
        for rule in rules:
            assert f'id="{rule.id}"' in html
    assert "“Lower than most similar councils”" in html
    assert not re.findall(r"\{[a-z-]+\}", html), "no token is left unfilled"


@pytest.mark.parametrize(
    "piece",
    [
        "standing-lower-than-most",
        "position-lower",
        "rank-alone",
        "certainty-none",
        "limit-of-the-metric",
        "metropolitan",
    ],
)
def test_a_figure_shows_rules_and_inputs(client: Client, piece: str) -> None:
    assert piece in body_of(client, FIGURE)


def test_a_sentence_leads_to_its_rule(client: Client) -> None:
    rules = re.findall(r'href="/words#([a-z0-9-]+)"', body_of(client, FIGURE))
    assert len(rules) >= 5
    every = {rule.id for found in real_words().values() for rule in found}
    assert set(rules) <= every


def test_the_page_of_a_metric_leads_to_the_words_of_its_council(client: Client) -> None:
    html = body_of(client, "/metrics/household-waste-recycling-rate?authority=bradford&period=2021-22&group=england")
    (address,) = re.findall(r'href="(/metrics/[^"]*/words\?[^"]*)"', html)
    shown = body_of(client, address.replace("&amp;", "&"))
    assert "councils in England" in shown


def test_without_a_council_the_way_leads_to_all_rules(client: Client) -> None:
    response = client.get("/metrics/household-waste-recycling-rate/words")
    assert (response.status_code, response["Location"]) == (302, "/words")
