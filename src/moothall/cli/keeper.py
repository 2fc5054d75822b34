"""Keeps `moothall worker` running in a process of its own, beside a block of the server's."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WANTED = "MOOTHALL_WORKER"
"""Set to 0 where something else runs the worker, such as cron or a service of its own."""
PAUSE = 5.0
SECONDS_TO_END = 15


@contextmanager
def working(address: str = "") -> Iterator[None]:
    """Keep a worker running beside the block, unless MOOTHALL_WORKER is 0; it ends with the block, or if we are killed.

    ``address`` is where its letters lead, unless MOOTHALL_ADDRESS says; "" leaves that to MOOTHALL_ADDRESS alone.
    A light process of its own starts the worker, and starts it again where it ends by itself.
    """
    if os.environ.get(WANTED) == "0":
        yield
        return
    own, keeper = os.getpid(), _fork_keeper(address)
    try:
        yield
    finally:
        # The server's own processes come by here too when they end: they leave the keeper alone.
        if os.getpid() == own:
            _end(keeper)


def _fork_keeper(address: str) -> int:
    parent, child = os.getpid(), os.fork()
    if child == 0:
        try:
            _keep(parent, address)
        finally:
            os._exit(0)
    return child


def _keep(parent: int, address: str) -> None:
    """Run workers one after the other while ``parent`` lives."""
    asked: list[int] = []
    given = {**({"MOOTHALL_ADDRESS": address} if address else {}), **os.environ}
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: asked.append(number))
    while not asked and os.getppid() == parent:
        running = subprocess.Popen([sys.executable, "-m", "moothall.cli.main", "worker", "--with-parent"], env=given)
        while running.poll() is None and not asked and os.getppid() == parent:
            time.sleep(0.2)
        if running.poll() is None:
            running.terminate()
            running.wait()
        elif not asked:
            time.sleep(PAUSE)


def _end(keeper: int) -> None:
    """Ask the keeper to end and wait for it: the letter that is being sent is sent to its end."""
    try:
        os.kill(keeper, signal.SIGTERM)
        for _ in range(SECONDS_TO_END * 10):
            if os.waitpid(keeper, os.WNOHANG)[0]:
                return
            time.sleep(0.1)
        os.kill(keeper, signal.SIGKILL)
    except (ChildProcessError, ProcessLookupError):
        """It has ended, and the server has already seen to it."""
