"""Learning sets: opened by a lead of a council or body, joined by each council's lead, seen by nobody else."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from moothall.domain.authority import Authority
from moothall.engagement.exchange.reviewing import NotNow, tell_leads
from moothall.engagement.models import LearningMember, LearningSet, Person, Role, SetNote, State
from moothall.engagement.models.events import record
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.people.memberships import role_in
from moothall.engagement.people.parties import Party, find_party, parties_where
from moothall.engagement.post.wording import Block, link
from moothall.presenters.addresses import TAKE_PART
from moothall.presenters.blocks import Figure
from moothall.presenters.comparing.compare_page import lines_figure
from moothall.presenters.comparing.comparison import MOST_AUTHORITIES, Comparison
from moothall.web.current import current_store

OPEN_STATES = (State.ASKED, State.CONFIRMED)
SEAT_WORDS = {State.CONFIRMED: "joined", State.REFUSED: "not joined", State.ENDED: "left"}


@dataclass(frozen=True, slots=True)
class Seat:
    """How a person sees a set: for whom, in which role, whether as its host.

    ``member`` is None for a host's people.
    """

    group: LearningSet
    host: Party
    party: Party
    role: Role
    is_host: bool
    member: LearningMember | None

    @property
    def is_lead(self) -> bool:
        """Whether the person decides for the party."""
        return self.role is Role.LEAD

    @property
    def is_in(self) -> bool:
        """Whether the set's page may be read: by the host's people and those of councils that have joined."""
        return self.is_host or (self.member is not None and self.member.state == State.CONFIRMED)


def seats_of(person: Person, group: LearningSet) -> list[Seat]:
    """Every way in which a person belongs to a set, the host's first: none for everybody outside it.

    A council that was asked and has not answered is known to its leads only.
    """
    host = find_party(group.kind, group.key)
    if host is None:
        return []
    members = {each.authority: each for each in group.members.filter(state__in=OPEN_STATES)}
    own = {each.ref: each for each in (host, *parties_where(person, PartyKind.AUTHORITY))}
    roles = [(party, role) for party in own.values() if (role := role_in(person, party))]
    found = []
    for party, role in roles:
        is_host = party.ref == host.ref
        member = members.get(party.key) if party.kind is PartyKind.AUTHORITY else None
        seat = Seat(group, host, party, role, is_host, member)
        if seat.is_in or (member and seat.is_lead):
            found.append(seat)
    return found


def sets_of(person: Person) -> list[Seat]:
    """A person's sets and the invitations to their councils, the newest first."""
    councils = [party.key for party in parties_where(person, PartyKind.AUTHORITY)]
    bodies = [party.key for party in parties_where(person, PartyKind.BODY)]
    joined = LearningSet.objects.filter(members__authority__in=councils, members__state__in=OPEN_STATES)
    hosted = LearningSet.objects.filter(key__in=[*councils, *bodies])
    return [seat for each in (joined | hosted).distinct() for seat in seats_of(person, each)[:1]]


def open_set(person: Person, host: Party, title: str, metric: str) -> LearningSet:
    """Open a set; a council that opens one is in it."""
    with transaction.atomic():
        made = LearningSet.objects.create(title=title, metric=metric, kind=host.kind, key=host.key)
        if host.kind is PartyKind.AUTHORITY:
            LearningMember.objects.create(of=made, authority=host.key, state=State.CONFIRMED, decided_at=timezone.now())
        record(person, "opened a learning set", f"learning set {made.pk}", host.ref)
    return made


def invite(person: Person, seat: Seat, council: Party) -> None:
    """The host's lead asks a council; NotNow where it is in or asked already, or the set is full."""
    with transaction.atomic():
        group = LearningSet.objects.select_for_update().get(pk=seat.group.pk)
        taken = group.members.filter(state__in=OPEN_STATES)
        if taken.filter(authority=council.key).exists():
            raise NotNow(f"{council.title} is in or has been asked already.")
        if taken.count() >= MOST_AUTHORITIES:
            raise NotNow(f"A learning set has at most {MOST_AUTHORITIES} councils.")
        kept = {"state": State.ASKED, "asked_at": timezone.now(), "decided_at": None}
        LearningMember.objects.update_or_create(of=group, authority=council.key, defaults=kept)
        record(person, "asked a council into a learning set", f"learning set {group.pk}", seat.party.ref)
        about = f"{seat.host.title} asks you into the learning set \u201c{group.title}\u201d."
        whose = "Only its councils see its page and its notes."
        way = _way(group, "Join or refuse:")
        tell_leads(council, "You are asked into a learning set", about, whose, way=way)


def decide_seat(person: Person, seat: Seat, state: State) -> None:
    """A council's lead joins, refuses or leaves; NotNow where that is not to be decided any more."""
    before = State.CONFIRMED if state is State.ENDED else State.ASKED
    with transaction.atomic():
        found = LearningMember.objects.select_for_update().filter(of=seat.group, authority=seat.party.key, state=before)
        if not found.update(state=state, decided_at=timezone.now()):
            raise NotNow("This has been decided already.")
        record(person, f"learning set {state.value}", f"learning set {seat.group.pk}", seat.party.ref)
        said = f"{seat.party.title} has {SEAT_WORDS[state]} your learning set \u201c{seat.group.title}\u201d."
        tell_leads(seat.host, "An answer to your learning set", said, way=_way(seat.group, "The page of the set:"))


def _way(group: LearningSet, text: str) -> Block:
    return link(text, f"{TAKE_PART}/learning-sets/{group.ref}")


def end_set(person: Person, seat: Seat) -> None:
    """The host's lead ends a set: its members can still read it, and write no more."""
    with transaction.atomic():
        if LearningSet.objects.filter(pk=seat.group.pk, ended_at=None).update(ended_at=timezone.now()):
            record(person, "ended a learning set", f"learning set {seat.group.pk}", seat.party.ref)


def write_note(person: Person, seat: Seat, words: str) -> None:
    """Keep a note for the others of a set; NotNow where it has ended."""
    if seat.group.ended_at:
        raise NotNow("This set has ended: its notes can be read, and none is added.")
    with transaction.atomic():
        made = SetNote.objects.create(of=seat.group, party=seat.party.ref, words=words, by=person)
        record(person, "wrote in a learning set", f"learning set {seat.group.pk} note {made.pk}", seat.party.ref)


def councils_in(group: LearningSet) -> list[Authority]:
    """The councils that have joined, by name."""
    known = current_store().catalogue.authorities
    codes = group.members.filter(state=State.CONFIRMED).values_list("authority", flat=True)
    return sorted((known[code] for code in codes if code in known), key=lambda council: council.short_name.casefold())


def figures_of(group: LearningSet) -> Figure | None:
    """The councils' published figures over time, with the table that says the same; None where there are none."""
    store, councils = current_store(), tuple(councils_in(group))
    metric = store.catalogue.metrics.get(group.metric)
    if metric is None or not councils or not store.panel(metric.id).periods:
        return None
    return lines_figure(store, Comparison(councils[:MOST_AUTHORITIES], (metric,)), metric)
