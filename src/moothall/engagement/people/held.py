"""What is held about a person: given back as a whole, and forgotten on request."""

from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from moothall.domain.consultation import Respondent
from moothall.domain.decision import PublishedAnswer
from moothall.engagement.consultations.publishing import public_answers
from moothall.engagement.folder import renew
from moothall.engagement.models import AnswerVersion, Booking, Event, Letter, Membership, Person, Response, Subscriber
from moothall.engagement.models.events import record
from moothall.engagement.people.held_words import words_of
from moothall.engagement.workshops.booking import bookings_of, cancel


def everything_about(person: Person) -> dict[str, Any]:
    """Every record that names the person or stands for the person, ready to be written as JSON."""
    return {
        "person": {
            "email": person.email,
            "name": person.name,
            "staff": person.is_staff,
            "created_at": person.created_at.isoformat(),
            "confirmed_at": person.confirmed_at and person.confirmed_at.isoformat(),
            "last_signed_in": person.last_login and person.last_login.isoformat(),
        },
        "memberships": [_membership(each) for each in person.memberships.order_by("asked_at")],
        "responses": [_response(each) for each in own_responses(person)],
        "written": [_version(each) for each in AnswerVersion.objects.filter(by=person).select_related("answer")],
        "bookings": [_booking(each) for each in bookings_of(person)],
        "news": [_subscriber(each) for each in Subscriber.objects.filter(email=person.email)],
        "letters": [_letter(each) for each in Letter.objects.filter(address=person.email)],
        **words_of(person),
        "history": [_event(each) for each in Event.objects.filter(actor=person.ref).order_by("at", "id")],
    }


def _membership(each: Membership) -> dict[str, Any]:
    return {
        "party": f"{each.kind}:{each.key}",
        "role": each.role,
        "state": each.state,
        "asked_at": each.asked_at.isoformat(),
    }


def own_responses(person: Person) -> QuerySet[Response]:
    """What a person answers for themselves."""
    return Response.objects.filter(kind=Respondent.PERSON, key=str(person.ref))


def _response(each: Response) -> dict[str, Any]:
    kept = list(each.answers.values("metric", "question", "choices", "words"))
    return {"consultation": each.consultation, "reference": each.ref, "sent": each.version, "answers": kept}


def _version(each: AnswerVersion) -> dict[str, Any]:
    about = {"metric": each.answer.metric, "question": each.answer.question}
    return {"at": each.at.isoformat(), **about, "choices": each.choices, "words": each.words}


def _event(each: Event) -> dict[str, Any]:
    return {"at": each.at.isoformat(), "what": each.verb, "about": each.subject, **each.detail}


def _booking(each: Booking) -> dict[str, Any]:
    facts = {"workshop": each.session.workshop.title, "at": each.session.starts_at.isoformat(), "state": each.state}
    return {**facts, "name": each.name, "email": each.email, "needs": each.needs, "came": each.has_attended}


def _subscriber(each: Subscriber) -> dict[str, Any]:
    told = [kept.entry.title for kept in each.told.select_related("entry")]
    return {"confirmed_at": each.confirmed_at and each.confirmed_at.isoformat(), **each.choices, "told": told}


def _letter(each: Letter) -> dict[str, Any]:
    return {"at": each.created_at.isoformat(), "subject": each.subject, "state": each.state, "words": each.blocks}


def rename(person: Person, name: str) -> None:
    """Give a person the name that others see."""
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(name=name)
        record(person, "changed the name that others see", f"person {person.pk}")


def reasons_to_stay(person: Person) -> list[str]:
    """Why a person cannot be forgotten now; empty where nothing stands against it."""
    if person.is_staff and Person.objects.filter(is_staff=True, is_active=True).count() == 1:
        return ["You are the only member of staff: name another one first."]
    return []


def forget(person: Person) -> None:
    """Delete the person with every session, membership and answer of their own.

    What they wrote for a council stays the council's, without their name. The history keeps a number.
    """
    with transaction.atomic():
        record(person, "deleted the account", f"person {person.pk}")
        end_sessions(person)
        own_responses(person).delete()
        for booking in Booking.objects.filter(email=person.email):
            cancel(person, booking)
        Booking.objects.filter(email=person.email).delete()
        Subscriber.objects.filter(email=person.email).delete()
        Letter.objects.filter(address=person.email).delete()
        person.delete()
    renew(PublishedAnswer, public_answers)


def end_sessions(person: Person) -> None:
    """Sign a person out everywhere."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
