"""The demonstration: made-up respondents only, marked wherever they stand, and never beside real records."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client, override_settings

from moothall.catalogue.places import engagement_file, outbox_folder, published_folder
from moothall.engagement.consultations.results import sent_responses
from moothall.engagement.demonstration import DOMAIN, furnish
from moothall.engagement.models import Event, Letter, Person, Response, Submission
from moothall.errors import UsageError
from moothall.site.databases import engagement_database
from tests.engagement.conftest import ASKED, Enter
from tests.engagement.furnished import signed_in


@pytest.fixture
def shown(enter: Enter) -> int:
    """A demonstration on the made-up store; how many answered."""
    with override_settings(IS_DEMONSTRATION=True):
        return furnish(ASKED)


@pytest.mark.slow
def test_everybody_in_it_is_made_up_and_says_so(shown: int) -> None:
    assert shown > 10
    assert Submission.objects.count() == shown
    people = Person.objects.all()
    assert not [each for each in people if each.mail_domain != DOMAIN or "made up" not in each.shown_name]
    with override_settings(IS_DEMONSTRATION=True):
        assert not [each.title for each in sent_responses(ASKED) if "(made up)" not in each.title]
    words = [line["words"] for each in Submission.objects.all() for line in each.content if line["words"]]
    assert words
    assert not [text for text in words if "Made up" not in text]
    assert Response.objects.filter(state="draft").exists(), "some still write"
    assert Event.objects.filter(verb="sent a response").count() == shown, "through the same doors as real answers"
    assert not Letter.objects.exclude(address__endswith=DOMAIN).exists()


@pytest.mark.slow
def test_the_same_again_adds_nothing(shown: int) -> None:
    with override_settings(IS_DEMONSTRATION=True):
        assert furnish(ASKED) == 0
    assert Submission.objects.count() == shown


@pytest.mark.slow
def test_results_mark_every_respondent(shown: int) -> None:
    staff = signed_in(Person.objects.get(is_staff=True))
    with override_settings(IS_DEMONSTRATION=True):
        page = staff.get(f"/take-part/staff/results/{ASKED.id}").content.decode()
    titles = [part.partition("<")[0] for part in page.split('<p class="note">')[1:]]
    quoted = [title for title in titles if "answered" not in title]
    assert quoted
    assert not [title for title in quoted if "(made up)" not in title]


def test_outside_a_demonstration_nobody_is_made_up(db: None, enter: Enter) -> None:
    with pytest.raises(UsageError, match="demonstration only"):
        furnish(ASKED)
    assert not Person.objects.exists()


def test_a_demonstration_knows_no_other_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = {"ENGAGEMENT_DB": "real.sqlite3", "OUTBOX": "real-outbox", "PUBLISHED": "real-published"}
    for name, place in real.items():
        monkeypatch.setenv(f"MOOTHALL_{name}", str(tmp_path / place))
    monkeypatch.setenv("MOOTHALL_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p@localhost/records")
    assert engagement_file() == tmp_path / "real.sqlite3"
    monkeypatch.setenv("MOOTHALL_DEMO", "1")
    own = tmp_path / "data" / "demonstration"
    assert (engagement_file(), outbox_folder(), published_folder()) == (
        own / "engagement.sqlite3",
        own / "outbox",
        own / "published",
    )
    assert engagement_database(engagement_file())["ENGINE"].endswith("sqlite3"), "whatever DATABASE_URL says"


PRINT_PAGES = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.test import Client
pages = [Client().get(path).content.decode() for path in ("/metrics", "/take-part")]
marked = ["No council or person has said any of it" in page for page in pages]
print(json.dumps({"smtp": settings.SMTP_HOST, "marked": marked}))
"""


@pytest.mark.programs
@pytest.mark.parametrize("demo", ["1", "0"])
def test_every_page_of_it_says_so_and_none_of_another(tmp_path: Path, demo: str) -> None:
    own = {
        "MOOTHALL_DEMO": demo,
        "MOOTHALL_HOME": str(tmp_path),
        "MOOTHALL_SMTP_HOST": "mail.example.org",
        "MOOTHALL_SECRET_KEY": "x" * 60,
        "DJANGO_SETTINGS_MODULE": "moothall.site.settings",
    }
    command = [sys.executable, "-c", PRINT_PAGES]
    answer = subprocess.run(command, env=os.environ | own, capture_output=True, text=True, check=True)
    found = json.loads(answer.stdout.splitlines()[-1])
    assert found["marked"] == [demo == "1"] * 2
    assert found["smtp"] == ("" if demo == "1" else "mail.example.org")


def test_pages_outside_a_demonstration_carry_no_banner(store: object) -> None:
    assert "Demonstration." not in Client().get("/take-part").content.decode()
