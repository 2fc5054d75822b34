"""The gate of this room: sessions and people exist behind it, and the explorer's pages never pass it."""

import logging
from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from moothall.engagement.pages.render import closed_page, plain_page
from moothall.presenters.addresses import TAKE_PART

LOG = logging.getLogger("moothall.engagement")
View = Callable[[HttpRequest], HttpResponse]


def is_inside(request: HttpRequest) -> bool:
    """Whether an address belongs to this room."""
    return request.path == TAKE_PART or request.path.startswith(f"{TAKE_PART}/")


class Sessions(SessionMiddleware):
    """Django's sessions, behind the gate only."""

    def __call__(self, request: HttpRequest) -> Any:
        """Answer with a session where the address is inside."""
        return super().__call__(request) if is_inside(request) else self.get_response(request)


class SignedIn(AuthenticationMiddleware):
    """Django's ``request.user``, behind the gate only."""

    def __call__(self, request: HttpRequest) -> Any:
        """Answer knowing the person where the address is inside."""
        return super().__call__(request) if is_inside(request) else self.get_response(request)


class Messages(MessageMiddleware):
    """Django's one-time messages, behind the gate only."""

    def __call__(self, request: HttpRequest) -> Any:
        """Answer with messages where the address is inside."""
        return super().__call__(request) if is_inside(request) else self.get_response(request)


class Private:
    """Middleware: nothing inside is kept by a browser, a proxy or a search engine.

    Where the records cannot be reached, the page says so and the explorer goes on.
    """

    HEADERS: ClassVar = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers where the address is inside."""
        response = self._get_response(request)
        if is_inside(request):
            for name, value in self.HEADERS.items():
                response.setdefault(name, value)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """One page for records out of reach; None leaves other faults to the site."""
        if isinstance(error, (DatabaseError, ImproperlyConfigured)) and is_inside(request):
            LOG.error("The records of taking part cannot be used: %s", type(error).__name__)
            return closed_page(request)
        return None


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's view for a form that was not sent from one of our pages, or after its cookie had gone."""
    return plain_page(request, "refused", 403)


def client_address(request: HttpRequest) -> str:
    """The address of the reader's machine. Behind our own proxy it is the last one that the proxy wrote down."""
    if settings.BEHIND_PROXY:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if told:
            return told
    return str(request.META.get("REMOTE_ADDR", ""))
