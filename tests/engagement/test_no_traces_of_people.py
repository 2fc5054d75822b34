"""No log and no address names anybody: not when all goes well, not when links are guessed, not when things break."""

import logging
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from moothall.engagement.models import Response
from moothall.engagement.urls import ROOM_ROUTES
from moothall.web import current
from tests.engagement.conftest import ASKED, Enter
from tests.engagement.furnished import PEOPLE, Room, furnish
from tests.engagement.furnished_texts import serve_published

TRACES = ("@", "olive", "carol", "127.0.0.1", "leeds.gov.uk", "Words of mine")


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role."""
    return furnish(enter)


def test_logs_name_nobody(room: Room, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the level that a server writes: warnings and worse, and information of our own."""
    for name in ("django", "axes", "moothall"):
        caplog.set_level(settings.LOGGING["loggers"].get(name, {}).get("level", "WARNING"), logger=name)
    client = room["public"]
    client.post("/take-part/sign-in", {"email": PEOPLE["public"]})
    for guess in range(settings.AXES_FAILURE_LIMIT + 1):
        client.post(f"/take-part/sign-in/guess-{guess}")
    begun = client.post(f"/take-part/consultations/{ASKED.id}/begin", {"kind": "person", "key": ""})
    monkeypatch.setattr("moothall.engagement.views.questions.save_answer", _broken)
    caplog.set_level(logging.ERROR, logger="django.request")
    answer = client.post(f"{begun.headers['Location']}/questions/2", {"words": "Words of mine", "revision": 0})
    assert answer.status_code == 500
    assert "Words of mine" not in answer.content.decode()
    written = "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    assert "/questions/2" in written, "the fault itself is written down"
    assert not [trace for trace in TRACES if trace in written], written


def _broken(*_: object, **__: object) -> None:
    raise RuntimeError("a fault of ours")


def test_addresses_name_nobody(room: Room) -> None:
    for route in ROOM_ROUTES:
        address = route.address(**room.made)
        assert not [trace for trace in TRACES if trace in address], address


def test_a_reference_says_nothing_and_cannot_be_guessed(room: Room) -> None:
    refs = {Response.objects.create(consultation=ASKED.id, kind="person", key=str(n)).ref for n in range(200)}
    assert len(refs) == 200
    assert all(len(ref) == 12 and ref.isalnum() and ref.isupper() | ref.isdigit() for ref in refs)


def test_what_is_published_names_nobody(room: Room, published_to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that can be published is, and every file and every page that shows it is read."""
    room["officer"].post(
        f"/take-part/responses/{room.made['response']}/questions/2", {"words": "Count.", "revision": 0}
    )
    given = {"agreed": "yes", "consent": "named"}
    room["lead"].post(f"/take-part/responses/{room.made['response']}/check", given)
    monkeypatch.setattr(current, "_day", lambda: date(2027, 2, 27))
    results = f"/take-part/staff/results/{ASKED.id}"
    for ref in (room.made["response"], room.made["sent"]):
        room["staff"].post(f"{results}/publish/{ref}", {"words-1": "Count."})
    decided = {"said": "Keep.", "outcome": "live", "reason": "It is plain."}
    room["staff"].post(f"{results}/decisions/{ASKED.metrics[0]}", decided)
    room["staff"].post(f"{results}/decisions/publish")
    call_command("write_published", verbosity=0)
    written = {path.name: path.read_text() for path in published_to.glob("*.json")}
    assert {"answers.json", "decisions.json", "replies.json"} <= set(written)
    refs = [str(person.ref) for person in room.people.values()]
    names = [address.partition("@")[0] for address in PEOPLE.values() if len(address.partition("@")[0]) > 3]
    for name, text in written.items():
        found = [trace for trace in (*PEOPLE.values(), *refs, *names) if trace in text.lower()]
        assert not found, f"{name}: {found}"
    serve_published()
    for address in (f"/consultations/{ASKED.id}", f"/consultations/{ASKED.id}/answers", f"/metrics/{ASKED.metrics[0]}"):
        page = Client().get(address).content.decode().lower()
        assert not [trace for trace in (*PEOPLE.values(), *refs, *names) if trace in page], address
    assert "Count." in Client().get(f"/consultations/{ASKED.id}/answers").content.decode()
