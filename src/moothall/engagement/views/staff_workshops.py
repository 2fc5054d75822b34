"""What staff do with workshops: open and change them, plan and cancel sessions, attendance, notes."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from moothall.engagement.models import BookingState, Session, Workshop
from moothall.engagement.models.parties import TITLE_LENGTH
from moothall.engagement.models.workshops import ADDRESS_LENGTH, PLACE_LENGTH
from moothall.engagement.pages.fields import PlainLine, PlainWords, drawn_fields, error_lines
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page
from moothall.engagement.views.account import member
from moothall.engagement.views.named import MetricLines
from moothall.engagement.views.staff import STAFF
from moothall.engagement.views.workshops import session_rows
from moothall.engagement.workshops.workshops import (
    STAFF_SESSIONS,
    STAFF_WORKSHOPS,
    WORKSHOPS,
    Plan,
    add_session,
    cancel_session,
    change_session,
    change_workshop,
    find_session,
    find_workshop,
    note_attendance,
    open_workshop,
    write_notes,
)

LONGEST_WORDS = 20_000
MOST_PLACES = 1000
MOST_METRICS = 50
TOO_LONG = f"Write at most {LONGEST_WORDS:,} characters"
AS_TYPED = "%Y-%m-%d %H:%M"


class WorkshopForm(forms.Form):
    """What a workshop is about."""

    title = PlainLine(label="Title", max_length=TITLE_LENGTH, error_messages={"required": "Enter a title"})
    about = PlainWords(
        label="What it is about, and for whom",
        max_length=LONGEST_WORDS,
        error_messages={"required": "Say what it is about", "max_length": TOO_LONG},
    )
    metrics = MetricLines(
        label="Metrics that it is about (optional)",
        help_text="One a line, by its title on this site. Drafts too.",
        rows=4,
        required=False,
        most=MOST_METRICS,
        has_drafts=True,
    )


class Moment(forms.DateTimeField):
    """A day and time of England, as browsers send them; refused where the clocks skip it or have it twice."""

    def __init__(self, label: str, **options: Any) -> None:
        wrong = "Enter a day and time, such as 2027-03-26 10:00. Between 1 and 2 on the last Sunday of March or "
        errors = {"required": f"Enter when it {label.lower()}", "invalid": f"{wrong}October is none, or two"}
        super().__init__(
            label=label,
            help_text="Day and time in England, such as 2027-03-26 10:00",
            input_formats=[AS_TYPED, "%Y-%m-%dT%H:%M"],
            error_messages={**errors, "ambiguous_timezone": errors["invalid"]},
            widget=forms.DateTimeInput(format=AS_TYPED),
            **options,
        )


class SessionForm(forms.Form):
    """When and where a session is held, and for how many."""

    starts_at = Moment("Begins")
    ends_at = Moment("Ends")
    place = PlainLine(label="Place (leave empty for an online session)", required=False, max_length=PLACE_LENGTH)
    link = forms.URLField(
        label="Address to join online (optional)",
        help_text="Shown only to people who have a place. It begins with https://",
        required=False,
        max_length=ADDRESS_LENGTH,
        assume_scheme="https",
        error_messages={"invalid": "Enter an address that begins with https://"},
    )
    capacity = forms.IntegerField(
        label="Places",
        min_value=1,
        max_value=MOST_PLACES,
        error_messages={"required": "Enter how many places there are", "invalid": "Enter a whole number"},
        widget=forms.TextInput,
    )

    def clean_link(self) -> str:
        """The address; refused unless it is encrypted."""
        link = str(self.cleaned_data["link"])
        if link and not link.startswith("https://"):
            raise forms.ValidationError("Enter an address that begins with https://")
        return link

    def clean(self) -> dict[str, Any]:
        """All of it; refused where it ends before it begins."""
        found = super().clean() or self.cleaned_data
        starts, ends = found.get("starts_at"), found.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "It must end after it begins")
        return found


class NotesForm(forms.Form):
    """What was said in a session, and what follows."""

    notes = PlainWords(
        label="What was said",
        help_text="Name nobody who has not agreed to it.",
        rows=6,
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": TOO_LONG},
    )
    actions = PlainWords(
        label="What follows",
        rows=4,
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": TOO_LONG},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def workshops(request: HttpRequest) -> HttpResponse:
    """``/take-part/staff/workshops``: all workshops, and a form for another."""
    form = WorkshopForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = open_workshop(member(request), **form.cleaned_data)
        return go_on(request, f"{STAFF_WORKSHOPS}/{made.slug}", "The workshop is open. Now plan a session")
    shown = {"found": list(Workshop.objects.all()), "fields": drawn_fields(form), "base": STAFF_WORKSHOPS}
    page = RoomPage(head("Prepare workshops", ("Staff", STAFF)), error_lines(form), shown)
    return room_page(request, "staff_workshops", page)


@require_http_methods(["GET", "HEAD", "POST"])
def workshop(request: HttpRequest, slug: str) -> HttpResponse:
    """``/take-part/staff/workshops/<slug>``: its words, and its sessions."""
    found = _workshop(slug)
    now = {"title": found.title, "about": found.about, "metrics": "\n".join(found.metrics)}
    form = WorkshopForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        change_workshop(member(request), found, **form.cleaned_data)
        return go_on(request, f"{STAFF_WORKSHOPS}/{slug}", "The words of the workshop are saved")
    shown = {
        "workshop": found,
        "fields": drawn_fields(form),
        "rows": session_rows(list(found.sessions.all())),
        "base": f"{STAFF_WORKSHOPS}/{slug}",
        "sessions_base": STAFF_SESSIONS,
        "public": f"{WORKSHOPS}/{slug}",
    }
    way = (("Staff", STAFF), ("Prepare workshops", STAFF_WORKSHOPS))
    page = RoomPage(head(f"Prepare: {found.title}", *way), error_lines(form), shown)
    return room_page(request, "staff_workshop", page)


def _workshop(slug: str) -> Workshop:
    found = find_workshop(slug)
    if found is None:
        raise Http404
    return found


def _session(ref: str) -> Session:
    found = find_session(ref)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: HttpRequest, slug: str) -> HttpResponse:
    """``/take-part/staff/workshops/<slug>/sessions``: a form for another session."""
    found = _workshop(slug)
    form = SessionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = add_session(member(request), found, Plan(**form.cleaned_data))
        return go_on(request, f"{STAFF_SESSIONS}/{made.ref}", "The session is planned, and can be booked")
    shown = {"fields": drawn_fields(form), "action": request.path, "button": "Plan the session"}
    way = (("Staff", STAFF), ("Prepare workshops", STAFF_WORKSHOPS), (found.title, f"{STAFF_WORKSHOPS}/{slug}"))
    return room_page(request, "staff_form", RoomPage(head("Plan a session", *way), error_lines(form), shown))


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/staff/sessions/<ref>``: its time and place, who comes, what they need, what was said."""
    found = _session(ref)
    form = SessionForm(request.POST if request.method == "POST" else None, initial=_planned(found))
    if request.method == "POST" and form.is_valid():
        change_session(member(request), found, Plan(**form.cleaned_data))
        return go_on(request, f"{STAFF_SESSIONS}/{ref}", "The session is saved")
    return _session_page(request, found, form, NotesForm(initial=_noted(found)))


