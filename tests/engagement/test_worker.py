"""Real workers, killed at every step: no letter is lost, and none is there twice unless nobody could have known."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engagement.conftest import ON_BOTH
from tests.support.mail_server import STEPS, MailServer, mail_server
from tests.support.records import POSTGRESQL, SQLITE, Records
from tests.support.serving import Server, serving
from tests.support.tiny_home import build_home, make_home, read_home

ROOT = Path(__file__).parents[2]
WRITE = (
    "from moothall.cli.records import ensure_records; ensure_records(); "
    "from moothall.engagement.post.letters import send_letter; import sys; "
    "send_letter('anna@leeds.gov.uk', 'Subject', 'Words.\\n' * int(sys.argv[1]))"
)
LONG = 700_000
"""Lines of a letter that does not fit into what the two ends of a connection hold."""
SECONDS = 30

pytestmark = pytest.mark.programs


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server."""
    with mail_server() as found:
        yield found


@pytest.fixture
def variables(records: Records, tmp_path: Path, server: MailServer) -> dict[str, str]:
    """The surroundings of a worker whose letters go to the server, with one letter that waits."""
    own = {
        **records.variables,
        "MOOTHALL_OUTBOX": str(tmp_path / "outbox"),
        "MOOTHALL_SMTP_HOST": "127.0.0.1",
        "MOOTHALL_SMTP_PORT": str(server.port),
        "MOOTHALL_SECRET_KEY": "x" * 60,
    }
    write_letter(own)
    return own


def write_letter(variables: dict[str, str], lines: int = 1) -> None:
    """Put a letter of so many lines among those that wait."""
    command = [sys.executable, "-c", WRITE, str(lines)]
    subprocess.run(command, env=os.environ | variables, cwd=ROOT, check=True)


