"""What staff do: confirm leads, and open representative bodies."""

from django import forms
from django.core.validators import RegexValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from moothall.engagement.models import Body, Membership, NoteText, ReplyText, Role, State
from moothall.engagement.models.events import record
from moothall.engagement.models.parties import TITLE_LENGTH
from moothall.engagement.models.reviewed import ReviewState
from moothall.engagement.pages.fields import PlainLine, drawn_fields, error_lines
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page
from moothall.engagement.people.parties import SHARED_DOMAINS, find_party
from moothall.engagement.views.account import member
from moothall.engagement.views.parties import member_row
from moothall.presenters.addresses import TAKE_PART
from moothall.web.current import current_store

STAFF = f"{TAKE_PART}/staff"
DOMAIN = RegexValidator(r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", "Enter a domain like network.org.uk")


class BodyForm(forms.Form):
    """A new representative body."""

    title = PlainLine(
        label="Name of the body", max_length=TITLE_LENGTH, error_messages={"required": "Enter the name of the body"}
    )
    mail_domain = PlainLine(
        label="Its mail domain",
        help_text="What follows the @ of its people's addresses, such as network.org.uk",
        max_length=TITLE_LENGTH,
        validators=[DOMAIN],
        error_messages={"required": "Enter its mail domain"},
    )

    def clean_title(self) -> str:
        """The title; refused where another body has it, or it has no letter for an address."""
        title: str = self.cleaned_data["title"]
        if not slugify(title) or Body.objects.filter(slug=slugify(title)).exists():
            raise forms.ValidationError("Another body has this name, or it has no letters: choose another")
        return title

    def clean_mail_domain(self) -> str:
        """The domain; refused where anybody may have an address there."""
        domain: str = self.cleaned_data["mail_domain"].lower()
        if domain in SHARED_DOMAINS:
            raise forms.ValidationError("Many have addresses there: enter the body's own domain")
        return domain


@require_http_methods(["GET", "HEAD", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    """``/take-part/staff``: leads who wait, and bodies."""
    person = member(request)
    form = BodyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            title = form.cleaned_data["title"]
            made = Body.objects.create(slug=slugify(title), title=title, mail_domain=form.cleaned_data["mail_domain"])
            record(person, "opened a body", f"body {made.pk}", f"body:{made.slug}")
        return go_on(request, STAFF, f"{title} is open: people with its mail may ask to join it")
    waiting = Membership.objects.filter(role=Role.LEAD, state=State.ASKED).select_related("person").order_by("asked_at")
    pairs = [(find_party(each.kind, each.key), each) for each in waiting]
    shown = {
        "fields": drawn_fields(form),
        "waiting": [(party, member_row(person, each, party)) for party, each in pairs if party],
        "bodies": list(Body.objects.all()),
        "texts": sum(kind.objects.filter(state=ReviewState.SENT).count() for kind in (ReplyText, NoteText)),
        "consultations": list(current_store().catalogue.consultations.values()),
    }
    return room_page(request, "staff", RoomPage(head("Staff"), error_lines(form), shown))
