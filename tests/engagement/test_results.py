"""Results for staff: the newest version of what was sent, counted and quoted whole; files that run nothing."""

import csv
import io

import openpyxl
import pytest

from tests.engagement.conftest import ASKED, Enter
from tests.engagement.furnished import PEOPLE, Room, furnish

RESULTS = f"/take-part/staff/results/{ASKED.id}"
HARM = 2


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role, and three answers: a council's in two versions, a draft never sent, and a person's."""
    made = furnish(enter)
    leeds = f"/take-part/responses/{made.made['response']}"
    made["lead"].post(f"{leeds}/questions/1", {"choices": "clear", "words": "Leeds, first.", "revision": 0})
    made["lead"].post(f"{leeds}/check", {"agreed": "yes", "consent": "no"})
    made["lead"].post(f"{leeds}/open")
    made["lead"].post(f"{leeds}/questions/1", {"choices": "unclear", "words": "=1+1 Leeds, second.", "revision": 1})
    made["lead"].post(f"{leeds}/check", {"agreed": "yes", "consent": "no"})
    body = f"/take-part/responses/{made.made['body_response']}"
    made["body lead"].post(f"{body}/questions/{HARM}", {"words": "Never sent.", "revision": 0})
    begun = made["public"].post(f"/take-part/consultations/{ASKED.id}/begin", {"kind": "person", "key": ""})
    own = begun.headers["Location"]
    made["public"].post(f"{own}/questions/1", {"choices": "clear", "words": "@cmd <b>mine</b>", "revision": 0})
    made["public"].post(f"{own}/check", {"agreed": "yes", "consent": "no"})
    return made


def test_the_newest_of_what_was_sent_is_counted_and_quoted(room: Room) -> None:
    page = room["staff"].get(RESULTS).content.decode()
    assert "Leeds, second." in page
    assert "Leeds, first." not in page
    assert "Never sent." not in page
    assert "&lt;b&gt;mine&lt;/b&gt;" in page
    assert "A member of the public" in page
    assert not [address for address in PEOPLE.values() if address in page and address != PEOPLE["staff"]]
    assert "1 of 12" in page, "metropolitan districts of the made-up register"


def test_counts_by_kind_stand_side_by_side(room: Room) -> None:
    page = room["staff"].get(RESULTS).content.decode()
    table = page[page.index("It is clear") :][:400]
    assert [int(n) for n in _numbers(table)[:3]] == [0, 0, 1]
    table = page[page.index("It is not clear") :][:400]
    assert [int(n) for n in _numbers(table)[:3]] == [1, 0, 0]


def _numbers(html: str) -> list[str]:
    return [part.partition("<")[0] for part in html.split('cell--numeric">')[1:]]


def test_who_has_not_answered_is_named(room: Room) -> None:
    page = room["staff"].get(RESULTS).content.decode()
    silent = page[page.index("sent nothing yet") :].partition("</details>")[0]
    assert "Bradford" in silent
    assert "Leeds" not in silent


def test_files_hold_every_answer_and_run_nothing(room: Room) -> None:
    text = room["staff"].get(f"{RESULTS}/answers.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["respondent_kind"], row["version"], row["chosen"]) for row in rows] == [
        ("authority", "2", "It is not clear"),
        ("person", "1", "It is clear"),
    ]
    assert [row["words"][:1] for row in rows] == ["'", "'"], "a spreadsheet shows the words and runs nothing"
    book = openpyxl.load_workbook(io.BytesIO(room["staff"].get(f"{RESULTS}/answers.xlsx").content))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type == "s" for cell in cells if cell.value), "no cell is a formula"
    assert "=1+1 Leeds, second." in [cell.value for cell in cells]
