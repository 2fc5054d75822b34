"""Booking a place: for oneself or a colleague, with a waiting list that moves up by itself.

Every act on the places of a session holds its row, so that acts come one after the other: there is never a free place
while somebody waits, and never one more booked than there are places.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from moothall.engagement.models import Booking, BookingState, Membership, Person, Role, Session, State
from moothall.engagement.models.events import record
from moothall.engagement.pages.render import moment_text
from moothall.engagement.people.memberships import parties_of
from moothall.engagement.people.parties import Party
from moothall.engagement.post.letters import send_letter
from moothall.engagement.post.wording import Block, link
from moothall.engagement.workshops.calendars import CANCEL, REQUEST, calendar_of_booking, page_of
from moothall.errors import UsageError
from moothall.presenters.addresses import TAKE_PART

MOST_BOOKED_BY_ONE = 10
"""Places in one session that one person may ask for: a team, and no crowd."""
NEEDS_KEPT_FOR = timedelta(days=14)
BOOKINGS_KEPT_FOR = timedelta(days=365)
REMIND_BEFORE = (timedelta(days=7), timedelta(days=1))
ACTIVE = (BookingState.BOOKED, BookingState.WAITING)


class NotBooked(UsageError):
    """A booking that cannot be made: the session is over or cancelled, or the person is in it already."""


@dataclass(frozen=True, slots=True)
class Guest:
    """For whom a place is asked: their name and address, and what should be arranged for them."""

    name: str
    email: str
    needs: str = ""


def held_session(pk: int) -> Session:
    """The session, held until the transaction ends."""
    return Session.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=pk)


def places_left(session: Session) -> int:
    """How many places nobody has."""
    return max(0, session.capacity - session.bookings.filter(state=BookingState.BOOKED).count())


def is_bookable(session: Session) -> bool:
    """Whether a place can still be asked for."""
    return not session.is_cancelled and session.starts_at > timezone.now()


def bookings_of(person: Person) -> QuerySet[Booking]:
    """What a person has booked, for themselves or others, and what others have booked for them."""
    mine = Booking.objects.filter(Q(booked_by=person) | Q(email=person.email))
    return mine.select_related("session__workshop").order_by("session__starts_at", "id")


def bookings_for(party: Party) -> list[Booking]:
    """Places in sessions to come of a party's confirmed members, and of colleagues for whom they booked."""
    confirmed = Membership.objects.filter(kind=party.kind, key=party.key, state=State.CONFIRMED)
    of_members = Q(email__in=confirmed.values("person__email")) | Q(booked_by__in=confirmed.values("person"))
    coming = Booking.objects.filter(of_members, state__in=ACTIVE, session__starts_at__gt=timezone.now())
    found = coming.select_related("session__workshop").order_by("session__starts_at", "name")
    own = set(confirmed.values_list("person__email", flat=True))
    return [each for each in found if each.email in own or party.has_mail(each.email.rpartition("@")[2])]


def can_book_for(person: Person, email: str) -> bool:
    """Whether a person may book for an address: their own, or a colleague's in a party for which they write."""
    domain = email.rpartition("@")[2]
    return email == person.email or any(
        party.has_mail(domain)
        for party, each in parties_of(person)
        if each.state == State.CONFIRMED and Role(each.role).writes
    )


def book(person: Person, session: Session, guest: Guest, site: str) -> Booking:
    """Give a place, or a turn on the waiting list; NotBooked where neither can be had."""
    with transaction.atomic():
        held = held_session(session.pk)
        _refuse(person, held, guest)
        has_place = places_left(held) > 0
        kept = {"name": guest.name, "needs": guest.needs, "site": site, "booked_by": person}
        state = BookingState.BOOKED if has_place else BookingState.WAITING
        place_at = timezone.now() if has_place else None
        made = Booking.objects.create(session=held, email=guest.email, state=state, place_at=place_at, **kept)
        record(person, "booked a place" if has_place else "joined a waiting list", f"booking {made.pk}")
        _tell_place(made) if has_place else _tell_turn(made)
    return made


def _refuse(person: Person, session: Session, guest: Guest) -> None:
    if not is_bookable(session):
        raise NotBooked("This session has begun or was cancelled: it takes no bookings.")
    if session.bookings.filter(email=guest.email, state__in=ACTIVE).exists():
        raise NotBooked("This address has a place in this session already, or is on its waiting list.")
    if session.bookings.filter(booked_by=person, state__in=ACTIVE).count() >= MOST_BOOKED_BY_ONE:
        raise NotBooked(f"You have booked for {MOST_BOOKED_BY_ONE} people, which is the most for one person.")
    if not can_book_for(person, guest.email):
        raise NotBooked("You can book for yourself, or for colleagues of a council or body that has confirmed you.")


def cancel(person: Person | None, booking: Booking) -> bool:
    """Give a place or a turn back, and let the next one have it; False where it was given back before."""
    with transaction.atomic():
        held = held_session(booking.session_id)
        given_back = held.bookings.filter(pk=booking.pk, state__in=ACTIVE).first()
        if given_back is None:
            return False
        _end(given_back)
        record(person, "cancelled a booking", f"booking {booking.pk}")
        fill(held)
    return True


def _end(booking: Booking) -> None:
    """Mark a booking as over and tell its person."""
    had_place = booking.state == BookingState.BOOKED
    what = "Your place was given back." if had_place else "You are no longer on the waiting list."
    _finish(booking, "Cancelled", what)


