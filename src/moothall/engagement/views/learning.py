"""Learning sets: opening one, its private page with figures and notes, joining and leaving."""

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.engagement.exchange.learning import (
    Seat,
    councils_in,
    decide_seat,
    end_set,
    figures_of,
    invite,
    open_set,
    seats_of,
    sets_of,
    write_note,
)
from moothall.engagement.exchange.reviewing import LONGEST_TEXT, NotNow
from moothall.engagement.models import LearningSet, Person, Role, SetNote, State
from moothall.engagement.models.parties import TITLE_LENGTH, PartyKind
from moothall.engagement.pages.fields import ErrorLine, PlainLine, PlainWords, drawn_fields, error_lines
from moothall.engagement.pages.lists import ListLine, ListPage, list_page
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page
from moothall.engagement.people.memberships import role_in
from moothall.engagement.people.parties import Party, find_party, parties_where
from moothall.engagement.views.account import ACCOUNT, member
from moothall.engagement.views.named import CouncilField, MetricField
from moothall.presenters.addresses import TAKE_PART, metric_address
from moothall.presenters.blocks import Link
from moothall.web.current import current_store

SETS = f"{TAKE_PART}/learning-sets"
DECISIONS = {"accept": State.CONFIRMED, "refuse": State.REFUSED, "leave": State.ENDED}
END = "end"
SAID = {
    "accept": "You have joined the set",
    "refuse": "You have refused the invitation",
    "leave": "You have left the set",
    END: "The set has ended",
}
ASKED = "The council is asked. Its leads have a letter"
ABOUT_SETS = "A few councils that look at one metric together. Nobody else sees the page of a set or its notes."
Act = Callable[[], None]


