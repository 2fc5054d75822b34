"""Pages that list what a reader may open: replies, notes, sets, introductions, bookings, texts, consultations."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from moothall.engagement.pages.render import RoomPage, head, room_page
from moothall.presenters.blocks import Link


@dataclass(frozen=True, slots=True)
class ListLine:
    """One thing to open, and where it stands. ``more`` is read aloud after the text, where texts may be alike."""

    href: str
    text: str
    state: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list under its title. ``none`` is said where it is empty; ``whose`` names the council, ``about`` the matter.

    ``acts`` are drawn as buttons, ``links`` as links; both lead to pages.
    """

    title: str
    lines: tuple[ListLine, ...]
    none: str
    about: str = ""
    whose: str = ""
    acts: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()


def list_page(request: HttpRequest, listed: ListPage, *way: tuple[str, str]) -> HttpResponse:
    """The page, under the pages of ``way``."""
    return room_page(request, "list", RoomPage(head(listed.title, *way), shown={"listed": listed}))
