"""Whole answers kept in memory, compressed as they were sent: the same page asked for again is not made again.

An answer is kept under everything that it depends on: the open build, what lies beside it, the program and the day (all
in its tag), the address, the host and the encoding. What is kept is bounded in bytes; what was asked for least lately
goes first. Another build empties it.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django_brotli.middleware import RE_ACCEPT_ENCODING_BROTLI

LARGEST = 8
"""An answer larger than an eighth of the whole is not kept: it would push out too many others."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: its bytes, as they go over the wire, and its headers."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """About how many bytes it takes up."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)


class KeptPages:
    """The answers of one worker, ``most`` bytes of them at most; none where that is 0."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._build: Hashable = None
        self._lock = Lock()

    def find(self, build: Hashable, key: Key) -> HttpResponse | None:
        """The answer kept under a key for this open build; None where there is none."""
        with self._lock:
            if build is not self._build:
                self._pages.clear()
                self._build, self._size = build, 0
            kept = self._pages.get(key)
            if kept is None:
                return None
            self._pages.move_to_end(key)
        return HttpResponse(kept.body, headers=dict(kept.headers))

    def keep(self, build: Hashable, key: Key, response: HttpResponse) -> None:
        """Keep an answer that is whole, the same for everybody, and not too large."""
        if response.status_code != 200 or response.streaming or response.cookies:
            return
        kept = Kept(response.content, tuple(response.items()))
        with self._lock:
            if build is not self._build or kept.size * LARGEST > self._most or key in self._pages:
                return
            self._pages[key] = kept
            self._size += kept.size
            while self._size > self._most:
                self._size -= self._pages.popitem(last=False)[1].size


def key_of(request: HttpRequest, tag: str) -> Key | None:
    """What an answer depends on; None for what is not kept: other methods, and hosts that are not ours."""
    if request.method != "GET":
        return None
    try:
        return tag, request.scheme or "", request.get_host(), _encoding(request)
    except DisallowedHost:
        return None


def _encoding(request: HttpRequest) -> str:
    """How the answer will be compressed, by the rule of the middleware that does it."""
    accepted = request.headers.get("Accept-Encoding", "")
    if RE_ACCEPT_ENCODING_BROTLI.search(accepted):
        return "br"
    return "gzip" if "gzip" in accepted else ""
