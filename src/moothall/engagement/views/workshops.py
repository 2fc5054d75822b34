"""Workshops as anybody reads them, and booking a place."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from moothall.domain.metric import Metric
from moothall.engagement.models import Booking, BookingState, Person, Session, Workshop
from moothall.engagement.models.people import NAME_LENGTH, plain_address
from moothall.engagement.pages.fields import ErrorLine, PlainLine, PlainWords, address_field, drawn_fields, error_lines
from moothall.engagement.pages.lists import ListLine, ListPage, list_page
from moothall.engagement.pages.render import RoomPage, go_on, head, moment_text, room_page, signed_in
from moothall.engagement.post.letters import site_address
from moothall.engagement.views.account import ACCOUNT, member
from moothall.engagement.workshops.booking import (
    ACTIVE,
    Guest,
    NotBooked,
    book,
    bookings_of,
    can_book_for,
    cancel,
    change,
    is_bookable,
    places_left,
)
from moothall.engagement.workshops.calendars import REQUEST, calendar_of_booking, calendar_of_session
from moothall.engagement.workshops.workshops import WORKSHOPS, find_session, find_workshop
from moothall.errors import NoBuild
from moothall.presenters.addresses import TAKE_PART
from moothall.presenters.blocks import Link
from moothall.web.current import current_store

WAY = ("Workshops", WORKSHOPS)
BOOKINGS = f"{TAKE_PART}/bookings"
LONGEST_NEEDS = 1000


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as everybody sees it, with what may be done about it now."""

    session: Session
    left: int
    waiting: int
    can_book: bool

    @property
    def state(self) -> str:
        """Whether there are places, in words."""
        if self.session.is_cancelled:
            return "not held"
        if not self.can_book:
            return "over" if self.session.ends_at < timezone.now() else "has begun"
        free = "1 place left" if self.left == 1 else f"{self.left} places left"
        return free if self.left else f"full, {self.waiting or 'nobody'} on the waiting list"


