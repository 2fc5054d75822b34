"""Records that cannot be used close the room with one sentence, and the explorer serves as before."""

import sqlite3
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from moothall.catalogue.whole_files import one_at_a_time
from tests.support.serving import Server, serving
from tests.support.store_builder import FakeStore
from tests.support.tiny_home import build_home, make_home, read_home

pytestmark = pytest.mark.programs


def answer_of(server: Server, path: str, cookie: str = "") -> tuple[int, str]:
    """Status and body of a page."""
    request = urllib.request.Request(server.address + path, headers={"Cookie": cookie})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A small home with its figures built."""
    made = make_home(tmp_path / "home")
    read_home(made)
    build_home(made)
    return made


def serving_home(home: Path, records: Path) -> AbstractContextManager[Server]:
    """Serve a home with its records elsewhere."""
    own = {"MOOTHALL_HOME": str(home), "MOOTHALL_ENGAGEMENT_DB": str(records), "WEB_CONCURRENCY": "1"}
    return serving(home / "data" / "build", **own)


def test_the_explorer_serves_without_its_records(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    records = tmp_path / "file" / "records.sqlite3"
    with serving_home(home, records) as server:
        assert "Taking part stays closed" in server.said
        assert answer_of(server, "/metrics")[0] == 200
        assert answer_of(server, "/take-part")[0] == 200
        status, page = answer_of(server, "/take-part/account", f"{settings.SESSION_COOKIE_NAME}=somebody")
        assert (status, "closed for the moment" in page) == (503, True)


def test_a_server_makes_its_records_and_finds_them_again(home: Path, tmp_path: Path) -> None:
    records = tmp_path / "new" / "records.sqlite3"
    for _ in range(2):
        with serving_home(home, records) as server:
            assert "closed" not in server.said
            assert answer_of(server, "/take-part/sign-in")[0] == 200
    with sqlite3.connect(records) as opened:
        (mode,) = opened.execute("pragma journal_mode").fetchone()
        assert mode == "wal"
        assert opened.execute("select count(*) from engagement_person").fetchone() == (0,)
    opened.close()


def test_two_starts_change_the_records_one_after_the_other(tmp_path: Path) -> None:
    seen: list[int] = []

    def start(number: int) -> None:
        with one_at_a_time(tmp_path / "records.sqlite3"):
            seen.append(number)
            assert seen[-1] == number
            seen.append(number)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(start, range(8)))
    assert [seen[n] == seen[n + 1] for n in range(0, 16, 2)] == [True] * 8


def test_a_page_that_says_closed_asks_the_records_nothing(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor who is reading: that is a question to the records too."""

    def broken(*_: object, **__: object) -> None:
        raise OperationalError("no such file")

    monkeypatch.setattr("moothall.engagement.people.recognising.SessionStore.load", broken)
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    answer = client.get("/take-part/account")
    assert answer.status_code == 503
    assert "closed for the moment" in answer.content.decode()
    assert client.get("/take-part").status_code == 503