def start_worker(variables: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """Start `moothall worker` as people do."""
    command = [sys.executable, "-m", "moothall.cli.main", "worker", *arguments]
    return subprocess.Popen(command, env=os.environ | variables, cwd=ROOT)


def work_once(variables: dict[str, str]) -> None:
    """`moothall worker --once`, as cron calls it."""
    assert start_worker(variables, "--once").wait(SECONDS) == 0


def read_letter(records: Records) -> tuple[str, int, int]:
    """State, tries and doubts of the one letter."""
    (found,) = records.ask("select state, attempts, doubts from engagement_letter")
    return found  # type: ignore[return-value]


def let_time_pass(records: Records) -> None:
    """As if what the killed worker had were free again."""
    records.change("update engagement_letter set taken_until = '2020-01-01 00:00:00' where taken_until is not null")


KILLED = [*((SQLITE, step) for step in STEPS), (POSTGRESQL, "DATA"), (POSTGRESQL, "taken")]
"""Every step with a file; with PostgreSQL one at which nothing is in doubt, and one at which a letter may have gone."""


@pytest.mark.parametrize(("records", "step"), KILLED, indirect=["records"])
def test_a_worker_killed_in_the_middle_loses_nothing(
    variables: dict[str, str], records: Records, server: MailServer, step: str
) -> None:
    server.stop_at(step)
    worker = start_worker(variables, "--once")
    assert server.has_stopped.wait(SECONDS)
    time.sleep(0.3)  # so that the worker stands where it waits for the server
    worker.send_signal(signal.SIGKILL)
    worker.wait(SECONDS)
    server.goes_on.set()
    state, _, _ = read_letter(records)
    assert state == ("handed over" if step in ("words", "taken") else "taken")
    work_once(variables)
    assert read_letter(records)[0] == state, "while the killed worker may still have it, nobody else does"

    server.stop_at("")
    let_time_pass(records)
    work_once(variables)
    work_once(variables)
    is_uncertain = step in ("words", "taken")
    assert read_letter(records) == ("sent", 2, int(is_uncertain))
    assert len(server.taken) == (2 if is_uncertain else 1)
    assert len(set(server.ids())) == 1, "and a second copy has the same name"


def test_a_worker_killed_among_the_words_leaves_no_doubt(
    variables: dict[str, str], records: Records, server: MailServer
) -> None:
    records.change("delete from engagement_letter")
    write_letter(variables, LONG)
    server.stop_at("words")
    worker = start_worker(variables, "--once")
    assert server.has_stopped.wait(SECONDS)
    time.sleep(0.5)
    worker.send_signal(signal.SIGKILL)
    worker.wait(SECONDS)
    assert read_letter(records) == ("taken", 1, 0)
    server.stop_at("")
    let_time_pass(records)
    work_once(variables)
    assert (read_letter(records), len(server.taken)) == (("sent", 2, 0), 1)


@ON_BOTH
def test_a_worker_killed_after_the_answer_sends_nothing_again(
    variables: dict[str, str], records: Records, server: MailServer
) -> None:
    server.stop_at("QUIT")
    worker = start_worker(variables, "--once")
    assert server.has_stopped.wait(SECONDS)
    worker.send_signal(signal.SIGKILL)
    worker.wait(SECONDS)
    let_time_pass(records)
    work_once(variables)
    assert (read_letter(records), len(server.taken)) == (("sent", 1, 0), 1)


def test_a_worker_asked_to_end_sends_its_letter_to_the_end(
    variables: dict[str, str], records: Records, server: MailServer
) -> None:
    server.stop_at("DATA")
    worker = start_worker(variables)
    assert server.has_stopped.wait(SECONDS)
    worker.terminate()
    time.sleep(0.3)
    server.goes_on.set()
    assert worker.wait(SECONDS) == 0
    assert (read_letter(records), len(server.taken)) == (("sent", 1, 0), 1)


def test_letters_in_files_are_there_once_however_often_a_worker_dies(
    variables: dict[str, str], records: Records
) -> None:
    files = {**variables, "MOOTHALL_SMTP_HOST": ""}
    for after in (0.6, 0.9, 1.2, 1.5):
        worker = start_worker(files, "--once")
        time.sleep(after)
        worker.send_signal(signal.SIGKILL)
        worker.wait(SECONDS)
        let_time_pass(records)
    work_once(files)
    assert read_letter(records)[0] == "sent"
    assert len(list(Path(files["MOOTHALL_OUTBOX"]).glob("*.eml"))) == 1


# ---------------------------------------------------------------- beside the server


def descendants(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [each for child in map(int, children) for each in (child, *descendants(child))]


def workers_of(server: Server) -> list[int]:
    """The workers that a server keeps."""
    found = []
    for pid in descendants(server.process.pid):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        except OSError:
            continue
        found += [pid] if "--with-parent" in words else []
    return found


def until(is_so: object, what: str) -> None:
    """Wait until something is so; fails after a while."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if is_so():  # type: ignore[operator]
            return
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {SECONDS} seconds")


def test_serve_keeps_a_worker_and_takes_it_along(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    read_home(home)
    build_home(home)
    own = {"MOOTHALL_HOME": str(home), "MOOTHALL_WORKER": "1", "WEB_CONCURRENCY": "1"}
    with serving(home / "data" / "build", **own) as served:
        until(lambda: workers_of(served), "a worker runs")
        (first,) = workers_of(served)
        os.kill(first, signal.SIGKILL)
        until(lambda: first not in workers_of(served) and workers_of(served), "another takes its place")
        (second,) = workers_of(served)
        keeper = next(pid for pid in descendants(served.process.pid) if second in descendants(pid))
    until(lambda: not Path(f"/proc/{second}").exists() and not Path(f"/proc/{keeper}").exists(), "both have ended")


def test_a_server_that_is_killed_leaves_no_worker_behind(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    read_home(home)
    build_home(home)
    own = {"MOOTHALL_HOME": str(home), "MOOTHALL_WORKER": "1", "WEB_CONCURRENCY": "1"}
    with serving(home / "data" / "build", **own) as served:
        until(lambda: workers_of(served), "a worker runs")
        (worker,) = workers_of(served)
        served.process.kill()
        until(lambda: not Path(f"/proc/{worker}").exists(), "it has ended")