def _planned(found: Session) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("starts_at", "ends_at", "place", "link", "capacity")}


def _noted(found: Session) -> dict[str, str]:
    return {"notes": found.notes, "actions": found.actions}


def _session_page(request: HttpRequest, found: Session, form: SessionForm, noted: NotesForm) -> HttpResponse:
    (row,) = session_rows([found])
    booked = found.bookings.exclude(state=BookingState.CANCELLED).order_by("state", "turn_at", "id")
    shown = {
        "row": row,
        "fields": drawn_fields(form),
        "note_fields": drawn_fields(noted),
        "bookings": list(booked),
        "has_begun": found.starts_at <= timezone.now(),
        "base": f"{STAFF_SESSIONS}/{found.ref}",
    }
    back = (found.workshop.title, f"{STAFF_WORKSHOPS}/{found.workshop.slug}")
    way = (("Staff", STAFF), ("Prepare workshops", STAFF_WORKSHOPS), back)
    page = RoomPage(head(f"Session {found.ref}", *way), error_lines(form) or error_lines(noted), shown)
    return room_page(request, "staff_session", page)


@require_POST
def cancel(request: HttpRequest, ref: str) -> HttpResponse:
    """Does not hold a session; everybody is told."""
    cancel_session(member(request), _session(ref))
    return go_on(request, f"{STAFF_SESSIONS}/{ref}", "The session is not held. Everybody who had booked gets a letter")


@require_POST
def attendance(request: HttpRequest, ref: str) -> HttpResponse:
    """Notes who came, once the session has begun."""
    found = _session(ref)
    if found.starts_at > timezone.now():
        raise Http404
    note_attendance(member(request), found, set(request.POST.getlist("came")))
    return go_on(request, f"{STAFF_SESSIONS}/{ref}", "Who came is noted")


@require_POST
def notes(request: HttpRequest, ref: str) -> HttpResponse:
    """Keeps notes and actions, and publishes them or takes them back."""
    found, noted = _session(ref), NotesForm(request.POST)
    if not noted.is_valid():
        return _session_page(request, found, SessionForm(initial=_planned(found)), noted)
    is_public = request.POST.get("publish") == "yes"
    write_notes(member(request), found, **noted.cleaned_data, is_published=is_public)
    who = "Everybody may read them" if is_public else "Only staff read them"
    return go_on(request, f"{STAFF_SESSIONS}/{ref}", f"The notes are kept. {who}")
