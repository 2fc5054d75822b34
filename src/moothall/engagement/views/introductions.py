"""Asking to talk to another council, its lead's answer, contact once accepted, and what was learned afterwards."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.engagement.exchange.introducing import (
    ANSWERS,
    Talk,
    answer_talk,
    ask_to_talk,
    keep_learned,
    metric_title,
    take_request_back,
    talk_of,
    talks_of,
)
from moothall.engagement.exchange.reviewing import NotNow
from moothall.engagement.models import Introduction
from moothall.engagement.models.introductions import IntroductionState
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.pages.fields import ErrorLine, PlainWords, drawn_fields, error_lines
from moothall.engagement.pages.lists import ListLine, ListPage, list_page
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page
from moothall.engagement.people.parties import WRITERS, Party, parties_where, party_with_slug
from moothall.engagement.views.account import ACCOUNT, member
from moothall.engagement.views.named import CouncilField, MetricField
from moothall.presenters.addresses import TAKE_PART
from moothall.presenters.blocks import Link
from moothall.web.current import current_store

INTRODUCTIONS = f"{TAKE_PART}/introductions"
LONGEST_WORDS = 1_000
TOO_LONG = f"Write at most {LONGEST_WORDS:,} characters"
WITHDRAW = "withdraw"
SAID = {
    "accept": "You have accepted. You see one another's name and address now",
    "decline": "You have declined. Nobody sees anything",
    WITHDRAW: "The request is taken back",
}
ABOUT = (
    "Somebody of a council asks to talk to another council about a metric; its lead accepts or declines. How to reach "
    "one another is shown only then, and only to the two of you. Nothing is public."
)


class AskForm(forms.Form):
    """Whom to ask, about what, and why."""

    own = forms.ChoiceField(
        label="For which council do you ask?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose your council", "invalid_choice": "Choose one of the list"},
    )
    council = CouncilField(label="Whom would you like to talk to?", help_text="The name of a council")
    metric = MetricField(label="About which metric?", help_text="By its title on this site", has_drafts=True)
    words = PlainWords(
        label="What would you like to know?",
        help_text="The lead of the other council reads it. Leave out how to reach you: that is shown once they accept.",
        max_length=LONGEST_WORDS,
        error_messages={"required": "Say what you would like to know", "max_length": TOO_LONG},
    )

    def __init__(self, councils: list[Party], *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["own"].choices = [(party.key, party.title) for party in councils]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The answers; ValidationError where a council asks itself."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("council") and found["council"].key == found.get("own"):
            self.add_error("council", "This is your own council: name another one")
        return found


class LearnedForm(forms.Form):
    """What one side has learned."""

    words = PlainWords(
        label="What did you learn?",
        help_text="Only the two of you read it. Nothing is published.",
        max_length=LONGEST_WORDS,
        error_messages={"required": "Say what you learned", "max_length": TOO_LONG},
    )


def introduction_address(introduction: Introduction) -> str:
    """The page of an introduction for its two sides."""
    return f"{INTRODUCTIONS}/{introduction.ref}"


@require_safe
def introductions(request: HttpRequest) -> HttpResponse:
    """``/take-part/introductions``: those that the reader asked for, and those that wait for the reader's answer."""
    lines, ask = tuple(map(_line, talks_of(member(request)))), Link("Ask to talk to a council", f"{INTRODUCTIONS}/new")
    listed = ListPage("Introductions", lines, "There is none.", ABOUT, acts=(ask,))
    return list_page(request, listed, ("Your account", ACCOUNT))


