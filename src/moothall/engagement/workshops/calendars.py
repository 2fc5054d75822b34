"""Calendar files (RFC 5545, sent as RFC 5546 says): times of England with their daylight saving, and updates."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vRecur,
    vText,
)

from moothall.domain.workshop import ENGLAND
from moothall.engagement.models import Booking, Session
from moothall.presenters.addresses import TAKE_PART

GMT, BST = timedelta(0), timedelta(hours=1)
PRODUCT = "-//Moothall//Taking part//EN"
NAMED_BY = "taking-part.moothall"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Whom an invitation is for."""

    name: str
    email: str


def page_of(session: Session) -> str:
    """The page that tells of a session."""
    return f"{TAKE_PART}/workshops/{session.workshop.slug}"


def calendar_of_session(session: Session, site: str, at: datetime) -> str:
    """The session for anybody's calendar: its public facts, and that it was cancelled."""
    event = _event(session, session.ref, session.sequence, at)
    event.add("url", f"{site}{page_of(session)}")
    _say_whether_it_is_on(event, session, not session.is_cancelled)
    return _file(PUBLISH, event)


def calendar_of_booking(booking: Booking, method: str, at: datetime) -> str:
    """A booking for its person: an invitation or an update (REQUEST), or that it is over (CANCEL).

    The name of the event stays the same and its number rises, so that a calendar changes what it has.
    """
    event = _event(booking.session, booking.ref, booking.sequence, at)
    event.add("url", f"{booking.site}{TAKE_PART}/bookings/{booking.ref}")
    _say_whether_it_is_on(event, booking.session, method != CANCEL)
    event.add("attendee", _attendee(Attendee(booking.name, booking.email)))
    if booking.session.link and method != CANCEL:
        event["LOCATION"] = vText(booking.session.link)
    return _file(method, event)


def _event(session: Session, ref: str, sequence: int, at: datetime) -> Event:
    """The facts of a session that everybody may know, and who holds it: RFC 5546 asks for that in every method.

    The name of the event rests on nothing that whoever runs the site may change.
    """
    event = Event()
    event.add("uid", f"{ref}@{NAMED_BY}")
    event.add("sequence", sequence)
    event.add("organizer", _organizer())
    event.add("dtstamp", at)
    for name, moment in zip(("dtstart", "dtend"), beginning_and_end(session), strict=True):
        event.add(name, moment)
    event.add("description", session.workshop.about)
    event.add("location", session.place or "Online")
    return event


def beginning_and_end(session: Session) -> list[datetime]:
    """When a session begins and ends by the clock of England; by UTC where that clock shows one of the two twice.

    Of an hour that comes twice the standard means the first, and half of the programs that we tried the second.
    """
    moments = [moment.astimezone(ENGLAND) for moment in (session.starts_at, session.ends_at)]
    return [moment.astimezone(UTC) for moment in moments] if any(map(_is_shown_twice, moments)) else moments


def _is_shown_twice(moment: datetime) -> bool:
    return moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()


def _say_whether_it_is_on(event: Event, session: Session, is_on: bool) -> None:
    """The title and the status. The title says it too, for programs that show no status and keep what is cancelled."""
    event.add("summary", session.workshop.title if is_on else f"Cancelled: {session.workshop.title}")
    event.add("status", "CONFIRMED" if is_on else "CANCELLED")


def _file(method: str, event: Event) -> str:
    """The whole file: lines end and are folded as the standard asks, which the library sees to."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(london())
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def london() -> Timezone:
    """The clock of England as it has been changed since 1996: on the last Sundays of March and October."""
    zone = Timezone()
    zone.add("tzid", str(ENGLAND))
    changes = (
        (TimezoneDaylight(), "BST", GMT, BST, datetime(1996, 3, 31, 1), 3),  # noqa: DTZ001  a clock's own time
        (TimezoneStandard(), "GMT", BST, GMT, datetime(1996, 10, 27, 2), 10),  # noqa: DTZ001
    )
    for part, name, before, after, first, month in changes:
        part.add("dtstart", first)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        part.add("rrule", vRecur(freq="yearly", bymonth=month, byday="-1SU"))
        zone.add_component(part)
    return zone


def _organizer() -> vCalAddress:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    who = vCalAddress(f"mailto:{address}")
    who.params["CN"] = vText(name or "Moothall")
    return who


def _attendee(attendee: Attendee) -> vCalAddress:
    who = vCalAddress(f"mailto:{attendee.email}")
    who.params["CN"] = vText(attendee.name.replace('"', "'"))  # not every program reads the escape for a double one
    who.params["PARTSTAT"] = vText("ACCEPTED")
    who.params["ROLE"] = vText("REQ-PARTICIPANT")
    return who
