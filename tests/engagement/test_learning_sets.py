"""Learning sets: joined by each council's lead, seen by nobody else, left at any time; figures over time and notes."""

import pytest

from moothall.engagement.models import Event, LearningMember, LearningSet, SetNote
from tests.engagement.conftest import Enter, letters
from tests.engagement.furnished import PEOPLE, Room, furnish
from tests.engagement.test_replies import text_of

SETS = "/take-part/learning-sets"
GIVEN = {"host": "authority:LEEDS", "title": "Bags", "metric": "Quality of life (DRAFT)"}


@pytest.fixture
def room(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> Room:
    from moothall.engagement.views import named

    monkeypatch.setattr(
        named, "metrics_to_name", lambda has_drafts: list(named.current_store().catalogue.metrics.values())
    )
    made = furnish(enter)
    LearningSet.objects.all().delete()
    letters().clear()
    return made


def opened(room: Room, role: str = "lead", **other: str) -> str:
    answer = room[role].post(f"{SETS}/new", {**GIVEN, **other})
    assert answer.status_code == 302, text_of(answer.content)
    return str(answer.headers["Location"])


def with_bradford(room: Room, role: str = "lead", **other: str) -> str:
    address = opened(room, role, **other)
    assert room[role].post(address, {"act": "invite", "council": "Bradford"}).status_code == 302
    return address


def page(room: Room, role: str, address: str) -> str:
    answer = room[role].get(address)
    assert answer.status_code == 200
    return text_of(answer.content)


def test_a_council_joins_by_its_leads_word_and_sees_figures_and_notes(room: Room) -> None:
    address = with_bradford(room)
    assert [(m.to, m.subject) for m in letters()] == [([PEOPLE["other lead"]], "You are asked into a learning set")]
    room["officer"].post(address, {"words": "We begin <b>here</b>."})
    invitation = page(room, "other lead", address)
    assert "Leeds Council asks Bradford Council into a learning set" in invitation
    assert "We begin" not in invitation, "notes are read by those who have joined"
    assert room["other officer"].get(address).status_code == 404, "before joining only leads know"
    assert room["other lead"].post(f"{address}/bradford/accept").headers["Location"] == address
    for role in ("officer", "other officer", "other lead"):
        text = page(room, role, address)
        assert "We begin <b>here</b>." in text
        assert "Quality of life" in text
        assert "62.0%" in text or "62%" in text
        assert "<svg" in text
    assert b"<b>here" not in room["other officer"].get(address).content
    room["other officer"].post(address, {"words": "We too."})
    assert "Bradford Council, omar" in page(room, "lead", address)


@pytest.mark.parametrize("role", ["asked", "public", "staff", "body officer", "body lead"])
def test_nobody_else_sees_or_changes_it(room: Room, role: str) -> None:
    address = with_bradford(room)
    assert room[role].get(address).status_code == 404
    assert room[role].post(address, {"words": "x"}).status_code == 404
    assert room[role].post(address, {"act": "invite", "council": "Kirklees"}).status_code == 404
    for tail in ("bradford/accept", "bradford/refuse", "leeds/end", "leeds/leave"):
        assert room[role].post(f"{address}/{tail}").status_code == 404
    assert "Bags" not in page(room, role, SETS)
    assert not SetNote.objects.exists()


def test_an_invitation_lets_nobody_write(room: Room) -> None:
    address = with_bradford(room)
    room["other lead"].post(address, {"words": "Too early."})
    assert not SetNote.objects.exists()


def test_who_may_decide_what(room: Room) -> None:
    address = with_bradford(room)
    wrong = [
        ("officer", "leeds/end"),
        ("lead", "bradford/accept"),
        ("lead", "leeds/leave"),
        ("other officer", "bradford/accept"),
        ("other lead", "bradford/leave"),
        ("other lead", "leeds/end"),
        ("other lead", "bradford/anything"),
    ]
    for role, tail in wrong:
        assert room[role].post(f"{address}/{tail}").status_code == 404, (role, tail)
    assert room["officer"].post(address, {"act": "invite", "council": "Kirklees"}).status_code == 404
    assert LearningMember.objects.get(authority="BRADFO").state == "asked"


def test_refused_and_left_it_is_gone_for_them(room: Room) -> None:
    address = with_bradford(room)
    room["other lead"].post(f"{address}/bradford/refuse")
    assert room["other lead"].get(address).status_code == 404
    room["lead"].post(address, {"act": "invite", "council": "Bradford"})
    room["other lead"].post(f"{address}/bradford/accept")
    assert room["other officer"].get(address).status_code == 200
    assert room["other lead"].post(f"{address}/bradford/leave").headers["Location"] == SETS
    for role in ("other lead", "other officer"):
        assert room[role].get(address).status_code == 404
        assert "Bags" not in page(room, role, SETS)
    verbs = set(Event.objects.filter(party="authority:BRADFO").values_list("verb", flat=True))
    assert verbs == {"learning set refused", "learning set confirmed", "learning set ended"}


def test_a_body_opens_one_and_reads_it(room: Room) -> None:
    address = with_bradford(room, "body lead", host="body:northern-network")
    assert "Only these councils and Northern Network see this page: none yet" in page(room, "body officer", address)
    room["other lead"].post(f"{address}/bradford/accept")
    room["body officer"].post(address, {"words": "We bring you together."})
    assert "Northern Network, bo" in page(room, "other officer", address)
    assert room["lead"].get(address).status_code == 404, "a council of the body is not in its set by that"


def test_one_that_has_ended_is_read_and_not_written(room: Room) -> None:
    address = with_bradford(room)
    room["officer"].post(address, {"words": "The last word."})
    room["lead"].post(f"{address}/leeds/end")
    assert "The last word." in page(room, "officer", address)
    assert "This set has ended" in text_of(room["officer"].post(address, {"words": "One more."}).content)
    assert room["lead"].post(address, {"act": "invite", "council": "Kirklees"}).status_code == 404
    assert room["other lead"].post(f"{address}/bradford/accept").status_code == 404
    assert SetNote.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"host": "authority:BRADFO"}, "host", "Choose one of the list"),
        ({"title": ""}, "title", "Give it a name"),
        ({"title": "x" * 121}, "title", "at most 120 characters"),
        ({"metric": "Moon"}, "metric", "We know no metric called"),
    ],
)
def test_a_set_that_cannot_be_opened_says_why(room: Room, given: dict[str, str], field: str, sentence: str) -> None:
    text = text_of(room["lead"].post(f"{SETS}/new", {**GIVEN, **given}).content)
    assert sentence in text
    assert f'href="#id_{field}"' in text
    assert not LearningSet.objects.exists()


