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


@pytest.mark.parametrize("role", ["reader", "officer"])
def test_the_front_page_of_the_room_leads_to_everything_that_one_may_do(room: Room, role: str) -> None:
    wanted = {"consultations/first-drafts-2026", "workshops", "news", "introductions", "learning-sets", "privacy"}
    assert {*(f"/take-part/{each}" for each in wanted), "/practice", "/replies"} <= links_of(room[role], "/take-part")


def test_the_account_leads_to_all_that_is_ones_own(room: Room) -> None:
    wanted = {"consultations", "bookings", "introductions", "learning-sets", "practice/new", "news", "councils/leeds"}
    assert {f"/take-part/{each}" for each in wanted} <= links_of(room["officer"], "/take-part/account")


def test_a_lead_finds_what_a_body_would_say_on_the_councils_page(room: Room) -> None:
    """It was to be had by an address only, which the body had to pass on by itself."""
    agree = f"/take-part/responses/{room.made['body_response']}/agree"
    assert agree in links_of(room["lead"], "/take-part/councils/leeds")
    assert agree not in links_of(room["officer"], "/take-part/councils/leeds"), "only a lead can agree"
    assert room["lead"].get(agree).status_code == 200


def test_what_is_asked_about_stands_before_the_question(room: Room) -> None:
    page = room["officer"].get(f"/take-part/responses/{room.made['response']}/questions/1").content.decode()
    main = page.partition("<main")[2]
    metric = current_store().catalogue.metrics[str(room.made["metric"])]
    assert metric.definition in main.partition("<form")[0]
    assert main.count(metric.definition) == 1


def test_letters_as_files_are_where_the_page_says(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOOTHALL_OUTBOX", raising=False)
    monkeypatch.setenv("MOOTHALL_DEMO", "1")
    assert "data/demonstration/outbox" in room["reader"].get("/take-part/sign-in/sent").content.decode()


@pytest.mark.parametrize("page", ["staff/letters", "staff/sessions/{session}"])
def test_rows_of_staffs_tables_say_on_a_phone_what_each_cell_is(room: Room, page: str) -> None:
    """They scrolled sideways; as blocks they need their roles and the names of their columns."""
    tree = html.document_fromstring(room["staff"].get(f"/take-part/{page}".format(**room.made)).content.decode())
    (table,) = tree.xpath("//main//table")
    heads = [each.text_content() for each in table.xpath(".//*[@role='columnheader']")]
    for row in table.xpath("./tbody/tr[@role='row']"):
        assert [cell.get("data-name") for cell in row] == heads
        assert {cell.get("role") for cell in row} == {"rowheader", "cell"}
        assert all(cell.text_content().strip() for cell in row), "no cell is empty"
    assert table.get("role") == "table"
