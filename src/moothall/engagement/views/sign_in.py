"""The way in and out: ask for a link, open it, press its button; sign out."""

import os

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.catalogue.places import OUTBOX_VARIABLE, home, outbox_folder
from moothall.engagement.pages.fields import address_field, drawn_fields, error_lines
from moothall.engagement.pages.render import RoomPage, head, plain_page, room_page
from moothall.engagement.people.access import SIGN_IN, safe_next
from moothall.engagement.people.sign_in import TooManyRequests, ask_for_link, use_link
from moothall.presenters.addresses import TAKE_PART

NEXT = "next"
HOME = (("Sign in", SIGN_IN),)


class AddressForm(forms.Form):
    """The one question of signing in."""

    email = address_field("Your e-mail address", "We send a link to it. There is no password.")


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """``/take-part/sign-in?next=/take-part/account``: asks for an address and sends a link to it."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_link(request, form.cleaned_data["email"])
        except TooManyRequests:
            return plain_page(request, "too-many", 429)
        request.session[NEXT] = request.POST.get(NEXT, "")[:200]
        return HttpResponseRedirect(f"{SIGN_IN}/sent")
    came_from = request.POST.get(NEXT, request.GET.get(NEXT, ""))
    shown = {"fields": drawn_fields(form), "came_from": came_from}
    return room_page(request, "sign_in", RoomPage(head("Sign in"), error_lines(form), shown))


def _outbox_name() -> str:
    """Where the files of letters lie, for whoever runs the site: under its home, and no path of the machine."""
    if OUTBOX_VARIABLE in os.environ and not settings.IS_DEMONSTRATION:
        return f"the folder that {OUTBOX_VARIABLE} names"
    return outbox_folder().relative_to(home()).as_posix()


@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """``/take-part/sign-in/sent``: the same words for every address."""
    shown = {"has_mail_server": bool(settings.SMTP_HOST), "outbox": _outbox_name()}
    return room_page(request, "link_sent", RoomPage(head("Check your e-mail", *HOME), shown=shown))


@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, link: str) -> HttpResponse:
    """``/take-part/sign-in/<link>``: a page with a button: programs that look into letters press none."""
    if request.method != "POST":
        return room_page(request, "open_link", RoomPage(head("Finish signing in", *HOME), shown={"link": link}))
    came_from = request.session.get(NEXT, "")
    person = use_link(request, link)
    if getattr(request, "axes_locked_out", False):
        return plain_page(request, "too-many", 429)
    if person is None:
        return room_page(request, "link_over", RoomPage(head("This link no longer works", *HOME)), 400)
    return HttpResponseRedirect(safe_next(request, came_from))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and goes to the first page of this room."""
    logout(request)
    return HttpResponseRedirect(TAKE_PART)
