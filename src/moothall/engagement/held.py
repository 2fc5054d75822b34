"""What is held about a person: given back as a whole, and forgotten on request."""

from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from moothall.engagement.models import Event, Membership, Person


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
        "history": [_event(each) for each in Event.objects.filter(actor=person.ref).order_by("at", "id")],
    }


def _membership(each: Membership) -> dict[str, Any]:
    return {
        "party": f"{each.kind}:{each.key}",
        "role": each.role,
        "state": each.state,
        "asked_at": each.asked_at.isoformat(),
    }


def _event(each: Event) -> dict[str, Any]:
    return {"at": each.at.isoformat(), "what": each.verb, "about": each.subject, **each.detail}


def reasons_to_stay(person: Person) -> list[str]:
    """Why a person cannot be forgotten now; empty where nothing stands against it."""
    if person.is_staff and Person.objects.filter(is_staff=True, is_active=True).count() == 1:
        return ["You are the only member of staff: name another one first."]
    return []


def forget(person: Person) -> None:
    """Delete the person with every session and membership. Lines of the history keep a number that leads nowhere."""
    with transaction.atomic():
        _end_sessions(person)
        person.delete()


def _end_sessions(person: Person) -> None:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
