"""Signing in: the link works once and for a quarter of an hour, and no answer tells whether an address is known."""

import re
import sys
import time
from datetime import timedelta
from types import FrameType

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moothall.engagement.models import Event, LinkRequest, Person, Subscriber
from moothall.engagement.people.access import safe_next
from moothall.engagement.people.sign_in import LETTERS_TO_AN_ADDRESS
from tests.engagement.conftest import Enter, last_link, person

ANNA = "anna@leeds.gov.uk"
SIGN_IN = "/take-part/sign-in"
ACCOUNT = "/take-part/account"
VALUES = re.compile(r"'(?:[^']|'')*'|\b\d+\b|\bs\d+_x\d+\b")
"""In a statement: texts, numbers, and the names of savepoints."""


def ask(client: Client, address: str = ANNA, **more: str) -> str:
    """Ask for a link and give its path."""
    assert client.post(SIGN_IN, {"email": address, **more}).headers["Location"] == f"{SIGN_IN}/sent"
    return last_link()


def test_a_link_signs_in_and_works_once(reader: Client) -> None:
    link = ask(reader)
    assert reader.get(link).status_code == 200
    assert reader.get(ACCOUNT).status_code == 302, "opening the link alone signs nobody in"
    assert reader.post(link).headers["Location"] == ACCOUNT
    assert ANNA in reader.get(ACCOUNT).content.decode()
    assert person(ANNA).confirmed_at is not None
    again = Client().post(link)
    assert (again.status_code, b"no longer works" in again.content) == (400, True)


def test_an_older_link_dies_with_the_first_use(reader: Client) -> None:
    older, newer = ask(reader), ask(reader)
    assert reader.post(newer).status_code == 302
    assert Client().post(older).status_code == 400


