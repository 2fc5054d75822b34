"""`moothall publish FOLDER`: the whole site as files that any web server can serve."""

import json
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

import typer

from moothall.catalogue.places import builds_folder
from moothall.cli.files import replace_file
from moothall.cli.output import progress_bars, say
from moothall.cli.serve import ensure_build
from moothall.cli.server import site_application
from moothall.errors import BuildError, UsageError
from moothall.presenters.addresses import ATTEMPTED_PATHS, NO_RANKING
from moothall.presenters.fixed_copy import (
    ABOUT_COPIES,
    IN_COPY,
    NAMES,
    SCRIPT,
    Resolve,
    address_in_copy,
    file_of,
    fixed_page,
    make_resolver,
    subject_of,
)
from moothall.store import Store

STATE = ".moothall-copy.jsonl"
"""What was written so far, one line a page, so that a copy that was stopped goes on where it was."""

ATTEMPTS = tuple(f"/{path}" for path in ATTEMPTED_PATHS)
"""Addresses that somebody who looks for a ranking may try: in the copy too they give the page that says why not."""

FIRST = ("/", NAMES, ABOUT_COPIES, "/robots.txt", "/sitemap.xml", "/favicon.ico", SCRIPT, *ATTEMPTS)
NOT_FOUND = "/this-page-is-not-here"
"""An address that no page has: its answer becomes 404.html."""

AT_ONCE = 16
"""Pages of no one subject that a process makes before it reports."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page of the copy: its address, and the addresses that it leads to."""

    address: str
    links: tuple[str, ...]


def publish(
    folder: Annotated[Path, typer.Argument(help="Where to write the copy; made if it is missing.")],
    site: Annotated[str, typer.Option(help="The address that the copy will have.")] = "http://localhost",
    processes: Annotated[int, typer.Option(help="How many processes make pages.", min=1, max=64)] = 2,
) -> None:
    """Write a fixed copy of the whole site. Stopped, it goes on where it was; pages are replaced one by one."""
    host = checked_site(site)
    ensure_build()
    os.environ["MOOTHALL_HOSTS"] = host
    store = Store.open(builds_folder())
    mark = {"build": store.build_id, "site": site, "published": store.publications.mark}
    done = read_state(folder, mark)
    with progress_bars() as progress, open_state(folder, mark, done) as record:
        for made in crawl(folder, site, done, processes, lambda n, known: progress("writing pages", n, known)):
            record(made)
    removed = remove_strangers(folder, done)
    old = "1 old one was removed" if removed == 1 else f"{removed:,} old ones were removed"
    say(f"{len(done):,} pages and files of build {store.build_id} are in {folder}; {old}.")


def checked_site(site: str) -> str:
    """The host of the address; UsageError where it is none."""
    parts = urlsplit(site)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise UsageError(f"--site is {site!r}: give the address without a path, such as https://explorer.example.org.")
    return parts.hostname


def read_state(folder: Path, mark: dict[str, str]) -> dict[str, Made]:
    """What an earlier run wrote of the same build for the same address; UsageError where the folder is another's."""
    file = folder / STATE
    if not file.exists():
        if folder.exists() and any(folder.iterdir()):
            raise UsageError(f"{folder} has other files in it: name an empty folder, or one that holds a copy.")
        return {}
    head, *lines = file.read_text(encoding="utf-8").splitlines() or ["{}"]
    if json.loads(head) != mark:
        return {}
    made = (Made(address, tuple(links)) for address, links in map(json.loads, _whole(lines)))
    return {one.address: one for one in made if (folder / file_of(one.address)).exists()}


def _whole(lines: list[str]) -> Iterator[str]:
    """The lines that were written to their end: the last may be cut short where the run was stopped."""
    return (line for line in lines if line.endswith("]"))


