"""`python -m bench.room`: 200 officers of 100 councils answer at once; how long a save takes, and whether one is lost.

The server is the real one with two workers, on 127.0.0.1; the officers share its two cores. Each at their own pace (a
save every few seconds), then all at the very same moment, four times. On SQLite, or on the empty PostgreSQL that
DATABASE_URL names. Where others work on the machine too, the processor time of a save says more than the clock.
"""

import asyncio
import os
import random
import socket
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from urllib.parse import urlencode

from bench.__main__ import print_rows
from bench.stopwatch import running_server, worker_seconds

OFFICERS = 200
OF_ONE_COUNCIL = 2
SAVES = 4
RUSHES = 4
PAUSE_SECONDS = (2.0, 8.0)
"""Between two saves of one officer; whoever writes is saved by the page's program every few seconds."""
AT_ONCE = (0.0, 0.0)
MOST_SECONDS = 60
WANTED_MS = 500
CONSULTATION, DAY = "first-drafts-2026", "2026-12-01"
FORM_MARK = "m" * 32


@dataclass(frozen=True)
class Officer:
    """The cookies of somebody signed in, and the page on which they write."""

    cookies: str
    path: str
    name: str


@dataclass
class Taken:
    """What came of all saves: seconds and statuses."""

    seconds: list[float]
    statuses: Counter[int]


def main() -> None:
    """Furnish records of their own, serve them, and let everybody write."""
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "ENGAGEMENT_DB": f"{folder}/records.sqlite3",
            "OUTBOX": f"{folder}/outbox",
            "PUBLISHED": f"{folder}/published",
        }
        os.environ |= {f"MOOTHALL_{name}": value for name, value in own.items()}
        os.environ |= {"MOOTHALL_SECRET_KEY": "b" * 60, "MOOTHALL_DAY": DAY}
        officers = _furnish()
        from moothall.catalogue.places import builds_folder

        with running_server(builds_folder()) as server:
            host = server.address.removeprefix("http://")
            calm = asyncio.run(_everybody(host, officers, range(SAVES), PAUSE_SECONDS))
            spent, asking = worker_seconds(server), time.process_time()
            rushes = [
                asyncio.run(_everybody(host, officers, range(n, n + 1), AT_ONCE)) for n in range(SAVES, SAVES + RUSHES)
            ]
            spent, asking = worker_seconds(server) - spent, time.process_time() - asking
        lost = _lost(_kept(), {f"{each.name} {n}" for each in officers for n in range(SAVES + RUSHES)})
    rush = Taken([each for taken in rushes for each in taken.seconds], sum((t.statuses for t in rushes), Counter()))
    costs = [
        ("processor time of a save at the same moment", 1000 * spent / len(rush.seconds), None, "ms"),
        ("processor time of whoever asks", 1000 * asking / len(rush.seconds), None, "ms"),
    ]
    print_rows([*_rows("at their own pace", calm), *_rows("at the same moment", rush), *costs, *lost])


def _rows(what: str, taken: Taken) -> list[tuple[str, float, float | None, str]]:
    spent = [1000 * each for each in taken.seconds]
    refused = sum(count for status, count in taken.statuses.items() if status != 302)
    return [
        (f"{OFFICERS} officers {what}, median save", statistics.median(spent), None, "ms"),
        (f"{OFFICERS} officers {what}, 95th percentile", statistics.quantiles(spent, n=20)[-1], WANTED_MS, "ms"),
        (f"{OFFICERS} officers {what}, slowest", max(spent), None, "ms"),
        (f"{OFFICERS} officers {what}, refused saves", refused, None, ""),
    ]


def _lost(kept: Counter[str], expected: set[str]) -> list[tuple[str, float, float | None, str]]:
    doubled = sum(1 for words in expected if kept[words] > 1)
    lost = sum(1 for words in expected if not kept[words])
    return [
        ("answers lost", lost, None, f"of {len(expected)}"),
        ("answers doubled", doubled, None, f"of {len(expected)}"),
    ]


def _furnish() -> list[Officer]:
    """Councils with two officers each, all signed in, each with a question of their own."""
    from moothall.cli.records import ensure_records

    ensure_records()
    from django.db import connections

    from moothall.engagement.models import Membership, Person, Response, Role, State
    from moothall.engagement.people.parties import running_councils
    from moothall.web.current import current_store

    metric_count = len(current_store().catalogue.consultations[CONSULTATION].steps)
    found = []
    for number, council in enumerate(running_councils()[: OFFICERS // OF_ONE_COUNCIL]):
        made = Response.objects.create(consultation=CONSULTATION, kind=council.kind, key=council.key)
        for n in range(OF_ONE_COUNCIL):
            person = Person.objects.with_address(f"officer-{number}-{n}@example.org")
            belongs = {"kind": council.kind, "key": council.key, "role": Role.OFFICER, "state": State.CONFIRMED}
            Membership.objects.create(person=person, **belongs)
            path = f"/take-part/responses/{made.ref}/questions/{(2 * number + n) % metric_count + 1}"
            found.append(Officer(_cookies(person), path, f"officer {number} {n}"))
    connections.close_all()
    return found


def _cookies(person: object) -> str:
    """A session, and the mark that a browser sends with every form."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)  # type: ignore[attr-defined]
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()  # type: ignore[attr-defined]
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={FORM_MARK}"


async def _everybody(host: str, officers: list[Officer], saves: range, pause: tuple[float, float]) -> Taken:
    """All officers at once, each with saves of their own."""
    taken = await asyncio.gather(*(_write(host, each, saves, pause) for each in officers))
    seconds = [each for one in taken for each in one.seconds]
    return Taken(seconds, sum((one.statuses for one in taken), Counter()))


async def _write(host: str, officer: Officer, saves: range, pause: tuple[float, float]) -> Taken:
    """Save an answer several times over, each time with other words."""
    drawn, taken = random.Random(officer.name), Taken([], Counter())
    for n in saves:
        request = _save_request(host, officer, f"{officer.name} {n}", n)
        await asyncio.sleep(drawn.uniform(*pause))
        started = time.perf_counter()
        taken.statuses[await _status(host, request)] += 1
        taken.seconds.append(time.perf_counter() - started)
    return taken


def _save_request(host: str, officer: Officer, words: str, revision: int) -> bytes:
    form = urlencode({"csrfmiddlewaretoken": FORM_MARK, "words": words, "revision": str(revision)})
    lines = (
        f"POST {officer.path} HTTP/1.1",
        f"Host: {host}",
        f"Cookie: {officer.cookies}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(form)}",
        "Connection: close",
    )
    return "\r\n".join((*lines, "", form)).encode()


async def _status(host: str, request: bytes) -> int:
    """The status of an answer that was read to its end.

    No library of ours asks with so little work of its own, and what asks takes processor time from what answers.
    """
    name, _, port = host.partition(":")
    loop, answer = asyncio.get_running_loop(), b""
    with socket.socket() as line:
        line.setblocking(False)
        async with asyncio.timeout(MOST_SECONDS):
            await loop.sock_connect(line, (name, int(port)))
            await loop.sock_sendall(line, request)
            while more := await loop.sock_recv(line, 65_536):
                answer += more
    return int(answer.split(b" ", 2)[1])


def _kept() -> Counter[str]:
    """Every version of words that was kept."""
    from moothall.engagement.models import AnswerVersion

    return Counter(AnswerVersion.objects.values_list("words", flat=True))


if __name__ == "__main__":
    main()
