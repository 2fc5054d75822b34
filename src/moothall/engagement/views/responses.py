"""One response: its list of tasks, its answers on one page, sending it, and reading it on paper."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.domain.consultation import Consultation, Respondent
from moothall.engagement.consultations.consulting import consultation_address, state_words
from moothall.engagement.consultations.own_figures import own_figure
from moothall.engagement.consultations.responding import (
    NotTaken,
    answers_of,
    can_read,
    can_send,
    can_write,
    content_of,
    count_answered,
    find_consultation,
    find_response,
    reopen,
    respondent_title,
    send,
    wording_mark,
)
from moothall.engagement.consultations.sharing import (
    agree,
    bodies_of,
    councils_that_may_agree,
    gathered,
    share,
    unshare,
    voices,
)
from moothall.engagement.models import Body
from moothall.engagement.models.responses import Answer, AnswerVersion, Consent, Response, ResponseState, Share
from moothall.engagement.pages.fields import Choice, ErrorLine, Field
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page
from moothall.engagement.people.parties import Party
from moothall.engagement.post.letters import site_address
from moothall.engagement.views.account import member
from moothall.engagement.views.consultations import WAY, response_address
from moothall.presenters.addresses import metric_address
from moothall.presenters.shared_by_councils.consultation_page import WHOLE_TITLE
from moothall.web.current import current_store, today


@dataclass(frozen=True, slots=True)
class Task:
    """One question in the list: its address, and whether it has an answer."""

    text: str
    href: str
    is_answered: bool


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The questions about one metric, or about the whole."""

    title: str
    metric_href: str
    tasks: tuple[Task, ...]


def own_response(request: HttpRequest, ref: str) -> tuple[Response, Consultation]:
    """The response of an address, for those who write it, and to read for its readers; else there is no such page."""
    response = find_response(ref)
    consultation = find_consultation(response.consultation) if response else None
    may = can_read if request.method in ("GET", "HEAD") else can_write
    if response is None or consultation is None or not may(member(request), response):
        raise Http404
    return response, consultation


def response_way(response: Response, consultation: Consultation) -> tuple[tuple[str, str], ...]:
    """The pages above a page of a response."""
    return WAY, (consultation.title, consultation_address(consultation)), ("Your response", response_address(response))


