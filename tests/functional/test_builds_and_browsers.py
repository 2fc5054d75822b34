"""How the site serves: builds are noticed, pages are kept by browsers, small files have their place."""

import os
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve

from moothall.domain.published import Published
from moothall.errors import NoBuild
from moothall.presenters import addresses
from moothall.web.current import CurrentStore
from tests.support.store_builder import FakeStore, make_store


def write_pointer(folder: Path, name: str, mtime: int) -> None:
    pointer = folder / "CURRENT"
    pointer.write_text(name)
    os.utime(pointer, (mtime, mtime))


class Opener:
    """Opens a fake store for the build that the pointer names; "broken" cannot be opened."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def __call__(self, folder: Path) -> FakeStore:
        try:
            name = (folder / "CURRENT").read_text()
        except FileNotFoundError:
            raise NoBuild("none") from None
        if name == "broken":
            raise NoBuild("cannot be read")
        self.opened.append(name)
        store = make_store({})
        store.build_id = name
        return store


@pytest.fixture
def opener() -> Opener:
    return Opener()


@pytest.fixture
def serving(tmp_path: Path, opener: Opener) -> CurrentStore:
    return CurrentStore(lambda: tmp_path, opener)


def test_a_build_is_opened_once(tmp_path: Path, serving: CurrentStore, opener: Opener) -> None:
    write_pointer(tmp_path, "one", 100)
    assert [serving().build_id for _ in range(3)] == ["one"] * 3
    assert opener.opened == ["one"]


def test_a_new_build_is_served_from_the_next_request(tmp_path: Path, serving: CurrentStore) -> None:
    write_pointer(tmp_path, "one", 100)
    assert serving().build_id == "one"
    write_pointer(tmp_path, "two", 200)
    assert serving().build_id == "two"


def test_a_broken_build_leaves_the_last_one_serving(
    tmp_path: Path, serving: CurrentStore, caplog: pytest.LogCaptureFixture
) -> None:
    write_pointer(tmp_path, "one", 100)
    serving()
    write_pointer(tmp_path, "broken", 200)
    assert serving().build_id == "one"
    assert "the last one keeps serving" in caplog.text
    write_pointer(tmp_path, "three", 300)
    assert serving().build_id == "three"


def test_a_pointer_that_vanishes_leaves_the_last_build_serving(tmp_path: Path, serving: CurrentStore) -> None:
    write_pointer(tmp_path, "one", 100)
    serving()
    (tmp_path / "CURRENT").unlink()
    assert serving().build_id == "one"


def test_without_a_build_there_is_nothing_to_serve(tmp_path: Path, serving: CurrentStore) -> None:
    with pytest.raises(NoBuild):
        serving()
    write_pointer(tmp_path, "late", 100)
    assert serving().build_id == "late"


def test_a_page_that_the_reader_has_is_not_sent_again(client: Client, store: FakeStore) -> None:
    first = client.get("/authorities/leeds")
    tag = first.headers["ETag"]
    again = client.get("/authorities/leeds", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/authorities/bradford", headers={"if-none-match": tag}).status_code == 200
    store.build_id = "ffffffffffff"
    assert client.get("/authorities/leeds", headers={"if-none-match": tag}).status_code == 200


def test_a_page_changes_with_what_is_published_beside_the_build(client: Client, store: FakeStore) -> None:
    tag = client.get("/authorities/leeds").headers["ETag"]
    store.publications = Published("another state")
    assert client.get("/authorities/leeds", headers={"if-none-match": tag}).status_code == 200


def test_faults_are_never_kept(client: Client) -> None:
    assert "ETag" not in client.get("/authorities/nobody").headers


def test_pages_are_packed_for_those_who_can_unpack(client: Client) -> None:
    assert client.get("/authorities/leeds", headers={"accept-encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


def test_head_answers_without_a_body(client: Client) -> None:
    response = client.head("/metrics")
    assert (response.status_code, response.content) == (200, b"")


def test_robots_and_icon(client: Client) -> None:
    assert "Disallow: /search" in client.get("/robots.txt").content.decode()
    icon = client.get("/favicon.ico")
    assert (icon.status_code, icon.headers["Location"]) == (301, "/static/favicon.svg")


def test_no_page_sets_a_cookie(client: Client) -> None:
    for address in ("/", "/search?q=leeds", "/compare", "/nowhere"):
        assert not client.get(address).cookies


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (addresses.authority_address("leeds"), "authority"),
        (addresses.metric_address("recycling"), "metric"),
        (addresses.trail_address("recycling", "leeds", "2021-22"), "trail"),
        (addresses.source_address("made-up"), "source"),
        (addresses.compare_address([]), "compare"),
        (addresses.authorities_address(), "authorities"),
    ],
)
def test_addresses_that_presenters_write_are_routed(address: str, name: str) -> None:
    assert resolve(address).url_name == name


def test_addresses_leave_out_choices_that_were_not_made() -> None:
    assert addresses.metric_address("m", group="", period="2021-22") == "/metrics/m?period=2021-22"
    assert addresses.metric_address("m", group="type:county") == "/metrics/m?group=type:county"
    assert addresses.compare_address(["a", "b"], ["m"]) == "/compare?authority=a&authority=b&metric=m"
    assert addresses.search_address("a & b") == "/search?q=a+%26+b"
    assert addresses.host_text("https://www.gov.uk/long/path") == "gov.uk"
