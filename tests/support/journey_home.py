"""A home of its own for a whole consultation: three drafts in a tiny catalogue, records, letters, and a server."""

import email
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import yaml

from tests.support.catalogue_builder import UNITARY, metric, tiny_catalogue
from tests.support.records import Records
from tests.support.serving import Server, serving
from tests.support.tiny_home import build_home, make_home, read_home

DRAFTS = ("first-idea", "second-idea", "third-idea")
CONSULTATION = "three-ideas"
OPENED, DURING, AFTER = "2026-12-01", "2026-12-02", "2027-03-01"
LINK = re.compile(r"(/take-part/sign-in/\S+)")
PATIENCE_SECONDS = 30.0


def asked() -> dict[str, object]:
    """The consultation's file: one question with a list and words, and one with words, on each of three drafts."""
    options = [{"id": "clear", "text": "It is clear"}, {"id": "unclear", "text": "It is not clear"}]
    definition = {"id": "clear", "aspect": "definition", "kind": "choice", "text": "Is it clear what is counted?"}
    harm = {"id": "harm", "aspect": "perverse-incentive", "kind": "text", "text": "What could go wrong with it?"}
    return {
        "id": CONSULTATION,
        "title": "Three ideas",
        "owner": "The owners",
        "purpose": "To ask about three drafts.",
        "metrics": list(DRAFTS),
        "opens": OPENED,
        "closes": "2027-02-26",
        "who": ["authority", "body", "person"],
        "privacy": "Nothing is published without consent.",
        "questions_on_each_metric": [{**definition, "options": options, "comment": "What should it say?"}, harm],
    }


@dataclass(frozen=True)
class JourneyHome:
    """A home, and the variables under which every program of the journey runs."""

    folder: Path
    records: Records
    environment: dict[str, str]

    def run(self, *words: str, day: str = DURING) -> str:
        """A command of Moothall; what it printed."""
        command = [sys.executable, "-m", "moothall.cli.main", *words]
        own = os.environ | self.environment | {"MOOTHALL_DAY": day}
        return subprocess.run(command, env=own, capture_output=True, text=True, check=True).stdout

    @contextmanager
    def serving(self, day: str) -> Iterator[Server]:
        """The server on a day, with its worker."""
        own = {**self.environment, "MOOTHALL_DAY": day, "MOOTHALL_WORKER": "1", "WEB_CONCURRENCY": "1"}
        with serving(self.folder / "data" / "build", **own) as server:
            yield server

    def letter(self, address: str, words: str, number: int = 1) -> str:
        """The text of the letter to an address that has these words, the ``number``th of its kind, once it is there."""
        return _text(self._find(address, words, number))

    def head(self, address: str, words: str, name: str) -> str:
        """A line of the head of that letter."""
        return str(self._find(address, words, 1)[name])

    def the_next_morning_comes(self) -> None:
        """Whatever waits for its time is due: nobody's clock is asked, and no test waits for one."""
        past = "2026-01-01 07:00:00"
        self.records.change(
            f"UPDATE engagement_subscriber SET next_at = '{past}' WHERE next_at IS NOT NULL",
            f"UPDATE engagement_chore SET due_at = '{past}'",
        )

    def _find(self, address: str, words: str, number: int) -> EmailMessage:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            found = [each for each in self._letters() if str(each["To"]) == address and words in _text(each)]
            if len(found) >= number:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"no letter number {number} to {address} says {words!r}")

    def _letters(self) -> list[EmailMessage]:
        files = sorted((self.folder / "outbox").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [email.message_from_bytes(path.read_bytes(), policy=default) for path in files]


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return f"{message['Subject']}\n{body.get_content() if body else ''}"


def make_journey_home(folder: Path, records: Records) -> JourneyHome:
    """Three drafts with figures of two councils; the consultation waits in a file beside the catalogue."""
    files = tiny_catalogue()
    for number, id_ in enumerate(DRAFTS):
        step = {"on": "2026-11-01", "state": "draft", "reason": "Nobody counts it yet."}
        title = f"{('First', 'Second', 'Third')[number]} idea"
        files[f"metrics/waste/{id_}.yaml"] = metric(id_, title=title, status="draft", breaks=[], history=[step])
    sites = {"NNS": "https://www.newnorthshire.gov.uk", "WBY": "https://www.westbay.gov.uk"}
    for council in files[UNITARY]["authorities"]:
        council["website"] = sites[council["code"]]
    make_home(folder, files)
    (folder / f"{CONSULTATION}.yaml").write_text(yaml.safe_dump(asked(), sort_keys=False), encoding="utf-8")
    read_home(folder)
    build_home(folder)
    own = {
        "HOME": "",
        "BUILDS": "data/build",
        "OUTBOX": "outbox",
        "PUBLISHED": "out",
    }
    places = {f"MOOTHALL_{name}": str(folder / place) for name, place in own.items()}
    return JourneyHome(folder, records, {**places, **records.variables, "MOOTHALL_SECRET_KEY": "j" * 60})
