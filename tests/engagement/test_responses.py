"""Answering: drafts that several people write, nobody's words lost, sent once by who may, receipts, bodies."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from moothall.engagement.consultations.responding import LONGEST_WORDS, Given, NotTaken, save_answer
from moothall.engagement.models import AnswerVersion, Event, Membership, Person, Response, Submission
from moothall.web import current
from tests.engagement.conftest import ASKED, Enter, letters
from tests.engagement.furnished import PEOPLE, Room, furnish
from tests.support.store_builder import FakeStore

CONSULTATION = f"/take-part/consultations/{ASKED.id}"
CLEAR, HARM, KEEP = 1, 2, 5
"""Numbers of questions: a list with words beside it, words alone, and several of a list about the whole."""


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role, with a draft of Leeds."""
    return furnish(enter)


def address(room: Room, tail: str = "", which: str = "response") -> str:
    return f"/take-part/responses/{room.made[which]}{tail}"


def answer(room: Room, role: str, number: int, revision: int = 0, **given: object) -> int:
    """Save an answer as a role and give the status of what comes back."""
    path = address(room, f"/questions/{number}")
    return int(room[role].post(path, {"revision": revision, **given}).status_code)


def leeds(room: Room) -> Response:
    return Response.objects.get(ref=room.made["response"])


def sent_by(room: Room) -> QuerySet[Submission]:
    return Submission.objects.filter(response=leeds(room))


def words_of(room: Room, number: int = HARM) -> str:
    metric, question = ASKED.steps[number - 1]
    found = leeds(room).answers.filter(metric=metric, question=question.id).first()
    return found.words if found else ""


# ---------------------------------------------------------------- writing


def test_each_question_is_saved_and_leads_to_the_next(room: Room) -> None:
    given = {"choices": "clear", "words": "Say who counts.", "revision": 0}
    first = room["officer"].post(address(room, "/questions/1"), given)
    assert first.headers["Location"] == address(room, "/questions/2")
    back = room["officer"].post(address(room, "/questions/2"), {"words": "Nothing.", "revision": 0, "to": "list"})
    assert back.headers["Location"] == address(room)
    last = room["officer"].post(address(room, f"/questions/{KEEP}"), {"choices": ["one", "two"], "revision": 0})
    assert last.headers["Location"] == address(room, "/check")
    page = room["lead"].get(address(room, "/check")).content.decode()
    for text in ("It is clear", "Say who counts.", "Nothing.", "The first", "The second"):
        assert text in page
    assert "3 of 5 questions are answered" in room["lead"].get(address(room)).content.decode()


def test_the_councils_own_draft_value_stands_beside_the_question(room: Room) -> None:
    page = room["officer"].get(address(room, "/questions/1")).content.decode()
    assert "38.2%" in page
    assert "(DRAFT)" in page


def test_a_colleague_sees_and_changes_what_was_written(room: Room) -> None:
    answer(room, "officer", HARM, words="First words.")
    page = room["lead"].get(address(room, f"/questions/{HARM}")).content.decode()
    assert "First words." in page
    assert 'name="revision" value="1"' in page
    answer(room, "lead", HARM, revision=1, words="Better words.")
    assert words_of(room) == "Better words."
    versions = AnswerVersion.objects.filter(answer__response=leeds(room))
    assert [(v.words, v.by.email if v.by else "") for v in versions] == [
        ("Better words.", PEOPLE["lead"]),
        ("First words.", PEOPLE["officer"]),
    ]


def test_two_who_write_at_once_are_told_and_neither_loses_words(room: Room) -> None:
    assert answer(room, "officer", HARM, words="Olive's words.") == 302
    late = room["lead"].post(address(room, f"/questions/{HARM}"), {"words": "Lee's words.", "revision": 0})
    page = late.content.decode()
    assert late.status_code == 409
    assert "<title>Error: " in page
    assert "olive saved this" in page
    assert "Olive&#39;s words." in page
    assert "Lee&#39;s words." in page
    assert 'name="revision" value="1"' in page
    assert words_of(room) == "Olive's words."
    assert AnswerVersion.objects.get(is_set_aside=True).words == "Lee's words."
    assert "Lee&#39;s words." in room["officer"].get(address(room)).content.decode(), "kept where both can see it"
    answer(room, "lead", HARM, revision=1, words="Both: Olive's words. Lee's words.")
    assert words_of(room) == "Both: Olive's words. Lee's words."


