"""No log and no address names anybody: not when all goes well, not when links are guessed, not when things break."""

import logging

import pytest
from django.conf import settings

from moothall.engagement.models import Response
from moothall.engagement.urls import ROOM_ROUTES
from tests.engagement.conftest import ASKED, Enter
from tests.engagement.furnished import PEOPLE, Room, furnish

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