class NeedsForm(forms.Form):
    """The name under which somebody comes, and what should be arranged."""

    name = PlainLine(
        label="Name of who comes",
        max_length=NAME_LENGTH,
        error_messages={"required": "Enter the name of who comes", "max_length": f"Use {NAME_LENGTH} characters"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    needs = PlainWords(
        label="Is there anything we should arrange, so that they can take part? (optional)",
        help_text="Such as captions, a sign language interpreter, step-free access or a diet. "
        "Only staff who arrange it see this, and it is deleted 14 days after the session.",
        rows=3,
        required=False,
        max_length=LONGEST_NEEDS,
        error_messages={"max_length": f"Use at most {LONGEST_NEEDS} characters"},
    )


class BookingForm(NeedsForm):
    """For whom a place is asked."""

    email = address_field(
        "Their e-mail address",
        "Your own, or that of a colleague in a council or body that has confirmed you.",
        "Enter an e-mail address",
    )
    field_order = ("name", "email", "needs")

    def __init__(self, person: Person, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._person = person

    def clean_email(self) -> str:
        """The address as it is kept; refused where the person may not book for it."""
        email = plain_address(self.cleaned_data["email"])
        if not can_book_for(self._person, email):
            raise forms.ValidationError(
                "Enter your own address, or that of a colleague in a council or body that has confirmed you"
            )
        return email


# ---------------------------------------------------------------- what everybody reads


@require_safe
def workshops(request: HttpRequest) -> HttpResponse:
    """``/take-part/workshops``: sessions to come, and those that have been."""
    known = Session.objects.select_related("workshop")
    now = timezone.now()
    shown = {
        "coming": session_rows(list(known.filter(starts_at__gt=now))),
        "over": session_rows(list(known.filter(starts_at__lte=now).order_by("-starts_at"))),
        "unplanned": list(Workshop.objects.filter(sessions=None)),
        "base": WORKSHOPS,
    }
    return room_page(request, "workshops", RoomPage(head("Workshops"), shown=shown))


@require_safe
def workshop(request: HttpRequest, slug: str) -> HttpResponse:
    """``/take-part/workshops/<slug>``: what it is about, when it is held, what was said."""
    found = find_workshop(slug)
    if found is None:
        raise Http404
    rows = session_rows(list(found.sessions.select_related("workshop")))
    shown = {"workshop": found, "rows": rows, "metrics": metrics_of(found), "base": f"{WORKSHOPS}/{slug}"}
    person = signed_in(request)
    if person:
        mine = bookings_of(person).filter(session__workshop=found, state__in=ACTIVE)
        shown["mine"] = list(mine)
    return room_page(request, "workshop", RoomPage(head(found.title, WAY), shown=shown))


def session_rows(sessions: list[Session]) -> list[SessionRow]:
    """Sessions with their places."""
    return [
        SessionRow(each, places_left(each), each.bookings.filter(state=BookingState.WAITING).count(), is_bookable(each))
        for each in sessions
    ]


def metrics_of(workshop: Workshop) -> list[Metric]:
    """The metrics that a workshop is about; one that the catalogue no longer has is left out."""
    try:
        known = current_store().catalogue.metrics
    except NoBuild:
        return []
    return [known[id_] for id_ in workshop.metrics if id_ in known]


@require_safe
def session_calendar(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """``/take-part/workshops/<slug>/<ref>/calendar``: the session as a calendar file."""
    session = find_session(ref)
    if session is None or session.workshop.slug != slug:
        raise Http404
    return calendar_file(calendar_of_session(session, site_address(request), timezone.now()), "workshop.ics")


def calendar_file(text: str, name: str) -> HttpResponse:
    """A calendar file as an answer."""
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


# ---------------------------------------------------------------- a place


@require_http_methods(["GET", "HEAD", "POST"])
def book_place(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/sessions/<ref>/book``"""
    session, person = find_session(ref), member(request)
    if session is None:
        raise Http404
    own = {"name": person.name, "email": person.email}
    form = BookingForm(person, request.POST if request.method == "POST" else None, initial=own)
    errors: tuple[ErrorLine, ...] = ()
    if request.method == "POST" and form.is_valid():
        guest = Guest(form.cleaned_data["name"], form.cleaned_data["email"], form.cleaned_data["needs"])
        try:
            made = book(person, session, guest, site_address(request))
            return HttpResponseRedirect(f"{BOOKINGS}/{made.ref}")
        except NotBooked as error:
            errors = (ErrorLine(str(error), "#id_email"),)
    (row,) = session_rows([session])
    shown = {"row": row, "fields": drawn_fields(form), "action": request.path}
    way = (WAY, (session.workshop.title, f"{WORKSHOPS}/{session.workshop.slug}"))
    page = RoomPage(head("Book a place", *way), errors or error_lines(form), shown)
    return room_page(request, "book", page)


@require_safe
def bookings(request: HttpRequest) -> HttpResponse:
    """``/take-part/bookings``: the places of a person, and those they booked for others."""
    found = bookings_of(member(request)).exclude(state=BookingState.CANCELLED)
    lines, all_workshops = tuple(map(_booking_line, found)), Link("All workshops", WORKSHOPS)
    listed = ListPage("Your bookings", lines, "You have booked no place.", links=(all_workshops,))
    return list_page(request, listed, ("Your account", ACCOUNT))


def _booking_line(found: Booking) -> ListLine:
    when, state = moment_text(found.session.starts_at), BookingState(found.state).label.lower()
    place = f"{BOOKINGS}/{found.ref}"
    return ListLine(place, found.session.workshop.title, f"{when}; {found.name}: {state}", f": {found.name}, {when}")


def own_booking(person: Person, ref: str) -> Booking:
    """The booking of an address, for its person and whoever booked it; for everybody else there is none."""
    found = bookings_of(person).select_related("booked_by").filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/bookings/<ref>``: where and when; changing the name or what should be arranged."""
    person = member(request)
    found = own_booking(person, ref)
    form = NeedsForm(
        request.POST if request.method == "POST" else None, initial={"name": found.name, "needs": found.needs}
    )
    is_active = found.state in ACTIVE and is_bookable(found.session)
    if request.method == "POST" and is_active and form.is_valid():
        change(person, found, form.cleaned_data["name"], form.cleaned_data["needs"])
        return go_on(request, f"{BOOKINGS}/{ref}", "The booking is changed")
    turn = found.session.bookings.filter(state=BookingState.WAITING, turn_at__lt=found.turn_at).count() + 1
    shown = {"booking": found, "fields": drawn_fields(form), "is_active": is_active, "turn": turn, "base": BOOKINGS}
    page = RoomPage(head(f"Booking {ref}", ("Your bookings", BOOKINGS)), error_lines(form), shown)
    return room_page(request, "booking", page)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_booking(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/bookings/<ref>/cancel``: asks once, then gives the place to whoever is next."""
    person = member(request)
    found = own_booking(person, ref)
    if request.method == "POST":
        cancel(person, found)
        return HttpResponseRedirect(f"{BOOKINGS}/{ref}")
    way = (("Your bookings", BOOKINGS), (f"Booking {ref}", f"{BOOKINGS}/{ref}"))
    shown = {"booking": found, "base": BOOKINGS, "is_active": found.state in ACTIVE}
    return room_page(request, "cancel_booking", RoomPage(head("Cancel the booking", *way), shown=shown))


@require_safe
def booking_calendar(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/bookings/<ref>/calendar``: the place as a calendar file."""
    found = own_booking(member(request), ref)
    if found.state != BookingState.BOOKED:
        raise Http404
    return calendar_file(calendar_of_booking(found, REQUEST, timezone.now()), "booking.ics")
