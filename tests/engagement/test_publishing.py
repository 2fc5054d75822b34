"""Publication: only with consent, only after the end, under the name agreed to, with personal words taken out."""

from datetime import date
from pathlib import Path

import pytest

from moothall.catalogue.published import PublishedFolder
from moothall.domain.decision import PublishedAnswer
from moothall.engagement.consultations.publishing import is_only_shortened
from moothall.engagement.models import Publication, Submission
from moothall.web import current
from tests.engagement.conftest import ASKED, Enter
from tests.engagement.furnished import Room, furnish

RESULTS = f"/take-part/staff/results/{ASKED.id}"
PUBLIC = f"/take-part/consultations/{ASKED.id}/answers"
WORDS = "Ring Olive on 0113 496 0000. The count misses bags."
CLEARED = "The count misses bags."


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role, and an answer of Leeds that has been written and not sent."""
    made = furnish(enter)
    made["officer"].post(f"{address(made)}/questions/2", {"words": WORDS, "revision": 0})
    return made


def address(room: Room) -> str:
    return f"/take-part/responses/{room.made['response']}"


def send(room: Room, consent: str) -> None:
    room["lead"].post(f"{address(room)}/check", {"agreed": "yes", "consent": consent})


def publish(room: Room, words: str = CLEARED, role: str = "staff", **more: str) -> int:
    path = f"{RESULTS}/publish/{room.made['response']}"
    return int(room[role].post(path, {"words-1": words, **more}).status_code)


def close(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "_day", lambda: date(2027, 2, 27))


def everybody_reads(room: Room) -> str:
    return room["reader"].get(PUBLIC).content.decode()


@pytest.mark.parametrize(
    ("consent", "is_there", "name"), [("named", True, "Leeds"), ("anonymous", True, "A council"), ("no", False, "")]
)
def test_what_is_published_is_what_was_agreed(
    room: Room, consent: str, is_there: bool, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(room, consent)
    close(monkeypatch)
    assert publish(room) == (302 if is_there else 404)
    page = everybody_reads(room)
    assert (CLEARED in page) == is_there
    assert "Olive" not in page
    assert "0113" not in page
    if is_there:
        assert name in page
        assert ("Leeds" in page.partition("<main")[2]) == (consent == "named")


def test_nothing_is_published_before_the_end(room: Room) -> None:
    send(room, "named")
    assert publish(room) == 200
    assert not Publication.objects.exists()
    assert "Nothing has been published yet" in everybody_reads(room)


def test_whoever_sends_says_whether_it_may_be_published(room: Room) -> None:
    page = room["lead"].post(f"{address(room)}/check", {"agreed": "yes"}).content.decode()
    assert 'href="#id_consent"' in page
    assert 'id="id_consent"' in page
    room["lead"].post(f"{address(room)}/check", {"agreed": "yes", "consent": "everywhere"})
    assert not Submission.objects.filter(response__ref=room.made["response"]).exists()


def test_somebody_who_answers_alone_is_never_named(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = room["public"].post(f"/take-part/consultations/{ASKED.id}/begin", {"kind": "person", "key": ""})
    own = begun.headers["Location"]
    room["public"].post(f"{own}/questions/2", {"words": "My own view.", "revision": 0})
    assert room["public"].post(f"{own}/check", {"agreed": "yes", "consent": "named"}).status_code == 200
    room["public"].post(f"{own}/check", {"agreed": "yes", "consent": "anonymous"})
    close(monkeypatch)
    ref = own.rpartition("/")[2]
    room["staff"].post(f"{RESULTS}/publish/{ref}", {"words-1": "My own view."})
    page = everybody_reads(room)
    assert "A member of the public" in page
    assert "carol" not in page
    assert ref not in page
    room["public"].post("/take-part/account/delete")
    assert "My own view." not in everybody_reads(room)


def test_a_later_version_needs_its_own_consent(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    send(room, "named")
    room["lead"].post(f"{address(room)}/open")
    send(room, "no")
    close(monkeypatch)
    assert publish(room) == 404


def test_what_is_published_can_be_cleared_again_and_taken_back(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    send(room, "named")
    close(monkeypatch)
    publish(room, WORDS)
    assert "0113" in everybody_reads(room), "a person decides, not a program"
    publish(room)
    assert "0113" not in everybody_reads(room)
    kept = room["staff"].get(f"{RESULTS}/publish/{room.made['response']}").content.decode()
    assert "0113" not in kept, "the page shows what is published now"
    publish(room, act="withdraw")
    assert CLEARED not in everybody_reads(room)


def test_the_explorer_gets_what_was_cleared_and_loses_what_was_taken_back(
    room: Room, published_to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(room, "named")
    close(monkeypatch)
    folder = PublishedFolder(published_to)
    assert folder().of(PublishedAnswer) == ()
    publish(room)
    (answer,) = folder().of(PublishedAnswer)
    assert answer.respondent.startswith("Leeds")
    assert [(line.question, line.chosen, line.words) for line in answer.lines] == [("What of harm?", (), CLEARED)]
    written = "".join(path.read_text() for path in published_to.glob("*.json"))
    assert not [word for word in ("Olive", "0113", "@", str(room.made["response"])) if word in written]
    publish(room, act="withdraw")
    assert folder().of(PublishedAnswer) == ()


def test_whoever_leaves_takes_a_published_answer_along(
    room: Room, published_to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = room["public"].post(f"/take-part/consultations/{ASKED.id}/begin", {"kind": "person", "key": ""})
    own = begun.headers["Location"]
    room["public"].post(f"{own}/questions/2", {"words": "My own view.", "revision": 0})
    room["public"].post(f"{own}/check", {"agreed": "yes", "consent": "anonymous"})
    close(monkeypatch)
    room["staff"].post(f"{RESULTS}/publish/{own.rpartition('/')[2]}", {"words-1": "My own view."})
    folder = PublishedFolder(published_to)
    assert [each.respondent for each in folder().of(PublishedAnswer)] == ["A member of the public"]
    room["public"].post("/take-part/account/delete")
    assert folder().of(PublishedAnswer) == ()


@pytest.mark.parametrize("role", ["lead", "body lead", "public"])
def test_only_staff_publish(room: Room, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    send(room, "named")
    close(monkeypatch)
    assert publish(room, role=role) == 404
    assert not Publication.objects.exists()


def test_words_of_others_cannot_be_put_in_where_none_were(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    send(room, "named")
    close(monkeypatch)
    room["staff"].post(f"{RESULTS}/publish/{room.made['response']}", {"words-0": "Planted.", "words-1": CLEARED})
    assert "Planted." not in everybody_reads(room)


@pytest.mark.parametrize(
    ("sent", "shown", "is_kept"),
    [
        (WORDS, WORDS, True),
        (WORDS, CLEARED, True),
        (WORDS, "", True),
        (WORDS, "Ring [a name] on [a number]. The count misses bags.", True),
        (WORDS, "Ring  on.\n\nThe count misses bags.", True),
        (WORDS, "The count misses bags and bins.", False),
        (WORDS, "The count does not miss bags.", False),
        (WORDS, "The count misses bags. Ring Olive.", False),
        (WORDS, f"[{'we agree with every word of it and have ' * 2}]", False),
        (WORDS, "[] The count misses bags.", True),
        ("", "Something.", False),
        ("", "", True),
    ],
)
def test_nothing_is_put_into_a_respondents_mouth(sent: str, shown: str, is_kept: bool) -> None:
    assert is_only_shortened(sent, shown) is is_kept


def test_words_that_were_not_sent_are_refused_and_come_back(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    send(room, "named")
    close(monkeypatch)
    path = f"{RESULTS}/publish/{room.made['response']}"
    page = room["staff"].post(path, {"words-1": "The count is perfect."}).content.decode()
    assert "These words are not those that were sent" in page
    assert 'href="#words-1"' in page
    assert "The count is perfect." in page
    assert not Publication.objects.exists()
