"""Many who answer at the same moment, on the real server: no answer is lost, none is there twice."""

import http.client
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

import pytest

from tests.engagement.conftest import ON_BOTH
from tests.support.records import POSTGRESQL, SQLITE, Records
from tests.support.room_server import RoomServer, room_server

OFFICERS = {SQLITE: 200, POSTGRESQL: 50}
"""As many as may have a question open at once; PostgreSQL, where nobody waits for a turn, needs fewer to show it."""
AT_ONCE = 200
SAVES = 2
FORM = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(frozen=True)
class Saved:
    """One save: its status, and how long it took in seconds."""

    status: int
    seconds: float


def ask(
    room: RoomServer, method: str, path: str, cookie: str, form: dict[str, str] | None = None
) -> tuple[int, str, str]:
    """One request: status, body, and the cookie that was set."""
    host = room.server.address.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, urlencode(form) if form else None, headers)
    answer = connection.getresponse()
    body, given = answer.read().decode(), answer.getheader("Set-Cookie") or ""
    connection.close()
    return answer.status, body, given.partition(";")[0]


def write(room: RoomServer, number: int) -> list[Saved]:
    """One officer: the lead's session, a question of their own, saved three times over."""
    session = f"{room.cookie}={room.sessions['lead']}"
    path = f"/take-part/responses/{room.made['response']}/questions/{number % 21 + 1}"
    _, page, form_cookie = ask(room, "GET", path, session)
    token = FORM.search(page)
    assert token, page[:300]
    saves = []
    for n in range(SAVES):
        form = {"csrfmiddlewaretoken": token[1], "words": f"officer {number}, save {n}", "revision": "0"}
        start = perf_counter()
        status, _, _ = ask(room, "POST", path, f"{session}; {form_cookie}", form)
        saves.append(Saved(status, perf_counter() - start))
    return saves


@pytest.mark.programs
@pytest.mark.timeout(900)
@ON_BOTH
def test_no_answer_is_lost_or_doubled(shipped: Path, tmp_path: Path, records: Records) -> None:
    officers, own = range(OFFICERS[records.kind]), {**records.variables, "WEB_CONCURRENCY": "2"}
    with room_server(shipped, tmp_path, **own) as room, ThreadPoolExecutor(AT_ONCE) as pool:
        saves = [save for found in pool.map(lambda n: write(room, n), officers) for save in found]
    slowest = sorted(save.seconds for save in saves)[int(0.95 * len(saves))]
    assert Counter(save.status for save in saves) == {302: len(officers) * SAVES}, f"95% within {slowest:.2f} s"
    words = [row[0] for row in records.ask("select words from engagement_answerversion")]
    rows = records.ask("select metric, question, count(*) from engagement_answer group by 1, 2")
    assert Counter(words) == Counter(f"officer {n}, save {s}" for n in officers for s in range(SAVES))
    assert all(count == 1 for _, _, count in rows)
