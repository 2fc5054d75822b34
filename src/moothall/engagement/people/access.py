"""Who may open a route. Every route of this room names one rule, and the rule is asked before the view runs."""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from moothall.engagement.pages.render import RoomPage, head, room_page, signed_in
from moothall.engagement.post.letters import answering
from moothall.presenters.addresses import TAKE_PART

RoomView = Callable[..., HttpResponse]
SIGN_IN = f"{TAKE_PART}/sign-in"


class Access(Enum):
    """Everybody; whoever is signed in; the site's staff. What belongs to a party is checked where it is found."""

    OPEN = "open"
    SIGNED_IN = "signed in"
    STAFF = "staff"


def guarded(view: RoomView, rule: Access) -> RoomView:
    """The view behind its rule: readers are asked to sign in, others learn only that there is nothing here."""

    @wraps(view)
    def answer(request: HttpRequest, **names: Any) -> HttpResponse:
        person = signed_in(request) if rule is not Access.OPEN else None
        if rule is not Access.OPEN and person is None:
            return _with_words(request) if request.POST.get("words") else to_sign_in(request)
        if rule is Access.STAFF and not (person and person.is_staff):
            raise Http404
        with answering(request):
            return view(request, **names)

    return answer


def _with_words(request: HttpRequest) -> HttpResponse:
    """The words of somebody whose session has ended, given back so that they are not lost."""
    shown = {"words": request.POST["words"], "back": request.path}
    return room_page(request, "signed_out", RoomPage(head("You are no longer signed in"), shown=shown), 403)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and, for a page that was only read, back to it afterwards."""
    come_back = {"next": request.path} if request.method in ("GET", "HEAD") else {}
    return HttpResponseRedirect(f"{SIGN_IN}?{urlencode(come_back)}" if come_back else SIGN_IN)


def safe_next(request: HttpRequest, address: str) -> str:
    """The address to go on to: one of this room's own paths, else the account."""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None, require_https=False)
    is_inside = address.startswith(f"{TAKE_PART}/") and "\\" not in address and ".." not in address
    return address if is_ours and is_inside else f"{TAKE_PART}/account"