class SetForm(forms.Form):
    """Who opens a set, what it is called, and the metric."""

    host = forms.ChoiceField(
        label="Who opens it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who opens it", "invalid_choice": "Choose one of the list"},
    )
    title = PlainLine(
        label="What is the set called?",
        max_length=TITLE_LENGTH,
        error_messages={"required": "Give it a name", "max_length": f"Write at most {TITLE_LENGTH} characters"},
    )
    metric = MetricField(label="Which metric is it about?", help_text="By its title on this site")

    def __init__(self, hosts: list[Party], *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["host"].choices = [(party.ref, party.title) for party in hosts]  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """A council to ask."""

    council = CouncilField(label="Ask a council", help_text="Its lead accepts or refuses.")


class SetNoteForm(forms.Form):
    """A note for the others."""

    words = PlainWords(
        label="Write a note for the others",
        help_text="Only the councils of this set read it.",
        max_length=LONGEST_TEXT,
        error_messages={"required": "Write something", "max_length": f"Write at most {LONGEST_TEXT:,} characters"},
    )


def hosts_of(person: Person) -> list[Party]:
    """The councils and bodies that a person leads."""
    found = [party for kind in PartyKind for party in parties_where(person, kind)]
    return [party for party in found if role_in(person, party) is Role.LEAD]


def set_address(group: LearningSet) -> str:
    """The page of a set for its councils."""
    return f"{SETS}/{group.ref}"


@require_safe
def learning_sets(request: HttpRequest) -> HttpResponse:
    """``/take-part/learning-sets``: the reader's sets, and invitations."""
    lines = tuple(ListLine(set_address(s.group), s.group.title, _state(s)) for s in sets_of(member(request)))
    can_open = bool(hosts_of(member(request)))
    about = ABOUT_SETS if can_open else f"{ABOUT_SETS} Leads of councils and bodies open them."
    acts = (Link("Open a learning set", f"{SETS}/new"),) if can_open else ()
    listed = ListPage("Learning sets", lines, "You are in none.", about, acts=acts)
    return list_page(request, listed, ("Your account", ACCOUNT))


def _state(seat: Seat) -> str:
    if seat.group.ended_at:
        return "Ended"
    return "Joined" if seat.is_in else f"{seat.party.title} is asked to join"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """``/take-part/learning-sets/new``: leads of councils and bodies open one; others learn who may."""
    hosts = hosts_of(member(request))
    if not hosts:
        return room_page(request, "learning_leads", RoomPage(head("Who may open a learning set")))
    start = {"host": hosts[0].ref if len(hosts) == 1 else ""}
    form = SetForm(hosts, request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        host = next(party for party in hosts if party.ref == clean["host"])
        made = open_set(member(request), host, clean["title"], clean["metric"])
        return go_on(request, set_address(made), "The set is open. Now ask councils to join it")
    way = (("Your account", ACCOUNT), ("Learning sets", SETS))
    page = RoomPage(head("Open a learning set", *way), error_lines(form), {"fields": drawn_fields(form)})
    return room_page(request, "learning_new", page)


def own_seats(request: HttpRequest, ref: str) -> list[Seat]:
    """The reader's ways into the set of an address; Http404 for everybody outside it."""
    seats = seats_of(member(request), get_object_or_404(LearningSet, ref=ref))
    if not seats:
        raise Http404
    return seats


@require_http_methods(["GET", "HEAD", "POST"])
def learning_set(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/learning-sets/<ref>``: figures over time and notes; for an invited lead only what it is about."""
    seats = own_seats(request, ref)
    inside = [seat for seat in seats if seat.is_in]
    if not inside:
        return _invitation(request, seats[0])
    note, asked = SetNoteForm(), InviteForm()
    errors: tuple[ErrorLine, ...] = ()
    if request.method == "POST":
        note, asked, errors = _taken(request, inside)
        if not errors:
            is_asked = request.POST.get("act") == "invite"
            return go_on(request, set_address(inside[0].group), ASKED if is_asked else "The note is added")
    return _set_page(request, seats, note, asked, errors)


def _taken(request: HttpRequest, inside: list[Seat]) -> tuple[SetNoteForm, InviteForm, tuple[ErrorLine, ...]]:
    """What was sent, kept; the two forms and what is wrong with them."""
    if request.POST.get("act") == "invite":
        host = next((seat for seat in inside if seat.is_host and seat.is_lead and not seat.group.ended_at), None)
        if host is None:
            raise Http404
        asked = InviteForm(request.POST)
        return SetNoteForm(), asked, _tried(asked, lambda: invite(member(request), host, asked.cleaned_data["council"]))
    writing = [seat for seat in inside if seat.role.writes]
    if not writing:
        raise Http404
    note = SetNoteForm(request.POST)
    seat = next((seat for seat in writing if seat.member), writing[0])
    return note, InviteForm(), _tried(note, lambda: write_note(member(request), seat, note.cleaned_data["words"]))


def _tried(form: forms.Form, act: Act) -> tuple[ErrorLine, ...]:
    if not form.is_valid():
        return error_lines(form)
    try:
        act()
    except NotNow as error:
        return (ErrorLine(str(error), f"#id_{next(iter(form.fields))}"),)
    return ()


def _set_page(
    request: HttpRequest, seats: list[Seat], note: SetNoteForm, asked: InviteForm, errors: tuple[ErrorLine, ...]
) -> HttpResponse:
    group, metric = seats[0].group, current_store().catalogue.metrics.get(seats[0].group.metric)
    waiting = group.members.filter(state=State.ASKED)
    is_open = group.ended_at is None
    shown = {
        "group": group,
        "host": seats[0].host,
        "metric": metric,
        "metric_href": metric_address(group.metric),
        "councils": councils_in(group),
        "asked": [party.title for each in waiting if (party := find_party(PartyKind.AUTHORITY, each.authority))],
        "drawn": figures_of(group),
        "notes": [_note(each) for each in group.notes.select_related("by")],
        "note_fields": drawn_fields(note) if is_open and any(seat.role.writes for seat in seats) else [],
        "invite_fields": drawn_fields(asked) if is_open and _leads_it(seats) else [],
        "acts": [act for seat in seats for act in _acts(seat)] if is_open else [],
        "base": set_address(group),
    }
    way = (("Your account", ACCOUNT), ("Learning sets", SETS))
    return room_page(request, "learning_set", RoomPage(head(group.title, *way), errors, shown))


def _leads_it(seats: list[Seat]) -> bool:
    return any(seat.is_host and seat.is_lead for seat in seats)


def _note(each: SetNote) -> tuple[str, SetNote]:
    kind, _, key = each.party.partition(":")
    party = find_party(kind, key)
    return party.title if party else "Somebody", each


def _acts(seat: Seat) -> list[tuple[str, str]]:
    """The buttons of a seat: (word of the address, words)."""
    if not seat.is_lead:
        return []
    found = []
    if seat.member and seat.member.state == State.ASKED:
        found += [
            (f"{seat.party.slug}/accept", f"Join for {seat.party.title}"),
            (f"{seat.party.slug}/refuse", "Refuse"),
        ]
    elif seat.member and not seat.is_host:
        found.append((f"{seat.party.slug}/leave", f"Leave the set for {seat.party.title}"))
    return [*found, (f"{seat.party.slug}/{END}", "End the set")] if seat.is_host else found


def _invitation(request: HttpRequest, seat: Seat) -> HttpResponse:
    metric = current_store().catalogue.metrics.get(seat.group.metric)
    shown = {
        "group": seat.group,
        "host": seat.host,
        "party": seat.party,
        "metric": metric,
        "councils": councils_in(seat.group),
        "acts": _acts(seat) if seat.group.ended_at is None else [],
        "base": set_address(seat.group),
    }
    return room_page(request, "learning_invitation", RoomPage(head(f"You are asked: {seat.group.title}"), shown=shown))


@require_POST
def decide(request: HttpRequest, ref: str, slug: str, decision: str) -> HttpResponse:
    """A council's lead joins, refuses or leaves; the host's lead ends the set."""
    seat = next((each for each in own_seats(request, ref) if each.party.slug == slug and each.is_lead), None)
    words = [act.partition("/")[2] for act, _ in _acts(seat)] if seat and seat.group.ended_at is None else []
    if seat is None or decision not in words:
        raise Http404
    try:
        if decision == END:
            end_set(member(request), seat)
        else:
            decide_seat(member(request), seat, DECISIONS[decision])
    except NotNow:
        raise Http404 from None
    return go_on(request, set_address(seat.group) if decision in ("accept", END) else SETS, SAID[decision])
