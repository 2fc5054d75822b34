"""The verb fetch, from a mirror and from a server on this machine: the whole file, or one sentence and no file."""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from moothall.catalogue import Catalogue
from moothall.errors import FetchError
from moothall.pipeline.arrival import Arrival
from moothall.pipeline.fetch import USER_AGENT, FetchedFile, Web, fetch_sources
from moothall.pipeline.polite import MOST_ATTEMPTS, Pace
from tests.support import catalogue_builder as builder
from tests.unit.pipeline.making import SOURCE_ID, publish

CONTENT = b"Code,Rate\n" + b"E06000002,40.5\n" * 20_000
MOST_REQUESTS = 12

Answer = Callable[["Handler", int], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the test says, one function for each request in turn; the last one answers all that follow."""

    server: "Server"

    def do_GET(self) -> None:
        number = len(self.server.asked)
        self.server.asked.append(dict(self.headers))
        if number >= MOST_REQUESTS:
            self.send_error(500)
            return
        answers = self.server.answers
        answers[min(number, len(answers) - 1)](self, number)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        """Say nothing."""

    def begin(self, status: int, length: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(length))
        self.end_headers()


@dataclass
class Asked:
    """Where the server is, and the headers of every request so far."""

    url: str
    headers: list[dict[str, str]]


class Server(HTTPServer):
    """A server with a list of answers."""

    answers: tuple[Answer, ...] = ()
    asked: list[dict[str, str]] = []  # noqa: RUF012  set for each server below


@contextmanager
def serving(*answers: Answer) -> Iterator[Asked]:
    server = Server(("127.0.0.1", 0), Handler)
    server.answers, server.asked = answers, []
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Asked(f"http://127.0.0.1:{server.server_address[1]}/returns.csv", server.asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def whole(content: bytes = CONTENT, **headers: str) -> Answer:
    def answer(handler: Handler, _number: int) -> None:
        handler.begin(200, len(content), **headers)
        handler.wfile.write(content)

    return answer


def status(code: int, **headers: str) -> Answer:
    def answer(handler: Handler, _number: int) -> None:
        handler.begin(code, 0, **headers)

    return answer


def cut_after(sent: int, **headers: str) -> Answer:
    """Promise the whole file, then hang up."""

    def answer(handler: Handler, _number: int) -> None:
        handler.begin(200, len(CONTENT), **headers)
        handler.wfile.write(CONTENT[:sent])

    return answer


def rest(start_shift: int = 0) -> Answer:
    """The rest of the file, as a server that knows ranges sends it."""

    def answer(handler: Handler, _number: int) -> None:
        start = int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-")) + start_shift
        body = CONTENT[start:]
        handler.begin(206, len(body), Content_Range=f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}")
        handler.wfile.write(body)

    return answer


def slow(handler: Handler, _number: int) -> None:
    handler.begin(200, len(CONTENT))
    handler.wfile.write(CONTENT[:10])
    handler.wfile.flush()
    time.sleep(0.6)


def trickle(handler: Handler, _number: int) -> None:
    handler.begin(200, len(CONTENT))
    try:
        for byte in range(40):
            handler.wfile.write(CONTENT[byte : byte + 1])
            handler.wfile.flush()
            time.sleep(0.02)
    except OSError:
        return


@dataclass
class Fetching:
    """A catalogue that names a server, the folder to fetch into, and the pauses that were made."""

    catalogue: Catalogue
    raw: Path
    paused: list[float] = field(default_factory=list)

    def fetch(self, mirror: Path | None = None, timeout: float = 5.0, longest: float = 20.0) -> tuple[FetchedFile, ...]:
        pace = Pace(between_seconds=0.0, sleep=self.paused.append)
        web = Web(pace, timeout_seconds=timeout, longest_seconds=longest)
        return fetch_sources(self.catalogue, None, mirror, self.raw, web=web)

    def left(self) -> list[str]:
        return sorted(path.name for path in self.raw.rglob("*") if path.is_file())

    @property
    def target(self) -> Path:
        return self.raw / SOURCE_ID / "returns.csv"


def fetching(folder: Path, url: str | None = None, max_bytes: int | None = None) -> Fetching:
    def edit(files: builder.Files) -> None:
        described = files[builder.SOURCE]["releases"][0]["files"][0]
        described.update({key: value for key, value in (("url", url), ("max_bytes", max_bytes)) if value is not None})

    return Fetching(publish(folder, CONTENT, edit).catalogue, folder / "raw")


def test_a_file_arrives_whole_and_politely(tmp_path: Path) -> None:
    with serving(whole()) as server:
        work = fetching(tmp_path, server.url)
        (fetched,) = work.fetch()
        assert (fetched.source, fetched.path, fetched.bytes, fetched.is_new) == (
            SOURCE_ID,
            work.target,
            len(CONTENT),
            True,
        )
        assert [again.is_new for again in work.fetch()] == [False]
    assert work.target.read_bytes() == CONTENT
    assert work.left() == ["returns.csv"]
    assert [asked["User-Agent"] for asked in server.headers] == [USER_AGENT]
    assert USER_AGENT.startswith("Moothall/")


BUSY_THEN_WHOLE = [
    ("500 then ok", (status(500), whole()), [2.0]),
    ("429 with Retry-After", (status(429, Retry_After="3"), whole()), [3.0]),
    ("503 twice", (status(503), status(503), whole()), [2.0, 4.0]),
    ("cut short, then from the start", (cut_after(100_000), whole()), [2.0]),
    ("cut short, then the rest", (cut_after(100_000, ETag='"a"'), rest()), [2.0]),
    ("cut short, then a new file", (cut_after(100_000, ETag='"a"'), whole(ETag='"b"')), [2.0]),
    ("cut short, then no ranges", (cut_after(100_000, ETag='"a"'), status(416), whole()), [2.0, 4.0]),
    ("cut short, then another range", (cut_after(100_000, ETag='"a"'), rest(start_shift=7), whole()), [2.0, 4.0]),
]


@pytest.mark.parametrize(
    ("answers", "paused"), [row[1:] for row in BUSY_THEN_WHOLE], ids=[r[0] for r in BUSY_THEN_WHOLE]
)
def test_a_fault_that_passes_is_waited_out(tmp_path: Path, answers: tuple[Answer, ...], paused: list[float]) -> None:
    with serving(*answers) as server:
        work = fetching(tmp_path, server.url)
        work.fetch()
    assert work.target.read_bytes() == CONTENT
    assert work.left() == ["returns.csv"]
    assert work.paused == paused
    assert len(server.headers) == len(answers)


def test_the_rest_of_a_file_is_asked_for_by_its_tag(tmp_path: Path) -> None:
    with serving(cut_after(100_000, ETag='"a"'), rest()) as server:
        fetching(tmp_path, server.url).fetch()
    assert server.headers[1]["Range"].startswith("bytes=")
    assert server.headers[1]["Range"] != "bytes=0-"
    assert server.headers[1]["If-Range"] == '"a"'


@pytest.mark.parametrize("tag", [{}, {"ETag": 'W/"a"'}])
def test_without_a_firm_tag_a_file_begins_anew(tmp_path: Path, tag: dict[str, str]) -> None:
    with serving(cut_after(100_000, **tag), whole()) as server:
        work = fetching(tmp_path, server.url)
        work.fetch()
    assert "Range" not in server.headers[1]
    assert work.target.read_bytes() == CONTENT


def test_what_has_arrived_is_kept_for_the_next_run(tmp_path: Path) -> None:
    with serving(cut_after(100_000, ETag='"a"'), status(503)) as server:
        work = fetching(tmp_path, server.url)
        with pytest.raises(FetchError, match="what has arrived is kept"):
            work.fetch()
        assert work.left() == ["returns.csv.part", "returns.csv.part.json"]
    assert len(server.headers) == MOST_ATTEMPTS
    with serving(rest()) as server:
        again = fetching(tmp_path, server.url)
        again.fetch()
    assert again.target.read_bytes() == CONTENT
    assert again.left() == ["returns.csv"]


HTML = b"<!DOCTYPE html><html><title>Page not found</title></html>"
FAULTS = [
    ("404", (status(404),), None, ["answered 404", "landing page"], 1),
    ("403", (status(403),), None, ["answered 403"], 1),
    ("always busy", (status(500),), None, [f"in {MOST_ATTEMPTS} attempts", "answered 500"], MOST_ATTEMPTS),
    ("always cut short", (cut_after(100),), None, ["the connection failed"], MOST_ATTEMPTS),
    ("another file", (whole(CONTENT + b"x"),), None, ["sha256 is", "was expected", "300,010 bytes"], 1),
    ("web page", (whole(HTML),), None, ["came as a web page"], 1),
    ("said to be too large", (whole(),), 1000, ["larger than 1,000 bytes", "max_bytes"], 1),
    ("redirect without end", (status(302, Location="/again"),), None, ["redirects over 5 times"], 6),
]


@pytest.mark.parametrize(
    ("answers", "max_bytes", "words", "requests"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_a_fault_is_one_sentence_and_leaves_no_file(
    tmp_path: Path, answers: tuple[Answer, ...], max_bytes: int | None, words: list[str], requests: int
) -> None:
    with serving(*answers) as server:
        work = fetching(tmp_path, server.url, max_bytes)
        with pytest.raises(FetchError) as caught:
            work.fetch()
    assert "\n" not in str(caught.value)
    for word in [SOURCE_ID, *words]:
        assert word in str(caught.value)
    assert not work.target.exists()
    assert len(server.headers) == requests


def test_a_body_that_outgrows_the_limit_is_cut_off(tmp_path: Path) -> None:
    def endless(handler: Handler, _number: int) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(CONTENT)

    with serving(endless) as server:
        work = fetching(tmp_path, server.url, 200_000)
        with pytest.raises(FetchError, match="larger than 200,000 bytes"):
            work.fetch()
    assert work.left() == []


@pytest.mark.parametrize(
    ("answer", "timeout", "longest", "sentence"),
    [
        (slow, 0.15, 20.0, "did not answer within 0.15 seconds"),
        (trickle, 5.0, 0.1, "had not arrived after 0.1 seconds"),
    ],
)
def test_a_slow_server_is_given_up(
    tmp_path: Path, answer: Answer, timeout: float, longest: float, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moothall.pipeline.fetch.MOST_ATTEMPTS", 1)
    with serving(answer) as server:
        work = fetching(tmp_path, server.url)
        with pytest.raises(FetchError, match=sentence):
            work.fetch(timeout=timeout, longest=longest)
    assert not work.target.exists()


def test_nobody_there_is_one_sentence(tmp_path: Path) -> None:
    with serving(whole()) as server:
        url = server.url
    work = fetching(tmp_path, url)
    with pytest.raises(FetchError, match="the connection failed"):
        work.fetch()


def test_a_file_without_an_address_needs_a_mirror(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"returns.csv has no url in the source's YAML: give --mirror"):
        fetching(tmp_path).fetch()


def test_a_mirror_is_copied(tmp_path: Path) -> None:
    work = fetching(tmp_path)
    (fetched,) = work.fetch(mirror=tmp_path / "files")
    assert fetched.is_new
    assert work.target.read_bytes() == CONTENT
    assert work.left() == ["returns.csv"]
    assert [again.is_new for again in work.fetch(mirror=tmp_path / "files")] == [False]


MIRROR_FAULTS = [
    ("missing mirror", lambda files: files.rename(files.with_name("gone")), "There is no mirror at"),
    ("missing file", lambda files: (files / SOURCE_ID / "returns.csv").unlink(), "the mirror has no file"),
    ("one byte", lambda files: (files / SOURCE_ID / "returns.csv").write_bytes(CONTENT[:-1] + b"x"), "its sha256 is"),
    ("web page", lambda files: (files / SOURCE_ID / "returns.csv").write_bytes(HTML), "came as a web page"),
]


@pytest.mark.parametrize(
    ("spoil", "sentence"), [row[1:] for row in MIRROR_FAULTS], ids=[row[0] for row in MIRROR_FAULTS]
)
def test_a_fault_of_the_mirror_is_one_sentence(tmp_path: Path, spoil: Callable[[Path], object], sentence: str) -> None:
    work = fetching(tmp_path)
    spoil(tmp_path / "files")
    with pytest.raises(FetchError) as caught:
        work.fetch(mirror=tmp_path / "files")
    assert sentence in str(caught.value)
    assert work.left() == []


def test_a_mirror_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    work = fetching(tmp_path, max_bytes=10)
    with pytest.raises(FetchError, match="larger than 10 bytes"):
        work.fetch(mirror=tmp_path / "files")


def test_an_altered_file_in_its_place_is_fetched_again(tmp_path: Path) -> None:
    work = fetching(tmp_path)
    work.fetch(mirror=tmp_path / "files")
    work.target.write_bytes(b"altered")
    assert [fetched.is_new for fetched in work.fetch(mirror=tmp_path / "files")] == [True]
    assert hashlib.sha256(work.target.read_bytes()).hexdigest() == hashlib.sha256(CONTENT).hexdigest()


def test_a_full_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_arrival: Arrival, _chunks: Iterator[bytes], _start: int) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Arrival, "gather", full)
    work = fetching(tmp_path)
    with pytest.raises(FetchError, match=r"returns.csv could not be written: .*No space left on device"):
        work.fetch(mirror=tmp_path / "files")
    assert work.left() == []


def test_progress_counts_bytes(tmp_path: Path) -> None:
    said: list[tuple[str, int, int | None]] = []
    work = fetching(tmp_path)
    fetch_sources(work.catalogue, None, tmp_path / "files", work.raw, lambda *words: said.append(words))
    assert said[-1] == (f"Fetching {SOURCE_ID} returns.csv", len(CONTENT), len(CONTENT))