@contextmanager
def open_state(folder: Path, mark: dict[str, str], done: dict[str, Made]) -> Iterator[Callable[[Made], None]]:
    """Begin the state anew with what is known to be there; yield what adds a line for each page as it is made."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / STATE).open("w", encoding="utf-8") as file:

        def record(made: Made) -> None:
            done[made.address] = made
            file.write(json.dumps([made.address, made.links]) + "\n")
            file.flush()

        file.write(json.dumps(mark) + "\n")
        for made in list(done.values()):
            record(made)
        yield record


def crawl(
    folder: Path, site: str, done: dict[str, Made], processes: int, report: Callable[[int, int], None]
) -> Iterator[Made]:
    """Make every page that the first ones lead to, directly or not, and yield each as it is written."""
    waiting = list(_not_in(done, [*FIRST, NOT_FOUND, *(link for made in done.values() for link in made.links)]))
    known, ready = {*done, *waiting}, set(done)
    with ProcessPoolExecutor(processes, initializer=begin, initargs=(str(folder), site)) as pool:
        while waiting:
            found: list[str] = []
            for pages in pool.map(make_pages, *zip(*_portions(waiting, known), strict=True)):
                for made in pages:
                    ready.add(made.address)
                    found += _not_in(known, made.links)
                    known.update(made.links)
                    yield made
                report(len(ready), len(known))
            waiting = list(_not_in(ready, found))


def _not_in(known: Collection[str], links: Iterable[str]) -> Iterator[str]:
    return (link for link in dict.fromkeys(links) if link not in known)


def _portions(addresses: list[str], known: Iterable[str]) -> Iterator[tuple[list[str], frozenset[str]]]:
    """What is made in one go, and what else of the same subject is made already or elsewhere.

    All pages of a council or a metric in one go: they show the same figures, which are then worked out once.
    """
    of_subject, known_of = _by_subject(addresses), _by_subject(known)
    plain = of_subject.pop("", [])
    yield from ((plain[at : at + AT_ONCE], frozenset()) for at in range(0, len(plain), AT_ONCE))
    yield from ((found, frozenset(known_of[subject])) for subject, found in of_subject.items())


def _by_subject(addresses: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address in addresses:
        found.setdefault(subject_of(address), []).append(address)
    return found


# ---------------------------------------------------------------- in each process


@dataclass(frozen=True, slots=True)
class Press:
    """What a process needs to make pages."""

    folder: Path
    site: str
    application: Callable[..., Any]
    resolve: Resolve


_PRESS: list[Press] = []


def begin(folder: str, site: str) -> None:
    """Load the site once in this process."""
    resolve = make_resolver(Store.open(builds_folder()))
    _PRESS[:] = [Press(Path(folder), site, site_application(), resolve)]


def make_pages(addresses: list[str], known: Collection[str]) -> list[Made]:
    """Make these pages and write their files; then those of the same subject that they lead to, but for the known."""
    made: dict[str, Made] = {}
    waiting = list(addresses)
    for address in waiting:
        made[address] = make_page(_PRESS[0], address)
        fresh = _not_in({*made, *waiting, *known}, made[address].links)
        waiting += (link for link in fresh if subject_of(link) and subject_of(link) == subject_of(address))
    return list(made.values())


def make_page(press: Press, address: str) -> Made:
    """Ask the site for a page and write it; BuildError where it does not answer, with the address."""
    status, body, is_page = ask(press, NO_RANKING if address in ATTEMPTS else address)
    if address == NOT_FOUND:
        replace_file(press.folder / "404.html", fixed_page(address, body.decode(), press.resolve).html.encode())
        return Made(address, ())
    if status in ("301 Moved Permanently", "302 Found"):
        return Made(address, ())
    if not status.startswith("200"):
        raise BuildError(f"The copy stopped: {address} answered {status}. It goes on there when it is started again.")
    if not is_page:
        replace_file(press.folder / file_of(address), body)
        return Made(address, ())
    page = fixed_page(address, body.decode(), press.resolve)
    replace_file(press.folder / file_of(address), page.html.encode())
    return Made(address, page.links)


def ask(press: Press, address: str) -> tuple[str, bytes, bool]:
    """The site's answer to a reader of the copy: status, content, and whether it is a page."""
    parts, here = urlsplit(address), urlsplit(press.site)
    answered: list[tuple[str, list[tuple[str, str]]]] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": here.hostname,
        "SERVER_PORT": str(here.port or (443 if here.scheme == "https" else 80)),
        "HTTP_HOST": here.netloc,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": here.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        IN_COPY: lambda at: address_in_copy(press.resolve(at)),
    }
    answer = press.application(environ, lambda status, headers, *_: answered.append((status, headers)))
    try:
        body = b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    status, headers = answered[0]
    return status, body, dict(headers).get("Content-Type", "").startswith("text/html")


# ---------------------------------------------------------------- at the end


def remove_strangers(folder: Path, done: Iterable[str]) -> int:
    """Remove the files that no page of this copy is kept in; returns how many."""
    kept = {folder / file_of(address) for address in done} | {folder / STATE, folder / "404.html"}
    strangers = [path for path in folder.rglob("*") if path.is_file() and path not in kept]
    for path in strangers:
        path.unlink()
    return len(strangers)
