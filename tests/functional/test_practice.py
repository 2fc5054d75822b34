"""Practice notes: found by theme, by metric and from whom to learn from; escaped; gone once they are taken back."""

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest
from django.test import Client

from moothall.analytics.groups import type_group
from moothall.cli.changes import print_notes
from moothall.domain.practice import PracticeNote
from moothall.presenters.authority import lessons
from moothall.presenters.authority.learning_view import learning_record, whom_to_learn_from
from moothall.presenters.authority.lessons import Lesson, Lessons, lessons_for
from moothall.presenters.blocks import Link
from moothall.presenters.figures.comparators import named_group
from moothall.presenters.shared_by_councils.practice import note_records
from moothall.web import current
from tests.functional.test_what_pages_say import words_of
from tests.support.published import NOTE, RATE, published
from tests.support.steady import make_turning_store
from tests.support.store_builder import FakeStore

PAGE = f"/practice/{NOTE.id}"


@pytest.mark.parametrize(
    "address", ["/practice", "/practice?theme=waste", f"/practice?metric={RATE}", f"/metrics/{RATE}"]
)
def test_a_note_is_found(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert f'<a href="{PAGE}">{NOTE.title}</a>' in html
    assert "Bolton Council" in html


def test_a_note_outlives_its_metric(client: Client, store: FakeStore) -> None:
    published(store, PracticeNote, replace(NOTE, metrics=("long-gone",)))
    assert "On metrics that this site no longer has" in words_of(client, "/practice")
    assert NOTE.done in words_of(client, PAGE)


def test_a_theme_without_notes_says_so(client: Client) -> None:
    assert "No council has written about this yet." in words_of(client, "/practice?theme=care")
    assert "No council has written a practice note on it yet." in words_of(client, "/metrics/quality-of-life")


def test_a_note_says_everything_and_what_nobody_has_checked(client: Client) -> None:
    words = words_of(client, PAGE)
    for text in (NOTE.done, NOTE.began, NOTE.cost, NOTE.changed, NOTE.contact or "", "19 November 2026, version 1"):
        assert text in words
    assert "Nobody at this site has checked them." in words
    assert (
        '<a href="https://www.bolton.gov.uk/bags" rel="nofollow">bolton.gov.uk</a>' in client.get(PAGE).content.decode()
    )


def test_a_contact_is_shown_only_where_there_is_one(client: Client, store: FakeStore) -> None:
    published(store, PracticeNote, replace(NOTE, contact=None))
    assert "Contact" not in words_of(client, PAGE)


def test_whom_to_learn_from_leads_to_notes(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    line = Lesson(Link("Bolton", "/authorities/bolton"), Link("Recycling"), "It turned.", "clear", (RATE, "BOLTON"))
    kept = Lessons((line, replace(line, key=(RATE, "BURY"))), "Two did.")
    monkeypatch.setattr(lessons, "_lessons_of", lambda store: lambda code, group: kept)
    leeds = store.catalogue.authorities["LEEDS"]
    found = lessons_for(store, leeds, named_group(store, "same-type", leeds))
    assert found
    assert [[note.href for note in each.notes] for each in found.lines] == [[PAGE], []]
    assert kept.lines[0].notes == (), "what is kept for the build has no notes"


def test_the_file_of_whom_to_learn_from_names_them(client: Client) -> None:
    store = make_turning_store()
    published(store, PracticeNote, replace(NOTE, authority="LEEDS"))
    current.current_store.serve_only(store)
    mets = "group=type:metropolitan-district"
    files = {"/authorities/bradford/learn-from": "group=same-type", f"/metrics/{RATE}/turned-round": mets}
    for file, group in files.items():
        rows = list(csv.DictReader(io.StringIO(client.get(f"{file}.csv?{group}").content.decode("utf-8-sig"))))
        (own,) = [row for row in rows if row["metric"] == RATE and row["authority"] == "LEEDS"]
        assert own["practice_notes"] == NOTE.title, file
        assert own["notes_page"] == f"http://testserver/practice?metric={RATE}"
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"{file}.xlsx?{group}").content))
        assert NOTE.title in {cell.value for row in book["Data"].iter_rows() for cell in row}


def test_programs_read_them_with_each_council(client: Client) -> None:
    store = make_turning_store()
    published(store, PracticeNote, replace(NOTE, authority="LEEDS"))
    metric, bradford = store.catalogue.metrics[RATE], store.catalogue.authorities["BRADFO"]
    record = learning_record(store, whom_to_learn_from(store, metric, bradford, type_group(bradford.type)))
    assert [one["practice_notes"] for one in record["turned_round"] if one["code"] == "LEEDS"] == [[PAGE]]


def test_the_command_line_names_them(store: FakeStore, capsys: pytest.CaptureFixture[str]) -> None:
    print_notes(store, RATE)
    assert capsys.readouterr().out == f"Practice note of Bolton Council: {NOTE.title} ({PAGE})\n"
    (record,) = json.loads(json.dumps(note_records(store, RATE), default=str))
    assert (record["authority"], record["page"]) == ("BOLTON", PAGE)


def test_words_of_a_note_are_escaped(client: Client, store: FakeStore) -> None:
    script = "<script>alert('x')</script>"
    told = dict.fromkeys(("title", "done", "began", "cost", "changed", "contact"), script)
    published(store, PracticeNote, replace(NOTE, **told, evidence="javascript:alert(1)"))
    for address in (PAGE, "/practice", f"/metrics/{RATE}"):
        html = client.get(address).content.decode()
        assert script not in html
        assert "javascript:" not in html
        assert "&lt;script&gt;" in html


def test_a_note_that_was_taken_back_is_gone(client: Client, store: FakeStore) -> None:
    published(store, PracticeNote)
    assert client.get(PAGE).status_code == 404
    assert NOTE.title not in words_of(client, f"/metrics/{RATE}")
