"""The stopwatch: a child's time and memory, a page's time, bytes and nodes, a server's start and throughput."""

import gzip
import io
import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import html5lib

MOOTHALL = [sys.executable, "-m", "moothall.cli.main"]
START_LIMIT_SECONDS = 60.0
LOAD_REQUESTS = 600
LOAD_CONNECTIONS = 4


@dataclass(frozen=True)
class Page:
    """Server time of one page in milliseconds, its size in bytes and the elements in its tree."""

    path: str
    median_ms: float
    p95_ms: float
    gzip_bytes: int
    nodes: int


def run_build(builds: Path) -> tuple[float, float]:
    """Build into an empty folder in a child process: (seconds, peak megabytes)."""
    started = time.perf_counter()
    subprocess.run([*MOOTHALL, "build"], check=True, env=_environment(builds), capture_output=True)
    seconds = time.perf_counter() - started
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def time_page(application: Callable[..., Any], path: str, times: int) -> Page:
    """Ask the WSGI application for a page ``times`` times, warm, without a network between."""
    body = ask_page(application, path)
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        ask_page(application, path)
        spent.append((time.perf_counter() - started) * 1000)
    elements = html5lib.parse(body, treebuilder="etree").iter()
    p95 = statistics.quantiles(spent, n=20)[-1]
    return Page(path, statistics.median(spent), p95, len(gzip.compress(body, 6)), sum(1 for _ in elements))


def ask_page(application: Callable[..., Any], path: str) -> bytes:
    """The body of a page, asked of the WSGI application without a network between; SystemExit where it has none."""
    return b"".join(_ask(application, path))


def _ask(application: Callable[..., Any], path: str) -> Iterator[bytes]:
    status: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    yield from application(environ, lambda line, *_: status.append(line))
    if not status[0].startswith("200"):
        raise SystemExit(f"{path} answered {status[0]}")


@contextmanager
def running_server(builds: Path) -> Iterator[tuple[str, float]]:
    """Start the real server on a free port with two workers; yield its address and the seconds until it answered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.perf_counter()
    environment = {**_environment(builds), "HOST": "127.0.0.1", "PORT": str(port)}
    server = subprocess.Popen([*MOOTHALL, "serve"], env=environment, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        yield address, _until_answer(address, started)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=15)


def _until_answer(address: str, started: float) -> float:
    while time.perf_counter() - started < START_LIMIT_SECONDS:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return time.perf_counter() - started
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"The server did not answer within {START_LIMIT_SECONDS:.0f} seconds.")


def requests_a_second(url: str) -> float:
    """A bounded load of whole requests over four connections at once."""

    def ask(_: int) -> int:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return len(answer.read())

    started = time.perf_counter()
    with ThreadPoolExecutor(LOAD_CONNECTIONS) as pool:
        list(pool.map(ask, range(LOAD_REQUESTS)))
    return LOAD_REQUESTS / (time.perf_counter() - started)


def _environment(builds: Path) -> dict[str, str]:
    return {**os.environ, "MOOTHALL_BUILDS": str(builds)}