def test_ones_own_later_words_take_the_place_of_earlier_ones(room: Room) -> None:
    answer(room, "officer", HARM, words="Half a sen")
    assert answer(room, "officer", HARM, revision=0, words="Half a sentence, and the rest.") == 302
    assert words_of(room) == "Half a sentence, and the rest."
    assert not AnswerVersion.objects.filter(is_set_aside=True).exists()


STATEMENTS = 8
"""Of one save: the session, the person, the response, the role; the response locked, the answer, and both written."""


def test_a_save_asks_the_records_for_no_more_than_it_needs(room: Room) -> None:
    answer(room, "officer", HARM, words="Once.")
    with CaptureQueriesContext(connection) as asked:
        answer(room, "officer", HARM, revision=1, words="Twice.")
    sent = [query["sql"] for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(sent) == STATEMENTS, sent


def test_a_response_that_was_deleted_meanwhile_takes_no_answer(room: Room) -> None:
    held = leeds(room)
    Response.objects.filter(pk=held.pk).delete()
    with pytest.raises(NotTaken, match="no longer there"):
        save_answer(room.people["officer"], held, ASKED.steps[HARM - 1], Given(words="Late."), 0)


def test_saving_the_same_twice_makes_one_version(room: Room) -> None:
    for _ in range(3):
        assert answer(room, "officer", HARM, words="Once.") == 302
    assert AnswerVersion.objects.count() == 1


def test_the_pages_own_program_saves_and_is_told(room: Room) -> None:
    path = address(room, f"/questions/{HARM}")
    ask = {"headers": {"accept": "application/json"}}
    saved = room["officer"].post(path, {"words": "Draft", "revision": 0}, **ask)
    assert json.loads(saved.content) == {"revision": 1}
    late = room["lead"].post(path, {"words": "Other", "revision": 0}, **ask)
    assert (late.status_code, json.loads(late.content)) == (409, {"conflict": True})
    policy = room["officer"].get(path).headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "script-src" not in room["officer"].get(address(room)).headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"choices": "no-such-option"}, "Choose from the answers that are listed"),
        ({"choices": ["clear", "unclear"]}, "Choose from the answers that are listed"),
        ({"words": "x" * (LONGEST_WORDS + 1)}, "characters long"),
    ],
)
def test_what_is_no_answer_is_refused_and_stays_on_the_page(
    room: Room, given: dict[str, object], sentence: str
) -> None:
    reply = room["officer"].post(address(room, f"/questions/{CLEAR}"), {"revision": 0, **given})
    page = reply.content.decode()
    assert reply.status_code == 400
    assert sentence in page
    assert 'href="#id_choices-0"' in page
    assert str(given.get("words", "")) in page
    assert not AnswerVersion.objects.exists()


@pytest.mark.parametrize("revision", ["-1", "x", "", "99999999999999999999", "٣"])
def test_a_revision_that_is_no_number_replaces_nothing_of_others(room: Room, revision: str) -> None:
    answer(room, "officer", HARM, words="Kept.")
    reply = room["lead"].post(address(room, f"/questions/{HARM}"), {"words": "New.", "revision": revision})
    assert reply.status_code == 409
    assert words_of(room) == "Kept."


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "</textarea><script>x</script>", "a\x00b", "{{ 7000 * 7001 }}"]
)
def test_words_are_only_words(room: Room, words: str) -> None:
    answer(room, "officer", HARM, words=words)
    for tail in (f"/questions/{HARM}", "/check", "/print", ""):
        page = room["lead"].get(address(room, tail)).content.decode()
        assert "<script>" not in page
        assert "49007000" not in page
    assert words_of(room) == words.replace("\x00", "")


def test_words_of_somebody_who_was_signed_out_come_back(room: Room) -> None:
    room["officer"].post("/take-part/sign-out")
    reply = room["officer"].post(address(room, f"/questions/{HARM}"), {"words": "An hour's work.", "revision": 0})
    assert reply.status_code == 403
    assert "An hour&#39;s work." in reply.content.decode()


# ---------------------------------------------------------------- sending


def test_only_a_lead_signs_off_and_a_receipt_follows(room: Room) -> None:
    answer(room, "officer", HARM, words="Something.")
    assert room["officer"].post(address(room, "/check"), {"agreed": "yes", "consent": "no"}).status_code == 404
    unsure = room["lead"].post(address(room, "/check")).content.decode()
    assert 'href="#agreed"' in unsure
    assert not sent_by(room).exists()
    done = room["lead"].post(address(room, "/check"), {"agreed": "yes", "consent": "no"})
    assert done.headers["Location"] == address(room, "/sent")
    assert str(room.made["response"]) in room["lead"].get(address(room, "/sent")).content.decode()
    letter = letters()[-1]
    assert letter.to == [PEOPLE["lead"]]
    assert str(room.made["response"]) in letter.subject
    assert "Something." not in letter.body, "no answer travels by mail"


