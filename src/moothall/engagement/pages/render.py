"""Putting this room's pages together: a head, what the page shows, and who is signed in."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from moothall.domain.period import day_text
from moothall.engagement.models import Person
from moothall.engagement.pages.fields import ErrorLine
from moothall.errors import MoothallError
from moothall.presenters.addresses import TAKE_PART
from moothall.presenters.blocks import PageHead
from moothall.web.current import current_store

SECTION = "take-part"
ROOM = "Take part"
CLOSED = "moothall.closed"
PLAIN_TITLES = {
    "closed": "Taking part is closed for the moment",
    "refused": "We could not accept this form",
    "too-many": "Too many tries",
}


def clock_text(at: datetime) -> str:
    """The time of day in England: ``14:03``."""
    return timezone.localtime(at).strftime("%H:%M")


def moment_text(at: datetime) -> str:
    """A day and time in England: ``22 November 2026, 14:03``."""
    return f"{day_text(timezone.localtime(at).date())}, {clock_text(at)}"


WORDS = {"moment": moment_text, "clock": clock_text, "day_text": day_text}
"""How templates write days and times."""


@dataclass(frozen=True, slots=True)
class RoomPage:
    """A page of this room: its head, the errors of its form, and whatever its template places."""

    head: PageHead
    errors: tuple[ErrorLine, ...] = ()
    shown: dict[str, Any] = field(default_factory=dict)


def head(title: str, *way: tuple[str, str]) -> PageHead:
    """The head of a page that lies under the pages of ``way``, each (text, address)."""
    above = () if title == ROOM else ((ROOM, TAKE_PART), *way)
    return PageHead(title, SECTION, (("Home", "/"), *above, (title, None)))


def room_page(request: HttpRequest, template: str, page: RoomPage, status: int = 200) -> HttpResponse:
    """The page as HTML. A page with errors says so at the beginning of its title, as screen readers read that first."""
    person = None if request_is_closed(request) else signed_in(request)
    top = replace(page.head, title=f"Error: {page.head.title}") if page.errors else page.head
    said = [str(each) for each in messages.get_messages(request)] if person else []
    shown = {"view": page, "page": top, "errors": page.errors, "site": _site(), "person": person, "said": said}
    return render(request, f"take_part/{template}.html", {**WORDS, **page.shown, **shown}, status=status)


def go_on(request: HttpRequest, address: str, said: str) -> HttpResponseRedirect:
    """On to a page that says once what has been done."""
    messages.success(request, said, fail_silently=True)
    return HttpResponseRedirect(address)


def closed_page(request: HttpRequest) -> HttpResponse:
    """The page for records out of reach; it asks them nothing, not even who is reading."""
    request.META[CLOSED] = True
    return plain_page(request, "closed", 503)


def request_is_closed(request: HttpRequest) -> bool:
    """Whether the records could not be reached for this request."""
    return bool(request.META.get(CLOSED))


def plain_page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """One of the pages that need nothing but their words."""
    return room_page(request, name.replace("-", "_"), RoomPage(head(PLAIN_TITLES[name])), status)


def signed_in(request: HttpRequest) -> Person | None:
    """Who is signed in; None for a reader, and where sessions could not be reached."""
    user = getattr(request, "user", None)
    # Asked through Django's lazy stand-in, each word about a person costs as much as a small query.
    found = get_user(request) if isinstance(user, SimpleLazyObject) else user
    return found if isinstance(found, Person) else None


def _site() -> dict[str, str]:
    try:
        return {"build_id": current_store().build_id}
    except MoothallError:
        return {}
