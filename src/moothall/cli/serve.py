"""`moothall serve`: make sure that there are a build and records, then become the server."""

import os
import socket
import sys
from typing import Annotated

import typer

from moothall.catalogue.places import builds_folder, catalogue_folder, releases_folder
from moothall.cli.output import progress_bars, say
from moothall.cli.records import ensure_records
from moothall.errors import MoothallError, UsageError
from moothall.pipeline.build import build, is_current
from moothall.store import has_build

WORKERS = 2
HIGHEST_PORT = 65535

GIVE_BACK = {"MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072"}
"""Settings of the C library (glibc's, others read past them): memory that is free goes back to the machine at once."""


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
    become_server(host, number, workers)


def become_server(host: str, port: int, workers: int) -> None:
    """Turn this process into the server, with the same number: what the build needed is no part of its memory."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.environ.update({**GIVE_BACK, **os.environ})
    os.execv(sys.executable, [sys.executable, "-m", "moothall.cli.server", host, str(port), str(workers)])


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
