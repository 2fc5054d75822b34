"""What everybody may read of a consultation, and how staff clear it first."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from moothall.domain.consultation import Consultation
from moothall.engagement.consultations.consulting import CONSULTATIONS, consultation_address
from moothall.engagement.consultations.publishing import (
    PutIn,
    find_submission,
    has_closed,
    newest_submissions,
    public_title,
    publish,
    published_responses,
    withdraw,
)
from moothall.engagement.models import Submission
from moothall.engagement.pages.fields import ErrorLine
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page
from moothall.engagement.views.account import member
from moothall.engagement.views.consultations import consultation_of
from moothall.engagement.views.responses import sections
from moothall.engagement.views.staff import STAFF

NOT_YET = "The consultation has not closed. Nothing is published before."


def results_address(asked: Consultation) -> str:
    """The page of results for staff."""
    return f"{STAFF}/results/{asked.id}"


@require_safe
def published(request: HttpRequest, id_: str) -> HttpResponse:
    """``/take-part/consultations/<id>/answers``: what respondents agreed to have published."""
    asked = consultation_of(id_)
    found = [(each.title, sections(each.content)) for each in published_responses(asked.id)]
    way = (("Consultations", CONSULTATIONS), (asked.title, consultation_address(asked)))
    page = RoomPage(head(f"Answers: {asked.title}", *way), shown={"asked": asked, "found": found})
    return room_page(request, "published", page)


@require_safe
def publishable(request: HttpRequest, id_: str) -> HttpResponse:
    """``/take-part/staff/results/<id>/publish``: what may be published, and what has been."""
    asked = consultation_of(id_)
    found = [(each, public_title(each), hasattr(each, "publication")) for each in newest_submissions(asked)]
    way = (("Staff", STAFF), ("Results", results_address(asked)))
    shown = {"asked": asked, "found": found, "has_closed": has_closed(asked), "base": results_address(asked)}
    return room_page(request, "publishable", RoomPage(head("Publish answers", *way), shown=shown))


@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: HttpRequest, id_: str, ref: str) -> HttpResponse:
    """``/take-part/staff/results/<id>/publish/<ref>``: words are read, personal ones taken out, the rest published."""
    asked = consultation_of(id_)
    submission = find_submission(asked, ref)
    if submission is None:
        raise Http404
    place = f"{results_address(asked)}/publish"
    errors: tuple[ErrorLine, ...] = ()
    if request.method == "POST":
        if request.POST.get("act") == "withdraw":
            withdraw(member(request), submission)
            return go_on(request, place, "The answer is taken back: nobody outside reads it any more")
        errors = _publish(request, asked, submission)
        if not errors:
            return go_on(request, place, "The answer is published")
    shown = {
        "title": public_title(submission),
        "lines": _shown_lines(request, submission),
        "address": f"{place}/{ref}",
        "is_published": hasattr(submission, "publication"),
        "has_closed": has_closed(asked),
    }
    way = (("Staff", STAFF), ("Results", results_address(asked)), ("Publish answers", place))
    return room_page(request, "clear", RoomPage(head("Clear an answer", *way), errors, shown))


def _publish(request: HttpRequest, asked: Consultation, submission: Submission) -> tuple[ErrorLine, ...]:
    """Publish what was cleared; what is wrong with it."""
    try:
        is_done = publish(member(request), asked, submission, _words(request, submission))
    except PutIn as error:
        return (ErrorLine(str(error), f"#words-{error.number}"),)
    return () if is_done else (ErrorLine(NOT_YET),)


def _shown_lines(request: HttpRequest, submission: Submission) -> list[tuple[int, dict[str, Any]]]:
    """The answered lines by number, with what was typed where the form comes back."""
    typed = {n: request.POST[f"words-{n}"] for n, _ in enumerate(submission.content) if f"words-{n}" in request.POST}
    lines = [(n, {**line, "words": typed.get(n, line["words"])}) for n, line in enumerate(_lines(submission))]
    return [(n, line) for n, line in lines if line["chosen"] or line["sent"]]


def _lines(submission: Submission) -> list[dict[str, Any]]:
    """The lines with their words as they are published now, else as they were sent; ``sent`` has those."""
    cleared = getattr(submission, "publication", None)
    published = {_key(line): line["words"] for line in cleared.content} if cleared else {}
    now = [published.get(_key(line), "") if cleared else line["words"] for line in submission.content]
    return [
        {**line, "words": words, "sent": line["words"]} for line, words in zip(submission.content, now, strict=True)
    ]


def _key(line: dict[str, Any]) -> tuple[str, str]:
    return line["metric"], line["question"]


def _words(request: HttpRequest, submission: Submission) -> dict[int, str]:
    return {n: request.POST.get(f"words-{n}", "") for n, _ in enumerate(submission.content)}
