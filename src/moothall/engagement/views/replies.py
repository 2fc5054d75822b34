"""A council's replies: writing one, checking and sending it, its page for members, taking it back."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from moothall.domain.reply import ReplyAbout, ReplySubject, Stance
from moothall.engagement.exchange.replying import (
    LONGEST_REPLY,
    GivenReply,
    asked_subject,
    is_still_so,
    mark_of,
    mark_today,
    newest_text,
    reply_to,
    save_reply,
    send_reply,
    subject_of,
    take_back,
)
from moothall.engagement.exchange.reviewing import NotNow, refuse_unseen
from moothall.engagement.models import CouncilReply, ReplyText, Role
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.models.replies import ADDRESS_LENGTH
from moothall.engagement.models.reviewed import ReviewState
from moothall.engagement.pages.fields import ErrorLine, PlainLine, PlainWords, drawn_fields, error_lines
from moothall.engagement.pages.lists import ListLine, ListPage, list_page
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page
from moothall.engagement.people.memberships import role_in
from moothall.engagement.people.parties import Party, find_party, party_with_slug
from moothall.engagement.views.account import ACCOUNT, member
from moothall.engagement.views.parties import own_party
from moothall.presenters.addresses import TAKE_PART, reply_address, reply_form_address
from moothall.presenters.blocks import SummaryRow
from moothall.presenters.shared_by_councils.replies import read_sign
from moothall.presenters.shared_by_councils.replies_page import mark_rows, subject_title
from moothall.presenters.warning.lens_words import evidence_sentence
from moothall.web.current import current_store, today

TOO_LONG = f"Write at most {LONGEST_REPLY:,} characters"
NO_EVIDENCE = "Give the address of a page that shows it: who disagrees names evidence"
HTTPS_ONLY = "Enter the whole address of a page, beginning with https://"
ABOUT_REPLIES = (
    "Your lead may reply to any figure, sign or sentence about your council: follow “Reply to the figure” on "
    "the page that shows where a figure comes from."
)
STANCES = [
    (Stance.AGREES.value, "We agree with it, and want to say something about it"),
    (Stance.DISAGREES.value, "We disagree with it"),
]


def web_page_field(label: str, hint: str, required: bool, missing: str = "") -> PlainLine:
    """A field for the address of a page that everybody can open: https only."""
    return PlainLine(
        label=label,
        help_text=hint,
        required=required,
        max_length=ADDRESS_LENGTH,
        validators=[URLValidator(schemes=["https"], message=HTTPS_ONLY), refuse_names],
        error_messages={"required": missing, "max_length": HTTPS_ONLY},
    )


def refuse_names(address: str) -> None:
    """ValidationError for an address with a name or password in it."""
    if "@" in address.partition("://")[2].partition("/")[0]:
        raise forms.ValidationError("Leave names and passwords out of the address")


class ReplyForm(forms.Form):
    """Whether the council agrees, its words, and its evidence."""

    stance = forms.ChoiceField(
        label="What do you say to it?",
        choices=STANCES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you agree", "invalid_choice": "Choose one of the two"},
    )
    words = PlainWords(
        label="Your reply, in your council's own words",
        help_text="It stands beside the figure wherever the figure appears. Name no private person.",
        rows=8,
        max_length=LONGEST_REPLY,
        error_messages={"required": "Write your reply", "max_length": TOO_LONG},
    )
    evidence = web_page_field(
        "Address of your evidence", "A public page or file, beginning with https://. Required if you disagree.", False
    )

    def clean(self) -> dict[str, Any]:
        """The answers; ValidationError where somebody disagrees and names no evidence."""
        found: dict[str, Any] = super().clean() or {}
        is_missing = not found.get("evidence") and "evidence" not in self.errors
        if found.get("stance") == Stance.DISAGREES and is_missing:
            self.add_error("evidence", NO_EVIDENCE)
        return found


def form_address(subject: ReplySubject, party: Party) -> str:
    """The page on which a subject is replied to."""
    choices = {"group": subject.group, "rule": subject.rule, "sign": "1" if subject.about is ReplyAbout.SIGN else ""}
    return reply_form_address(subject.key, party.slug, subject.when, **choices)


def room_address(reply: CouncilReply) -> str:
    """The page of a reply for its council's members."""
    return f"{TAKE_PART}/replies/{reply.ref}"


def replies_address(party: Party) -> str:
    """The page of all replies of a council for its members."""
    return f"{party.address}/replies"


def subject_rows(subject: ReplySubject) -> list[SummaryRow]:
    """What stands there today, for whoever replies to it."""
    store, mark = current_store(), mark_today(subject)
    rows = [SummaryRow("About", subject_title(store, subject))]
    if subject.about is ReplyAbout.SIGN:
        reading = read_sign(store, subject, today())
        words = evidence_sentence(reading) if reading else ""
        rows += [SummaryRow("What it says", words)] if words else []
    labels = {"The figure then": "The figure", "The sign then": "The sign"}
    found = mark_rows(store, subject, mark) if mark else []
    return [*rows, *(SummaryRow(labels.get(row.key, row.key), row.text) for row in found)]


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str, key: str, when: str) -> HttpResponse:
    """``/take-part/reply/leeds/household-waste-recycling-rate/2021-22``: a lead writes; others learn who may."""
    party = party_with_slug(PartyKind.AUTHORITY, slug)
    choices = {name: request.GET.get(name, "") for name in ("rule", "group", "sign")}
    subject = (
        asked_subject(party, key, when, choices["rule"], choices["group"], bool(choices["sign"])) if party else None
    )
    if party is None or subject is None:
        raise Http404
    if role_in(member(request), party) is not Role.LEAD:
        return _only_leads(request, party, subject)
    reply = reply_to(subject)
    text = newest_text(reply) if reply else None
    form = ReplyForm(request.POST if request.method == "POST" else None, initial=_before(text))
    errors = error_lines(form)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_reply(member(request), party, subject, _given(form))
            return HttpResponseRedirect(f"{room_address(saved.reply)}/check")
        except NotNow as error:
            errors = (ErrorLine(str(error)),)
    shown = {
        "party": party,
        "rows": subject_rows(subject),
        "fields": drawn_fields(form),
        "address": form_address(subject, party),
        "waits": bool(text and text.state == ReviewState.SENT),
        "reason": text.reason if text and text.state == ReviewState.BACK else "",
        "has_before": bool(text and text.state == ReviewState.PUBLISHED),
    }
    way = ((party.title, party.address), ("Replies", replies_address(party)))
    return room_page(request, "reply_write", RoomPage(head("Reply", *way), errors, shown))


