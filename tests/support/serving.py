"""The real server on a free port, as `make serve` starts it, for tests that need a browser or a signal."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_END = 60
"""Those who have asked are answered first, and a machine may have more to do than this."""
ANNOUNCED = "Moothall answers at "


@dataclass(frozen=True)
class Server:
    """A running server: its address without a final slash, its process, and what it said until it answered."""

    address: str
    process: subprocess.Popen[str]
    said: str


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(environment: dict[str, str]) -> subprocess.Popen[str]:
    """Start `moothall serve` with these variables on top of our own."""
    command = [sys.executable, "-m", "moothall.cli.main", "serve"]
    return subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True)


@contextmanager
def serving(builds: Path, **environment: str) -> Iterator[Server]:
    """Serve the builds of a folder until the block ends."""
    variables = {"HOST": "127.0.0.1", "PORT": str(free_port()), "MOOTHALL_BUILDS": str(builds)}
    variables |= {
        "MOOTHALL_ENGAGEMENT_DB": str(builds / "engagement.sqlite3"),
        "MOOTHALL_OUTBOX": str(builds / "outbox"),
        "MOOTHALL_PUBLISHED": str(builds / "published"),
        "MOOTHALL_WORKER": "0",
    }
    variables |= environment
    process = start(variables)
    try:
        yield Server(f"http://127.0.0.1:{variables['PORT']}", process, until_announced(process))
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(timeout=SECONDS_TO_END)
        assert process.stderr is not None
        process.stderr.close()


def until_announced(process: subprocess.Popen[str]) -> str:
    """Everything the server says up to the line with its address; fails where it ends before that."""
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if line.startswith(ANNOUNCED):
            return said
    raise AssertionError(f"the server ended before it answered: {said}")
