"""Letters: written with their act, one reader each, nothing smuggled into their head, tried again, and given up."""

import logging
import stat
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from moothall.engagement.models import Letter, LetterState, Person
from moothall.engagement.people.held import everything_about, forget
from moothall.engagement.post.delivery import KEPT_FOR, MOST_ATTEMPTS, deliver, deliver_waiting, forget_sent, take_next
from moothall.engagement.post.letters import link_letter, send_letter
from moothall.engagement.post.wording import heading, html_of, item, link, text_of
from tests.engagement.conftest import Enter
from tests.support.mail_server import MailServer, mail_server

ANNA = "anna@leeds.gov.uk"
NOT_BEGUN = timedelta(seconds=1)
FILES = override_settings(EMAIL_BACKEND="moothall.engagement.post.mail.FileBackend")

pytestmark = pytest.mark.django_db


def only_letter() -> Letter:
    """The one letter there is."""
    return Letter.objects.get()


def make_due() -> None:
    """As if the time of every letter had come, and every worker's time with one were over."""
    past = timezone.now() - NOT_BEGUN
    Letter.objects.update(not_before=past)
    Letter.objects.exclude(taken_until=None).update(taken_until=past)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("address", "subject", "headers"),
    [
        (ANNA, "Hello\nBcc: all@example.org", {}),
        (ANNA, "Hello\r\nBcc: all@example.org", {}),
        (f"{ANNA}\nBcc: all@example.org", "Hello", {}),
        (ANNA, "Hello", {"List-Id": "x\nBcc: all@example.org"}),
        (ANNA, "Hello", {"X\nBcc": "all@example.org"}),
    ],
)
def test_a_head_with_a_line_break_is_refused(address: str, subject: str, headers: dict[str, str]) -> None:
    with pytest.raises(BadHeaderError):
        send_letter(address, subject, "Words.", headers=headers)
    assert not Letter.objects.exists()


def test_text_and_html_have_the_same_words() -> None:
    blocks = [
        heading("What is new"),
        {"kind": "paragraph", "text": "Two <things>\nhappened."},
        item("one & one"),
        item("two"),
        link("Read on", "https://figures.example.org/metrics?a=1&b=2"),
    ]
    text, html = text_of(blocks), html_of("News", blocks)
    assert text.startswith(
        "What is new\n-----------\n\nTwo <things>\nhappened.\n\n- one & one\n- two\n\nRead on\nhttps"
    )
    assert "Two &lt;things&gt;\nhappened." in html
    assert "<ul>\n<li>one &amp; one</li>\n<li>two</li>\n</ul>" in html
    assert '<a href="https://figures.example.org/metrics?a=1&amp;b=2">Read on</a>' in html
    assert ('lang="en-GB"' in html, html.count("<h1"), "<img" in html, "http" in html.split("<body")[0]) == (
        True,
        1,
        False,
        False,
    )


