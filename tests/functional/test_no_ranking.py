"""A journalist who looks for a ranking gets the reason why there is none, whatever they try."""

import pytest
from django.test import Client

from moothall.presenters.addresses import NO_RANKING
from moothall.web.no_ranking import ATTEMPTED_CHOICES, ATTEMPTED_PATHS

PAGES = ("/", "/authorities", "/metrics/household-waste-recycling-rate", "/compare", "/authorities/leeds")


@pytest.mark.parametrize("path", [f"/{path}" for path in ATTEMPTED_PATHS])
def test_an_address_of_a_ranking(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (302, NO_RANKING)


@pytest.mark.parametrize("choice", sorted(ATTEMPTED_CHOICES))
@pytest.mark.parametrize("page", PAGES)
def test_an_order_asked_of_any_page(client: Client, page: str, choice: str) -> None:
    response = client.get(page, {choice: "value"})
    assert (response.status_code, response.headers["Location"]) == (302, NO_RANKING)


def test_the_page_that_explains(client: Client) -> None:
    html = client.get(NO_RANKING).content.decode()
    assert "Councils do not run the same services" in html
    assert 'href="/authorities"' in html
