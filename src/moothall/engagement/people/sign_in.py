"""Signing in by a link in a letter: asking for it, and using it once."""

import hashlib
import hmac
from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate, login
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from sesame.utils import get_token

from moothall.engagement.models import LinkRequest, Person
from moothall.engagement.models.events import record
from moothall.engagement.models.people import plain_address
from moothall.engagement.people.gate import client_address
from moothall.engagement.post.letters import link_letter, site_address
from moothall.presenters.addresses import TAKE_PART

WINDOW = timedelta(minutes=15)
LETTERS_TO_AN_ADDRESS = 5
LETTERS_FROM_A_MACHINE = 200
"""Within the window. A council's officers often reach us from one machine, so many may; one address needs few."""
UNPROVED_FOR = timedelta(days=1)
"""How long an address is kept that nobody has proved, and the marks of requests."""
FAILURES_FOR = timedelta(days=30)
"""How long failed sign-ins are kept, with the address of the machine."""


class TooManyRequests(Exception):
    """More links were asked for from one machine than people need."""


def ask_for_link(request: HttpRequest, address: str) -> None:
    """Send a link to an address, known or not: the same work, the same letter, the same answer.

    A person whom staff have shut out gets a letter that says so, for the same reason. An address that has had enough
    letters gets no other, without a word about it here. TooManyRequests for a machine.
    """
    start = site_address(request)
    with transaction.atomic():
        _forget_old()
        if not count_in(plain_address(address), client_address(request)):
            return
        person = Person.objects.with_address(address)
    link_letter(person, f"{start}{TAKE_PART}", get_token(person))


def count_in(address: str, client: str) -> bool:
    """Count a request; False where the address has had enough letters."""
    asked = LinkRequest(address_mark=_mark("address", address), client_mark=_mark("client", client))
    recent = LinkRequest.objects.filter(at__gt=timezone.now() - WINDOW)
    if recent.filter(client_mark=asked.client_mark).count() >= LETTERS_FROM_A_MACHINE:
        raise TooManyRequests
    if recent.filter(address_mark=asked.address_mark).count() >= LETTERS_TO_AN_ADDRESS:
        return False
    asked.save()
    return True


def _mark(kind: str, text: str) -> str:
    """A keyed mark: equal texts have equal marks, and nobody without the key can tell the text."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()


def _forget_old() -> None:
    old = timezone.now() - UNPROVED_FOR
    LinkRequest.objects.filter(at__lt=old).delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - FAILURES_FOR).delete()
    Person.objects.filter(confirmed_at=None, created_at__lt=old, is_staff=False).delete()


def use_link(request: HttpRequest, token: str) -> Person | None:
    """Sign the person of a link in; None where the link is not one of ours, too old, or used.

    Of two who use one link at the same moment, one gets in: the row changes once.
    """
    person = authenticate(request, sesame=token)
    if not isinstance(person, Person):
        return None
    now = timezone.now()
    with transaction.atomic():
        unused = Person.objects.filter(pk=person.pk, last_login=person.last_login)
        if not unused.update(last_login=now):
            return None
        Person.objects.filter(pk=person.pk, confirmed_at=None).update(confirmed_at=now)
        record(person, "signed in", f"person {person.pk}")
    login(request, person)
    return person
