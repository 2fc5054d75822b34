"""Introductions: contact only once accepted and to the two sides alone, nothing public, and one question afterwards."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from moothall.engagement.models import Event, Introduction
from moothall.engagement.models.introductions import IntroductionState
from tests.engagement.conftest import Enter, letters, person
from tests.engagement.furnished import PEOPLE, Room, furnish
from tests.engagement.test_replies import text_of

NEW = "/take-part/introductions/new"
LIST = "/take-part/introductions"
GIVEN = {"own": "LEEDS", "council": "Bradford", "metric": "Fly tipping", "words": "How did you do it?"}


@pytest.fixture
def room(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> Room:
    from moothall.engagement.views import named

    monkeypatch.setattr(
        named, "metrics_to_name", lambda has_drafts: list(named.current_store().catalogue.metrics.values())
    )
    made = furnish(enter)
    Introduction.objects.all().delete()
    letters().clear()
    return made


def ask(room: Room, role: str = "officer", **other: str) -> str:
    answer = room[role].post(NEW, {**GIVEN, **other})
    assert answer.status_code == 302, text_of(answer.content)
    return str(answer.headers["Location"])


def page(room: Room, role: str, address: str) -> str:
    answer = room[role].get(address)
    assert answer.status_code == 200
    return text_of(answer.content)


def test_a_lead_accepts_and_only_then_both_see_one_another(room: Room) -> None:
    address = ask(room)
    assert [(m.to, m.subject) for m in letters()] == [([PEOPLE["other lead"]], "A council asks to talk to you")]
    assert PEOPLE["officer"] not in str(letters()[0].body)
    assert PEOPLE["officer"] not in page(room, "other lead", address)
    assert PEOPLE["other lead"] not in page(room, "officer", address)
    assert room["other lead"].post(f"{address}/accept").status_code == 302
    assert PEOPLE["officer"] in page(room, "other lead", address)
    assert PEOPLE["other lead"] in page(room, "officer", address)
    assert letters()[-1].to == [PEOPLE["officer"]]
    assert PEOPLE["other lead"] not in str(letters()[-1].body)
    verbs = list(Event.objects.filter(subject__startswith="introduction").order_by("id").values_list("verb", flat=True))
    assert verbs == ["asked to talk", "introduction accepted"]


def test_declined_nobody_sees_anything(room: Room) -> None:
    address = ask(room)
    room["other lead"].post(f"{address}/decline")
    assert PEOPLE["other lead"] not in page(room, "officer", address)
    assert "Declined" in page(room, "officer", address)
    assert PEOPLE["officer"] not in page(room, "other lead", address)


@pytest.mark.parametrize("role", ["lead", "asked", "other officer", "public", "staff", "body lead"])
def test_nobody_else_sees_or_answers_it(room: Room, role: str) -> None:
    address = ask(room)
    for state in (IntroductionState.ASKED, IntroductionState.ACCEPTED):
        Introduction.objects.update(state=state)
        assert room[role].get(address).status_code == 404
        assert room[role].post(address, {"words": "x"}).status_code == 404
        for decision in ("accept", "decline", "withdraw"):
            assert room[role].post(f"{address}/{decision}").status_code == 404
        assert "Bradford" not in page(room, role, LIST) or role == "other officer"
    assert "How did you do it?" not in page(room, role, LIST)


def test_each_side_has_its_own_answers(room: Room) -> None:
    address = ask(room)
    assert room["officer"].post(f"{address}/accept").status_code == 404
    assert room["other lead"].post(f"{address}/withdraw").status_code == 404
    assert room["other lead"].post(f"{address}/anything").status_code == 404
    room["officer"].post(f"{address}/withdraw")
    assert Introduction.objects.get().state == IntroductionState.WITHDRAWN
    assert room["other lead"].post(f"{address}/accept").status_code == 404, "taken back: nobody answers it"
    late = room["officer"].post(f"{address}/withdraw")
    assert "This request has been answered or taken back already." in text_of(late.content)
    assert Event.objects.filter(verb="asked to talk").count() == 1


def test_who_answers_too_late_is_told_and_changes_nothing(room: Room) -> None:
    address = ask(room)
    room["other lead"].post(f"{address}/accept")
    late = text_of(room["other lead"].post(f"{address}/decline").content)
    assert "This request has been answered or taken back already." in late
    assert PEOPLE["officer"] in late, "the page shows where it stands: accepted"
    assert Introduction.objects.get().state == IntroductionState.ACCEPTED


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"own": "BRADFO"}, "own", "Choose one of the list"),
        ({"council": "Atlantis"}, "council", "We know no council called"),
        ({"council": "Allerdale"}, "council", "This council does not act today"),
        ({"council": "Leeds"}, "council", "This is your own council"),
        ({"council": "Kirklees"}, "council", "Nobody leads for Kirklees Council here yet"),
        ({"metric": "Moon"}, "metric", "We know no metric called"),
        ({"words": ""}, "words", "Say what you would like to know"),
        ({"words": "x" * 1001}, "words", "at most 1,000 characters"),
    ],
)
def test_a_request_that_cannot_be_made_says_why(room: Room, given: dict[str, str], field: str, sentence: str) -> None:
    text = text_of(room["officer"].post(NEW, {**GIVEN, **given}).content)
    assert sentence in text
    assert f'href="#id_{field}"' in text
    assert f'id="id_{field}"' in text
    assert not Introduction.objects.exists()


def test_the_same_is_not_asked_twice_and_letter_boxes_are_not_filled(room: Room) -> None:
    ask(room)
    assert "has asked Bradford Council about this already" in text_of(room["lead"].post(NEW, GIVEN).content)
    made = Introduction.objects.get()
    for number in range(9):
        Introduction.objects.create(asking="LEEDS", asked="KIRKLE", metric=f"m{number}", words="", by=made.by)
    text = text_of(room["officer"].post(NEW, {**GIVEN, "metric": "Quality of life (DRAFT)"}).content)
    assert "10 requests of your council wait already" in text


@pytest.mark.parametrize(
    ("first", "second", "is_taken"),
    [
        ("asked", {}, False),
        ("asked", {"asked": "KIRKLE"}, True),
        ("asked", {"metric": "other"}, True),
        ("asked", {"asking": "BRADFO", "asked": "LEEDS"}, True),
        ("declined", {}, True),
        ("withdrawn", {}, True),
        ("accepted", {}, True),
    ],
)
def test_the_database_holds_one_open_request_of_two_councils_about_a_metric(
    room: Room, first: str, second: dict[str, str], is_taken: bool
) -> None:
    wanted = {"asking": "LEEDS", "asked": "BRADFO", "metric": "m", "words": "", "by": person(PEOPLE["officer"])}
    Introduction.objects.create(**wanted, state=first)
    fault = None
    try:
        with transaction.atomic():
            Introduction.objects.create(**{**wanted, **second})
    except IntegrityError as error:
        fault = error
    assert (fault is None) is is_taken


def test_who_is_of_no_council_learns_who_may_ask(room: Room) -> None:
    assert "Who may ask" in page(room, "public", NEW)
    assert "Who may ask" in page(room, "body lead", NEW)


def test_a_month_later_both_are_asked_once_and_only_they_read_the_answer(room: Room, published_to: Path) -> None:
    address = ask(room)
    room["other lead"].post(f"{address}/accept")
    letters().clear()
    call_command("ask_what_was_learned")
    assert letters() == [], "not before a month has gone by"
    Introduction.objects.update(decided_at=timezone.now() - timedelta(days=31))
    for _ in range(2):
        call_command("ask_what_was_learned")
    assert sorted(m.to[0] for m in letters()) == sorted([PEOPLE["officer"], PEOPLE["other lead"]])
    assert 'href="#id_words"' in text_of(room["officer"].post(address, {"words": " "}).content)
    room["officer"].post(address, {"words": "That <b>bags</b> are cheap."})
    assert "That <b>bags</b> are cheap." in page(room, "other lead", address)
    assert b"<b>bags" not in room["other lead"].get(address).content
    assert room["lead"].get(address).status_code == 404
    assert not any("bags" in each.read_text() for each in published_to.glob("*.json"))


def test_what_is_held_is_given_back_and_goes_with_who_asked(room: Room) -> None:
    address = ask(room)
    room["other lead"].post(f"{address}/accept")
    for role in ("officer", "other lead"):
        held = room[role].get("/take-part/account/export").json()["introductions"]
        assert [each["words"] for each in held] == ["How did you do it?"]
    room["other lead"].post("/take-part/account/delete")
    assert PEOPLE["other lead"] not in page(room, "officer", address)
    room["officer"].post("/take-part/account/delete")
    assert not Introduction.objects.exists()