def _line(talk: Talk) -> ListLine:
    held, asked = talk.introduction, talk.asked.title
    who = f"You asked {asked}" if talk.is_asking else f"{talk.asking.title} asks {asked}"
    state = IntroductionState(held.state).label
    return ListLine(introduction_address(held), f"{who}: {metric_title(held)}", state)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """``/take-part/introductions/new?council=bolton``: who writes for a council asks; others learn who may."""
    councils = parties_where(member(request), PartyKind.AUTHORITY, WRITERS)
    if not councils:
        return room_page(request, "introduction_members", RoomPage(head("Who may ask to talk to a council")))
    form = AskForm(councils, request.POST if request.method == "POST" else None, initial=_before(request, councils))
    errors = error_lines(form)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        own = next(party for party in councils if party.key == clean["own"])
        try:
            made = ask_to_talk(member(request), own, clean["council"], clean["metric"], clean["words"])
            said = f"You have asked {clean['council'].title}. Its leads have a letter; you get one with their answer"
            return go_on(request, introduction_address(made), said)
        except NotNow as error:
            errors = (ErrorLine(str(error), "#id_council"),)
    way = (("Your account", ACCOUNT), ("Introductions", INTRODUCTIONS))
    page = RoomPage(head("Ask to talk to a council", *way), errors, {"fields": drawn_fields(form)})
    return room_page(request, "introduction_new", page)


def _before(request: HttpRequest, councils: list[Party]) -> dict[str, str]:
    """What the page that led here has chosen already."""
    council = party_with_slug(PartyKind.AUTHORITY, request.GET.get("council", ""))
    metric = current_store().catalogue.metrics.get(request.GET.get("metric", ""))
    own = councils[0].key if len(councils) == 1 else ""
    return {"own": own, "council": council.title if council else "", "metric": metric.title if metric else ""}


def own_talk(request: HttpRequest, ref: str) -> Talk:
    """The introduction of an address as one of its sides sees it; Http404 for everybody else."""
    talk = talk_of(member(request), get_object_or_404(Introduction, ref=ref))
    if talk is None:
        raise Http404
    return talk


@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/introductions/<ref>``: where it stands; the contact once accepted; afterwards what was learned."""
    talk = own_talk(request, ref)
    held = talk.introduction
    form = LearnedForm(request.POST if request.method == "POST" else None, initial={"words": talk.learned})
    if request.method == "POST":
        if held.state != IntroductionState.ACCEPTED:
            raise Http404
        if form.is_valid():
            keep_learned(member(request), talk, form.cleaned_data["words"])
            return go_on(request, introduction_address(held), "What you learned is saved. The other side can read it")
    return _introduction_page(request, talk, form, error_lines(form))


def _introduction_page(
    request: HttpRequest, talk: Talk, form: LearnedForm, errors: tuple[ErrorLine, ...]
) -> HttpResponse:
    held = talk.introduction
    shown = {
        "talk": talk,
        "title": metric_title(held),
        "base": introduction_address(held),
        "waits": held.state == IntroductionState.ASKED,
        "may_tell": held.state == IntroductionState.ACCEPTED,
        "fields": drawn_fields(form),
        "learned_by_other": held.learned_by_asked if talk.is_asking else held.learned_by_asking,
    }
    way = (("Your account", ACCOUNT), ("Introductions", INTRODUCTIONS))
    return room_page(request, "introduction", RoomPage(head(f"Introduction: {shown['title']}", *way), errors, shown))


@require_POST
def decide(request: HttpRequest, ref: str, decision: str) -> HttpResponse:
    """A lead accepts or declines; whoever asked takes the request back. Who comes too late is told so."""
    talk = own_talk(request, ref)
    is_fitting = decision == WITHDRAW if talk.is_asking else decision in ANSWERS
    if not is_fitting:
        raise Http404
    try:
        if talk.is_asking:
            take_request_back(member(request), talk)
        else:
            answer_talk(member(request), talk, ANSWERS[decision])
    except NotNow as error:
        late = own_talk(request, ref)
        form = LearnedForm(initial={"words": late.learned})
        return _introduction_page(request, late, form, (ErrorLine(str(error), "#main-content"),))
    is_seen = talk_of(member(request), Introduction.objects.get(pk=talk.introduction.pk)) is not None
    return go_on(request, introduction_address(talk.introduction) if is_seen else INTRODUCTIONS, SAID[decision])
