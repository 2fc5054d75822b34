"""One question a page: the answer, who wrote what before, and the council's own draft figure beside it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_http_methods

from moothall.domain.consultation import Consultation, Question, QuestionKind
from moothall.engagement.consultations.own_figures import own_figure
from moothall.engagement.consultations.responding import (
    Given,
    NotTaken,
    Saved,
    can_write,
    find_answer,
    read_given,
    save_answer,
)
from moothall.engagement.models.responses import Answer, AnswerVersion, Response, ResponseState
from moothall.engagement.pages.fields import Choice, ErrorLine, Field
from moothall.engagement.pages.render import RoomPage, head, room_page
from moothall.engagement.people.access import RoomView
from moothall.engagement.views.account import member
from moothall.engagement.views.consultations import response_address
from moothall.engagement.views.responses import own_response, question_address, response_way
from moothall.errors import UsageError
from moothall.presenters.addresses import metric_address
from moothall.presenters.shared_by_councils.consultation_page import WHOLE_TITLE
from moothall.web.current import current_store, today

WORDS_ROWS = 8
SHOWN_VERSIONS = 20


@dataclass(frozen=True)
class OpenQuestion:
    """A question of a response: its number from 1, its metric ("" for the whole) and the answer there is."""

    response: Response
    consultation: Consultation
    number: int
    metric: str
    question: Question

    @cached_property
    def answer(self) -> Answer | None:
        """The answer as it stands; looked up where it is shown, as a save looks for itself."""
        return find_answer(self.response, self.step)

    @property
    def step(self) -> tuple[str, Question]:
        """Metric and question, as answers are kept."""
        return self.metric, self.question

    @property
    def revision(self) -> int:
        """The revision that a reader of this page sees; 0 before anything was saved."""
        return self.answer.revision if self.answer else 0

    @property
    def is_answered(self) -> bool:
        """Whether something was saved that says anything."""
        return self.answer is not None and bool(self.answer.choices or self.answer.words)

    @property
    def following(self) -> str:
        """The page after this one: the next question, or everything to check."""
        if self.number < len(self.consultation.steps):
            return question_address(self.response, self.number + 1)
        return f"{response_address(self.response)}/check"

    @property
    def is_taken(self) -> bool:
        """Whether an answer is taken now."""
        return self.response.state == ResponseState.DRAFT and self.consultation.is_open(today())


def open_question(request: HttpRequest, ref: str, number: int) -> OpenQuestion:
    """The question of an address; Http404 where there is none, or the reader does not write this response."""
    response, consultation = own_response(request, ref)
    if not 1 <= number <= len(consultation.steps):
        raise Http404
    metric, question = consultation.steps[number - 1]
    return OpenQuestion(response, consultation, number, metric, question)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """``/take-part/responses/<ref>/questions/3``: asks, saves, and goes on to the next or back to the list."""
    asked = open_question(request, ref, number)
    if request.method != "POST":
        return _page(request, asked, _given_before(asked.answer))
    is_background = "application/json" in request.headers.get("Accept", "")
    given = Given(tuple(request.POST.getlist("choices")), request.POST.get("words", ""))
    try:
        taken = read_given(asked.question, list(given.choices), given.words)
        saved = save_answer(member(request), asked.response, asked.step, taken, _seen(request))
    except UsageError as error:
        if is_background:
            return JsonResponse({"error": str(error)}, status=409 if isinstance(error, NotTaken) else 400)
        return _page(request, asked, given, error=str(error))
    if is_background:
        return _background_answer(saved)
    if saved.theirs:
        return _page(request, open_question(request, ref, number), taken, theirs=saved.theirs, status=409)
    return HttpResponseRedirect(
        response_address(asked.response) if request.POST.get("to") == "list" else asked.following
    )


ONE_PROGRAM = {"script-src": [SELF], "connect-src": [SELF]}
"""What this page may do and no other: run the program that saves while somebody writes."""

question: RoomView = cast(Any, csp_update(ONE_PROGRAM))(ask)


def _seen(request: HttpRequest) -> int:
    """The revision on top of which the words were written; a wrong one counts as none, so that nothing is replaced."""
    text = request.POST.get("revision", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _background_answer(saved: Saved) -> JsonResponse:
    """What the page's small program is told: the revision to go on from, or that somebody else has saved."""
    if saved.theirs:
        return JsonResponse({"conflict": True}, status=409)
    return JsonResponse({"revision": saved.answer.revision})


def _given_before(answer: Answer | None) -> Given:
    return Given(tuple(answer.choices), answer.words) if answer else Given()


def _page(
    request: HttpRequest,
    asked: OpenQuestion,
    given: Given,
    *,
    error: str = "",
    theirs: AnswerVersion | None = None,
    status: int = 200,
) -> HttpResponse:
    fields = question_fields(asked.question, given, error)
    lines = (ErrorLine(error, f"#{_first_control(fields)}"),) if error else ()
    if theirs:
        lines = (ErrorLine("Somebody else has saved an answer while you wrote", "#theirs"),)
    metrics = current_store().catalogue.metrics
    shown: dict[str, Any] = {
        "asked": asked,
        "fields": fields,
        "total": len(asked.consultation.steps),
        "metric_title": metrics[asked.metric].title if asked.metric else WHOLE_TITLE,
        "metric_href": metric_address(asked.metric) if asked.metric else "",
        "definition": metrics[asked.metric].definition if asked.metric else "",
        "theirs": theirs,
        "versions": list(asked.answer.versions.select_related("by")[:SHOWN_VERSIONS]) if asked.answer else [],
        "options": {option.id: option.text for option in asked.question.options},
        "own": own_figure(asked.response, asked.metric),
        "list_href": response_address(asked.response),
        "may_write": request.method == "POST" or can_write(member(request), asked.response),
    }
    title = f"{asked.question.text} ({asked.number} of {len(asked.consultation.steps)})"
    page = RoomPage(head(title, *response_way(asked.response, asked.consultation)), lines, shown)
    return room_page(request, "question", page, 400 if error else status)


def _first_control(fields: list[Field]) -> str:
    return fields[0].choices[0].id if fields[0].choices else fields[0].id


def question_fields(question: Question, given: Given, error: str = "") -> list[Field]:
    """The controls of a question: its list, its words, or both. The first of them is the page's title."""
    fields = []
    if question.kind is not QuestionKind.TEXT:
        kind = "radios" if question.kind is QuestionKind.CHOICE else "checkboxes"
        choices = tuple(
            Choice(f"id_choices-{n}", option.id, option.text, option.id in given.choices)
            for n, option in enumerate(question.options)
        )
        hint = question.hint or ("Choose all that you mean." if kind == "checkboxes" else "")
        fields.append(Field("id_choices", "choices", question.text, kind, hint, "", error, "", choices, is_title=True))
    if question.has_words:
        is_title = not fields
        label, hint = (question.text, question.hint or "") if is_title else (question.comment or "", "")
        own_error = error if is_title else ""
        fields.append(
            Field("id_words", "words", label, "area", hint, given.words, own_error, rows=WORDS_ROWS, is_title=is_title)
        )
    return fields
