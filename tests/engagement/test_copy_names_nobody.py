"""A fixed copy of the site, made after everything that can be published has been, names nobody who did not agree.

The people of the furnished room carry marks that no page has by itself. Every file of the copy and of the published
folder is read, compressed ones and workbooks too; so is what the server and the worker say, and how letters' files are
named.
"""

import gzip
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import brotli
import httpx
import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command

from moothall.cli.publish import FIRST, NOT_FOUND, Press, make_page
from moothall.engagement.models import Booking, Introduction, Note, NoteText, SetNote
from moothall.presenters.fixed_copy import make_resolver
from moothall.web import current
from tests.engagement.conftest import ASKED, Enter
from tests.engagement.furnished import PEOPLE, Room, furnish
from tests.engagement.furnished_texts import serve_published
from tests.support.serving import serving
from tests.support.store_builder import FakeStore
from tests.support.tiny_home import build_home, make_home, read_home

ROOT = Path(__file__).parents[2]
AGREED = ("Count the bags.", "Words 1.", "Our title.", "bags@leeds.gov.uk")
"""What the room published with everybody's consent: it must be in the copy, or nothing would have been tried."""

SECRETS = (
    "Zephyrine Quillfeather",
    "Zwieback allergy",
    "quiet-contact@leeds.gov.uk",
    "Unsent words of a draft",
    "I am Olive Umber",
    "Words 2.",
    "How did the Umbers do it?",
    "Our set begins.",
    "gone@example.org",
)
"""A name, an access need, an address that is not to be shown, answers before redaction or sending, private letters."""


def contents(file: Path) -> bytes:
    """Everything in a file, taken out of what compresses it."""
    data = file.read_bytes()
    if file.suffix == ".gz":
        return gzip.decompress(data)
    if file.suffix == ".br":
        return bytes(brotli.decompress(data))
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as parts:
            return b"\n".join(name.encode() + b"\n" + parts.read(name) for name in parts.namelist())
    return data


def traces(folder: Path, marks: Iterable[str]) -> list[str]:
    """The marks in the files of a folder and in their names, each with the file."""
    wanted = [(mark, mark.encode().lower()) for mark in marks]
    files = [file for file in folder.rglob("*") if file.is_file()]
    read = ((file, f"{file.relative_to(folder)}\n".encode().lower() + contents(file).lower()) for file in files)
    return [f"{file.name}: {mark}" for file, text in read for mark, trace in wanted if trace in text]


def marks_of(room: Room) -> list[str]:
    """By what each person could be known: the whole address, the number under which acts are noted, and the secrets."""
    return [*PEOPLE.values(), *(str(person.ref) for person in room.people.values()), *SECRETS]