def _before(text: ReplyText | None) -> dict[str, str]:
    return {"stance": text.stance, "words": text.words, "evidence": text.evidence} if text else {}


def _given(form: ReplyForm) -> GivenReply:
    clean = form.cleaned_data
    return GivenReply(Stance(clean["stance"]), clean["words"], clean["evidence"])


def _only_leads(request: HttpRequest, party: Party, subject: ReplySubject) -> HttpResponse:
    shown = {"party": party, "title": subject_title(current_store(), subject)}
    return room_page(request, "reply_leads", RoomPage(head(f"Who may reply for {party.title}"), shown=shown))


def own_reply(request: HttpRequest, ref: str, leads_only: bool = True) -> tuple[CouncilReply, Party]:
    """The reply of an address with its council, for its leads (or all its members); Http404 for everybody else."""
    reply = get_object_or_404(CouncilReply, ref=ref)
    party = find_party(PartyKind.AUTHORITY, reply.authority)
    role = role_in(member(request), party) if party else None
    if party is None or role is None or (leads_only and role is not Role.LEAD):
        raise Http404
    return reply, party


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/replies/<ref>/check``: what was written, once more, and the button that sends it."""
    reply, party = own_reply(request, ref)
    text = newest_text(reply)
    if text is None:
        raise Http404
    errors: tuple[ErrorLine, ...] = ()
    if request.method == "POST":
        try:
            refuse_unseen(text, request.POST.get("seen", ""))
            send_reply(member(request), text, party)
            return HttpResponseRedirect(f"{room_address(reply)}/sent")
        except NotNow as error:
            errors = (ErrorLine(str(error)),)
    way = ((party.title, party.address), ("Replies", replies_address(party)))
    page = RoomPage(head("Check your reply", *way), errors, _shown(reply, party, text))
    return room_page(request, "reply_check", page)


def _shown(reply: CouncilReply, party: Party, text: ReplyText) -> dict[str, Any]:
    subject = subject_of(reply)
    return {
        "party": party,
        "reply": reply,
        "text": text,
        "title": subject_title(current_store(), subject),
        "rows": mark_rows(current_store(), subject, mark_of(text)),
        "is_still_so": is_still_so(text),
        "base": room_address(reply),
        "change": form_address(subject, party),
        "public": reply_address(reply.ref),
    }


@require_safe
def sent(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/replies/<ref>/sent``"""
    reply, party = own_reply(request, ref)
    return room_page(request, "reply_sent", RoomPage(head("Reply sent"), shown={"reply": reply, "party": party}))


@require_safe
def reply(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/replies/<ref>``: every version with its state, for the members of the council."""
    held, party = own_reply(request, ref, leads_only=False)
    texts = list(held.texts.all())
    shown = {
        **_shown(held, party, texts[0]),
        "texts": texts,
        "is_lead": role_in(member(request), party) is Role.LEAD,
        "is_out": held.withdrawn_at is None and any(text.state == ReviewState.PUBLISHED for text in texts),
    }
    way = ((party.title, party.address), ("Replies", replies_address(party)))
    return room_page(request, "reply", RoomPage(head(f"Your reply: {shown['title']}", *way), shown=shown))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/replies/<ref>/withdraw``: asks once, then takes a published reply back."""
    held, party = own_reply(request, ref)
    if request.method == "POST":
        take_back(member(request), held, party)
        return go_on(request, room_address(held), "The reply is taken back")
    title = subject_title(current_store(), subject_of(held))
    shown = {"base": room_address(held), "what": f"your reply to {title}", "keeps_page": True}
    way = ((party.title, party.address), ("Replies", replies_address(party)))
    return room_page(request, "take_back", RoomPage(head("Take your reply back", *way), shown=shown))


@require_safe
def replies(request: HttpRequest, slug: str) -> HttpResponse:
    """``/take-part/councils/leeds/replies``: every reply that the council has begun, for its members."""
    party = own_party(member(request), PartyKind.AUTHORITY, slug)
    found = CouncilReply.objects.filter(authority=party.key).order_by("-pk").prefetch_related("texts")
    store = current_store()
    lines = [ListLine(room_address(each), subject_title(store, subject_of(each)), state_text(each)) for each in found]
    listed = ListPage("Replies", tuple(lines), "There is none yet.", ABOUT_REPLIES, party.title)
    return list_page(request, listed, ("Your account", ACCOUNT), (party.title, party.address))


def state_text(reply: CouncilReply) -> str:
    """Where a reply stands, for its council: ``Published``, ``Lapsed: the figure has changed``."""
    text = reply.texts.all()[0]
    if reply.withdrawn_at and not text.is_open and text.state != ReviewState.SENT:
        return "Taken back"
    if text.state == ReviewState.PUBLISHED and not is_still_so(text):
        return "Lapsed: what it is about has changed"
    return text.get_state_display()
