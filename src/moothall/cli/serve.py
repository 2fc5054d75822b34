"""`moothall serve`: make sure there is a build, then answer on HOST and PORT until Ctrl-C."""

import multiprocessing
import os
import socket
from collections.abc import Callable
from typing import Annotated, Any

import typer
from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

from moothall.catalogue.places import builds_folder, catalogue_folder, releases_folder
from moothall.cli.output import progress_bars, say
from moothall.cli.records import ensure_records
from moothall.cli.worker import working
from moothall.errors import MoothallError, UsageError
from moothall.pipeline.build import build, is_current
from moothall.store import has_build

WORKERS = 2
HIGHEST_PORT = 65535


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


def serve(
    host: Annotated[str, typer.Option(envvar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[str, typer.Option(envvar="PORT", help="Port to listen on.")] = "8000",
    workers: Annotated[int, typer.Option(envvar="WEB_CONCURRENCY", help="Worker processes.", min=1, max=64)] = WORKERS,
) -> None:
    """Open the explorer: build if the figures or the catalogue changed, then serve until Ctrl-C."""
    number = checked_port(port)
    refuse_taken(host, number)
    ensure_build()
    os.environ.setdefault("MOOTHALL_HOSTS", host)
    ensure_records()
    with working():
        Server(options(host, number, workers)).run()


def options(host: str, port: int, workers: int) -> dict[str, Any]:
    """Gunicorn's settings: quiet, synchronous workers, and the address printed once every one of them is ready."""
    ready, unsaid = multiprocessing.RawArray("b", workers), multiprocessing.Semaphore(1)

    def count_in(worker: Any) -> None:
        # Nothing here waits: a worker may be killed at any line, and the one that takes its place must come up.
        ready[(worker.age - 1) % workers] = 1
        if all(ready) and unsaid.acquire(block=False):
            announce(host, port)

    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "loglevel": "warning",
        "proc_name": "moothall",
        "post_worker_init": count_in,
    }


def announce(host: str, port: int) -> None:
    """Print the address: the socket listens and every worker has opened the build."""
    say(f"Moothall answers at http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C stops it)")


def checked_port(text: str) -> int:
    """The port as a number; UsageError where it cannot be one."""
    if not text.isdigit() or not 0 < int(text) <= HIGHEST_PORT:
        raise UsageError(f"PORT is {text!r}: give a number from 1 to {HIGHEST_PORT}, such as PORT=8000.")
    return int(text)


def refuse_taken(host: str, port: int) -> None:
    """Raise UsageError where nothing can listen on this address, before any work is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            cause = error.strerror or str(error)
            raise UsageError(f"Nothing can listen on {host}:{port} ({cause}): choose another HOST or PORT.") from None


def ensure_build() -> None:
    """Build where the inputs changed; where that fails, say so and serve the last good build if there is one."""
    places = catalogue_folder(), releases_folder(), builds_folder()
    try:
        if is_current(*places):
            return
        say("Building the figures (a few seconds, once).")
        with progress_bars() as progress:
            build(*places, progress)
    except MoothallError as error:
        if not has_build(builds_folder()):
            raise
        say(f"{error}\nServing the last good build instead.")
