"""Letters: one reader each, nothing smuggled into their head, and no harm where the mail server is away."""

import logging
import stat
from pathlib import Path
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage
from django.test import override_settings

from moothall.engagement.letters import send_letter


@pytest.mark.parametrize("subject", ["Hello\nBcc: all@example.org", "Hello\r\nBcc: all@example.org"])
def test_a_head_with_a_line_break_is_refused(subject: str) -> None:
    with pytest.raises(BadHeaderError):
        send_letter("anna@leeds.gov.uk", subject, "Words.")
    assert mail.outbox == []


def test_a_mail_server_that_is_away_undoes_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
        raise SMTPServerDisconnected("no anna@leeds.gov.uk here")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    with caplog.at_level(logging.ERROR, logger="moothall.engagement"):
        send_letter("anna@leeds.gov.uk", "Subject", "Words.")
    assert "SMTPServerDisconnected" in caplog.text
    assert "anna" not in caplog.text, "a log names nobody"


def test_letters_in_files_are_for_their_owner(tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend", EMAIL_FILE_PATH=str(folder)
    ):
        send_letter("anna@leeds.gov.uk", "Subject", "Words.")
    (file,) = folder.iterdir()
    assert "To: anna@leeds.gov.uk" in file.read_text()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
