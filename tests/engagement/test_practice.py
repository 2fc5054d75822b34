"""Practice notes: an officer writes, the lead sends, staff look, everybody reads, and the council can take it back."""

import re
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client

from moothall.catalogue.published import PublishedFolder
from moothall.domain.practice import PracticeNote
from moothall.engagement.models import Event, Note, NoteText, Person
from tests.engagement.conftest import Enter, letters
from tests.engagement.furnished import PEOPLE, Room, furnish
from tests.engagement.furnished_texts import serve_published
from tests.engagement.test_replies import text_of

NEW = "/take-part/practice/new"
GIVEN = {
    "council": "LEEDS",
    "title": "Bags every week",
    "metrics": "Quality of life",
    "done": "We gave a bag.\r\nTo every home.",
    "began": "From April 2023",
    "cost": "4 pounds a home",
    "changed": "It rose by 2 points.",
    "evidence": "https://www.leeds.gov.uk/bags",
    "contact": "waste@leeds.gov.uk",
    "shows_contact": "yes",
}


@pytest.fixture
def room(enter: Enter, store: object) -> Room:
    made = furnish(enter)
    letters().clear()
    Note.objects.all().delete()
    return made


@pytest.fixture(autouse=True)
def _live(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quality of life is in consultation in the room's store: here every metric may be written about."""
    from moothall.engagement.views import named

    monkeypatch.setattr(
        named, "metrics_to_name", lambda has_drafts: list(named.current_store().catalogue.metrics.values())
    )


def published(folder: Path) -> list[PracticeNote]:
    serve_published()
    return list(PublishedFolder(folder)().of(PracticeNote))


def write(room: Room, address: str = NEW, role: str = "officer", **other: str) -> str:
    answer = room[role].post(address, {**GIVEN, "metrics": "Quality of life (DRAFT)", **other})
    assert answer.status_code == 302, text_of(answer.content)
    return answer.headers["Location"].removesuffix("/check")


def publish(room: Room, **other: str) -> str:
    base = write(room, **other)
    assert room["lead"].post(f"{base}/check").headers["Location"] == base
    review = f"/take-part/staff/review/note/{base.rpartition('/')[2]}"
    assert GIVEN["cost"] in text_of(room["staff"].get(review).content)
    room["staff"].post(review, {"act": "publish"})
    return base


def test_from_an_officer_to_the_public_page(room: Room, published_to: Path, client: Client) -> None:
    publish(room)
    (note,) = published(published_to)
    assert (note.title, note.done, note.metrics) == (
        "Bags every week",
        "We gave a bag.\nTo every home.",
        ("quality-of-life",),
    )
    assert (note.contact, note.version, note.authority) == ("waste@leeds.gov.uk", 1, "LEEDS")
    assert "We gave a bag." in text_of(client.get(f"/practice/{note.id}").content)
    assert note.title in text_of(client.get("/metrics/quality-of-life").content)
    verbs = list(Event.objects.filter(party="authority:LEEDS").order_by("id").values_list("verb", flat=True))
    assert verbs == ["wrote a practice note", "sent a practice note for review", "published a practice note"]
    assert [m.subject for m in letters()] == [
        "A practice note waits on Moothall",
        "Your practice note on Moothall is published",
    ]


def test_a_contact_that_is_not_to_be_shown_never_leaves_the_room(room: Room, published_to: Path) -> None:
    publish(room, shows_contact="no")
    assert published(published_to)[0].contact is None
    assert "waste@leeds.gov.uk" not in (published_to / "practice.json").read_text()


def test_nothing_personal_is_published(room: Room, published_to: Path) -> None:
    publish(room)
    text = (published_to / "practice.json").read_text()
    assert not [each.email for each in Person.objects.all() if each.email in text or str(each.ref) in text]


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        *(({name: ""}, name, "") for name in ("title", "metrics", "done", "began", "cost", "changed", "evidence")),
        ({"council": "BRADFO"}, "council", "Choose one of the list"),
        ({"metrics": "Household waste recycling rates"}, "metrics", "We know no metric called"),
        ({"evidence": "http://www.leeds.gov.uk"}, "evidence", "beginning with https://"),
        ({"contact": "waste@bradford.gov.uk"}, "contact", "Give an address of Leeds Council itself"),
        ({"contact": PEOPLE["officer"]}, "contact", "This is a person's address"),
        ({"contact": "waste"}, "contact", "Enter an e-mail address"),
        ({"shows_contact": ""}, "shows_contact", "Choose whether everybody may see it"),
        ({"title": "x" * 121}, "title", "at most 120 characters"),
        ({"done": "a\x00b"}, "done", ""),
    ],
)
def test_a_note_that_cannot_be_taken_says_why_and_leads_to_the_field(
    room: Room, given: dict[str, str], field: str, sentence: str
) -> None:
    answer = room["officer"].post(NEW, {**GIVEN, "metrics": "Quality of life (DRAFT)", **given})
    page = text_of(answer.content)
    assert answer.status_code == 200
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}"' in page
    assert sentence in page
    assert not NoteText.objects.exists()