def test_pressing_twice_sends_once(room: Room) -> None:
    answer(room, "officer", HARM, words="Something.")
    before = len(letters())
    for _ in range(3):
        assert room["lead"].post(address(room, "/check"), {"agreed": "yes", "consent": "no"}).status_code == 302
    assert sent_by(room).count() == 1
    assert len(letters()) == before + 1
    assert Event.objects.filter(verb="sent a response").count() == 1


def test_nothing_is_not_sent(room: Room) -> None:
    assert (
        "Nothing is answered yet"
        in room["lead"].post(address(room, "/check"), {"agreed": "yes", "consent": "no"}).content.decode()
    )


def test_what_was_sent_stays_and_the_next_version_counts_on(room: Room) -> None:
    answer(room, "officer", HARM, words="Version one.")
    room["lead"].post(address(room, "/check"), {"agreed": "yes", "consent": "no"})
    assert answer(room, "officer", HARM, revision=1, words="Too late.") == 400
    assert words_of(room) == "Version one."
    assert room["officer"].post(address(room, "/open")).status_code == 404
    room["lead"].post(address(room, "/open"))
    answer(room, "officer", HARM, revision=1, words="Version two.")
    room["lead"].post(address(room, "/check"), {"agreed": "yes", "consent": "no"})
    sent = {s.version: [line["words"] for line in s.content if line["words"]] for s in sent_by(room)}
    assert sent == {1: ["Version one."], 2: ["Version two."]}


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2027, 2, 27)])
def test_a_closed_consultation_takes_nothing(room: Room, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(room, "officer", HARM, words="In time.")
    monkeypatch.setattr(current, "_day", lambda: day)
    assert answer(room, "officer", HARM, revision=1, words="Out of time.") == 400
    assert words_of(room) == "In time."
    assert room["lead"].post(address(room, "/check"), {"agreed": "yes", "consent": "no"}).status_code == 200
    assert not sent_by(room).exists()
    assert "answer-form" not in room["officer"].get(address(room, f"/questions/{HARM}")).content.decode()


def test_the_page_for_a_cabinet_says_what_state_it_is_in(room: Room) -> None:
    answer(room, "officer", HARM, words="Something.")
    paper = room["officer"].get(address(room, "/print")).content.decode()
    assert "DRAFT of version 1, not sent" in paper
    assert "of 5 questions are answered" in paper
    assert "38.2%" in paper, "a cabinet sees the council's own figure"
    assert "open until 26 February 2027" in paper
    room["lead"].post(address(room, "/check"), {"agreed": "yes", "consent": "no"})
    assert "Version 1, as sent" in room["officer"].get(address(room, "/print")).content.decode()


# ---------------------------------------------------------------- for whom


def test_a_person_answers_for_themselves_and_takes_it_with_them(room: Room) -> None:
    begun = room["public"].post(f"{CONSULTATION}/begin", {"kind": "person", "key": "whatever"})
    path = begun.headers["Location"]
    assert room["public"].post(f"{path}/questions/{HARM}", {"words": "My view.", "revision": 0}).status_code == 302
    assert room["public"].post(f"{path}/check", {"agreed": "yes", "consent": "no"}).status_code == 302
    for role in ("lead", "staff", "body lead"):
        assert room[role].get(path).status_code == 404
    held = json.loads(room["public"].get("/take-part/account/export").content)
    assert held["responses"][0]["answers"][0]["words"] == "My view."
    room["public"].post("/take-part/account/delete")
    assert not Response.objects.filter(ref=path.rpartition("/")[2]).exists()


@pytest.mark.parametrize(
    ("role", "kind", "key"),
    [
        ("officer", "authority", "BRADFO"),
        ("asked", "authority", "LEEDS"),
        ("public", "authority", "LEEDS"),
        ("lead", "body", "northern-network"),
        ("staff", "authority", "LEEDS"),
        ("officer", "nonsense", "LEEDS"),
    ],
)
def test_nobody_begins_for_others(room: Room, role: str, kind: str, key: str) -> None:
    before = Response.objects.count()
    assert room[role].post(f"{CONSULTATION}/begin", {"kind": kind, "key": key}).status_code == 404
    assert Response.objects.count() == before


def test_two_who_begin_go_on_with_one_response(room: Room) -> None:
    places = {room[role].post(f"{CONSULTATION}/begin", {"kind": "authority", "key": "BRADFO"}).headers["Location"]
              for role in ("other officer", "other lead")}  # fmt: skip
    assert len(places) == 1


def test_a_consultation_may_leave_people_out(room: Room, store: FakeStore) -> None:
    only = replace(ASKED, who=frozenset(who for who in ASKED.who if who != "person"))
    current.current_store.serve_only(replace(store, catalogue=replace(store.catalogue, consultations={only.id: only})))
    assert room["public"].post(f"{CONSULTATION}/begin", {"kind": "person", "key": ""}).status_code == 404


def test_who_leaves_the_council_leaves_the_response(room: Room) -> None:
    Membership.objects.filter(person__email=PEOPLE["officer"]).update(state="ended")
    assert room["officer"].get(address(room)).status_code == 404
    assert answer(room, "officer", HARM, words="Still here?") == 404


def test_a_deleted_officer_leaves_the_words_and_no_name(room: Room) -> None:
    answer(room, "officer", HARM, words="The council's words.")
    room["officer"].post("/take-part/account/delete")
    assert not Person.objects.filter(email=PEOPLE["officer"]).exists()
    page = room["lead"].get(address(room, f"/questions/{HARM}")).content.decode()
    assert "The council&#39;s words." in page
    assert "olive" not in page


# ---------------------------------------------------------------- bodies


def test_a_body_reads_what_is_shared_as_it_was_shared(room: Room) -> None:
    answer(room, "officer", HARM, words="For the network.")
    path = address(room, "/share/northern-network")
    assert room["officer"].post(path).status_code == 404, "only a lead shares"
    assert room["lead"].post(address(room, "/share/no-such-body")).status_code == 404
    page = address(room, "/gathered", "body_response")
    assert "For the network." not in room["body lead"].get(page).content.decode()
    room["lead"].post(path)
    answer(room, "officer", HARM, revision=1, words="Later thoughts.")
    seen = room["body officer"].get(page).content.decode()
    assert "For the network." in seen
    assert "Later thoughts." not in seen
    room["lead"].post(path, {"act": "end"})
    assert "For the network." not in room["body officer"].get(page).content.decode()


def test_a_council_agrees_to_a_wording_and_not_to_the_next(room: Room) -> None:
    page = address(room, "/agree", "body_response")
    write = address(room, f"/questions/{HARM}", "body_response")
    room["body officer"].post(write, {"words": "We all think so.", "revision": 0})
    assert "We all think so." in room["lead"].get(page).content.decode()
    for role in ("officer", "other lead", "body lead", "staff", "public"):
        assert room[role].post(page).status_code == 404, role
    room["lead"].post(page)
    assert ": agrees" in text_of(room, page)
    room["body officer"].post(write, {"words": "We all think otherwise.", "revision": 1})
    assert "agreed to an earlier wording" in text_of(room, page)
    assert (
        "agreed to an earlier wording"
        in room["body lead"].get(address(room, "/print", "body_response")).content.decode()
    )


def text_of(room: Room, page: str) -> str:
    return room["lead"].get(page).content.decode()


WORDING = re.compile(r'name="wording" value="(\w+)"')


def test_a_lead_sends_only_what_the_page_showed(room: Room) -> None:
    answer(room, "officer", HARM, words="What the lead reads.")
    page = address(room, "/check")
    given = {"agreed": "yes", "consent": "no", "wording": WORDING.findall(room["lead"].get(page).content.decode())[0]}
    answer(room, "officer", HARM, revision=1, words="What the officer wrote meanwhile.")
    refused = room["lead"].post(page, given).content.decode()
    assert "An answer has changed since you opened this page" in refused
    assert "What the officer wrote meanwhile." in refused
    assert not sent_by(room).exists()
    assert room["lead"].post(page, {**given, "wording": WORDING.findall(refused)[0]}).status_code == 302
    assert "wrote meanwhile" in str(sent_by(room).get().content)


def test_a_council_agrees_only_to_what_the_page_showed(room: Room) -> None:
    page = address(room, "/agree", "body_response")
    seen = WORDING.findall(room["lead"].get(page).content.decode())[0]
    room["body lead"].post(address(room, f"/questions/{HARM}", "body_response"), {"words": "Other.", "revision": 0})
    refused = room["lead"].post(page, {"wording": seen})
    assert refused.status_code == 409
    assert "An answer has changed since you opened this page" in refused.content.decode()
    assert ": has not said" in refused.content.decode()
    seen = WORDING.findall(refused.content.decode())[0]
    assert ": agrees" in room["lead"].post(page, {"wording": seen}, follow=True).content.decode()
