"""The build that is being served: opened once a worker, and opened anew when the pointer names another one."""

import gc
import logging
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Lock

from django.utils import timezone

from moothall.catalogue.places import builds_folder
from moothall.errors import MoothallError, NoBuild
from moothall.presenters.figures.reading import FigureStore
from moothall.store import Store
from moothall.store.pointer import POINTER

LOG = logging.getLogger("moothall.web")


class CurrentStore:
    """Keeps the newest build open. A build that cannot be opened is logged, and the last good one keeps serving."""

    def __init__(self, folder: Callable[[], Path], open_store: Callable[[Path], FigureStore]) -> None:
        self._folder, self._open = folder, open_store
        self._store: FigureStore | None = None
        self._seen: int | None = None
        self._lock = Lock()
        self._only: FigureStore | None = None

    def serve_only(self, store: FigureStore | None) -> None:
        """Serve this store whatever the pointer says, until told None: for tests and measurements."""
        self._only = store

    def __call__(self) -> FigureStore:
        """The store to read from; NoBuild where there is none and never was. Costs one ``stat`` a request."""
        if self._only is not None:
            return self._only
        mark = self._mark()
        if mark != self._seen or self._store is None:
            with self._lock:
                self._renew(mark)
        if self._store is None:
            raise NoBuild("There is no build yet: run `make build`, and these pages will have figures.")
        return self._store

    def _mark(self) -> int | None:
        try:
            return (self._folder() / POINTER).stat().st_mtime_ns
        except OSError:
            return None

    def _renew(self, mark: int | None) -> None:
        try:
            self._store = self._open(self._folder())
            # A worker sets its first build aside from the search for garbage: the next one sets it free.
            gc.unfreeze()
        except MoothallError as error:
            if self._store is None:
                raise
            LOG.warning("The new build could not be opened; the last one keeps serving. %s", error)
        self._seen = mark


current_store = CurrentStore(builds_folder, Store.open)


def today() -> date:
    """The day in England: which councils have ended depends on it."""
    return _day()


def _day() -> date:
    """MOOTHALL_DAY (2026-12-01) in place of the clock's day: for demonstrations, and tests of a whole server."""
    named = os.environ.get("MOOTHALL_DAY")
    return date.fromisoformat(named) if named else timezone.localdate()
