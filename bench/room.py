"""`python -m bench.room`: 200 officers of 100 councils answer at once; how long a save takes, and whether one is lost.

The server is the real one with two workers, on 127.0.0.1; the officers share its two cores. Each at their own pace (a
save every few seconds), then all at the very same moment, four times. On SQLite, or on the empty PostgreSQL that
DATABASE_URL names. Where others work on the machine too, the processor time of a save says more than the clock.
"""

import http.client
import os
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
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
            calm = _together(officers, lambda each: _write(host, each, range(SAVES), PAUSE_SECONDS))
            spent = worker_seconds(server)
            rushes = [_rush(host, officers, n) for n in range(SAVES, SAVES + RUSHES)]
            spent = worker_seconds(server) - spent
        lost = _lost(_kept(), {f"{each.name} {n}" for each in officers for n in range(SAVES + RUSHES)})
    rush = Taken([each for taken in rushes for each in taken.seconds], sum((t.statuses for t in rushes), Counter()))
    cost = ("processor time of a save at the same moment", 1000 * spent / len(rush.seconds), None, "ms")
    print_rows([*_rows("at their own pace", calm), *_rows("at the same moment", rush), cost, *lost])


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


def _together(officers: list[Officer], act: Callable[[Officer], Taken]) -> Taken:
    """Everybody in a thread of their own, begun at the same moment."""
    start, results = threading.Barrier(len(officers)), [Taken([], Counter()) for _ in officers]

    def run(number: int) -> None:
        start.wait()
        results[number] = act(officers[number])

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(officers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = [each for taken in results for each in taken.seconds]
    return Taken(seconds, sum((taken.statuses for taken in results), Counter()))


def _rush(host: str, officers: list[Officer], number: int) -> Taken:
    """Everybody saves once, at the very same moment."""
    return _together(officers, lambda each: _write(host, each, range(number, number + 1), (0.0, 0.0)))


def _write(host: str, officer: Officer, saves: range, pause: tuple[float, float]) -> Taken:
    """Save an answer several times over, each time with other words."""
    drawn, taken = random.Random(officer.name), Taken([], Counter())
    for n in saves:
        time.sleep(drawn.uniform(*pause) if pause[1] else 0)
        started = time.perf_counter()
        taken.statuses[_save(host, officer, f"{officer.name} {n}", n)] += 1
        taken.seconds.append(time.perf_counter() - started)
    return taken


def _save(host: str, officer: Officer, words: str, revision: int) -> int:
    connection = http.client.HTTPConnection(host, timeout=60)
    form = {"csrfmiddlewaretoken": FORM_MARK, "words": words, "revision": str(revision)}
    headers = {"Cookie": officer.cookies, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request("POST", officer.path, urlencode(form), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _kept() -> Counter[str]:
    """Every version of words that was kept."""
    from moothall.engagement.models import AnswerVersion

    return Counter(AnswerVersion.objects.values_list("words", flat=True))


if __name__ == "__main__":
    main()
