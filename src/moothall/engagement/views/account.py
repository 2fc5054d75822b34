"""A person's own page: the name others see, what is held, a copy of it, and leaving."""

from django import forms
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe

from moothall.engagement.consultations.consulting import listed_consultations
from moothall.engagement.models import Person
from moothall.engagement.models.people import NAME_LENGTH
from moothall.engagement.pages.fields import ErrorLine, PlainLine, drawn_fields, error_lines
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page, signed_in
from moothall.engagement.people.held import everything_about, forget, reasons_to_stay, rename
from moothall.engagement.people.memberships import parties_of
from moothall.presenters.addresses import TAKE_PART

ACCOUNT = f"{TAKE_PART}/account"


class NameForm(forms.Form):
    """How colleagues see a person."""

    name = PlainLine(
        label="Your name",
        help_text="Colleagues who write with you see it, and so does whoever runs a consultation you answer.",
        max_length=NAME_LENGTH,
        error_messages={"required": "Enter your name", "max_length": f"Your name may have {NAME_LENGTH} characters"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def member(request: HttpRequest) -> Person:
    """Who is signed in, in a view whose route asks for that."""
    person = signed_in(request)
    assert person is not None
    return person


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """``/take-part``: what one may do here."""
    return room_page(request, "landing", RoomPage(head("Take part"), shown={"listed": listed_consultations()}))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """``/take-part/privacy``: what is held, why, for how long, and what one may ask for."""
    return room_page(request, "privacy", RoomPage(head("What we hold about you, and why")))


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """``/take-part/account``"""
    person = member(request)
    form = NameForm(request.POST or None, initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        rename(person, form.cleaned_data["name"])
        return go_on(request, ACCOUNT, "Your name is saved")
    shown = {"fields": drawn_fields(form), "me": person, "belongs": parties_of(person)}
    return room_page(request, "account", RoomPage(head("Your account"), error_lines(form), shown))


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """``/take-part/account/export``: everything held about the person, as a file."""
    answer = JsonResponse(everything_about(member(request)), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="moothall-about-me.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """``/take-part/account/delete``: asks once, then forgets the person."""
    person = member(request)
    reasons = reasons_to_stay(person)
    if request.method == "POST" and not reasons:
        forget(person)
        logout(request)
        return room_page(request, "deleted", RoomPage(head("Your account is deleted")))
    errors = tuple(ErrorLine(text) for text in reasons) if request.method == "POST" else ()
    page = RoomPage(head("Delete your account", ("Your account", ACCOUNT)), errors, {"reasons": reasons})
    return room_page(request, "delete", page, 409 if errors else 200)