def test_a_letter_travels_as_text_and_html_under_its_own_name() -> None:
    send_letter(ANNA, "Subject", "Words.", calendar={"method": "REQUEST", "text": "BEGIN:VCALENDAR\r\n"})
    name = only_letter().ref
    assert deliver_waiting() == 1
    parts = message_from_bytes(mail.outbox[0].message().as_bytes())
    kinds = [part.get_content_type() for part in parts.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar", "application/ics"]
    assert parts["Message-ID"] == f"<{name}@localhost>"
    invitation = next(part for part in parts.walk() if part.get_content_type() == "text/calendar")
    assert (invitation.get_param("method"), invitation.get_param("charset")) == ("REQUEST", "utf-8")


# ---------------------------------------------------------------- states


def test_a_letter_is_written_with_its_act_or_not_at_all() -> None:
    class Undone(Exception):
        """The act fails."""

    def act() -> None:
        with transaction.atomic():
            send_letter(ANNA, "Subject", "Words.")
            raise Undone

    with pytest.raises(Undone):
        act()
    assert deliver_waiting() == 0
    assert mail.outbox == []


def test_what_is_told_once_is_told_once() -> None:
    assert send_letter(ANNA, "Subject", "Words.", occasion="reminder 7")
    assert send_letter(ANNA, "Subject", "Words.", occasion="reminder 7") is None
    assert (deliver_waiting(), deliver_waiting()) == (1, 0)
    assert send_letter(ANNA, "Subject", "Words.", occasion="reminder 7") is None, "also after it has gone"


def test_a_letter_that_has_gone_is_empty() -> None:
    send_letter(ANNA, "Subject", "Words.", headers={"List-Id": "x"})
    deliver_waiting()
    sent = only_letter()
    assert (sent.state, sent.blocks, sent.headers, sent.calendar) == (LetterState.SENT, [], {}, {})
    Letter.objects.update(ended_at=timezone.now() - KEPT_FOR - NOT_BEGUN)
    forget_sent()
    assert not Letter.objects.exists()


def test_of_two_workers_one_has_the_letter(tmp_path: Path) -> None:
    send_letter(ANNA, "Subject", "Words.")
    first = take_next()
    assert first
    assert take_next() is None
    make_due()
    assert deliver_waiting() == 1, "the first worker's time is over"
    with FILES, override_settings(EMAIL_FILE_PATH=str(tmp_path)):
        assert not deliver(first), "and what it does now is nothing"
    assert not list(tmp_path.glob("*.eml"))
    assert len(mail.outbox) == 1


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """A mail server that answers with this fault."""

    def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
        raise error

    monkeypatch.setattr(EmailMessage, "send", refuse)


def test_a_letter_is_tried_again_later_and_given_up_in_the_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing(monkeypatch, SMTPServerDisconnected("no anna@leeds.gov.uk here"))
    send_letter(ANNA, "Subject", "Words.")
    waits = []
    with caplog.at_level(logging.ERROR, logger="moothall.engagement"):
        for _ in range(MOST_ATTEMPTS):
            make_due()
            deliver_waiting()
            waits.append(round((only_letter().not_before - timezone.now()).total_seconds() / 60))
    assert waits[:-1] == [1, 5, 15, 60, 180, 480, 1440]
    assert (only_letter().state, only_letter().problem) == (LetterState.GIVEN_UP, "SMTPServerDisconnected")
    assert only_letter().blocks, "staff may send it once more"
    assert "anna" not in caplog.text, "a log names nobody"


@pytest.mark.parametrize(
    ("error", "state", "problem"),
    [
        (SMTPRecipientsRefused({ANNA: (550, b"no anna")}), LetterState.GIVEN_UP, "SMTPRecipientsRefused 550"),
        (SMTPRecipientsRefused({ANNA: (451, b"later")}), LetterState.WAITING, "SMTPRecipientsRefused 451"),
        (SMTPDataError(554, b"spam"), LetterState.GIVEN_UP, "SMTPDataError 554"),
        (SMTPDataError(421, b"busy"), LetterState.WAITING, "SMTPDataError 421"),
        (ConnectionRefusedError("x"), LetterState.WAITING, "ConnectionRefusedError"),
        (BadHeaderError("x"), LetterState.GIVEN_UP, "BadHeaderError"),
    ],
    ids=lambda found: found if isinstance(found, str) else "",
)
def test_what_no_try_can_help_is_given_up_at_once(
    monkeypatch: pytest.MonkeyPatch, error: Exception, state: str, problem: str
) -> None:
    failing(monkeypatch, error)
    send_letter(ANNA, "Subject", "Words.")
    assert deliver_waiting() == 0
    assert (only_letter().state, only_letter().problem) == (state, problem)


def test_a_letter_that_kills_its_worker_each_time_is_given_up() -> None:
    send_letter(ANNA, "Subject", "Words.")
    for _ in range(MOST_ATTEMPTS):
        make_due()
        assert take_next()
        make_due()
        deliver_waiting(lambda: True)
    assert only_letter().state == LetterState.GIVEN_UP
    assert mail.outbox == []


# ---------------------------------------------------------------- a real server, files


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server to which letters go."""
    with (
        mail_server() as found,
        override_settings(
            EMAIL_BACKEND="moothall.engagement.post.mail.ServerBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=found.port,
            EMAIL_USE_TLS=False,
            EMAIL_TIMEOUT=0.3,
        ),
    ):
        yield found


def test_a_server_gets_every_line_as_it_was_written(server: MailServer) -> None:
    send_letter(ANNA, "Grüße", "One.\n.\n..two\nthree.")
    assert deliver_waiting() == 1
    (letter,) = server.taken
    text = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
    assert text.get_payload(decode=True).decode().replace("\r", "").startswith("One.\n.\n..two\nthree.\n")
    assert (letter["To"], letter["Bcc"]) == (ANNA, None)


def test_a_server_that_took_a_letter_and_fell_silent_gets_it_again_under_the_same_name(server: MailServer) -> None:
    server.stop_at("taken")
    send_letter(ANNA, "Subject", "Words.")
    assert deliver_waiting() == 0
    assert (only_letter().state, only_letter().doubts) == (LetterState.WAITING, 1)
    server.stop_at("")
    make_due()
    assert deliver_waiting() == 1
    assert server.ids() == [f"<{only_letter().ref}@localhost>"] * 2


def test_a_server_that_says_no_has_no_letter_and_leaves_no_doubt(server: MailServer) -> None:
    server.refusal = "450 later"
    send_letter(ANNA, "Subject", "Words.")
    deliver_waiting()
    assert (server.taken, only_letter().doubts, only_letter().problem) == ([], 0, "SMTPRecipientsRefused 450")


def test_a_server_that_does_not_say_goodbye_has_the_letter_all_the_same(server: MailServer) -> None:
    server.stop_at("QUIT")
    send_letter(ANNA, "Subject", "Words.")
    assert deliver_waiting() == 1
    assert only_letter().state == LetterState.SENT


def test_letters_in_files_are_for_their_owner_and_there_once(tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    with FILES, override_settings(EMAIL_FILE_PATH=str(folder)):
        send_letter(ANNA, "Subject", "Words.")
        letter = take_next()
        assert letter
        assert deliver(letter)
        Letter.objects.update(state=LetterState.HANDED_OVER, taken_by="x", blocks=letter.blocks)
        Letter.objects.update(taken_until=timezone.now() - NOT_BEGUN)
        assert deliver_waiting() == 1, "as after a worker that ended before it noted the file"
    (file,) = folder.iterdir()
    assert "To: anna@leeds.gov.uk" in file.read_text()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_link_is_sent_at_once_and_kept_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person.objects.with_address(ANNA)
    link_letter(person, "https://figures.example.org/take-part", "secret")
    assert "/take-part/sign-in/secret" in mail.outbox[0].body
    assert not Letter.objects.exists()
    failing(monkeypatch, SMTPServerDisconnected(ANNA))
    link_letter(person, "https://figures.example.org/take-part", "secret")


# ---------------------------------------------------------------- people


def test_letters_are_given_back_and_go_with_their_reader() -> None:
    person = Person.objects.with_address(ANNA)
    send_letter(ANNA, "Mine", "Words.")
    send_letter("lee@leeds.gov.uk", "Another's", "Words.")
    (held,) = everything_about(person)["letters"]
    assert (held["subject"], held["state"]) == ("Mine", "waiting")
    forget(person)
    assert [letter.subject for letter in Letter.objects.all()] == ["Another's"]


def test_staff_see_what_was_given_up_and_send_it_again(monkeypatch: pytest.MonkeyPatch, enter: Enter) -> None:
    browser = enter("sam@moothall.example")
    Person.objects.update(is_staff=True)
    send_letter(ANNA, "Lost", "Words.")
    with monkeypatch.context() as broken:
        failing(broken, SMTPRecipientsRefused({ANNA: (550, b"no")}))
        deliver_waiting()
    page = browser.get("/take-part/staff/letters").content.decode()
    assert "Lost" in page
    assert "SMTPRecipientsRefused 550" in page
    ref = only_letter().ref
    assert browser.post(f"/take-part/staff/letters/{ref}/again").headers["Location"] == "/take-part/staff/letters"
    assert deliver_waiting() == 1
    assert browser.post(f"/take-part/staff/letters/{ref}/again").status_code == 404, "it has gone"
