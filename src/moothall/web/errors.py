"""Faults as pages: each MoothallError becomes one sentence with the right HTTP status."""

import logging
from collections.abc import Callable, Sequence

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from moothall.errors import MoothallError, NoBuild, UnknownName, UsageError
from moothall.presenters.blocks import Link
from moothall.presenters.comparing.short_link import BrokenLink
from moothall.presenters.finding.error_page import make_error_page
from moothall.presenters.finding.search_page import suggested_links
from moothall.presenters.provenance.trail_page import NoSuchFigure
from moothall.web.current import current_store
from moothall.web.find import NotHere
from moothall.web.query import refuse_absurd_address
from moothall.web.render import page_response

LOG = logging.getLogger("moothall.web")
WRONG_HOST = "This site does not answer to that host name. Whoever runs it can allow the name in MOOTHALL_HOSTS."
COMPARE_ANEW = Link("Compare councils", "/compare")
View = Callable[[HttpRequest], HttpResponse]


class ErrorPages:
    """Middleware: refuses absurd addresses before any work, and turns our errors into pages."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; a 405 without words gets a page too."""
        try:
            refuse_absurd_address(request)
        except UsageError as error:
            return error_response(request, error)
        response = self._get_response(request)
        return _with_page(request, response) if response.status_code == 405 else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for one of our errors; None leaves others to ``server_error``."""
        return error_response(request, error) if isinstance(error, MoothallError) else None


def error_response(request: HttpRequest, error: MoothallError) -> HttpResponse:
    """The page for one of our errors: 404, 400, 503 or 500."""
    if isinstance(error, NotHere):
        return _response(request, 404, str(error), _suggestions(error.sought))
    if isinstance(error, BrokenLink):
        return _response(request, 404, str(error), [COMPARE_ANEW])
    if isinstance(error, NoSuchFigure):
        return _response(request, 404, str(error), [Link(*link) for link in error.links])
    if isinstance(error, UsageError):
        allowed = error.suggestions if isinstance(error, UnknownName) else ()
        words = f" Allowed: {', '.join(allowed)}." if allowed and len(allowed) < 20 else ""
        return _response(request, 400, str(error) + ("" if "It has:" in str(error) else words))
    if isinstance(error, NoBuild):
        return _response(request, 503, "There is no build yet. Run `make build`, and these pages will have figures.")
    LOG.error("%s", error)
    return _response(request, 500)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404: suggestions come from the words of the address.

    Below a page of one thing, as in /authorities/leeds/nothing, that thing is what was meant.
    """
    kind, _, name = request.path.strip("/").partition("/")
    return _response(request, 404, suggestions=_suggestions(name.partition("/")[0] or kind))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: a request that Django itself refuses, most often for its host name."""
    if isinstance(exception, DisallowedHost):
        return _response(request, 400, WRONG_HOST)
    return _response(request, 400, "The address or the request is not one that this site can read.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500."""
    return _response(request, 500)


def _response(request: HttpRequest, code: int, sentence: str = "", suggestions: Sequence[Link] = ()) -> HttpResponse:
    return page_response(request, "error", make_error_page(code, sentence, suggestions), code)


def _suggestions(text: str) -> list[Link]:
    try:
        return suggested_links(current_store(), text)
    except MoothallError:
        return []


def _with_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    page = _response(request, 405)
    page["Allow"] = response["Allow"]
    return page