@require_safe
def response(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/responses/<ref>``: every question, what is answered, and what can be done next."""
    held, consultation = own_response(request, ref)
    groups = task_groups(held, consultation)
    shown = {
        "response": held,
        "title": respondent_title(held),
        "state": state_words(consultation),
        "groups": groups,
        "answered": sum(task.is_answered for group in groups for task in group.tasks),
        "total": len(consultation.steps),
        "can_send": can_send(member(request), held),
        "may_write": can_write(member(request), held),
        "is_open": consultation.is_open(today()),
        "aside": aside_versions(held, consultation),
        "bodies": _bodies(held),
        "is_body": held.kind == Respondent.BODY,
    }
    way = response_way(held, consultation)[:2]
    return room_page(request, "response", RoomPage(head(f"Response of {respondent_title(held)}", *way), shown=shown))


def task_groups(response: Response, consultation: Consultation) -> list[TaskGroup]:
    """The questions by metric, in their order."""
    answers, metrics = answers_of(response), current_store().catalogue.metrics
    numbered = list(enumerate(consultation.steps, start=1))
    groups = []
    for metric, steps in groupby(numbered, key=lambda pair: pair[1][0]):
        tasks = [
            Task(question.text, question_address(response, number), _is_answered(answers.get((metric, question.id))))
            for number, (_, question) in steps
        ]
        title = metrics[metric].title if metric else WHOLE_TITLE
        groups.append(TaskGroup(title, metric_address(metric) if metric else "", tuple(tasks)))
    return groups


def _is_answered(answer: Answer | None) -> bool:
    return answer is not None and bool(answer.choices or answer.words)


def question_address(response: Response, number: int) -> str:
    """The page of one question; the first has number 1."""
    return f"{response_address(response)}/questions/{number}"


def aside_versions(response: Response, consultation: Consultation) -> list[tuple[str, AnswerVersion]]:
    """Words that came second and were kept, with the page of their question."""
    numbers = {(metric, question.id): n for n, (metric, question) in enumerate(consultation.steps, start=1)}
    found = AnswerVersion.objects.filter(answer__response=response, is_set_aside=True).select_related("answer", "by")
    keys = [((each.answer.metric, each.answer.question), each) for each in found]
    return [(question_address(response, numbers[key]), each) for key, each in keys if key in numbers]


def _bodies(response: Response) -> list[tuple[Body, Share | None]]:
    shared = {each.body_id: each for each in response.shares.all()}
    return [(body, shared.get(body.pk)) for body in bodies_of(response)]


# ---------------------------------------------------------------- all answers on one page


@dataclass(frozen=True, slots=True)
class Section:
    """The answers about one metric, or about the whole, with the number of each question.

    ``about`` says what the metric counts, and the council's own figure, for readers who have nothing else before them.
    """

    title: str
    lines: tuple[tuple[int, dict[str, Any]], ...]
    about: tuple[str, ...] = ()


def sections(content: list[dict[str, Any]]) -> list[Section]:
    """The lines of a response under the titles of their metrics."""
    numbered = enumerate(content, start=1)
    groups = groupby(numbered, key=lambda pair: str(pair[1]["metric_title"]))
    return [Section(title or WHOLE_TITLE, tuple(lines)) for title, lines in groups]


def _with_figures(section: Section, response: Response) -> Section:
    """The section with what a cabinet must know of its metric."""
    metric = section.lines[0][1]["metric"]
    found, own = current_store().catalogue.metrics.get(metric), own_figure(response, metric)
    figures = (" ".join(map(str, own.sentences)),) if own else ()
    return replace(section, about=(found.definition, *figures)) if found else section


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/responses/<ref>/check``: everything to read once more; the lead signs off and sends it."""
    held, consultation = own_response(request, ref)
    person = member(request)
    errors: tuple[ErrorLine, ...] = ()
    may_send = can_send(person, held)
    if request.method == "POST":
        if not may_send:
            raise Http404
        errors = _unsaid(request, held) or _send(request, held, consultation)
        if not errors:
            return HttpResponseRedirect(f"{response_address(held)}/sent")
    shown = {"response": held, "title": respondent_title(held), "can_send": may_send, "alone": _is_alone(held)}
    shown["may_write"] = may_send or can_write(person, held)
    content = content_of(held, consultation)
    shown |= {"sections": sections(content), "wording": wording_mark(content), "base": response_address(held)}
    shown |= {"is_draft": held.state == ResponseState.DRAFT, "is_open": consultation.is_open(today())}
    shown |= {"consent": consent_field(held, request.POST.get("consent", ""), errors)}
    shown |= {"agreed_error": next((line.text for line in errors if line.href == AGREED), "")}
    page = RoomPage(head("Check the answers", *response_way(held, consultation)), errors, shown)
    return room_page(request, "check", page)


AGREED, CONSENT = "#agreed", "#id_consent"


def consent_field(response: Response, chosen: str, errors: tuple[ErrorLine, ...]) -> Field:
    """The question whether it may be published. A person who answers alone is never named, so that is not offered."""
    offered = [each for each in Consent if not (_is_alone(response) and each is Consent.NAMED)]
    choices = tuple(
        Choice("id_consent" if n == 0 else f"id_consent-{n}", each.value, each.label, each.value == chosen)
        for n, each in enumerate(offered)
    )
    error = next((line.text for line in errors if line.href == CONSENT), "")
    hint = "Words that would name a private person are taken out first. A later version is asked anew."
    return Field(
        "id_consent", "consent", "May it be published after the consultation?", "radios", hint, "", error, "", choices
    )


def _unsaid(request: HttpRequest, response: Response) -> tuple[ErrorLine, ...]:
    """What whoever sends has not said yet."""
    offered = {choice.value for choice in consent_field(response, "", ()).choices}
    lines = [] if request.POST.get("consent") in offered else [ErrorLine("Say whether it may be published", CONSENT)]
    lines += [] if request.POST.get("agreed") == "yes" else [ErrorLine("Confirm that you may send this", AGREED)]
    return tuple(lines)


def _is_alone(response: Response) -> bool:
    return response.kind == Respondent.PERSON


def _send(request: HttpRequest, held: Response, consultation: Consultation) -> tuple[ErrorLine, ...]:
    try:
        consent, seen = Consent(request.POST["consent"]), request.POST.get("wording", "")
        send(member(request), held, consultation, f"{site_address(request)}{response_address(held)}", consent, seen)
    except NotTaken as error:
        return (ErrorLine(str(error)),)
    return ()


@require_safe
def sent(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/responses/<ref>/sent``: the reference, and what happens next."""
    held, consultation = own_response(request, ref)
    if not held.version:
        raise Http404
    shown = {"response": held, "asked": consultation, "title": respondent_title(held)}
    return room_page(request, "sent", RoomPage(head("Response sent", *response_way(held, consultation)), shown=shown))


@require_safe
def on_paper(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/responses/<ref>/print``: for a cabinet paper: what is asked, what we answer, and its state."""
    held, consultation = own_response(request, ref)
    content = content_of(held, consultation)
    shown = {
        "response": held,
        "asked": consultation,
        "title": respondent_title(held),
        "sections": [_with_figures(each, held) for each in sections(content)],
        "answered": count_answered(content),
        "total": len(content),
        "voices": voices(held, consultation),
        "day": today(),
        "state": state_words(consultation),
    }
    page = RoomPage(head("The response on paper", *response_way(held, consultation)), shown=shown)
    return room_page(request, "on_paper", page)


@require_POST
def open_again(request: HttpRequest, ref: str) -> HttpResponse:
    """Opens a sent response again, for its lead."""
    held, _ = own_response(request, ref)
    if not can_send(member(request), held):
        raise Http404
    reopen(member(request), held)
    return go_on(request, response_address(held), "The response is open again. Change it, and send it once more")


# ---------------------------------------------------------------- councils and their bodies


@require_POST
def share_with(request: HttpRequest, ref: str, slug: str) -> HttpResponse:
    """A lead lets a body read the council's answers as they are now, or takes that back with ``act=end``."""
    held, consultation = own_response(request, ref)
    person = member(request)
    body = next((each for each in bodies_of(held) if each.slug == slug), None)
    if body is None or not can_send(person, held):
        raise Http404
    if request.POST.get("act") == "end":
        for each in held.shares.filter(body=body):
            unshare(person, each)
        return go_on(request, response_address(held), f"{body.title} reads your answers no longer")
    share(person, held, consultation, body)
    return go_on(request, response_address(held), f"{body.title} reads your answers as they are now")


@require_safe
def gathered_views(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/responses/<ref>/gathered``: what its councils have shared with a body, side by side."""
    held, consultation = own_response(request, ref)
    if held.kind != Respondent.BODY:
        raise Http404
    found = [(title, shared, sections(shared.content)) for title, shared in gathered(held)]
    shown = {"response": held, "gathered": found, "voices": voices(held, consultation)}
    shown |= {"agree_at": f"{site_address(request)}{response_address(held)}/agree"}
    page = RoomPage(head("What our councils say", *response_way(held, consultation)), shown=shown)
    return room_page(request, "gathered", page)


@require_http_methods(["GET", "HEAD", "POST"])
def agree_to(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/responses/<ref>/agree``: a lead of a council reads what its body would say, and agrees to it."""
    held = get_object_or_404(Response, ref=ref)
    consultation = find_consultation(held.consultation)
    person = member(request)
    councils = councils_that_may_agree(person, held)
    if consultation is None or not councils:
        raise Http404
    errors = _agree(request, held, consultation, councils) if request.method == "POST" else ()
    if request.method == "POST" and not errors:
        said = f"You have agreed to what {respondent_title(held)} would say"
        return go_on(request, f"{response_address(held)}/agree", said)
    content = content_of(held, consultation)
    shown = {
        "title": respondent_title(held),
        "sections": sections(content),
        "wording": wording_mark(content),
        "councils": councils,
        "voices": voices(held, consultation),
        "base": response_address(held),
    }
    page = RoomPage(head(f"What {respondent_title(held)} would say", WAY), errors, shown)
    return room_page(request, "agree", page, 409 if errors else 200)


def _agree(
    request: HttpRequest, held: Response, consultation: Consultation, councils: list[Party]
) -> tuple[ErrorLine, ...]:
    try:
        for council in councils:
            agree(member(request), held, consultation, council, request.POST.get("wording", ""))
    except NotTaken as error:
        return (ErrorLine(str(error)),)
    return ()
