"""Staff look at replies and practice notes for law and decency, never at whether they are right."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from moothall.domain.reply import Stance
from moothall.engagement.exchange.noting import WHAT as PRACTICE_NOTE
from moothall.engagement.exchange.noting import publish_note
from moothall.engagement.exchange.replying import WHAT as REPLY
from moothall.engagement.exchange.replying import mark_of, publish_reply, subject_of
from moothall.engagement.exchange.reviewing import LONGEST_TEXT, NotNow, refuse_unseen, send_back
from moothall.engagement.models import CouncilReply, Note, Person, ReplyText
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.models.reviewed import ReviewedText, ReviewState
from moothall.engagement.pages.fields import ErrorLine, PlainWords, drawn_fields, error_lines
from moothall.engagement.pages.lists import ListLine, ListPage, list_page
from moothall.engagement.pages.render import RoomPage, go_on, head, moment_text, room_page
from moothall.engagement.people.parties import Party, find_party
from moothall.engagement.views.account import member
from moothall.engagement.views.practice import note_rows
from moothall.engagement.views.staff import STAFF
from moothall.presenters.addresses import host_text
from moothall.presenters.blocks import SummaryRow
from moothall.presenters.shared_by_councils.replies import STANCE_WORDS
from moothall.presenters.shared_by_councils.replies_page import mark_rows, subject_title
from moothall.web.current import current_store

ITS_LEADS = "The leads of its council have a letter"
REVIEW = f"{STAFF}/review"
ABOUT = (
    "Replies and practice notes of councils. Look at them for law and decency only, never at whether they are right."
)
NOTE = "note"
"""The word of a practice note in an address."""

WORDS = {REPLY: REPLY, NOTE: PRACTICE_NOTE}
"""What letters, pages and the history call each kind."""


class BackForm(forms.Form):
    """Why a text is sent back."""

    reason = PlainWords(
        label="Why you send it back",
        help_text="Law and decency only: what breaks the law, names a private person or insults, and where.",
        max_length=LONGEST_TEXT,
        error_messages={"required": "Give the reason", "max_length": f"Write at most {LONGEST_TEXT:,} characters"},
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that waits for staff: its word in an address, whose it is, what it is about, and how it is published."""

    kind: str
    ref: str
    text: ReviewedText
    party: Party
    title: str
    rows: tuple[SummaryRow, ...]
    publish: Callable[[Person], None]

    @property
    def what(self) -> str:
        """What letters, pages and the history call its kind."""
        return WORDS[self.kind]

    @property
    def address(self) -> str:
        """Its page for staff."""
        return f"{REVIEW}/{self.kind}/{self.ref}"


def waiting_reply(reply: CouncilReply) -> Waiting | None:
    """The version of a reply that waits; None where none does."""
    text = reply.texts.filter(state=ReviewState.SENT).first()
    party = find_party(PartyKind.AUTHORITY, reply.authority)
    if text is None or party is None:
        return None
    title = subject_title(current_store(), subject_of(reply))
    return Waiting(
        REPLY,
        reply.ref,
        text,
        party,
        title,
        tuple(_reply_rows(reply, text)),
        lambda staff: publish_reply(staff, text, party),
    )


def _reply_rows(reply: CouncilReply, text: ReplyText) -> list[SummaryRow]:
    rows = [
        SummaryRow("The council", STANCE_WORDS[Stance(text.stance)]),
        SummaryRow("Its words", text.words),
    ]
    if text.evidence:
        rows.append(SummaryRow("Evidence", host_text(text.evidence), text.evidence, note=text.evidence))
    return [*rows, *mark_rows(current_store(), subject_of(reply), mark_of(text))]


def everything_that_waits() -> list[Waiting]:
    """All texts that wait, the longest waiting first."""
    replies = CouncilReply.objects.filter(texts__state=ReviewState.SENT).distinct()
    notes = Note.objects.filter(texts__state=ReviewState.SENT).distinct()
    found = [each for each in (*map(waiting_reply, replies), *map(waiting_note, notes)) if each]
    return sorted(found, key=lambda each: (each.text.sent_at, each.ref))


def waiting_note(note: Note) -> Waiting | None:
    """The version of a practice note that waits; None where none does."""
    text = note.texts.filter(state=ReviewState.SENT).first()
    party = find_party(PartyKind.AUTHORITY, note.authority)
    if text is None or party is None:
        return None
    rows = tuple(note_rows(text))
    return Waiting(NOTE, note.ref, text, party, text.title, rows, lambda staff: publish_note(staff, text, party))


FINDERS: dict[str, Callable[[str], Waiting | None]] = {
    REPLY: lambda ref: waiting_reply(get_object_or_404(CouncilReply, ref=ref)),
    NOTE: lambda ref: waiting_note(get_object_or_404(Note, ref=ref)),
}


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """``/take-part/staff/review``: what waits."""
    listed = ListPage("Texts that wait", tuple(map(_line, everything_that_waits())), "Nothing waits.", ABOUT)
    return list_page(request, listed, ("Staff", STAFF))


def _line(each: Waiting) -> ListLine:
    sent = moment_text(each.text.sent_at) if each.text.sent_at else ""
    return ListLine(each.address, f"{each.party.title}: {each.title}", f"{each.what}, sent {sent}")


@require_http_methods(["GET", "HEAD", "POST"])
def review_one(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """``/take-part/staff/review/reply/<ref>``: published, or sent back with the reason."""
    waiting = FINDERS[kind](ref) if kind in FINDERS else None
    if waiting is None:
        raise Http404
    is_back = request.POST.get("act") == "back"
    form = BackForm(request.POST if request.method == "POST" and is_back else None)
    errors = error_lines(form)
    if request.method == "POST" and (not is_back or form.is_valid()):
        try:
            refuse_unseen(waiting.text, request.POST.get("seen", ""))
            decide(member(request), waiting, form.cleaned_data["reason"] if is_back else "")
            return go_on(request, REVIEW, f"{waiting.title}: {'sent back' if is_back else 'published'}. {ITS_LEADS}")
        except NotNow as error:
            errors = (ErrorLine(str(error)),)
    shown = {"waiting": waiting, "fields": drawn_fields(form)}
    way = (("Staff", STAFF), ("Texts that wait", REVIEW))
    return room_page(request, "review_one", RoomPage(head(f"Review: {waiting.title}", *way), errors, shown))


def decide(staff: Person, waiting: Waiting, reason: str) -> None:
    """Publish what waits, or send it back where there is a reason; NotNow where it does not wait any more."""
    if reason:
        send_back(staff, waiting.text, waiting.party, waiting.what, reason)
    else:
        waiting.publish(staff)
