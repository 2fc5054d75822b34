"""A council's practice notes: writing one, checking and sending it, its page for members, taking it back."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from moothall.engagement.exchange.noting import (
    MOST_METRICS,
    GivenNote,
    is_somebodys,
    newest_note,
    own_councils,
    save_note,
    send_note,
    take_note_back,
)
from moothall.engagement.exchange.reviewing import LONGEST_TEXT, NotNow, refuse_unseen
from moothall.engagement.models import Note, NoteText, Person, Role
from moothall.engagement.models.parties import TITLE_LENGTH, PartyKind
from moothall.engagement.models.reviewed import ReviewState
from moothall.engagement.pages.fields import ErrorLine, PlainLine, PlainWords, drawn_fields, error_lines
from moothall.engagement.pages.lists import ListLine, ListPage, list_page
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page
from moothall.engagement.people.memberships import role_in, writes_for
from moothall.engagement.people.parties import WRITERS, Party, find_party
from moothall.engagement.views.account import ACCOUNT, member
from moothall.engagement.views.named import MetricLines
from moothall.engagement.views.parties import own_party
from moothall.engagement.views.replies import web_page_field
from moothall.presenters.addresses import TAKE_PART, note_address
from moothall.presenters.blocks import Link, SummaryRow
from moothall.web.current import current_store

SENT = "The note is sent. Staff of this site read it, and you get a letter when it is published or sent back"
ABOUT = "What your council did, for others to learn from."
PRACTICE_ROOM = f"{TAKE_PART}/practice"
TOO_LONG = f"Write at most {LONGEST_TEXT:,} characters"


def _words(label: str, hint: str, missing: str, rows: int = 5) -> PlainWords:
    return PlainWords(
        label=label,
        help_text=hint,
        rows=rows,
        max_length=LONGEST_TEXT,
        error_messages={"required": missing, "max_length": TOO_LONG},
    )


def _line(label: str, hint: str, missing: str) -> PlainLine:
    return PlainLine(
        label=label,
        help_text=hint,
        max_length=TITLE_LENGTH,
        error_messages={"required": missing, "max_length": f"Write at most {TITLE_LENGTH} characters"},
    )


class NoteForm(forms.Form):
    """A practice note, for one of the councils of whoever writes it."""

    council = forms.ChoiceField(
        label="For which council?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the council", "invalid_choice": "Choose one of the list"},
    )
    title = _line("What you did, in a few words", "Such as: Bags that are collected every week", "Say what you did")
    metrics = MetricLines(
        has_drafts=True,
        label="Which metrics is it about?",
        help_text="One a line, by its title on this site.",
        rows=3,
        most=MOST_METRICS,
        error_messages={"required": "Name at least one metric"},
    )
    done = _words("What was done", "So that another council could do the same.", "Say what was done", rows=8)
    began = _line("When", "Such as: from April 2023, to all homes by June 2024", "Say when")
    cost = _words("What it cost", "Money, people and time; say if you do not know.", "Say what it cost", rows=3)
    changed = _words(
        "What changed", "With figures and their period, and what else may lie behind it.", "Say what changed"
    )
    evidence = web_page_field(
        "Address of your evidence",
        "A public page or file, beginning with https://",
        True,
        "Give the address of your evidence",
    )
    contact = forms.EmailField(
        label="Address to ask at (you can leave this out)",
        help_text="Of a role, such as waste@yourcouncil.gov.uk, never of a person.",
        required=False,
        error_messages={"invalid": "Enter an e-mail address like waste@yourcouncil.gov.uk"},
        widget=forms.EmailInput(),
    )
    shows_contact = forms.ChoiceField(
        label="May everybody see this address?",
        choices=[("no", "No, keep it for the staff of this site"), ("yes", "Yes, show it with the note")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether everybody may see it", "invalid_choice": "Choose one of the two"},
    )

    def __init__(self, councils: list[Party], *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.councils = {party.key: party for party in councils}
        self.fields["council"].choices = [(party.key, party.title) for party in councils]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The answers; ValidationError for an address that is not the council's, or somebody's own."""
        found: dict[str, Any] = super().clean() or {}
        party, contact = self.councils.get(found.get("council", "")), found.get("contact", "")
        if party and contact and not party.has_mail(contact.rpartition("@")[2].lower()):
            self.add_error("contact", f"Give an address of {party.title} itself")
        elif party and contact and is_somebodys(contact, party):
            self.add_error("contact", "This is a person's address: give one of a role")
        return found


def note_room_address(note: Note) -> str:
    """The page of a note for its council's members."""
    return f"{PRACTICE_ROOM}/{note.ref}"


def _given(form: NoteForm) -> GivenNote:
    clean = {name: value for name, value in form.cleaned_data.items() if name != "council"}
    return GivenNote(**{**clean, "shows_contact": clean["shows_contact"] == "yes"})


