"""The real server with furnished records: people in every role, each with a session that a browser may use."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from tests.support.serving import Server, serving

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class RoomServer:
    """A server, the sessions of its people by role, the objects that addresses name, and where its letters lie."""

    server: Server
    cookie: str
    sessions: dict[str, str]
    made: dict[str, object]
    outbox: Path

    def context(self, browser: Browser, role: str, **look: object) -> BrowserContext:
        """A browser in which the person of this role is signed in; "reader" for nobody."""
        context = browser.new_context(**look)  # type: ignore[arg-type]
        if role in self.sessions:
            session = {"name": self.cookie, "value": self.sessions[role], "url": f"{self.server.address}/take-part"}
            context.add_cookies([session])  # type: ignore[list-item]
        return context


@contextmanager
def room_server(builds: Path, folder: Path, **environment: str) -> Iterator[RoomServer]:
    """Serve the builds of a folder with furnished records in another until the block ends."""
    own = {
        "MOOTHALL_BUILDS": str(builds),
        "MOOTHALL_ENGAGEMENT_DB": str(folder / "records.sqlite3"),
        "MOOTHALL_OUTBOX": str(folder / "outbox"),
        "MOOTHALL_PUBLISHED": str(folder / "published"),
        "MOOTHALL_SECRET_KEY": "x" * 60,
        "MOOTHALL_WORKER": "1",
        **environment,
    }
    command = [sys.executable, "-m", "tests.engagement.furnish_server"]
    answer = subprocess.run(command, env=os.environ | own, cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(answer.stdout)
    with serving(builds, **own) as server:
        yield RoomServer(server, found["cookie"], found["sessions"], found["made"], folder / "outbox")
