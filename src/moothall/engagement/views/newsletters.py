"""Newsletters: staff write one, look at it as readers will see it, and send it once."""

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from moothall.engagement.models import Newsletter, Subscriber
from moothall.engagement.models.events import record
from moothall.engagement.models.parties import TITLE_LENGTH
from moothall.engagement.news.subscribing import NEWSLETTER
from moothall.engagement.news.telling import blocks_of, send_newsletter
from moothall.engagement.pages.fields import PlainLine, PlainWords, drawn_fields, error_lines
from moothall.engagement.pages.lists import ListLine
from moothall.engagement.pages.render import RoomPage, go_on, head, moment_text, room_page
from moothall.engagement.post.wording import runs_of, text_of
from moothall.engagement.views.account import member
from moothall.engagement.views.staff import STAFF
from moothall.presenters.wording.numbers import count_text

NEWSLETTERS = f"{STAFF}/newsletters"
LONGEST_WORDS = 20_000
WAY = (("Staff", STAFF), ("Newsletters", NEWSLETTERS))


class NewsletterForm(forms.Form):
    """The words of a newsletter."""

    title = PlainLine(label="Title", max_length=TITLE_LENGTH, error_messages={"required": "Enter a title"})
    words = PlainWords(
        label="Words",
        help_text="An empty line ends a paragraph. A line that begins with # is a heading, one that begins with - a "
        "line of a list, and an address that stands alone a link.",
        rows=16,
        max_length=LONGEST_WORDS,
        error_messages={"required": "Write the words", "max_length": f"Use at most {LONGEST_WORDS:,} characters"},
    )


def _newsletter(ref: str) -> Newsletter:
    found = Newsletter.objects.filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def newsletters(request: HttpRequest) -> HttpResponse:
    """``/take-part/staff/newsletters``: those there are, and a form for another."""
    form, person = NewsletterForm(request.POST if request.method == "POST" else None), member(request)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = Newsletter.objects.create(by=person, **form.cleaned_data)
            record(person, "wrote a newsletter", f"newsletter {made.pk}")
        return go_on(request, f"{NEWSLETTERS}/{made.ref}", "The newsletter is saved. It is not sent yet")
    lines = [ListLine(f"{NEWSLETTERS}/{each.ref}", each.title, _state(each)) for each in Newsletter.objects.all()]
    shown = {"lines": lines, "fields": drawn_fields(form), "base": NEWSLETTERS}
    page = RoomPage(head("Newsletters", ("Staff", STAFF)), error_lines(form), shown)
    return room_page(request, "newsletters", page)


def _state(each: Newsletter) -> str:
    return f"sent {moment_text(each.sent_at)} to {each.readers}" if each.sent_at else "not sent"


@require_http_methods(["GET", "HEAD", "POST"])
def newsletter(request: HttpRequest, ref: str) -> HttpResponse:
    """``/take-part/staff/newsletters/<ref>``: as readers will see it, and its words until it is sent."""
    found, person = _newsletter(ref), member(request)
    own = {"title": found.title, "words": found.words}
    form = NewsletterForm(request.POST if request.method == "POST" else None, initial=own)
    if request.method == "POST" and not found.sent_at and form.is_valid():
        with transaction.atomic():
            if Newsletter.objects.filter(pk=found.pk, sent_at=None).update(**form.cleaned_data):
                record(person, "changed a newsletter", f"newsletter {found.pk}")
        return go_on(request, f"{NEWSLETTERS}/{ref}", "The newsletter is saved. It is not sent yet")
    blocks = blocks_of(found.words)
    readers = [each for each in Subscriber.objects.exclude(confirmed_at=None) if NEWSLETTER in each.choices["kinds"]]
    shown = {
        "newsletter": found,
        "fields": drawn_fields(form),
        "runs": runs_of(blocks),
        "text": text_of(blocks),
        "readers": len(readers),
        "base": f"{NEWSLETTERS}/{ref}",
    }
    page = RoomPage(head(f"Newsletter: {found.title}", *WAY), error_lines(form), shown)
    return room_page(request, "newsletter", page)


@require_POST
def send(request: HttpRequest, ref: str) -> HttpResponse:
    """Sends it to everybody who wants it, once."""
    count = send_newsletter(member(request), _newsletter(ref))
    nobody = "Nothing was sent now: it has gone already, or nobody has asked for it"
    said = f"The newsletter is on its way to {count_text(count, 'reader')}" if count else nobody
    return go_on(request, f"{NEWSLETTERS}/{ref}", said)