def _finish(booking: Booking, word: str, what: str, *more: Block) -> None:
    """End a booking, forget what it asked for, and tell its person, whose calendar takes the event out."""
    calendar = _invitation(booking, CANCEL) if booking.state == BookingState.BOOKED else None
    booking.state, booking.needs = BookingState.CANCELLED, ""
    booking.save()
    title, facts = booking.session.workshop.title, when_and_where(booking.session)
    send_letter(booking.email, f"{word}: {title}", what, f"{title}\n{facts}", *more, calendar=calendar)


def fill(session: Session) -> int:
    """Give free places to those who wait, in their order, and tell them; how many. The session must be held."""
    if not is_bookable(session):
        return 0
    waiting = session.bookings.filter(state=BookingState.WAITING).order_by("turn_at", "id")
    moved = list(waiting[: places_left(session)])
    for booking in moved:
        booking.state, booking.place_at = BookingState.BOOKED, timezone.now()
        record(None, "moved up from a waiting list", f"booking {booking.pk}")
        _tell_place(booking, "A place has become free, and it is yours.")
        booking.save()
    return len(moved)


def change(person: Person, booking: Booking, name: str, needs: str) -> None:
    """Change the name of a booking, or what should be arranged."""
    with transaction.atomic():
        active = Booking.objects.filter(pk=booking.pk, state__in=ACTIVE)
        if active.update(name=name, needs=needs):
            record(person, "changed a booking", f"booking {booking.pk}")


# ---------------------------------------------------------------- letters


def when_and_where(session: Session) -> str:
    """The time and place of a session, as everybody may know them."""
    return f"{moment_text(session.starts_at)}\n{session.place or 'Online'}"


def _way(booking: Booking) -> Block:
    words = "Change or cancel it here; sign in with this address:"
    return link(words, f"{booking.site}{TAKE_PART}/bookings/{booking.ref}")


def _joining(booking: Booking) -> list[Block]:
    return [link("Join here:", booking.session.link)] if booking.session.link else []


def _invitation(booking: Booking, method: str) -> dict[str, str]:
    """The calendar file, with the next number. The caller keeps the booking."""
    booking.sequence += 1
    text = calendar_of_booking(booking, method, timezone.now())
    Booking.objects.filter(pk=booking.pk).update(sequence=booking.sequence)
    return {"method": method, "text": text}


def _tell_place(booking: Booking, why: str = "You have a place.") -> None:
    by = booking.booked_by
    for_you = [f"{by.shown_name} booked it for you."] if by and by.email != booking.email else []
    title, facts = booking.session.workshop.title, when_and_where(booking.session)
    words: list[str | Block] = [why, *for_you, f"{title}\n{facts}", *_joining(booking), _way(booking)]
    subject = f"Your place: {title}"
    send_letter(booking.email, subject, *words, calendar=_invitation(booking, REQUEST))


def _tell_turn(booking: Booking) -> None:
    title, facts = booking.session.workshop.title, when_and_where(booking.session)
    words = "All places are taken. You are on the waiting list, and get a letter as soon as one is yours."
    send_letter(booking.email, f"Waiting list: {title}", words, f"{title}\n{facts}", _way(booking))


def tell_change(session: Session) -> None:
    """Tell everybody with a place that the time or place has changed; the session must be held."""
    for booking in session.bookings.filter(state=BookingState.BOOKED).select_related("booked_by"):
        booking.session = session
        title = session.workshop.title
        words: list[str | Block] = [
            "The time or the place has changed.",
            f"{title}\n{when_and_where(session)}",
            *_joining(booking),
        ]
        subject = f"Changed: {title}"
        send_letter(booking.email, subject, *words, _way(booking), calendar=_invitation(booking, REQUEST))


def end_all(session: Session) -> None:
    """End every booking of a session that is not held, and tell everybody; the session must be held by the caller."""
    for booking in session.bookings.filter(state__in=ACTIVE):
        booking.session = session
        others = link("Other sessions, if there are any:", f"{booking.site}{page_of(session)}")
        _finish(booking, "Not held", "This session is not held.", others)


# ---------------------------------------------------------------- the worker's part


def remind() -> int:
    """Remind those with a place, a week and a day before; nobody twice of one time, and nobody who has just booked."""
    now, count = timezone.now(), 0
    for before in REMIND_BEFORE:
        near = Booking.objects.filter(
            state=BookingState.BOOKED,
            session__is_cancelled=False,
            session__starts_at__gt=now,
            session__starts_at__lte=now + before,
        ).select_related("session__workshop")
        for booking in near:
            count += _remind(booking, before) if not _is_late(booking, before) else 0
    return count


def _is_late(booking: Booking, before: timedelta) -> bool:
    """Whether the place was given after the moment of this reminder, or a nearer reminder is due."""
    due = booking.session.starts_at - before
    nearer = [other for other in REMIND_BEFORE if other < before]
    is_nearer_due = any(booking.session.starts_at - other <= timezone.now() for other in nearer)
    return is_nearer_due or (booking.place_at is not None and booking.place_at >= due)


def _remind(booking: Booking, before: timedelta) -> bool:
    session = booking.session
    occasion = f"reminder {booking.pk} {session.starts_at:%Y%m%dT%H%M%z} {before.days}"
    words: list[str | Block] = [
        f"{session.workshop.title}\n{when_and_where(session)}",
        *_joining(booking),
        _way(booking),
    ]
    return send_letter(booking.email, f"Soon: {session.workshop.title}", *words, occasion=occasion) is not None


def forget_needs() -> None:
    """Empty what people asked to be arranged some days after the session, and forget bookings a year after it."""
    now = timezone.now()
    Booking.objects.filter(session__ends_at__lt=now - NEEDS_KEPT_FOR).exclude(needs="").update(needs="")
    Booking.objects.filter(session__ends_at__lt=now - BOOKINGS_KEPT_FOR).delete()