def _before(text: NoteText) -> dict[str, Any]:
    """The fields as they were written last, metrics by their titles."""
    metrics = current_store().catalogue.metrics
    titles = [metrics[metric].title for metric in text.metrics if metric in metrics]
    names = ("title", "done", "began", "cost", "changed", "evidence", "contact")
    kept = {name: getattr(text, name) for name in names}
    shows = "yes" if text.shows_contact else "no"
    return {**kept, "metrics": "\n".join(titles), "council": text.note.authority, "shows_contact": shows}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """``/take-part/practice/new?metric=fly-tipping``: officers and leads of councils write; others learn who may."""
    councils = own_councils(member(request))
    if not councils:
        return room_page(request, "practice_members", RoomPage(head("Who may write a practice note")))
    metric = current_store().catalogue.metrics.get(request.GET.get("metric", ""))
    start = {"metrics": metric.title if metric else "", "council": councils[0].key if len(councils) == 1 else ""}
    return _form_page(request, councils, None, start)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/practice/<ref>/edit``: write on, or a new version of what is published."""
    note, party = own_note(member(request), ref, WRITERS)
    return _form_page(request, [party], note, _before(newest_note(note)))


def _form_page(request: HttpRequest, councils: list[Party], note: Note | None, before: dict[str, Any]) -> HttpResponse:
    form = NoteForm(councils, request.POST if request.method == "POST" else None, initial=before)
    errors = error_lines(form)
    if request.method == "POST" and form.is_valid():
        try:
            party = form.councils[form.cleaned_data["council"]]
            text = save_note(member(request), party, note, _given(form))
            return HttpResponseRedirect(f"{note_room_address(text.note)}/check")
        except NotNow as error:
            errors = (ErrorLine(str(error)),)
    last = newest_note(note) if note else None
    shown = {
        "fields": drawn_fields(form),
        "address": f"{note_room_address(note)}/edit" if note else f"{PRACTICE_ROOM}/new",
        "reason": last.reason if last and last.state == ReviewState.BACK else "",
    }
    title = "Write on your practice note" if note else "Write a practice note"
    return room_page(request, "practice_write", RoomPage(head(title, ("Your account", ACCOUNT)), errors, shown))


def own_note(person: Person, ref: str, roles: tuple[Role, ...] = tuple(Role)) -> tuple[Note, Party]:
    """The note of an address with its council, for its members in these roles; Http404 for everybody else."""
    note = get_object_or_404(Note, ref=ref)
    party = find_party(PartyKind.AUTHORITY, note.authority)
    role = role_in(person, party) if party else None
    if party is None or role not in roles:
        raise Http404
    return note, party


def note_rows(text: NoteText) -> list[SummaryRow]:
    """A version as it is read by members and staff."""
    metrics = current_store().catalogue.metrics
    titles = "; ".join(metrics[metric].title for metric in text.metrics if metric in metrics)
    contact = (
        f"{text.contact} ({'shown to everybody' if text.shows_contact else 'not shown'})"
        if text.contact
        else "No address"
    )
    pairs = {
        "Title": text.title,
        "Metrics": titles,
        "What was done": text.done,
        "When": text.began,
        "What it cost": text.cost,
        "What changed": text.changed,
        "Evidence": text.evidence,
        "Address to ask at": contact,
    }
    return [SummaryRow(name, value) for name, value in pairs.items()]


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/practice/<ref>/check``: what was written, once more; a lead sends it."""
    note, party = own_note(member(request), ref, WRITERS)
    text, errors = newest_note(note), ()  # type: NoteText, tuple[ErrorLine, ...]
    is_lead = role_in(member(request), party) is Role.LEAD
    if request.method == "POST":
        if not is_lead:
            raise Http404
        try:
            refuse_unseen(text, request.POST.get("seen", ""))
            send_note(member(request), text, party)
            return go_on(request, note_room_address(note), SENT)
        except NotNow as error:
            errors = (ErrorLine(str(error)),)
    shown = {"party": party, "text": text, "rows": note_rows(text), "base": note_room_address(note), "is_lead": is_lead}
    way = (("Practice notes", f"{party.address}/practice"),)
    return room_page(request, "practice_check", RoomPage(head("Check your practice note", *way), errors, shown))


@require_safe
def note(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/practice/<ref>``: every version with its state, for the members of the council."""
    held, party = own_note(member(request), ref)
    texts, role = list(held.texts.all()), role_in(member(request), party)
    shown = {
        "party": party,
        "note": held,
        "texts": [(text, note_rows(text)) for text in texts],
        "newest": texts[0],
        "base": note_room_address(held),
        "public": note_address(held.ref),
        "writes": bool(role and role.writes),
        "is_lead": role is Role.LEAD,
        "is_out": held.withdrawn_at is None and any(text.state == ReviewState.PUBLISHED for text in texts),
    }
    way = (("Practice notes", f"{party.address}/practice"),)
    return room_page(request, "practice_note", RoomPage(head(texts[0].title, *way), shown=shown))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/practice/<ref>/withdraw``: asks once, then takes a published note back."""
    held, party = own_note(member(request), ref, (Role.LEAD,))
    if request.method == "POST":
        take_note_back(member(request), held, party)
        return go_on(request, note_room_address(held), "The note is taken back")
    what = f"your practice note \u201c{newest_note(held).title}\u201d"
    shown = {"base": note_room_address(held), "what": what, "keeps_page": False}
    return room_page(request, "take_back", RoomPage(head("Take your note back"), shown=shown))


@require_safe
def notes(request: HttpRequest, slug: str) -> HttpResponse:
    """``/take-part/councils/leeds/practice``: the council's notes, for its members."""
    party = own_party(member(request), PartyKind.AUTHORITY, slug)
    found = Note.objects.filter(authority=party.key).order_by("-pk").prefetch_related("texts")
    lines = tuple(ListLine(note_room_address(each), newest_note(each).title, _state(each)) for each in found)
    writes = writes_for(member(request), party)
    acts = (Link("Write a practice note", f"{PRACTICE_ROOM}/new"),) if writes else ()
    listed = ListPage("Practice notes", lines, "There is none yet.", ABOUT, party.title, acts)
    return list_page(request, listed, ("Your account", ACCOUNT), (party.title, party.address))


def _state(note: Note) -> str:
    text = newest_note(note)
    return "Taken back" if note.withdrawn_at and text.state == ReviewState.PUBLISHED else text.get_state_display()
