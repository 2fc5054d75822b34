"""What staff do with workshops: open one, plan, change or cancel sessions, note who came, publish what was said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from moothall.domain.workshop import WorkshopSession
from moothall.engagement.folder import renew
from moothall.engagement.models import Booking, BookingState, Person, Session, Workshop
from moothall.engagement.models.events import record
from moothall.engagement.workshops.booking import end_all, fill, held_session, tell_change
from moothall.presenters.addresses import TAKE_PART

WORKSHOPS = f"{TAKE_PART}/workshops"
STAFF_WORKSHOPS = f"{TAKE_PART}/staff/workshops"
STAFF_SESSIONS = f"{TAKE_PART}/staff/sessions"


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where a session is held, and for how many."""

    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    capacity: int


def find_workshop(slug: str) -> Workshop | None:
    """The workshop of an address; None where there is none."""
    return Workshop.objects.filter(slug=slug).first()


def find_session(ref: str) -> Session | None:
    """The session of an address; None where there is none."""
    return Session.objects.filter(ref=ref).select_related("workshop").first()


def open_workshop(person: Person, title: str, about: str, metrics: list[str]) -> Workshop:
    """Make a workshop; its sessions follow. Its address comes from its title, with a number where that is taken."""
    with transaction.atomic():
        stem, taken = slugify(title)[:70] or "workshop", set(Workshop.objects.values_list("slug", flat=True))
        slug = next(each for each in (stem, *(f"{stem}-{n}" for n in range(2, 999))) if each not in taken)
        made = Workshop.objects.create(slug=slug, title=title, about=about, metrics=metrics)
        record(person, "opened a workshop", f"workshop {made.pk}")
    return made


def change_workshop(person: Person, workshop: Workshop, title: str, about: str, metrics: list[str]) -> None:
    """Change what a workshop is about. Its address stays."""
    with transaction.atomic():
        Workshop.objects.filter(pk=workshop.pk).update(title=title, about=about, metrics=metrics)
        record(person, "changed a workshop", f"workshop {workshop.pk}")
    renew(WorkshopSession, public_sessions)


def add_session(person: Person, workshop: Workshop, plan: Plan) -> Session:
    """Hold the workshop at a time."""
    with transaction.atomic():
        made = Session.objects.create(workshop=workshop, **_columns(plan))
        record(person, "planned a session", f"session {made.pk}")
    renew(WorkshopSession, public_sessions)
    return made


def _columns(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in ("starts_at", "ends_at", "place", "link", "capacity")}


def change_session(person: Person, session: Session, plan: Plan) -> None:
    """Change a session. Whoever has a place is told of another time or place; new places go to those who wait.

    Fewer places take none away from anybody who has one.
    """
    with transaction.atomic():
        held = held_session(session.pk)
        before = (held.starts_at, held.ends_at, held.place, held.link)
        for name, value in _columns(plan).items():
            setattr(held, name, value)
        is_moved = before != (held.starts_at, held.ends_at, held.place, held.link)
        held.sequence += is_moved
        held.updated_at = timezone.now() if is_moved else held.updated_at
        held.save()
        record(person, "changed a session", f"session {held.pk}", moved=is_moved)
        if is_moved and not held.is_cancelled:
            tell_change(held)
        fill(held)
    renew(WorkshopSession, public_sessions)


def cancel_session(person: Person, session: Session) -> None:
    """Do not hold a session; everybody is told. Cancelling twice changes nothing."""
    with transaction.atomic():
        held = held_session(session.pk)
        if held.is_cancelled:
            return
        held.is_cancelled, held.sequence, held.updated_at = True, held.sequence + 1, timezone.now()
        held.save()
        record(person, "cancelled a session", f"session {held.pk}")
        end_all(held)
    renew(WorkshopSession, public_sessions)


def note_attendance(person: Person, session: Session, came: set[str]) -> None:
    """Note which bookings, by reference, were used; of the others, that nobody came."""
    with transaction.atomic():
        booked = Booking.objects.filter(session=session, state=BookingState.BOOKED)
        booked.update(has_attended=False)
        count = booked.filter(ref__in=came).update(has_attended=True)
        record(person, "noted attendance", f"session {session.pk}", came=count)


def write_notes(person: Person, session: Session, notes: str, actions: str, is_published: bool) -> None:
    """Keep what was said and what follows from it, and let everybody read it or not."""
    with transaction.atomic():
        at = (session.published_at or timezone.now()) if is_published else None
        kept: dict[str, Any] = {"notes": notes, "actions": actions, "published_at": at}
        if is_published or session.published_at:
            kept["updated_at"] = timezone.now()
        Session.objects.filter(pk=session.pk).update(**kept)
        verb = "published notes of a session" if is_published else "kept notes of a session"
        record(person, verb, f"session {session.pk}")
    renew(WorkshopSession, public_sessions)


def public_sessions() -> list[WorkshopSession]:
    """Every session as everybody may know of it: not how to join, nor who comes."""
    return [_public(each) for each in Session.objects.select_related("workshop").order_by("pk")]


def _public(session: Session) -> WorkshopSession:
    return WorkshopSession(
        id=session.ref,
        workshop=session.workshop.slug,
        title=session.workshop.title,
        about=session.workshop.about,
        metrics=tuple(session.workshop.metrics),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place or "Online",
        is_cancelled=session.is_cancelled,
        has_notes=session.published_at is not None,
        updated_at=session.updated_at,
    )
