"""Letters: one reader each. They are written with the act that causes them, and sent by the worker (delivery.py)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import BadHeaderError
from django.db import transaction
from django.http import HttpRequest

from moothall.engagement.models import Letter, Person
from moothall.engagement.post.delivery import message_of
from moothall.engagement.post.wording import Block, as_blocks, link, paragraph
from moothall.errors import UsageError

LOG = logging.getLogger("moothall.engagement")
OPEN_TO_ANY_HOST = "*"
WITHOUT_ADDRESS = "Sign in to Moothall and open Take part to see it."
_ANSWERED: ContextVar[HttpRequest | None] = ContextVar("the request that is being answered", default=None)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """Letters that are written inside the block link to the site as this request reached it."""
    token = _ANSWERED.set(request)
    try:
        yield
    finally:
        _ANSWERED.reset(token)


def send_letter(
    address: str,
    subject: str,
    *words: str | Block,
    occasion: str | None = None,
    headers: dict[str, str] | None = None,
    calendar: dict[str, str] | None = None,
    not_before: datetime | None = None,
) -> Letter | None:
    """Write down a letter inside the transaction of the act that causes it; the worker sends it.

    ``occasion`` names what is told at most once: a second letter for it is not written, and None is given back.
    A link whose address begins with "/" leads to that page of this site.
    ``calendar`` is a calendar file with its ``method`` and its ``text``. BadHeaderError for a line break in the head.
    """
    letter = _drawn_up(address, subject, words, headers or {}, calendar or {})
    if not_before:
        letter.not_before = not_before
    if occasion is None:
        letter.save()
        return letter
    with transaction.atomic():
        if Letter.objects.filter(occasion=occasion).exists():
            return None
        letter.occasion = occasion
        letter.save()
    return letter


def _drawn_up(
    address: str, subject: str, words: tuple[str | Block, ...], headers: dict[str, str], calendar: dict[str, str]
) -> Letter:
    """The letter, not yet kept."""
    for line in (address, subject, *headers, *headers.values(), calendar.get("method", "")):
        if "\n" in line or "\r" in line:
            raise BadHeaderError("The head of a letter holds a line break: nothing was written.")
    blocks = [_with_site(block) for block in as_blocks(words)]
    return Letter(address=address, subject=subject, blocks=blocks, headers=headers, calendar=calendar)


def _with_site(block: Block) -> Block:
    """A link to a page of ours as a whole address; as words where nobody knows under which address the site is."""
    if not block.get("href", "").startswith("/"):
        return block
    site = _site_now()
    return link(block["text"], f"{site}{block['href']}") if site else paragraph(WITHOUT_ADDRESS)


def _site_now() -> str:
    """The address of the site as the present request reached it, or as its server says; "" where neither is known."""
    request = _ANSWERED.get()
    try:
        return site_address(request) if request else str(settings.SITE_ADDRESS)
    except UsageError:
        return ""


def send_at_once(address: str, subject: str, *words: str | Block) -> None:
    """Send a letter that is kept nowhere, while its reader waits.

    A mail server that cannot be reached undoes nothing that was done: it is logged, without the address.
    """
    message = message_of(_drawn_up(address, subject, words, {}, {}))
    try:
        message.send()
    except (SMTPException, OSError) as error:
        LOG.error("A letter could not be sent: %s", type(error).__name__)


def site_address(request: HttpRequest) -> str:
    """The beginning of every link in a letter.

    Where the site answers to any host name, the name in a request is anybody's word, and a link made of it could lead
    elsewhere: then MOOTHALL_ADDRESS must say where the site is.
    """
    if settings.SITE_ADDRESS:
        return str(settings.SITE_ADDRESS)
    if OPEN_TO_ANY_HOST in settings.ALLOWED_HOSTS and not _is_local(request.get_host()):
        raise UsageError("Letters cannot be sent: whoever runs this site must set MOOTHALL_ADDRESS to its address.")
    return f"{request.scheme}://{request.get_host()}"


def _is_local(host: str) -> bool:
    return urlsplit(f"//{host}").hostname in ("127.0.0.1", "localhost", "::1")


def link_letter(person: Person, room: str, token: str) -> None:
    """The letter with a sign-in link; the same for somebody who is known and somebody who is new.

    ``room`` is the address of this room. Whoever has been shut out is told so in its place: a request that sends
    nothing is quicker, and would show it.
    It is sent while the person waits, and kept nowhere: what opens an account lies in no table, and in 15 minutes it
    is worth nothing, so there is nothing to try again (docs/adr/0017).
    """
    asked = "Somebody, we hope you, asked for a link to sign in to Moothall with this e-mail address."
    within = link(
        "Open this page and press its button within 15 minutes. The link works once.", f"{room}/sign-in/{token}"
    )
    unasked = "If it was not you, do nothing: nobody can sign in without this letter."
    shut_out = "Whoever runs this site has ended signing in with this address. Ask them why, if you want to come back."
    held = link("What is held about you, and how to ask for it:", f"{room}/privacy")
    words = (asked, within, unasked) if person.is_active else (asked, held, shut_out)
    send_at_once(person.email, "Your link to Moothall", *words)