def test_only_leads_open_one(room: Room) -> None:
    assert "Who may open a learning set" in page(room, "officer", f"{SETS}/new")
    room["officer"].post(f"{SETS}/new", GIVEN)
    assert not LearningSet.objects.exists()


def test_a_set_is_small_and_asks_each_council_once(room: Room) -> None:
    address = with_bradford(room)
    again = text_of(room["lead"].post(address, {"act": "invite", "council": "Bradford"}).content)
    assert "Bradford Council is in or has been asked already." in again
    assert 'href="#id_council"' in again
    for name in ("Kirklees", "Wakefield", "Bury", "Bolton", "Oldham", "Sheffield"):
        assert room["lead"].post(address, {"act": "invite", "council": name}).status_code == 302
    full = text_of(room["lead"].post(address, {"act": "invite", "council": "York"}).content)
    assert "A learning set has at most 8 councils." in full
    empty = text_of(room["lead"].post(address, {"words": " "}).content)
    assert 'href="#id_words"' in empty
    assert "Write something" in empty


def test_what_was_written_is_given_back_and_stays_the_councils(room: Room) -> None:
    address = with_bradford(room)
    room["officer"].post(address, {"words": "We begin."})
    held = room["officer"].get("/take-part/account/export").json()["learning_set_notes"]
    assert [each["words"] for each in held] == ["We begin."]
    room["officer"].post("/take-part/account/delete")
    text = page(room, "lead", address)
    assert "We begin." in text
    assert "olive" not in text
