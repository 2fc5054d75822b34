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
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import html5lib

MOOTHALL = [sys.executable, "-m", "moothall.cli.main"]
START_LIMIT_SECONDS = 60.0
LOAD_CONNECTIONS = 4


@dataclass(frozen=True)
class Page:
    """Server time of one page in milliseconds, its size in bytes and the elements in its tree.

    On a busy machine the fastest of many is nearest to what the page costs.
    """

    path: str
    fastest_ms: float
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
    return Page(path, min(spent), statistics.median(spent), p95, len(gzip.compress(body, 6)), sum(1 for _ in elements))


def ask_page(application: Callable[..., Any], path: str) -> bytes:
    """The body of a page, asked of the WSGI application without a network between; SystemExit where it has none."""
    return b"".join(_ask(application, path))


def _ask(application: Callable[..., Any], path: str) -> Iterator[bytes]:
    status: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
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


@dataclass(frozen=True)
class Running:
    """The real server: its address, its process, and the seconds until it answered."""

    address: str
    process: int
    seconds: float


@contextmanager
def running_server(builds: Path, **variables: str) -> Iterator[Running]:
    """Start the real server on a free port with two workers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.perf_counter()
    environment = {**_environment(builds), "HOST": "127.0.0.1", "PORT": str(port), **variables}
    server = subprocess.Popen([*MOOTHALL, "serve"], env=environment, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        yield Running(address, server.pid, _until_answer(address, started))
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


def fetch(server: Running, path: str) -> str:
    """One page of the server as text."""
    with urllib.request.urlopen(server.address + path, timeout=60) as answer:
        return str(answer.read().decode())


def requests_a_second(server: Running, paths: Sequence[str], times: int) -> float:
    """A bounded load of whole requests over four connections at once, each path ``times`` times, in turn.

    The reader takes brotli, as browsers do. It runs on the same machine: its own work counts against the server.
    """
    host, port = server.address.removeprefix("http://").split(":")

    def ask(path: str) -> None:
        request = f"GET {path} HTTP/1.0\r\nHost: {host}:{port}\r\nAccept-Encoding: br\r\n\r\n"
        with socket.create_connection((host, int(port)), timeout=60) as line:
            line.sendall(request.encode())
            first = line.recv(65_536)
            while line.recv(65_536):
                pass
        if b" 200 " not in first[:16]:
            raise SystemExit(f"{path} answered {first[:40]!r}")

    load = [path for _ in range(times) for path in paths]
    started = time.perf_counter()
    with ThreadPoolExecutor(LOAD_CONNECTIONS) as pool:
        list(pool.map(ask, load))
    return len(load) / (time.perf_counter() - started)


def worker_megabytes(server: Running) -> list[float]:
    """The most memory that each worker has held."""
    return [peak_megabytes(child) for child in _workers(server)]


def worker_resident(server: Running) -> list[float]:
    """The memory that each worker holds now."""
    return [megabytes_of(child, "VmRSS") for child in _workers(server)]


def worker_seconds(server: Running) -> float:
    """The processor time that all workers have spent, the kernel's on their behalf included."""
    fields = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in _workers(server)]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def _workers(server: Running) -> list[str]:
    return Path(f"/proc/{server.process}/task/{server.process}/children").read_text().split()


def peak_megabytes(process: str = "self") -> float:
    """The most memory a program has held. The usual counter would give that of the program which started it."""
    return megabytes_of(process, "VmHWM")


def megabytes_of(process: str, field: str) -> float:
    """A count of memory that the kernel keeps of a program: ``VmRSS`` for now, ``VmHWM`` for the most so far."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith(f"{field}:"))


def _environment(builds: Path) -> dict[str, str]:
    return {**os.environ, "MOOTHALL_BUILDS": str(builds)}
