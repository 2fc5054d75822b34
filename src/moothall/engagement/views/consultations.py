"""Consultations as anybody reads them, and the button that begins an answer."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from moothall.domain.consultation import Consultation, Respondent
from moothall.domain.metric import Metric
from moothall.engagement.consultations.consulting import CONSULTATIONS, listed_consultations, state_words
from moothall.engagement.consultations.responding import can_write, find_consultation, parties_that_may, start
from moothall.engagement.models import Role
from moothall.engagement.models.responses import Response
from moothall.engagement.pages.lists import ListLine, ListPage, list_page
from moothall.engagement.pages.render import RoomPage, head, room_page, signed_in
from moothall.engagement.views.account import member
from moothall.presenters.addresses import TAKE_PART
from moothall.presenters.blocks import Link
from moothall.presenters.shared_by_councils.consultation_page import WHO_WORDS
from moothall.web.current import current_store, today

WAY = ("Consultations", CONSULTATIONS)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A button that begins or goes on with an answer: for whom, and where it leads if it has been begun.

    Who only reads for a party finds there what has been begun, and no button.
    """

    kind: str
    key: str
    title: str
    address: str
    may_write: bool


def consultation_of(id_: str) -> Consultation:
    """The consultation of an address; Http404 where there is none."""
    found = find_consultation(id_)
    if found is None:
        raise Http404
    return found


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """``/take-part/consultations``"""
    lines = tuple(ListLine(each.address, each.title, each.state) for each in listed_consultations())
    none = "There is none at the moment. Draft metrics stand in the list of metrics."
    return list_page(request, ListPage("Consultations", lines, none, links=(Link("All metrics", "/metrics"),)))


@require_safe
def consultation(request: HttpRequest, id_: str) -> HttpResponse:
    """``/take-part/consultations/first-drafts-2026``: what is asked, about what, of whom and until when."""
    asked = consultation_of(id_)
    person = signed_in(request)
    is_open = asked.is_open(today())
    shown = {
        "asked": asked,
        "state": state_words(asked),
        "is_open": is_open,
        "metrics": metrics_of(asked),
        "who": [WHO_WORDS[word] for word in Respondent if word in asked.who],
        "beginnings": beginnings(request, asked) if person else [],
    }
    return room_page(request, "consultation", RoomPage(head(asked.title, WAY), shown=shown))


def metrics_of(asked: Consultation) -> list[Metric]:
    """The metrics that are asked about, in the order of the consultation."""
    return [current_store().catalogue.metrics[id_] for id_ in asked.metrics]


def beginnings(request: HttpRequest, asked: Consultation) -> list[Beginning]:
    """For whom the reader may answer, or read what colleagues answer."""
    person = member(request)
    writing = {party.ref for party in parties_that_may(person, asked)}
    known = parties_that_may(person, asked, tuple(Role))
    parties = [(party.kind.value, party.key, party.title, party.ref in writing) for party in known]
    alone = [(Respondent.PERSON.value, str(person.ref), "yourself", True)] if Respondent.PERSON in asked.who else []
    keys = {key for _, key, *_ in (*parties, *alone)}
    begun = {(r.kind, r.key): r for r in Response.objects.filter(consultation=asked.id, key__in=keys)}
    offered = [
        Beginning(kind, key, title, response_address(begun[kind, key]) if (kind, key) in begun else "", writes)
        for kind, key, title, writes in (*parties, *alone)
    ]
    return [each for each in offered if each.may_write or each.address]


def response_address(response: Response) -> str:
    """The page of a response."""
    return f"{TAKE_PART}/responses/{response.ref}"


@require_POST
def begin(request: HttpRequest, id_: str) -> HttpResponse:
    """Begins an answer for a party or for oneself, or goes on with the one there is."""
    asked = consultation_of(id_)
    person = member(request)
    response = start(person, asked, request.POST.get("kind", ""), request.POST.get("key", ""))
    if response is None or not can_write(person, response):
        raise Http404
    return HttpResponseRedirect(response_address(response))
