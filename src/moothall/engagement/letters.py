"""Letters: plain text, one reader each, written to files unless a mail server is named."""

import logging
from pathlib import Path
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest

from moothall.engagement.models import Person
from moothall.errors import UsageError

LOG = logging.getLogger("moothall.engagement")
CLOSING = "Moothall, the open Local Authority Data Explorer"
OPEN_TO_ANY_HOST = "*"


def send_letter(address: str, subject: str, *paragraphs: str) -> None:
    """Send one letter. A subject with a line break is refused by Django before anything leaves.

    A mail server that cannot be reached undoes nothing that was done: it is logged, without the address.
    """
    if not settings.SMTP_HOST:
        Path(settings.EMAIL_FILE_PATH).mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        EmailMessage(subject, "\n\n".join((*paragraphs, f"{CLOSING}\n")), to=[address]).send()
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


def link_letter(person: Person, link: str) -> None:
    """The letter with a sign-in link; the same for somebody who is known and somebody who is new."""
    send_letter(
        person.email,
        "Your link to Moothall",
        "Somebody, we hope you, asked for a link to sign in to Moothall with this e-mail address.",
        f"Open this page and press its button within 15 minutes. The link works once.\n{link}",
        "If it was not you, do nothing: nobody can sign in without this letter.",
    )
