"""The gate: the explorer knows no cookie, no session and no records; what lies behind it is kept by nobody."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client, RequestFactory, override_settings

from moothall.engagement.models import Person
from moothall.engagement.people.gate import client_address
from moothall.web.urls import example_addresses
from tests.engagement.conftest import Enter
from tests.support.store_builder import FakeStore

ANNA = "anna@leeds.gov.uk"


def test_the_explorer_sets_no_cookie_and_asks_no_records(store: FakeStore) -> None:
    """Without the database fixture, a page that touched the records would fail."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    for found in example_addresses(store).values():
        answer = client.get(found[0])
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert not hasattr(answer.wsgi_request, "session")


def test_the_first_pages_of_the_room_ask_no_records_either(store: FakeStore) -> None:
    for address in ("/take-part", "/take-part/privacy"):
        answer = Client().get(address)
        assert answer.status_code == 200
        assert not answer.cookies


def test_cookies_go_to_the_room_only(enter: Enter) -> None:
    cookies = enter(ANNA).cookies
    assert set(cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    for cookie in cookies.values():
        assert cookie["path"] == "/take-part"
        assert cookie["httponly"] is True
        assert cookie["samesite"] == "Lax"


def test_nobody_keeps_a_private_page(enter: Enter) -> None:
    client = enter(ANNA)
    answer = client.get("/take-part/account", headers={"if-none-match": "*"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
    for part in ("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"):
        assert part in answer.headers["Content-Security-Policy"]


def test_records_out_of_reach_close_the_room_and_nothing_else(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter(ANNA)

    def broken(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("moothall.engagement.views.sign_in.ask_for_link", broken)
    answer = client.post("/take-part/sign-in", {"email": ANNA})
    assert answer.status_code == 503
    assert "closed for the moment" in answer.content.decode()
    assert client.get("/metrics").status_code == 200


@pytest.mark.parametrize(
    ("behind", "told", "expected"),
    [
        (False, "203.0.113.9", "127.0.0.1"),
        (True, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (True, "", "127.0.0.1"),
    ],
)
def test_the_address_of_a_machine_is_not_what_it_says_itself(behind: bool, told: str, expected: str) -> None:
    request = RequestFactory().get("/", headers={"x-forwarded-for": told})
    with override_settings(BEHIND_PROXY=behind):
        assert client_address(request) == expected


def test_a_person_may_see_change_and_delete_what_is_held(enter: Enter) -> None:
    client = enter(ANNA)
    client.post("/take-part/account", {"name": "Anna Ng"})
    held = json.loads(client.get("/take-part/account/export").content)
    assert (held["person"]["name"], held["person"]["email"]) == ("Anna Ng", ANNA)
    assert [line["what"] for line in held["history"]] == ["signed in", "changed the name that others see"]
    assert client.get("/take-part/account/delete").status_code == 200
    assert "is deleted" in client.post("/take-part/account/delete").content.decode()
    assert not Person.objects.filter(email=ANNA).exists()
    assert client.get("/take-part/account").status_code == 302


@pytest.mark.parametrize("name", ["", "Anna\r\nBcc: all@example.org", "x" * 101, "\x00"])
def test_a_name_is_one_line_of_text(enter: Enter, name: str) -> None:
    html = enter(ANNA).post("/take-part/account", {"name": name}).content.decode()
    assert 'href="#id_name"' in html


def test_a_script_in_a_name_is_only_text(enter: Enter) -> None:
    client = enter(ANNA)
    client.post("/take-part/account", {"name": "<script>alert(1)</script>"})
    html = client.get("/take-part/account").content.decode()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_last_member_of_staff_stays(enter: Enter) -> None:
    call_command("make_staff", ANNA, verbosity=0)
    client = enter(ANNA)
    assert client.post("/take-part/account/delete").status_code == 409
    assert Person.objects.filter(email=ANNA, is_staff=True).exists()
    call_command("make_staff", "ben@example.org", verbosity=0)
    assert client.post("/take-part/account/delete").status_code == 200
