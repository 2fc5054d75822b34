"""Sending the letters that wait: each is taken by one worker, tried, and noted, so that none is lost and none doubled.

A worker may be killed at any line. Until it hands the mail server the last line of a letter, the server has nothing
that it may deliver, and the letter is tried again. After the server's answer it is noted as sent. What lies between,
a few thousandths of a second, no sender can settle: see docs/adr/0017.
"""

import logging
import secrets
from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from moothall.engagement.models import Person
from moothall.engagement.models.events import record
from moothall.engagement.models.letters import Letter, LetterState
from moothall.engagement.post.mail import Handover, LetterTaken, handing_over
from moothall.engagement.post.wording import html_of, text_of

LOG = logging.getLogger("moothall.engagement")
LEASE = timedelta(minutes=5)
"""How long a worker may have a letter: ten times what the slowest server that we wait for needs."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 480, 1440))
"""How long to wait after the first, second, ... try that failed. After the last try the letter is given up."""
MOST_ATTEMPTS = len(PAUSES) + 1
KEPT_FOR = timedelta(days=30)
"""How long it is kept that a letter was sent. Its words are gone at once."""
OF_A_WORKER = (LetterState.TAKEN, LetterState.HANDED_OVER)
EMPTY: dict[str, Any] = {"blocks": [], "headers": {}, "calendar": {}, "taken_by": "", "taken_until": None}
MAYBE_THERE = "The worker or the mail server ended before it was certain that the letter had been taken"


def retry_letter(person: Person, ref: str) -> bool:
    """Let a letter that was given up wait with all its tries before it; False where it was not given up."""
    with transaction.atomic():
        given_up = Letter.objects.filter(ref=ref, state=LetterState.GIVEN_UP)
        if not given_up.update(state=LetterState.WAITING, attempts=0, not_before=timezone.now(), ended_at=None):
            return False
        record(person, "sent a letter again", f"letter {ref}")
    return True


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The letter as it travels: text and HTML with the same words, a fixed Message-ID, and a calendar file if any."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    head = {"Message-ID": f"<{letter.ref}@{domain}>", "Auto-Submitted": "auto-generated", **letter.headers}
    message = EmailMultiAlternatives(letter.subject, text_of(letter.blocks), to=[letter.address], headers=head)
    message.attach_alternative(html_of(letter.subject, letter.blocks), "text/html")
    if letter.calendar:
        kind = f"text/calendar; method={letter.calendar['method']}"
        message.attach_alternative(letter.calendar["text"], kind)
        message.attach("moothall.ics", letter.calendar["text"], "application/ics")
    return message


def deliver_waiting(is_enough: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, oldest first, until nothing is left or ``is_enough`` says so; gives how many were sent."""
    free_forsaken()
    count = 0
    while not is_enough() and (letter := take_next()):
        count += deliver(letter)
    return count


def is_any_due() -> bool:
    """Whether a letter waits whose time has come, or one was left behind by a worker that ended."""
    now = timezone.now()
    waiting = Q(state=LetterState.WAITING, not_before__lte=now)
    return Letter.objects.filter(waiting | Q(state__in=OF_A_WORKER, taken_until__lt=now)).exists()


def free_forsaken() -> None:
    """Give back what workers had that have ended, or give it up where it has had its tries.

    A letter that may have reached the server is sent once more under the same Message-ID, and the doubt is counted.
    """
    forsaken = Letter.objects.filter(taken_until__lt=timezone.now())
    forsaken.filter(state=LetterState.HANDED_OVER).update(doubts=F("doubts") + 1, problem=MAYBE_THERE)
    free = {"taken_by": "", "taken_until": None}
    left = forsaken.filter(state__in=OF_A_WORKER)
    left.filter(attempts__gte=MOST_ATTEMPTS).update(state=LetterState.GIVEN_UP, ended_at=timezone.now(), **free)
    forsaken.filter(state__in=OF_A_WORKER).update(state=LetterState.WAITING, **free)


def take_next() -> Letter | None:
    """The next letter that is due, taken by us; None where there is none. Of two workers one gets it."""
    while True:
        now, mark = timezone.now(), secrets.token_hex(16)
        due = Letter.objects.filter(state=LetterState.WAITING, not_before__lte=now).order_by("not_before", "pk")
        key = due.values_list("pk", flat=True).first()
        if key is None:
            return None
        taken = {"taken_by": mark, "taken_until": now + LEASE, "attempts": F("attempts") + 1}
        if due.filter(pk=key).update(state=LetterState.TAKEN, **taken):
            return Letter.objects.get(pk=key)


def deliver(letter: Letter) -> bool:
    """Try to send a letter that we have taken; whether the server took it. A fault is noted and never raised."""
    name = f"{letter.created_at:%Y%m%dT%H%M%S}-{letter.ref}"
    handover = Handover(name, lambda: _mark_handed_over(letter), lambda: _mark_sent(letter))
    try:
        with handing_over(handover):
            message_of(letter).send()
    except LetterTaken:
        LOG.error("A letter was left to another worker.")
        return False
    except (SMTPException, OSError, ValueError) as error:
        _put_back(letter, error)
        return False
    _mark_sent(letter)
    return True


def _mark_handed_over(letter: Letter) -> None:
    """Note that the server is about to get the last line; LetterTaken where the letter is no longer ours."""
    ours = Letter.objects.filter(pk=letter.pk, taken_by=letter.taken_by, state=LetterState.TAKEN)
    if not ours.update(state=LetterState.HANDED_OVER):
        raise LetterTaken


def _mark_sent(letter: Letter) -> None:
    ours = Letter.objects.filter(pk=letter.pk, taken_by=letter.taken_by, state__in=OF_A_WORKER)
    ours.update(state=LetterState.SENT, ended_at=timezone.now(), problem="", **EMPTY)


def _put_back(letter: Letter, error: Exception) -> None:
    """Let a letter wait for its next try, or give it up: after the last try, or where no try can help."""
    ours = Letter.objects.filter(pk=letter.pk, taken_by=letter.taken_by, state__in=OF_A_WORKER)
    if not isinstance(error, SMTPResponseException):
        ours.filter(state=LetterState.HANDED_OVER).update(doubts=F("doubts") + 1)
    now, is_over = timezone.now(), letter.attempts >= MOST_ATTEMPTS or is_hopeless(error)
    changed = {"problem": problem_of(error), "taken_by": "", "taken_until": None}
    if is_over:
        ours.update(state=LetterState.GIVEN_UP, ended_at=now, **changed)
    else:
        ours.update(state=LetterState.WAITING, not_before=now + PAUSES[letter.attempts - 1], **changed)
    LOG.error("A letter could not be sent (%s); %s.", problem_of(error), "given up" if is_over else "it is tried again")


def is_hopeless(error: Exception) -> bool:
    """Whether the server refused this reader or these words for good. Our own sign-in there may yet be put right."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)


def problem_of(error: Exception) -> str:
    """The kind of a fault and the server's number for it; never its words, which may name the reader."""
    codes = [code for code, _ in error.recipients.values()] if isinstance(error, SMTPRecipientsRefused) else []
    codes += [error.smtp_code] if isinstance(error, SMTPResponseException) else []
    return " ".join([type(error).__name__, *map(str, codes)])


def forget_sent() -> None:
    """Forget letters that were sent, or given up, a month ago."""
    Letter.objects.filter(ended_at__lt=timezone.now() - KEPT_FOR).delete()
