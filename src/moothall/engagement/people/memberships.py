"""Belonging to a party: proved by a mail address, confirmed by a person, and written into the history."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from moothall.engagement.models import Body, BodyMember, Membership, Person, Role, State
from moothall.engagement.models.asked_often import OftenAsked
from moothall.engagement.models.events import record
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.people.parties import Party, body_party, find_party
from moothall.engagement.post.letters import send_letter
from moothall.engagement.post.wording import link
from moothall.presenters.addresses import TAKE_PART

DECISIONS = {"confirm": State.CONFIRMED, "refuse": State.REFUSED, "end": State.ENDED}
"""What may be decided, by its word in an address."""


CONFIRMED = OftenAsked(
    3,
    lambda kind, key, person: Membership.objects.filter(kind=kind, key=key, person=person, state=State.CONFIRMED),
)


def of_party(party: Party) -> QuerySet[Membership]:
    """All memberships of a party, whatever their state."""
    return Membership.objects.filter(kind=party.kind, key=party.key)


def leads_of(party: Party) -> list[Person]:
    """The confirmed leads of a party."""
    found = of_party(party).filter(role=Role.LEAD, state=State.CONFIRMED).select_related("person")
    return [each.person for each in found]


def role_in(person: Person, party: Party) -> Role | None:
    """The confirmed role of a person for a party; None where there is none."""
    found = CONFIRMED.find(party.kind, party.key, person.pk)
    return Role(found.role) if found else None


def writes_for(person: Person, party: Party) -> bool:
    """Whether a person may write for a party: its officers and leads."""
    role = role_in(person, party)
    return role is not None and role.writes


def parties_of(person: Person) -> list[tuple[Party, Membership]]:
    """The parties that a person asked to join and was not turned away from, with the membership."""
    found = person.memberships.filter(state__in=(State.ASKED, State.CONFIRMED)).order_by("asked_at")
    pairs = [(find_party(each.kind, each.key), each) for each in found]
    return [(party, each) for party, each in pairs if party]


def ask_to_join(person: Person, party: Party, role: Role) -> Membership | None:
    """Ask to belong; None where the address does not prove it, or the person is in already.

    Whoever was refused or has left may ask again.
    """
    if not party.has_mail(person.mail_domain):
        return None
    with transaction.atomic():
        asked, _ = Membership.objects.select_for_update().get_or_create(
            person=person, kind=party.kind, key=party.key, defaults={"role": role}
        )
        if asked.state == State.CONFIRMED and asked.role == role:
            return None
        asked.role, asked.state, asked.asked_at = role, State.ASKED, timezone.now()
        asked.decided_at = asked.decided_by = None
        asked.save()
        record(person, "asked to join", f"membership {asked.pk}", party.ref, role=role.value)
        _tell_deciders(asked, party)
    return asked


def _tell_deciders(asked: Membership, party: Party) -> None:
    leads = leads_of(party)
    deciders = leads or list(Person.objects.filter(is_staff=True, is_active=True))
    for decider in deciders:
        send_letter(
            decider.email,
            f"Somebody asks to join {party.title}",
            f"{asked.person.shown_name} ({asked.person.email}) asks to join {party.title} as {asked.role}.",
            "Confirm only people whom you know.",
            link("Confirm or refuse:", party.address if leads else f"{TAKE_PART}/staff"),
        )


def can_decide(person: Person, membership: Membership, party: Party, state: State) -> bool:
    """Whether a person may give a membership this state.

    A lead decides about others of the same party; staff about leads only, and everybody may leave.
    """
    if membership.person_id == person.pk:
        return state is State.ENDED
    if membership.state not in (State.ASKED, State.CONFIRMED):
        return False
    is_lead = role_in(person, party) is Role.LEAD
    return is_lead or (person.is_staff and membership.role == Role.LEAD)


def decide(person: Person, membership: Membership, party: Party, state: State) -> None:
    """Give a membership its state and tell its person."""
    with transaction.atomic():
        membership.state, membership.decided_at, membership.decided_by = state, timezone.now(), person
        membership.save()
        record(person, f"membership {state.value}", f"membership {membership.pk}", party.ref, role=membership.role)
        if membership.person_id != person.pk:
            _tell_decided(membership, party, state)


def can_give_role(person: Person, membership: Membership, party: Party) -> bool:
    """Whether a person may say in which role a member takes part: a lead, about others of the same party."""
    is_other = membership.person_id != person.pk and membership.state in (State.ASKED, State.CONFIRMED)
    return is_other and role_in(person, party) is Role.LEAD


def give_role(person: Person, membership: Membership, party: Party, role: Role) -> None:
    """Confirm a membership in a role, or give a confirmed one another role; the same role again changes nothing."""
    with transaction.atomic():
        held = Membership.objects.select_for_update(of=("self",)).select_related("person").get(pk=membership.pk)
        if held.state == State.CONFIRMED and held.role != role:
            held.role, held.decided_at, held.decided_by = role, timezone.now(), person
            held.save()
            record(person, "membership goes on", f"membership {held.pk}", party.ref, role=role.value)
            _tell_role(held, party)
        elif held.state == State.ASKED:
            held.role = role
            decide(person, held, party, State.CONFIRMED)


def _tell_role(membership: Membership, party: Party) -> None:
    role = Role(membership.role)
    send_letter(
        membership.person.email,
        f"Your role for {party.title}",
        f"You are now {role.value} of {party.title} on Moothall. What a {role.value} does: {role.duties}.",
        link("See who is there, and what your council can do:", party.address),
    )


def _tell_decided(membership: Membership, party: Party, state: State) -> None:
    """Tell a person what was decided about them, and what they can do now."""
    words = {
        State.CONFIRMED: f"You are confirmed as {membership.role} of {party.title} on Moothall. "
        f"What a {membership.role} does: {Role(membership.role).duties}.",
        State.REFUSED: f"Your request to join {party.title} on Moothall was refused.",
        State.ENDED: f"Your membership of {party.title} on Moothall was ended. You can still take part as yourself.",
    }
    ways = {
        State.CONFIRMED: link("See who is there, and what your council can do:", party.address),
        State.REFUSED: link("If that is a mistake, speak to a lead there, and ask again:", f"{TAKE_PART}/join"),
        State.ENDED: link("Your account:", f"{TAKE_PART}/account"),
    }
    send_letter(membership.person.email, f"Your membership of {party.title}", words[state], ways[state])


# ---------------------------------------------------------------- councils of a body


def ask_council(person: Person, body: Body, authority: str) -> None:
    """A body asks to speak for a council; asking again after a refusal is allowed, twice at once changes nothing."""
    with transaction.atomic():
        asked, is_new = BodyMember.objects.get_or_create(body=body, authority=authority)
        if not is_new and asked.state in (State.ASKED, State.CONFIRMED):
            return
        asked.state, asked.asked_at, asked.decided_at = State.ASKED, timezone.now(), None
        asked.save()
        record(person, "asked a council to be represented", f"body member {asked.pk}", body_party(body).ref)
        _tell_asked_council(body, authority)


def _tell_asked_council(body: Body, authority: str) -> None:
    council = find_party(PartyKind.AUTHORITY, authority)
    for lead in leads_of(council) if council else []:
        send_letter(
            lead.email,
            f"{body.title} asks to speak for your council",
            f"{body.title} asks to speak for {council.title if council else authority} in consultations.",
            "It reads only what you share with it. You see what it would say, and say whether you agree.",
            link("Accept or refuse:", council.address if council else TAKE_PART),
        )


WORDS_TO_BODY = {
    State.CONFIRMED: "lets you speak for it",
    State.REFUSED: "does not want you to speak for it",
    State.ENDED: "no longer wants you to speak for it",
}


def _tell_body(asked: BodyMember, state: State) -> None:
    body, council = body_party(asked.body), find_party(PartyKind.AUTHORITY, asked.authority)
    title = council.title if council else asked.authority
    for lead in leads_of(body):
        send_letter(
            lead.email,
            f"An answer of {title}",
            f"{title} {WORDS_TO_BODY[state]} in consultations.",
            link(f"The page of {body.title}:", body.address),
        )


def _tell_council_ended(asked: BodyMember) -> None:
    council = find_party(PartyKind.AUTHORITY, asked.authority)
    for lead in leads_of(council) if council else []:
        words = f"{asked.body.title} no longer speaks for {council.title if council else asked.authority}."
        send_letter(lead.email, f"{asked.body.title} no longer speaks for your council", words)


def can_decide_for_council(person: Person, asked: BodyMember, state: State) -> bool:
    """A lead of the council accepts, refuses and ends; a lead of the body may end."""
    council = find_party(PartyKind.AUTHORITY, asked.authority)
    if council and role_in(person, council) is Role.LEAD:
        return True
    return state is State.ENDED and role_in(person, body_party(asked.body)) is Role.LEAD


def decide_for_council(person: Person, asked: BodyMember, state: State) -> None:
    """Write down what a council has decided about a body."""
    with transaction.atomic():
        asked.state, asked.decided_at = state, timezone.now()
        asked.save()
        record(person, f"representation {state.value}", f"body member {asked.pk}", f"authority:{asked.authority}")
        if role_in(person, body_party(asked.body)) is Role.LEAD:
            _tell_council_ended(asked)
        else:
            _tell_body(asked, state)
