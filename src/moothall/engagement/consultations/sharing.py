"""What councils share with the bodies that speak for them, and to what of a body's answer they agree."""

from dataclasses import dataclass

from django.db import transaction

from moothall.domain.consultation import Consultation, Respondent
from moothall.engagement.consultations.responding import content_of, find_consultation, refuse_unseen, wording_mark
from moothall.engagement.models import Body, BodyMember, Person, Role, State
from moothall.engagement.models.events import record
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.models.responses import Agreement, Response, ResponseState, Share
from moothall.engagement.people.memberships import role_in
from moothall.engagement.people.parties import Party, find_party
from moothall.presenters.addresses import TAKE_PART
from moothall.web.current import today


@dataclass(frozen=True, slots=True)
class Voice:
    """One council in a body's response: whether it agreed, and whether to the present wording."""

    title: str
    has_agreed: bool
    is_present: bool


def bodies_of(response: Response) -> list[Body]:
    """The bodies that speak for the council whose response it is."""
    if response.kind != Respondent.AUTHORITY:
        return []
    found = BodyMember.objects.filter(authority=response.key, state=State.CONFIRMED).select_related("body")
    return [each.body for each in found]


def share(person: Person, response: Response, consultation: Consultation, body: Body) -> None:
    """Let a body read the answers as they are now; sharing again replaces what it could read before."""
    with transaction.atomic():
        kept = {"content": content_of(response, consultation)}
        shared, _ = Share.objects.update_or_create(response=response, body=body, defaults=kept)
        record(person, "shared a response", f"share {shared.pk}", f"{response.kind}:{response.key}")


def unshare(person: Person, shared: Share) -> None:
    """Take back what was shared."""
    with transaction.atomic():
        record(person, "took back a share", f"share {shared.pk}", f"authority:{shared.response.key}")
        shared.delete()


def gathered(response: Response) -> list[tuple[str, Share]]:
    """What the councils of a body have shared with it about the consultation of its response, by name of council.

    A council that has left the body shows nothing any more.
    """
    members = _members(response)
    found = Share.objects.filter(body__slug=response.key, response__consultation=response.consultation)
    named = [(members[s.response.key].title, s) for s in found.select_related("response") if s.response.key in members]
    return sorted(named, key=lambda pair: pair[0].casefold())


def _members(response: Response) -> dict[str, Party]:
    """The councils that a body speaks for, by code."""
    confirmed = BodyMember.objects.filter(body__slug=response.key, state=State.CONFIRMED)
    found = {each.authority: find_party(PartyKind.AUTHORITY, each.authority) for each in confirmed}
    return {code: party for code, party in found.items() if party}


def councils_that_may_agree(person: Person, response: Response) -> list[Party]:
    """The councils of a body whose lead the person is."""
    if response.kind != Respondent.BODY:
        return []
    return [party for party in _members(response).values() if role_in(person, party) is Role.LEAD]


def drafts_to_agree_to(slugs: list[str]) -> dict[str, list[tuple[str, str]]]:
    """What bodies are writing for open consultations, by body: the consultation's title, and where a lead agrees."""
    found = Response.objects.filter(kind=PartyKind.BODY, key__in=slugs, state=ResponseState.DRAFT).order_by("pk")
    drafts: dict[str, list[tuple[str, str]]] = {}
    for each in found:
        asked = find_consultation(each.consultation)
        if asked and asked.is_open(today()):
            drafts.setdefault(each.key, []).append((asked.title, f"{TAKE_PART}/responses/{each.ref}/agree"))
    return drafts


def agree(person: Person, response: Response, consultation: Consultation, council: Party, seen: str = "") -> None:
    """A council agrees to the body's answers as they are worded now; NotTaken where its lead has read other words."""
    with transaction.atomic():
        content = content_of(response, consultation)
        refuse_unseen(content, seen)
        mark = wording_mark(content)
        Agreement.objects.update_or_create(response=response, authority=council.key, defaults={"mark": mark})
        record(person, "agreed to a body's response", f"response {response.pk}", council.ref)


def voices(response: Response, consultation: Consultation) -> list[Voice]:
    """Every council that a body speaks for, by name, and whether it agreed; an agreement lapses with the wording."""
    if response.kind != Respondent.BODY:
        return []
    mark = wording_mark(content_of(response, consultation))
    marks = dict(response.agreements.values_list("authority", "mark"))
    parties = sorted(_members(response).values(), key=lambda party: party.title.casefold())
    return [Voice(party.title, party.key in marks, marks.get(party.key) == mark) for party in parties]
