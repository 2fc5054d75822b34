"""Conditional requests: a page changes only with the build, what lies beside it, the program, the day, the address."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from moothall import __version__
from moothall.errors import MoothallError
from moothall.presenters.addresses import TAKE_PART
from moothall.web.current import current_store, today
from moothall.web.kept_pages import KeptPages, key_of
from moothall.web.methodology import methodology_folder

PARTS_OF_PAGES = (".py", ".html", ".css", ".md")
View = Callable[[HttpRequest], HttpResponse]


class Freshness:
    """Middleware: answers "not modified", or with the page as it was kept, without making it anew."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response
        self._program = _program_mark()
        self._kept = KeptPages(settings.KEPT_PAGES_BYTES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 304 where the reader already has this page; else make it and mark it."""
        tag = self._tag(request)
        if tag and tag in request.headers.get("If-None-Match", ""):
            return _marked(HttpResponseNotModified(), tag)
        return self._whole(request, tag) if tag else self._get_response(request)

    def _whole(self, request: HttpRequest, tag: str) -> HttpResponse:
        """The page as it was kept, or made anew and kept."""
        build, key = current_store(), key_of(request, tag)
        kept = self._kept.find(build, key) if key else None
        if kept is not None:
            return kept
        response = self._get_response(request)
        if response.status_code != 200:
            return response
        marked = _marked(response, tag)
        if key:
            self._kept.keep(build, key, marked)
        return marked

    def _tag(self, request: HttpRequest) -> str | None:
        """The name of this state of this page; None for what has no build or depends on who reads it."""
        if request.method not in ("GET", "HEAD") or request.path.startswith(TAKE_PART):
            return None
        try:
            store = current_store()
            postcodes = store.postcodes.id if store.postcodes else ""
            beside = (postcodes, store.publications.mark)
            parts = (store.build_id, *beside, self._program, today().isoformat(), request.get_full_path())
        except MoothallError:
            return None
        return f'W/"{hashlib.sha256("|".join(parts).encode("utf-8", "replace")).hexdigest()[:24]}"'


def _marked(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _program_mark() -> str:
    """The version, and when the newest file was written as the program began: pages change with their templates too."""
    folders = (Path(__file__).parents[1], methodology_folder())
    files = (path for folder in folders for path in folder.rglob("*") if path.suffix in PARTS_OF_PAGES)
    return f"{__version__}-{max(path.stat().st_mtime_ns for path in files)}"
