"""Questions whose SQL is written once find what Django's own questions find, for every value and every time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from moothall.engagement.consultations.responding import ANSWER, RESPONSE
from moothall.engagement.models import Answer, Membership, Person, Response, State
from moothall.engagement.models.asked_often import FIRST_MARK, OftenAsked, Value
from moothall.engagement.people.memberships import CONFIRMED
from moothall.engagement.people.recognising import PERSON, SESSION
from tests.engagement.conftest import Enter
from tests.engagement.furnished import Room, furnish

ACCOUNT = "/take-part/account"
QUESTIONS: dict[str, tuple[OftenAsked, type[Model], Callable[[Model], tuple[Value, ...]]]] = {
    "session": (SESSION, Session, lambda row: (row.pk,)),
    "person": (PERSON, Person, lambda row: (row.pk,)),
    "response": (RESPONSE, Response, lambda row: (row.ref,)),
    "membership": (CONFIRMED, Membership, lambda row: (row.kind, row.key, row.person_id)),
    "answer": (ANSWER, Answer, lambda row: (row.response_id, row.metric, row.question)),
}


@pytest.fixture
def room(enter: Enter) -> Room:
    """Everybody in every role, three of them signed in, and answers to two questions in every response."""
    made = furnish(enter)
    for role in ("officer", "lead", "public"):
        made[role].get(ACCOUNT)
    for response in Response.objects.all():
        for question in ("definition", "harm"):
            Answer.objects.create(response=response, metric="quality-of-life", question=question, words="Words.")
    return made


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_row_is_found_whole_by_its_values_and_no_other(room: Room, name: str) -> None:
    question, model, values_of = QUESTIONS[name]
    rows = [row for row in model.objects.all() if getattr(row, "state", State.CONFIRMED) in (State.CONFIRMED, "draft")]
    assert len(rows) > 1, "nothing to tell one from another"
    for row in rows:
        found = question.find(*values_of(row))
        assert found is not None
        assert found.__dict__.keys() == row.__dict__.keys()
        assert {**found.__dict__, "_state": None} == {**row.__dict__, "_state": None}
        wrong = tuple(f"{value}'" if isinstance(value, str) else -value for value in values_of(row))
        assert question.find(*wrong) is None


def test_who_only_asked_to_join_has_no_role(room: Room) -> None:
    asked = Membership.objects.get(person__email="anna@leeds.gov.uk")
    assert asked.state == State.ASKED
    assert CONFIRMED.find(asked.kind, asked.key, asked.person_id) is None


def test_a_value_may_look_like_a_mark(room: Room) -> None:
    response = Response.objects.all()[0]
    made = Answer.objects.create(response=response, metric=str(FIRST_MARK + 2), question=str(FIRST_MARK + 1))
    found = ANSWER.find(response.pk, str(FIRST_MARK + 2), str(FIRST_MARK + 1))
    assert found == made


def test_a_session_that_is_over_lets_nobody_in(room: Room) -> None:
    key = room["officer"].cookies[settings.SESSION_COOKIE_NAME].value
    assert room["officer"].get(ACCOUNT).status_code == 200
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert room["officer"].get(ACCOUNT).status_code == 302


@pytest.mark.parametrize("key", ["", "unknown-key-of-thirty-two-letters", "' OR 1=1 --"])
def test_an_unknown_key_is_no_session(room: Room, key: str) -> None:
    reader = Client()
    reader.cookies[settings.SESSION_COOKIE_NAME] = key
    assert reader.get(ACCOUNT).status_code == 302


def test_who_was_shut_out_or_has_gone_is_nobody(room: Room) -> None:
    officer = Person.objects.get(email="olive@leeds.gov.uk")
    Person.objects.filter(pk=officer.pk).update(is_active=False)
    assert room["officer"].get(ACCOUNT).status_code == 302