def test_only_a_lead_sends_and_only_members_write(room: Room) -> None:
    base = write(room)
    assert room["officer"].post(f"{base}/check").status_code == 404
    for role in ("other lead", "public", "staff", "body lead"):
        assert room[role].get(base).status_code == 404
        assert room[role].post(f"{base}/edit", GIVEN).status_code == 404
    assert "Who may write a practice note" in text_of(room["public"].get(NEW).content)
    assert room["other lead"].post(NEW, {**GIVEN, "metrics": "Quality of life (DRAFT)"}).status_code == 200
    assert NoteText.objects.get().state == "draft"


def test_sent_back_with_the_reason_and_written_on(room: Room, published_to: Path) -> None:
    base = write(room)
    room["lead"].post(f"{base}/check")
    review = f"/take-part/staff/review/note/{base.rpartition('/')[2]}"
    room["staff"].post(review, {"act": "back", "reason": "It names a person."})
    assert "It names a person." in text_of(room["officer"].get(f"{base}/edit").content)
    assert "It names a person." in str(letters()[-1].body)
    assert write(room, f"{base}/edit", title="Bags, without a name") == base
    room["lead"].post(f"{base}/check")
    room["staff"].post(review, {"act": "publish"})
    assert [note.title for note in published(published_to)] == ["Bags, without a name"]


def test_while_it_waits_it_is_not_written_on(room: Room) -> None:
    base = write(room)
    room["lead"].post(f"{base}/check")
    answer = room["officer"].post(f"{base}/edit", {**GIVEN, "metrics": "Quality of life (DRAFT)"})
    assert "waits for staff" in text_of(answer.content)


def test_a_new_version_takes_the_place_of_the_old_and_can_be_taken_back(
    room: Room, published_to: Path, client: Client
) -> None:
    base = publish(room)
    write(room, f"{base}/edit", title="Bags, two years on")
    assert [note.title for note in published(published_to)] == ["Bags every week"]
    room["lead"].post(f"{base}/check")
    room["staff"].post(f"/take-part/staff/review/note/{base.rpartition('/')[2]}", {"act": "publish"})
    (note,) = published(published_to)
    assert (note.title, note.version) == ("Bags, two years on", 2)
    assert room["officer"].post(f"{base}/withdraw").status_code == 404
    room["lead"].post(f"{base}/withdraw")
    assert published(published_to) == []
    assert client.get(f"/practice/{note.id}").status_code == 404
    assert "Taken back" in text_of(room["officer"].get("/take-part/councils/leeds/practice").content)


def test_what_was_written_is_given_back_and_stays_the_councils(room: Room, published_to: Path) -> None:
    publish(room)
    held = room["officer"].get("/take-part/account/export").json()
    assert [each["title"] for each in held["practice_notes"]] == ["Bags every week"]
    room["officer"].post("/take-part/account/delete")
    assert NoteText.objects.get().by is None
    assert len(published(published_to)) == 1


def test_a_metric_is_filled_in_where_one_came_from_its_page(room: Room) -> None:
    page = text_of(room["officer"].get(f"{NEW}?metric=fly-tipping").content)
    assert "\nFly tipping</textarea>" in page
    assert mail.outbox == []


SEEN = re.compile(r'name="seen" value="([^"]+)"')


def test_nobody_sends_or_publishes_other_words_than_they_have_read(room: Room) -> None:
    base = write(room)
    seen = SEEN.findall(room["lead"].get(f"{base}/check").content.decode())[0]
    room["officer"].post(f"{base}/edit", {**GIVEN, "metrics": "Quality of life (DRAFT)", "done": "Other words."})
    refused = text_of(room["lead"].post(f"{base}/check", {"seen": seen}).content)
    assert "Somebody has changed these words since you opened this page" in refused
    assert "Other words." in refused
    assert room["lead"].post(f"{base}/check", {"seen": SEEN.findall(refused)[0]}).status_code == 302
    review = f"/take-part/staff/review/note/{base.rpartition('/')[2]}"
    first = SEEN.findall(room["staff"].get(review).content.decode())[0]
    room["staff"].post(review, {"act": "back", "reason": "A name."})
    room["officer"].post(f"{base}/edit", {**GIVEN, "metrics": "Quality of life (DRAFT)", "done": "Third words."})
    room["lead"].post(f"{base}/check")
    late = text_of(room["staff"].post(review, {"act": "publish", "seen": first}).content)
    assert "Somebody has changed these words since you opened this page" in late
    assert "Third words." in late
