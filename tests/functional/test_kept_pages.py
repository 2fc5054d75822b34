"""Whole answers kept in memory: the same as made anew, for one build, day, host and encoding, and never too many."""

from datetime import date

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from moothall.web import current, no_ranking
from moothall.web.kept_pages import KeptPages, key_of
from tests.functional.conftest import make_example_store
from tests.support.store_builder import FakeStore

PAGE = "/metrics/household-waste-recycling-rate"
BUILD, OTHER = object(), object()


def answer(size: int = 100) -> HttpResponse:
    return HttpResponse(b"x" * size)


def pages_made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages that are made from now on, by the first thing that is done to make any."""
    made: list[str] = []
    real = no_ranking.NoRanking.__call__

    def noted(self: no_ranking.NoRanking, request: HttpRequest) -> HttpResponse:
        made.append(request.path)
        return real(self, request)

    monkeypatch.setattr(no_ranking.NoRanking, "__call__", noted)
    return made


@pytest.mark.parametrize("encoding", ["", "gzip", "br, gzip"])
def test_a_page_is_made_once_and_is_the_same_again(
    client: Client, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    made = pages_made(monkeypatch)
    first, second = (client.get(PAGE, headers={"accept-encoding": encoding}) for _ in range(2))
    assert made == [PAGE]
    assert first.content == second.content
    assert dict(first.items()) == dict(second.items())
    assert first.headers.get("Content-Encoding", "") == encoding.partition(",")[0]


@pytest.mark.parametrize(
    "other",
    [
        {"path": PAGE + "?authority=leeds"},
        {"path": PAGE, "headers": {"host": "localhost"}},
        {"path": PAGE, "headers": {"accept-encoding": "gzip"}},
        {"path": PAGE, "secure": True},
    ],
    ids=["address", "host", "encoding", "scheme"],
)
def test_another_page_is_made_anew(client: Client, monkeypatch: pytest.MonkeyPatch, other: dict[str, object]) -> None:
    client.get(PAGE)
    made = pages_made(monkeypatch)
    client.get(**other)  # type: ignore[arg-type]
    assert made == [PAGE]


def test_another_build_and_another_day_are_made_anew(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = pages_made(monkeypatch)
    client.get(PAGE)
    monkeypatch.setattr(current, "_day", lambda: date(2026, 11, 23))
    client.get(PAGE)
    current.current_store.serve_only(make_example_store())
    client.get(PAGE)
    assert made == [PAGE] * 3


def test_what_staff_publish_beside_the_build_is_seen_at_once(
    client: Client, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = pages_made(monkeypatch)
    client.get(PAGE)
    store.publications = type(store.publications)("another state", {})
    client.get(PAGE)
    assert made == [PAGE] * 2


def test_pages_of_taking_part_and_refusals_are_never_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = pages_made(monkeypatch)
    for _ in range(2):
        assert client.get("/metrics/nothing").status_code == 404
        assert client.head(PAGE).status_code == 200
    assert made == ["/metrics/nothing", PAGE] * 2
    assert key_of(RequestFactory().post(PAGE), "tag") is None


def test_what_is_kept_is_bounded_and_the_least_asked_for_goes_first() -> None:
    kept = KeptPages(2000)
    kept.find(BUILD, ("none",))
    for name in "abcdefghijklmnop":
        kept.keep(BUILD, (name,), answer(100))
        assert kept.find(BUILD, ("a",)) is not None
    assert kept.find(BUILD, ("b",)) is None
    assert kept.find(BUILD, ("p",)) is not None
    kept.keep(BUILD, ("large",), answer(1000))
    assert kept.find(BUILD, ("large",)) is None
    assert kept.find(OTHER, ("a",)) is None, "another build empties it"


def test_nothing_is_kept_where_nothing_may_be() -> None:
    kept = KeptPages(0)
    kept.find(BUILD, ("none",))
    kept.keep(BUILD, ("a",), answer())
    assert kept.find(BUILD, ("a",)) is None


def test_an_answer_with_a_cookie_is_not_kept() -> None:
    kept = KeptPages(10_000)
    kept.find(BUILD, ("none",))
    response = answer()
    response.set_cookie("a", "b")
    kept.keep(BUILD, ("a",), response)
    assert kept.find(BUILD, ("a",)) is None
