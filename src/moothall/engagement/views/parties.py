"""Joining a council or a body, its page for members, and what its lead decides there."""

from dataclasses import dataclass
from operator import itemgetter

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.engagement.consultations.sharing import drafts_to_agree_to
from moothall.engagement.models import Body, BodyMember, Event, Membership, Person, Role, State
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.pages.fields import ErrorLine, drawn_fields, error_lines
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page
from moothall.engagement.people.memberships import (
    DECISIONS,
    ask_council,
    ask_to_join,
    can_decide,
    can_decide_for_council,
    can_give_role,
    decide,
    decide_for_council,
    give_role,
    leads_of,
    of_party,
    role_in,
)
from moothall.engagement.people.parties import Party, find_party, parties_of_mail, party_with_slug, running_councils
from moothall.engagement.views.account import ACCOUNT, member
from moothall.engagement.views.named import CouncilField
from moothall.engagement.workshops.booking import bookings_for
from moothall.presenters.addresses import TAKE_PART

SHOWN_EVENTS = 50
SOMEBODY, THE_SITE = "somebody", "Moothall"
"""Who has left, and what nobody did: the worker found it."""
OPEN_STATES = (State.ASKED, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person of a party, and what the reader may decide about them: (word of the address, words of the button)."""

    name: str
    email: str
    role: str
    state: str
    acts: tuple[tuple[str, str], ...]
    pk: int
    can_give_role: bool


class RoleForm(forms.Form):
    """In which role a member takes part."""

    role = forms.ChoiceField(
        label="In which role?",
        choices=[(role, f"{role.label}: {role.duties[0].lower()}{role.duties[1:]}") for role in Role],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role", "invalid_choice": "Choose one of the list"},
    )


class JoinForm(forms.Form):
    """For whom, and in which role."""

    party = forms.ChoiceField(
        label="Whom do you work for?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whom you work for", "invalid_choice": "Choose one of the list"},
    )
    role = forms.ChoiceField(
        label="What will you do?",
        choices=[(role, role.duties) for role in Role],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you will do", "invalid_choice": "Choose one of the list"},
    )

    def __init__(self, parties: list[Party], *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["party"].choices = [(party.ref, party.title) for party in parties]  # type: ignore[attr-defined]


class CouncilForm(forms.Form):
    """A council that a body asks."""

    council = CouncilField(label="Ask a council", help_text="Its leads get a letter, and accept or refuse.")


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """``/take-part/join``: offers the parties whose mail the person has."""
    person = member(request)
    parties = parties_of_mail(person.mail_domain)
    form = JoinForm(parties, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = next(party for party in parties if party.ref == form.cleaned_data["party"])
        role = Role(form.cleaned_data["role"])
        said = _asked_words(chosen) if ask_to_join(person, chosen, role) else f"You belong to {chosen.title} already"
        return go_on(request, ACCOUNT, said)
    shown = {"fields": drawn_fields(form), "has_parties": bool(parties), "domain": person.mail_domain}
    page = RoomPage(head("Join your council", ("Your account", ACCOUNT)), error_lines(form), shown)
    return room_page(request, "join", page)


def _asked_words(party: Party) -> str:
    deciders = "Its leads have" if leads_of(party) else "Nobody leads there yet, so the staff of this site have"
    return f"You have asked to join {party.title}. {deciders} a letter, and you get one with the answer"


@require_safe
def council(request: HttpRequest, slug: str) -> HttpResponse:
    """``/take-part/councils/leeds``: its people, the bodies that speak for it, and its history."""
    party = own_party(member(request), PartyKind.AUTHORITY, slug)
    asked = BodyMember.objects.filter(authority=party.key, state__in=OPEN_STATES).select_related("body")
    return _party_page(
        request, party, bodies=list(asked), to_agree=drafts_to_agree_to([each.body.slug for each in asked])
    )


@require_safe
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """``/take-part/bodies/<slug>``: its people, the councils it speaks for, and its history."""
    return _body_page(request, own_party(member(request), PartyKind.BODY, slug), CouncilForm())


def _body_page(request: HttpRequest, party: Party, form: CouncilForm) -> HttpResponse:
    asked = BodyMember.objects.filter(body__slug=party.slug, state__in=OPEN_STATES)
    named = {each.key: each for each in running_councils()}
    pairs = [(named[each.authority].title, each) for each in asked if each.authority in named]
    councils = sorted(pairs, key=itemgetter(0))
    return _party_page(request, party, error_lines(form), councils=councils, fields=drawn_fields(form))


def own_party(person: Person, kind: PartyKind, slug: str) -> Party:
    """The party of an address, for its confirmed members only; for everybody else there is no such page."""
    party = party_with_slug(kind, slug)
    if party is None or role_in(person, party) is None:
        raise Http404
    return party


def _party_page(request: HttpRequest, party: Party, errors: tuple[ErrorLine, ...] = (), **more: object) -> HttpResponse:
    person = member(request)
    events = Event.objects.filter(party=party.ref)[:SHOWN_EVENTS]
    people = Person.objects.filter(ref__in={event.actor for event in events if event.actor})
    names = {str(each.ref): each.shown_name for each in people}
    history = [(event, names.get(str(event.actor), SOMEBODY) if event.actor else THE_SITE) for event in events]
    shown = {
        "party": party,
        "rows": member_rows(person, party),
        "history": history,
        "coming": bookings_for(party),
        "is_lead": role_in(person, party) is Role.LEAD,
        **more,
    }
    return room_page(request, "party", RoomPage(head(party.title, ("Your account", ACCOUNT)), errors, shown))


def member_rows(person: Person, party: Party) -> list[MemberRow]:
    """The people of a party by name, those who wait first."""
    found = of_party(party).filter(state__in=OPEN_STATES).select_related("person")
    rows = sorted(found, key=lambda each: (each.state != State.ASKED, each.person.shown_name.casefold()))
    return [member_row(person, each, party) for each in rows]


BODY_SAID = {
    "confirm": "speaks for your council now",
    "refuse": "is refused",
    "end": "no longer speaks for the council",
}
SAID = {"confirm": "confirmed", "refuse": "refused", "end": "no longer a member"}
BUTTONS = {
    State.ASKED: (("confirm", "Confirm"), ("refuse", "Refuse")),
    State.CONFIRMED: (("end", "End"),),
}


def member_row(person: Person, each: Membership, party: Party) -> MemberRow:
    """One membership with the buttons that its reader may press."""
    offered = BUTTONS.get(State(each.state), ())
    acts = tuple((word, text) for word, text in offered if can_decide(person, each, party, DECISIONS[word]))
    role, state = Role(each.role).label, State(each.state).label
    gives = can_give_role(person, each, party)
    return MemberRow(each.person.shown_name, each.person.email, role, state, acts, each.pk, gives)


@require_POST
def decide_membership(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """Confirms, refuses or ends a membership; back to where the button stood."""
    person = member(request)
    each = get_object_or_404(Membership.objects.select_related("person"), pk=pk)
    party = find_party(each.kind, each.key)
    if party is None or decision not in DECISIONS or not can_decide(person, each, party, DECISIONS[decision]):
        raise Http404
    decide(person, each, party, DECISIONS[decision])
    own = party.address if role_in(person, party) else f"{TAKE_PART}/staff" if person.is_staff else ACCOUNT
    is_own = each.person_id == person.pk
    said = f"You have left {party.title}" if is_own else f"{each.person.shown_name}: {SAID[decision]}"
    return go_on(request, own, said)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_role(request: HttpRequest, pk: int) -> HttpResponse:
    """``/take-part/memberships/7/role``: a lead confirms somebody in another role than was asked for, or changes it."""
    person = member(request)
    each = get_object_or_404(Membership.objects.select_related("person"), pk=pk)
    party = find_party(each.kind, each.key)
    if party is None or not can_give_role(person, each, party):
        raise Http404
    name = each.person.shown_name
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": each.role})
    if request.method == "POST" and form.is_valid():
        role = Role(form.cleaned_data["role"])
        give_role(person, each, party, role)
        return go_on(request, party.address, f"{name} is {role.value} now, and has a letter that says so")
    shown = {"fields": drawn_fields(form), "action": request.path}
    shown["button"] = "Confirm in this role" if each.state == State.ASKED else "Change the role"
    page = RoomPage(head(f"The role of {name}", (party.title, party.address)), error_lines(form), shown)
    return room_page(request, "staff_form", page)


@require_POST
def add_council(request: HttpRequest, slug: str) -> HttpResponse:
    """A lead of a body asks to speak for a council."""
    person = member(request)
    party = own_party(person, PartyKind.BODY, slug)
    if role_in(person, party) is not Role.LEAD:
        raise Http404
    form = CouncilForm(request.POST)
    if not form.is_valid():
        return _body_page(request, party, form)
    council = form.cleaned_data["council"]
    ask_council(person, get_object_or_404(Body, slug=slug), council.key)
    nobody = "Nobody leads for it here yet: it can answer once somebody does"
    who = "Its leads have a letter" if leads_of(council) else nobody
    return go_on(request, party.address, f"{council.title} is asked. {who}")


@require_POST
def decide_body_member(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """A lead of the council accepts or refuses a body; either side may end it."""
    person = member(request)
    asked = get_object_or_404(BodyMember.objects.select_related("body"), pk=pk)
    state = DECISIONS.get(decision)
    if state is None or not can_decide_for_council(person, asked, state):
        raise Http404
    decide_for_council(person, asked, state)
    council = find_party(PartyKind.AUTHORITY, asked.authority)
    is_council = council is not None and role_in(person, council) is not None
    own = council.address if council and is_council else f"{TAKE_PART}/bodies/{asked.body.slug}"
    return go_on(request, own, f"{asked.body.title} {BODY_SAID[decision]}")
