"""The records themselves: the history is only added to, the models and their steps agree, the key stays private."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import override_settings

from moothall.engagement.models import Event
from moothall.engagement.models.events import record
from moothall.errors import UsageError
from moothall.site.databases import engagement_database
from moothall.site.secret import secret_key


def test_the_steps_make_the_models(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_history_is_only_added_to(db: None, act: str) -> None:
    record(None, "did", "thing 1")
    change = {"update": lambda: Event.objects.update(verb="did not"), "delete": lambda: Event.objects.all().delete()}
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        change[act]()
    assert Event.objects.get().verb == "did"


PRINT_KEY = """
import sys
from pathlib import Path
from moothall.site.secret import secret_key
print(secret_key(Path(sys.argv[1])), end="")
"""


def test_starts_at_once_agree_on_one_private_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOOTHALL_SECRET_KEY", raising=False)
    file = tmp_path / "data" / "secret-key"
    command = [sys.executable, "-c", PRINT_KEY, str(file)]
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda _: subprocess.run(command, capture_output=True, check=True).stdout, range(4)))
    assert keys == {file.read_bytes()}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_text()) >= 50
    assert [path.name for path in file.parent.iterdir()] == ["secret-key"]


def test_a_key_may_be_given_and_need_not_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOOTHALL_SECRET_KEY", "given")
    assert secret_key(tmp_path / "k") == "given"
    monkeypatch.delenv("MOOTHALL_SECRET_KEY")
    (tmp_path / "file").touch()
    assert len(secret_key(tmp_path / "file" / "under-a-file")) >= 50


def test_a_database_that_we_do_not_know_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert engagement_database(tmp_path / "x")["NAME"] == str(tmp_path / "x")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p@localhost/records")
    assert engagement_database(tmp_path / "x")["ENGINE"] == "django.db.backends.postgresql"
    for wrong in ("mysql://u@h/d", "nonsense"):
        monkeypatch.setenv("DATABASE_URL", wrong)
        with pytest.raises(UsageError, match="DATABASE_URL must begin"):
            engagement_database(tmp_path / "x")


@pytest.mark.parametrize(("address", "said"), [("", ["moothall.W001"]), ("https://figures.example.org", [])])
def test_a_server_without_an_address_is_told_that_its_letters_lead_nowhere(address: str, said: list[str]) -> None:
    with override_settings(SITE_ADDRESS=address):
        found = run_checks(tags=["security"], include_deployment_checks=True)
    assert [each.id for each in found if str(each.id).startswith("moothall.")] == said


@pytest.mark.programs
def test_a_server_in_the_open_has_nothing_to_mend(tmp_path: Path) -> None:
    """Django's own list for production, every warning an error."""
    given = {
        "MOOTHALL_HTTPS": "1",
        "MOOTHALL_HOSTS": "figures.example.org",
        "MOOTHALL_ADDRESS": "https://figures.example.org",
        "MOOTHALL_ENGAGEMENT_DB": str(tmp_path / "x"),
    }
    command = [sys.executable, "-m", "moothall.cli.main", "manage", "check", "--deploy", "--fail-level", "DEBUG"]
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    answer = subprocess.run(command, env=own | given, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout
