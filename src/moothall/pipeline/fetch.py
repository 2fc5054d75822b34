"""The verb fetch: bring the publishers' files into data/raw, whole or not at all, from the web or from a mirror."""

import json
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from moothall import __version__
from moothall.catalogue.contents import Catalogue, SourceDefinition
from moothall.catalogue.live import FileType, LiveFile
from moothall.errors import FetchError
from moothall.pipeline.arrival import CHUNK_BYTES, Arrival, NewFile
from moothall.pipeline.choose import chosen_sources
from moothall.pipeline.digest import sha256_of
from moothall.pipeline.lists import list_files
from moothall.pipeline.newest import Newest, find_newest, rebased
from moothall.pipeline.polite import BUSY, MOST_ATTEMPTS, Pace, pause_seconds
from moothall.pipeline.progress import Progress, silent

USER_AGENT = f"Moothall/{__version__} (open local authority data explorer; fetches published statistics)"
TIMEOUT_SECONDS = 30.0
LONGEST_SECONDS = 1800.0
"""The longest that one answer may take in all, however steadily it trickles."""

INCOMING = "incoming"
"""The folder, under a source's own, for files that no release describes yet."""

MOST_PAGE_BYTES = 20_000_000
"""The most that a page or an API may answer about the files it offers."""

MOST_REDIRECTS = 5
PARTIAL = 206
RANGE_REFUSED = 416


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A file that is in its place; ``is_new`` is False where it already was."""

    source: str
    path: Path
    bytes: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class NewestFile:
    """A publication's newest file, fetched: where it lies, its digest, and what its publisher says about it."""

    source: str
    path: Path
    sha256: str
    bytes: int
    newest: Newest


@dataclass(slots=True)
class Web:
    """How files are fetched over HTTP; a test gives shorter times, and ``base``: one host for the whole web."""

    pace: Pace = field(default_factory=Pace)
    timeout_seconds: float = TIMEOUT_SECONDS
    longest_seconds: float = LONGEST_SECONDS
    base: str | None = None


class _TryAgain(Exception):
    """An attempt that failed in a way that may pass; ``retry_after`` is what the server asked for."""

    def __init__(self, why: str, retry_after: str | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


def fetch_sources(
    catalogue: Catalogue,
    source_ids: Sequence[str] | None,
    mirror: Path | None,
    raw_folder: Path,
    progress: Progress = silent,
    web: Web | None = None,
) -> tuple[FetchedFile, ...]:
    """Fetch every file of the named sources (None: all that have releases) into ``raw_folder``/<folder>/<path>.

    With ``mirror``, files are copied from that folder, which is laid out alike. Raises FetchError with one sentence at
    the first file that cannot be had whole; files that came before it stay.
    """
    if mirror is not None and not mirror.is_dir():
        raise FetchError(f"There is no mirror at {mirror}: give the folder that holds one folder for each source.")
    fetched = [
        _fetch(arrival, mirror / arrival_path if mirror else None, progress, web or Web())
        for definition in chosen_sources(catalogue, source_ids)
        for arrival_path, arrival in _arrivals(definition, raw_folder)
    ]
    return tuple(fetched)


def fetch_newest(
    definition: SourceDefinition,
    raw_folder: Path,
    words: Mapping[str, str],
    progress: Progress = silent,
    web: Web | None = None,
) -> tuple[NewestFile, ...]:
    """Find a source's newest files by its ``live`` rules and fetch them into ``raw_folder``/<folder>/incoming.

    Nothing enters the catalogue. Raises FetchError with one sentence where a page answers otherwise than expected or a
    file does not come whole; nothing is then in its place that was not there before.
    """
    source = definition.source.id
    if not definition.live:
        page = definition.source.landing_page
        why = f" ({definition.not_live.rstrip('.')})" if definition.not_live else ""
        raise FetchError(f"{source} has no live rule{why}, so look at {page} yourself, or add live to its YAML.")
    raw_folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=raw_folder, prefix=".newest-") as folder:
        bring = partial(_bring_newest, source=source, words=words, progress=progress, web=web or Web())
        brought = [bring(live, Path(folder) / str(number)) for number, live in enumerate(definition.live)]
        _refuse_one_name(source, [newest.name for newest, _ in brought])
        return tuple(_settled(source, newest, part, raw_folder / definition.folder) for newest, part in brought)


def _refuse_one_name(source: str, names: Sequence[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise FetchError(f"{source}: two live rules lead to a file named {twice}: make one of them stricter.")


def _bring_newest(
    live: LiveFile, folder: Path, *, source: str, words: Mapping[str, str], progress: Progress, web: Web
) -> tuple[Newest, Path]:
    newest = find_newest(source, live, words, partial(_ask, source, folder / "page.json", progress, web))
    file = NewFile(newest.name, live.file_type, live.max_bytes)
    arrival = Arrival(source, file, folder / newest.name)
    _download(arrival, newest.address, progress, web)
    return newest, arrival.target


def _ask(source: str, path: Path, progress: Progress, web: Web, address: str) -> Any:
    """What an address answers as JSON, brought like a file: with patience, whole, and not too large."""
    arrival = Arrival(source, NewFile(address, FileType.JSON, MOST_PAGE_BYTES), path)
    _download(arrival, address, progress, web)
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        raise FetchError(
            f"{source}: {address} answers no JSON ({error}): look at the page and correct live."
        ) from error


def _settled(source: str, newest: Newest, part: Path, folder: Path) -> NewestFile:
    target = folder / INCOMING / newest.name
    target.parent.mkdir(parents=True, exist_ok=True)
    part.replace(target)
    return NewestFile(source, target, sha256_of(target), target.stat().st_size, newest)


def _arrivals(definition: SourceDefinition, raw_folder: Path) -> Iterator[tuple[Path, Arrival]]:
    """Each file once, by its path under a folder of sources: several releases may share one."""
    files = {file.path: file for release in definition.releases for file in release.files}
    for path, file in (list_files(definition) | files).items():
        under = Path(definition.folder) / path
        yield under, Arrival(definition.source.id, file, raw_folder / under)


def _fetch(arrival: Arrival, copied_from: Path | None, progress: Progress, web: Web) -> FetchedFile:
    is_new = not arrival.is_here()
    if is_new:
        try:
            _bring(arrival, copied_from, progress, web)
        except OSError as error:
            arrival.forget()
            raise FetchError(f"{arrival.source}: {arrival.file.path} could not be written: {error}.") from error
    return FetchedFile(arrival.source, arrival.target, arrival.target.stat().st_size, is_new)


def _bring(arrival: Arrival, copied_from: Path | None, progress: Progress, web: Web) -> None:
    if copied_from is not None:
        _copy(arrival, copied_from, progress)
    elif arrival.file.url:
        _download(arrival, arrival.file.url, progress, web)
    else:
        raise FetchError(
            f"{arrival.source}: {arrival.file.path} has no url in the source's YAML: "
            "give --mirror with a folder that holds it, or add the url."
        )


def _copy(arrival: Arrival, path: Path, progress: Progress) -> None:
    if not path.is_file():
        raise FetchError(f"{arrival.source}: the mirror has no file {path}: complete it, or fetch from the web.")
    arrival.require_size(path.stat().st_size)
    with path.open("rb") as file:
        chunks = _counted(iter(lambda: file.read(CHUNK_BYTES), b""), arrival, 0, path.stat().st_size, progress)
        digest = arrival.gather(chunks, 0)
    arrival.settle(digest)


def _counted(
    chunks: Iterator[bytes], arrival: Arrival, start: int, total: int | None, progress: Progress
) -> Iterator[bytes]:
    done = start
    for chunk in chunks:
        yield chunk
        done += len(chunk)
        progress(f"Fetching {arrival.source} {arrival.file.path}", done, total)


def _download(arrival: Arrival, address: str, progress: Progress, web: Web) -> None:
    url = rebased(address, web.base)
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    timeout = httpx.Timeout(web.timeout_seconds)
    with httpx.Client(
        verify=_trusted(), headers=headers, timeout=timeout, follow_redirects=True, max_redirects=MOST_REDIRECTS
    ) as client:
        for attempt in range(1, MOST_ATTEMPTS + 1):
            try:
                arrival.settle(_attempt(client, arrival, url, progress, web))
                return
            except _TryAgain as failure:
                if attempt == MOST_ATTEMPTS:
                    raise FetchError(
                        f"{arrival.source}: {arrival.file.path} could not be fetched from {url} in {MOST_ATTEMPTS} "
                        f"attempts: {failure}; try again later, what has arrived is kept."
                    ) from failure
                web.pace.sleep(pause_seconds(attempt, failure.retry_after))


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are trusted: read once, not for each file."""
    return httpx.create_ssl_context()


def _attempt(client: httpx.Client, arrival: Arrival, url: str, progress: Progress, web: Web) -> str:
    """Ask once, for the rest of the file where some of it is here; the sha256 of all that has gathered."""
    start, tag = arrival.started()
    asking = {"Range": f"bytes={start}-", "If-Range": tag} if start and tag else {}
    web.pace.wait_for(httpx.URL(url).host)
    try:
        with client.stream("GET", url, headers=asking) as answer:
            start = _accepted_start(answer, arrival, start)
            length = answer.headers.get("Content-Length", "")
            total = start + int(length) if length.isdecimal() else None
            arrival.require_size(total or 0)
            chunks = _counted(_timed(answer, web), arrival, start, total, progress)
            return arrival.gather(chunks, start)
    except httpx.TimeoutException as error:
        raise _TryAgain(f"the server did not answer within {web.timeout_seconds:g} seconds") from error
    except httpx.InvalidURL as error:
        raise FetchError(f"{arrival.source}: {url} is not an address that can be fetched ({error}).") from error
    except httpx.TooManyRedirects as error:
        raise FetchError(f"{arrival.source}: {url} redirects over {MOST_REDIRECTS} times: correct the url.") from error
    except httpx.TransportError as error:
        raise _TryAgain(f"the connection failed ({error})") from error


def _accepted_start(answer: httpx.Response, arrival: Arrival, start: int) -> int:
    """The byte at which the answer's body begins. Raises _TryAgain or FetchError where there is no body to take."""
    if answer.status_code == RANGE_REFUSED:
        arrival.forget()
        raise _TryAgain("the server refused to send the rest of the file")
    if answer.status_code in BUSY:
        raise _TryAgain(f"the server answered {answer.status_code}", answer.headers.get("Retry-After"))
    if answer.is_error:
        raise FetchError(
            f"{arrival.source}: {answer.url} answered {answer.status_code} {answer.reason_phrase}: "
            "look at the landing page for the file's new address."
        )
    if answer.status_code == PARTIAL and answer.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
        return start
    if answer.status_code == PARTIAL:
        arrival.forget()
        raise _TryAgain("the server sent another part of the file than was asked for")
    arrival.forget()
    tag = answer.headers.get("ETag", "")
    if tag and not tag.startswith("W/"):
        arrival.target.parent.mkdir(parents=True, exist_ok=True)
        arrival.remember(tag)
    return 0


def _timed(answer: httpx.Response, web: Web) -> Iterator[bytes]:
    """The body in chunks, as long as it does not take too long in all."""
    began = time.monotonic()
    for chunk in answer.iter_raw():
        if time.monotonic() - began > web.longest_seconds:
            raise _TryAgain(f"the file had not arrived after {web.longest_seconds:g} seconds")
        yield chunk