def publish_everything(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers of a council (redacted) and of a person (anonymous), decisions, a note of each kind, replies."""
    Booking.objects.update(name="Zephyrine Quillfeather", needs="Zwieback allergy")
    Introduction.objects.update(words="How did the Umbers do it?")
    SetNote.objects.update(words="Our set begins.")
    quiet = NoteText.objects.get()
    NoteText.objects.update(
        state="published", decided_at=quiet.sent_at, contact="bags@leeds.gov.uk", shows_contact=True
    )
    other = NoteText.objects.get()
    other.pk, other.note = None, Note.objects.create(authority=other.note.authority)
    other.contact, other.shows_contact = "quiet-contact@leeds.gov.uk", False
    other.save()
    answer = f"/take-part/responses/{room.made['response']}/questions"
    room["officer"].post(f"{answer}/2", {"words": "Count the bags. I am Olive Umber", "revision": 0})
    room["lead"].post(f"/take-part/responses/{room.made['response']}/check", {"agreed": "yes", "consent": "named"})
    body = f"/take-part/responses/{room.made['body_response']}/questions/2"
    room["body officer"].post(body, {"words": "Unsent words of a draft", "revision": 0})
    monkeypatch.setattr(current, "_day", lambda: date(2027, 2, 27))
    results = f"/take-part/staff/results/{ASKED.id}"
    for ref in (room.made["response"], room.made["sent"]):
        room["staff"].post(f"{results}/publish/{ref}", {"words-1": "Count the bags."})
    decided = {"said": "Keep.", "outcome": "live", "reason": "It is plain."}
    room["staff"].post(f"{results}/decisions/{ASKED.metrics[0]}", decided)
    room["staff"].post(f"{results}/decisions/publish")
    call_command("write_published", verbosity=0)
    serve_published()


def make_copy(store: FakeStore, folder: Path) -> int:
    """The whole fixed copy, as ``moothall publish`` makes it, in this process; how many pages and files."""
    press = Press(folder, "https://figures.example.org", WSGIHandler(), make_resolver(store))
    waiting, known = [*FIRST, NOT_FOUND], {*FIRST, NOT_FOUND}
    while waiting:
        made = make_page(press, waiting.pop())
        fresh = [link for link in made.links if link not in known]
        known.update(fresh)
        waiting += fresh
    return len(known)


@pytest.mark.slow
def test_a_copy_after_everything_was_published_names_nobody(
    enter: Enter,
    drafted: FakeStore,
    published_to: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = furnish(enter)
    publish_everything(room, monkeypatch)
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    assert make_copy(drafted, tmp_path / "copy") > 250
    assert {file.suffix for file in (tmp_path / "copy").rglob("*.*")} >= {".html", ".csv", ".xlsx", ".svg", ".atom"}
    assert traces(tmp_path / "copy", marks_of(room)) == []
    assert traces(published_to, marks_of(room)) == []
    shown = {found.rpartition(": ")[2] for found in traces(tmp_path / "copy", AGREED)}
    assert shown == set(AGREED)


@pytest.mark.parametrize("kind", ["html", "gz", "br", "xlsx", "name"])
def test_a_trace_of_somebody_is_found_in_any_kind_of_file(tmp_path: Path, kind: str) -> None:
    words = b"<p>Booked by Zephyrine Quillfeather.</p>"
    file = tmp_path / "page.html" if kind == "html" else tmp_path / f"page.{kind}"
    if kind == "xlsx":
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr("docProps/core.xml", words)
    else:
        packed = {"gz": gzip.compress(words), "br": brotli.compress(words), "html": words, "name": b"nothing"}
        file.write_bytes(packed[kind])
    if kind == "name":
        file.rename(tmp_path / "for Zephyrine Quillfeather.txt")
    assert len(traces(tmp_path, SECRETS)) == 1


@pytest.mark.slow
def test_server_and_worker_say_nothing_of_people_and_no_letter_is_named_after_one(tmp_path: Path) -> None:
    """A sign-in that is asked for, links that are guessed, words that are searched for, a letter that is sent."""
    home, address = make_home(tmp_path / "home"), "olive.umber@leeds.gov.uk"
    read_home(home)
    build_home(home)
    records, outbox = tmp_path / "records.sqlite3", tmp_path / "outbox"
    own = {"MOOTHALL_HOME": str(home), "MOOTHALL_ENGAGEMENT_DB": str(records), "MOOTHALL_OUTBOX": str(outbox)}
    own |= {"MOOTHALL_SECRET_KEY": "x" * 60, "MOOTHALL_PUBLISHED": str(tmp_path / "published")}
    with serving(home / "data" / "build", WEB_CONCURRENCY="1", **own) as server:
        with httpx.Client(base_url=server.address, follow_redirects=True) as reader:
            form = reader.get("/take-part/sign-in").text
            token = form.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
            asked = {"email": address, "csrfmiddlewaretoken": token}
            assert reader.post("/take-part/sign-in", data=asked, headers={"Referer": server.address}).is_success
            for guessed in ("/take-part/sign-in/guess", "/authorities/olive-umber", f"/search?q={address}"):
                reader.get(guessed)
        command = [sys.executable, "-m", "moothall.cli.main", "worker", "--once"]
        worked = subprocess.run(command, env=os.environ | own, cwd=ROOT, capture_output=True, text=True, check=True)
        server.process.send_signal(signal.SIGINT)
        server.process.wait(20)
        assert server.process.stderr is not None
        said = f"{server.said}{server.process.stderr.read()}{worked.stdout}{worked.stderr}".lower()
    (letter,) = outbox.iterdir()
    assert address in letter.read_text(), "the letter with the link was written"
    traced = [trace for trace in ("olive", "umber", "leeds.gov.uk") if trace in f"{said} {letter.name.lower()}"]
    assert not traced, said
