"""What the room offers is found without knowing an address: from its own pages, and from the pages of figures."""

import pytest
from django.test import Client
from lxml import html

from moothall.web.current import current_store
from tests.engagement.conftest import Enter
from tests.engagement.furnished import Room, furnish


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role."""
    return furnish(enter)


def links_of(browser: Client, path: str) -> set[str]:
    """Where the links of a page lead, those of its main part."""
    return set(html.document_fromstring(browser.get(path).content.decode()).xpath("//main//a/@href"))


@pytest.mark.parametrize("page", ["introductions/new", "practice/new", "news"])
def test_a_form_that_the_page_of_a_draft_metric_leads_to_takes_that_metric(room: Room, page: str) -> None:
    """Each was reached with the draft's title filled in, and then said that it knows no such metric."""
    title = current_store().catalogue.metrics["quality-of-life"].title
    assert title in room["lead"].get(f"/take-part/{page}?metric=quality-of-life").content.decode()
    sent = room["lead"].post(f"/take-part/{page}", {"metric": title, "metrics": title}).content.decode()
    assert "There is a problem" in sent, "the rest of the form is empty"
    assert "We know no metric" not in sent