def test_a_link_dies_after_a_quarter_of_an_hour(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    link, now = ask(reader), time.time()
    monkeypatch.setattr("time.time", lambda: now + settings.SESAME_MAX_AGE - 5)
    assert reader.get(link).status_code == 200
    monkeypatch.setattr("time.time", lambda: now + settings.SESAME_MAX_AGE + 5)
    assert reader.post(link).status_code == 400


def test_a_link_of_somebody_who_was_deleted_is_dead(reader: Client) -> None:
    link = ask(reader)
    Person.objects.all().delete()
    assert reader.post(link).status_code == 400


def test_the_session_is_a_new_one_after_signing_in(reader: Client) -> None:
    link = ask(reader, next="/take-part/privacy")
    before = reader.cookies[settings.SESSION_COOKIE_NAME].value
    assert reader.post(link).headers["Location"] == "/take-part/privacy"
    assert reader.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_nothing_tells_whether_an_address_is_known(reader: Client, enter: Enter) -> None:
    enter(ANNA)
    answers = []
    for address in (ANNA, "nobody@leeds.gov.uk"):
        client = Client()
        answer = client.post(SIGN_IN, {"email": address})
        page = client.get(f"{SIGN_IN}/sent").content
        letter = mail.outbox[-1]
        answers.append((answer.status_code, answer.headers["Location"], page, letter.subject, letter.body[:100]))
        assert letter.to == [address]
    assert answers[0] == answers[1]


def test_an_address_gets_few_letters_and_the_answer_stays_the_same(reader: Client) -> None:
    for _ in range(LETTERS_TO_AN_ADDRESS + 3):
        assert reader.post(SIGN_IN, {"email": ANNA}).headers["Location"] == f"{SIGN_IN}/sent"
    assert len(mail.outbox) == LETTERS_TO_AN_ADDRESS
    ask(reader, "other@leeds.gov.uk")


def test_a_machine_that_asks_without_end_is_told_to_wait(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moothall.engagement.people.sign_in.LETTERS_FROM_A_MACHINE", 3)
    answers = [reader.post(SIGN_IN, {"email": f"{n}@leeds.gov.uk"}).status_code for n in range(4)]
    assert answers == [302, 302, 302, 429]


def test_guessing_links_locks_the_machine_out(reader: Client) -> None:
    link = ask(reader)
    answers = [reader.post(f"{SIGN_IN}/guess-{n}").status_code for n in range(settings.AXES_FAILURE_LIMIT + 1)]
    assert answers[0] == 400
    assert answers[-1] == 429
    assert reader.post(link).status_code == 429, "a true link waits too, so that a lucky guess helps nobody"
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post(link).status_code == 302


@pytest.mark.parametrize(
    "address", ["", "anna", "anna@", "a@b@c.uk", "anna@leeds.gov.uk\nBcc: all@example.org", "x" * 300]
)
def test_what_is_no_address_is_refused_with_a_summary(reader: Client, address: str) -> None:
    html = reader.post(SIGN_IN, {"email": address}).content.decode()
    assert 'href="#id_email"' in html
    assert 'id="id_email"' in html
    assert "<title>Error: Sign in" in html
    assert mail.outbox == []


ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/take-part/../x",
    "javascript:alert(1)",
    "/metrics",
    "",
    "/take-part/\\evil.example",
    "/take-partners",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_link_leads_elsewhere(reader: Client, address: str) -> None:
    link = ask(reader, next=address)
    assert reader.post(link).headers["Location"] == ACCOUNT
    assert safe_next(reader.get("/take-part").wsgi_request, address) == ACCOUNT


def test_unproved_addresses_and_marks_are_forgotten_after_a_day(reader: Client) -> None:
    ask(reader, "never@leeds.gov.uk")
    old = timezone.now() - timedelta(days=1, minutes=1)
    Person.objects.update(created_at=old)
    LinkRequest.objects.update(at=old)
    ask(reader, ANNA)
    assert [p.email for p in Person.objects.all()] == [ANNA]
    assert LinkRequest.objects.count() == 1


def test_sessions_that_are_over_are_forgotten(reader: Client) -> None:
    ask(reader)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    ask(Client(), "other@leeds.gov.uk")
    assert Session.objects.count() == 1, "only the new one"


def test_marks_hold_no_address(reader: Client) -> None:
    ask(reader)
    kept = LinkRequest.objects.get()
    assert "anna" not in kept.address_mark
    assert "127.0.0.1" not in kept.client_mark


@override_settings(ALLOWED_HOSTS=["*"])
def test_a_site_open_to_any_host_name_puts_no_borrowed_name_into_letters(reader: Client) -> None:
    answer = reader.post(SIGN_IN, {"email": ANNA}, headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert b"MOOTHALL_ADDRESS" in answer.content
    assert mail.outbox == []
    with override_settings(SITE_ADDRESS="https://figures.example.org"):
        reader.post(SIGN_IN, {"email": ANNA}, headers={"host": "evil.example"})
        assert "https://figures.example.org/take-part/sign-in/" in str(mail.outbox[-1].body)


def test_signing_out_ends_the_session(enter: Enter) -> None:
    client = enter(ANNA)
    assert client.get("/take-part/sign-out").status_code == 405
    client.post("/take-part/sign-out")
    assert client.get(ACCOUNT).headers["Location"] == f"{SIGN_IN}?next=%2Ftake-part%2Faccount"


def test_forms_need_their_mark(db: None, store: object) -> None:
    client = Client(enforce_csrf_checks=True)
    refused = client.post(SIGN_IN, {"email": ANNA})
    assert refused.status_code == 403
    assert "could not accept this form" in refused.content.decode()
    assert mail.outbox == []


def test_the_history_knows_who_signed_in_without_naming_them(enter: Enter) -> None:
    enter(ANNA)
    line = Event.objects.get(verb="signed in")
    assert line.actor == person(ANNA).ref
    assert "anna" not in str(line.__dict__)


def test_a_person_made_inactive_is_told_so_and_gets_no_link(reader: Client, enter: Enter) -> None:
    enter(ANNA)
    Person.objects.update(is_active=False)
    reader.post(SIGN_IN, {"email": ANNA})
    letter = mail.outbox[-1]
    assert letter.to == [ANNA]
    assert "has ended signing in with this address" in str(letter.body)
    assert "/take-part/sign-in" not in str(letter.body)


ASKING: dict[str, tuple[str, dict[str, object]]] = {
    "a link to sign in": (SIGN_IN, {}),
    "news by e-mail": ("/take-part/news", {"kinds": ["figures"], "pace": "daily"}),
}
"""Where anybody may name an address: the page, and what else its form wants."""
KNOWN = ("known", "shut out", "of a subscriber", "asked once before")


def work_of(path: str, form: dict[str, object]) -> tuple[list[str], list[str]]:
    """Every statement that a request sends, without the values in it, and every function of ours that it calls."""
    called: list[str] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and "/moothall/" in frame.f_code.co_filename:
            called.append(frame.f_code.co_qualname)

    client = Client()
    with CaptureQueriesContext(connection) as asked:
        sys.setprofile(note)
        try:
            answer = client.post(path, form)
        finally:
            sys.setprofile(None)
    assert answer.status_code == 302, answer.content
    return [VALUES.sub("?", query["sql"]) for query in asked.captured_queries], called


@pytest.mark.parametrize("what", list(ASKING))
def test_the_same_work_is_done_for_every_address(what: str, reader: Client, enter: Enter) -> None:
    path, form = ASKING[what]
    enter(ANNA)
    enter("out@leeds.gov.uk")
    Person.objects.filter(email="out@leeds.gov.uk").update(is_active=False)
    subscriber = {"choices": {"kinds": ["figures"], "pace": "daily"}, "confirmed_at": timezone.now()}
    Subscriber.objects.create(email="sue@leeds.gov.uk", site="http://testserver", **subscriber)
    reader.post(path, {**form, "email": "twice@leeds.gov.uk"})
    known = dict(zip(KNOWN, (ANNA, "out@leeds.gov.uk", "sue@leeds.gov.uk", "twice@leeds.gov.uk"), strict=True))
    work_of(path, {**form, "email": "first@leeds.gov.uk"})
    statements, called = work_of(path, {**form, "email": "new@leeds.gov.uk"})
    assert len(statements) > 5
    assert len(called) > 50
    for who, address in known.items():
        found = work_of(path, {**form, "email": address})
        assert found[0] == statements, f"{who}: other statements"
        assert found[1] == called, f"{who}: other functions, or another number of calls"
