"""The two ways that letters leave: to a mail server, or to files. Both say when they let go, and when it is done.

Django's own ways say neither, and a worker that is killed meanwhile would not know what to do again.
"""

import os
import re
import smtplib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

END_OF_LETTER = b".\r\n"
LINE_WITH_POINT = re.compile(rb"(?m)^\.")
"""A point at the beginning of a line is doubled, because a line with a point alone ends a letter."""
READY_FOR_LETTER = 354
ACCEPTED = 250


class LetterTaken(Exception):
    """Another worker has the letter, because we had it for too long: it must not leave from here."""


@dataclass(frozen=True, slots=True)
class Handover:
    """The letter's name, what to do just before its last line goes, and what as soon as it has been taken."""

    name: str
    before_last_line: Callable[[], None]
    when_accepted: Callable[[], None]


_NOW: ContextVar[Handover | None] = ContextVar("handover", default=None)


@contextmanager
def handing_over(handover: Handover) -> Iterator[None]:
    """Have this done around the sending of one letter inside the block."""
    token = _NOW.set(handover)
    try:
        yield
    finally:
        _NOW.reset(token)


class _Telling(smtplib.SMTP):
    """A connection that tells when it hands a letter over."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Send the words, tell, send the last line, and tell again when the server has said that it has them.

        A server that has not got the last line has no letter (RFC 5321, section 4.1.1.4).
        """
        code, reply = self.docmd("data")
        if code != READY_FOR_LETTER:
            raise smtplib.SMTPDataError(code, reply)
        body = LINE_WITH_POINT.sub(b"..", msg)
        self.send(body if body.endswith(b"\r\n") else body + b"\r\n")
        handover = _NOW.get()
        if handover:
            handover.before_last_line()
        self.send(END_OF_LETTER)
        code, reply = self.getreply()
        if handover and code == ACCEPTED:
            handover.when_accepted()
        return code, reply


class _TellingSecurely(_Telling, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class ServerBackend(EmailBackend):
    """Letters to the mail server that MOOTHALL_SMTP_HOST names."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """A connection that tells."""
        return _TellingSecurely if self.use_ssl else _Telling

    def _close_connection(self, connection: smtplib.SMTP) -> None:
        """Say goodbye. A letter that was taken stays taken, however the goodbye goes."""
        try:
            super()._close_connection(connection)  # type: ignore[misc]
        except (smtplib.SMTPException, OSError):
            connection.close()


class FileBackend(BaseEmailBackend):
    """Letters as files, for a machine without a mail server: one file a letter, named after it and put there whole.

    A letter that is written a second time is the same file.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each letter; how many."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            self._write(folder, message)
        return len(email_messages)

    def _write(self, folder: Path, message: EmailMessage) -> None:
        handover = _NOW.get()
        name = handover.name if handover else f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        half = folder / f".{name}.{os.getpid()}"
        half.write_bytes(message.message().as_bytes())
        if handover:
            handover.before_last_line()
        half.replace(folder / f"{name}.eml")
        if handover:
            handover.when_accepted()
