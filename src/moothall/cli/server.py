"""The server that `moothall serve` becomes: gunicorn, and nothing that its workers would carry for no use."""

import multiprocessing
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

from moothall.cli.keeper import working

MOST_MEGABYTES = 290
"""A worker that has come to hold more gives way to a new one: what it keeps is for speed, and 300 MB are its share."""

MEMORY = Path("/proc/self/statm")
"""Where Linux tells a program how many pages of memory it holds; elsewhere there is no such file, and no bound."""


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with the options given here instead of a settings file."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand our options to gunicorn."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """The site's WSGI application, loaded in each worker."""
        return site_application()


def site_application() -> Callable[..., Any]:
    """The site as a WSGI application, loaded when it is asked for."""
    application: Callable[..., Any] = import_app("moothall.site.wsgi:application")
    return application


def options(host: str, port: int, workers: int) -> dict[str, Any]:
    """Gunicorn's settings: quiet, synchronous workers, and the address printed once every one of them is ready."""
    ready, unsaid = multiprocessing.RawArray("b", workers), multiprocessing.Semaphore(1)

    def count_in(worker: Any) -> None:
        # Nothing here waits: a worker may be killed at any line, and the one that takes its place must come up.
        finish_on_ctrl_c(worker)
        ready[(worker.age - 1) % workers] = 1
        if all(ready) and unsaid.acquire(block=False):
            announce(host, port)

    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "loglevel": "warning",
        "proc_name": "moothall",
        "post_worker_init": count_in,
        "post_request": give_way_when_full,
    }


def finish_on_ctrl_c(worker: Any) -> None:
    """Let a worker answer to the end what it is answering when the server is stopped; gunicorn would break it off.

    A terminal sends Ctrl-C to every process: the server alone hears it, and tells its workers once.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGQUIT, worker.handle_exit)


def give_way_when_full(worker: Any, _request: Any, _environ: Any, _response: Any) -> None:
    """After an answer: let a worker end that holds more than its share, for another to take its place."""
    if resident_megabytes() > MOST_MEGABYTES:
        worker.alive = False


def resident_megabytes() -> float:
    """The memory that this process holds, in MB of a million bytes; 0 where the system does not say."""
    try:
        pages = int(MEMORY.read_text().split()[1])
    except OSError:
        return 0.0
    return pages * resource.getpagesize() / 1e6


def announce(host: str, port: int) -> None:
    """Print the address: the socket listens and every worker has opened the build."""
    shown = f"[{host}]" if ":" in host else host
    print(f"Moothall answers at http://{shown}:{port}/ (Ctrl-C stops it)", file=sys.stderr, flush=True)


OWN_MACHINE = ("127.0.0.1", "localhost")
"""Where a worker needs no other address than the server's own."""


def main() -> None:
    """Serve on the host and port of the command line with so many workers, until Ctrl-C."""
    host, port, workers = sys.argv[1:]
    with working(f"http://{host}:{port}" if host in OWN_MACHINE else ""):
        Server(options(host, int(port), int(workers))).run()


if __name__ == "__main__":
    main()
