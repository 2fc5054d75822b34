"""The published folder: one JSON file for each kind of thing that staff publish, written whole, read when it changes.

The room writes it, the explorer reads it, and neither touches what the other keeps. A folder that is not there means
that nothing is published. A file that cannot be read is said in the log, and what it last said stays.
"""

import json
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from moothall.catalogue.places import HOME_VARIABLE, PUBLISHED_VARIABLE, published_folder
from moothall.catalogue.whole_files import one_at_a_time, write_through
from moothall.domain.decision import MetricDecision, PublishedAnswer
from moothall.domain.practice import PracticeNote
from moothall.domain.published import NOTHING, Published
from moothall.domain.reply import Reply
from moothall.domain.workshop import WorkshopSession

LOG = logging.getLogger("moothall.published")


@dataclass(frozen=True, slots=True)
class PublishedKind:
    """A kind of published thing: its file is ``<name>.json``; ``schema`` rises when its fields change their meaning."""

    name: str
    shape: type
    schema: int = 1


KINDS = (
    PublishedKind("replies", Reply),
    PublishedKind("practice", PracticeNote),
    PublishedKind("decisions", MetricDecision),
    PublishedKind("answers", PublishedAnswer),
    PublishedKind("workshops", WorkshopSession),
)
"""Everything that may be published."""


def file_of(folder: Path, kind: PublishedKind) -> Path:
    """Where a kind lies in a folder."""
    return folder / f"{kind.name}.json"


def write_published(folder: Path, shape: type, load: Callable[[], Iterable[Any]]) -> Path:
    """Write all of a kind, whole; ``load`` gives it, and is asked under a lock, so that no older state is written last.

    A file that says the same already stays as it is. KeyError for a shape that is no kind.
    """
    kind = {kind.shape: kind for kind in KINDS}[shape]
    path = file_of(folder, kind)
    with one_at_a_time(path):
        text = dump_kind(kind, tuple(load()))
        if not path.is_file() or path.read_bytes() != text:
            write_through(path, text)
    return path


def dump_kind(kind: PublishedKind, items: tuple[Any, ...]) -> bytes:
    """The file of a kind: its name, the version of its schema, and its items."""
    held = {"kind": kind.name, "schema": kind.schema, "items": _adapter(kind.shape).dump_python(items, mode="json")}
    return (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode()


def load_kind(kind: PublishedKind, text: bytes) -> tuple[Any, ...]:
    """The items of a file; ValueError where it is no file of this kind and schema."""
    held = json.loads(text)
    if not isinstance(held, dict) or (held.get("kind"), held.get("schema")) != (kind.name, kind.schema):
        raise ValueError(f"it is not kind {kind.name}, schema {kind.schema}")
    return _adapter(kind.shape).validate_python(held.get("items"))


@cache
def _adapter(shape: type) -> TypeAdapter[tuple[Any, ...]]:
    return TypeAdapter(tuple[shape, ...])  # type: ignore[valid-type]


Mark = tuple[int, int, int]
"""By what a changed file is known: when it was written, its size, and its place on the disk."""


@dataclass(slots=True)
class PublishedFolder:
    """Reads a folder; asking again costs one ``stat`` for each kind where nothing has changed."""

    folder: Path
    _paths: tuple[str, ...] = ()
    _marks: tuple[Mark | None, ...] | None = None
    _read: dict[type, tuple[Any, ...]] = field(default_factory=dict)
    _now: Published = NOTHING

    def __call__(self) -> Published:
        """What is published now; the same object for as long as no file has changed."""
        if not self._paths:
            self._paths = tuple(str(file_of(self.folder, kind)) for kind in KINDS)
        marks = tuple(map(_mark, self._paths))
        if marks != self._marks:
            seen = self._marks or (None,) * len(KINDS)
            changed = [kind for kind, old, new in zip(KINDS, seen, marks, strict=True) if old != new]
            self._renew(changed, marks)
        return self._now

    def _renew(self, changed: list[PublishedKind], marks: tuple[Mark | None, ...]) -> None:
        held = {**self._read, **{kind.shape: self._items(kind) for kind in changed}}
        self._read = {shape: items for shape, items in held.items() if items}
        text = repr([(shape.__name__, items) for shape, items in self._read.items()])
        self._now = Published(sha256(text.encode()).hexdigest()[:16] if self._read else "", self._read)
        self._marks = marks

    def _items(self, kind: PublishedKind) -> tuple[Any, ...]:
        """What the file says now; what it said last where it cannot be read; nothing where it is not there."""
        path = file_of(self.folder, kind)
        try:
            return load_kind(kind, path.read_bytes())
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as error:
            cause = str(error).splitlines()[0]
            LOG.error("The published file %s cannot be read, so its last good state stays: %s", path.name, cause)
            return self._read.get(kind.shape, ())


def _mark(path: str) -> Mark | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - asked many times in a page, and a path object costs more than the answer
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def published_now() -> Published:
    """What is published in the folder of this program's environment, as it stands now."""
    return _reader(os.environ.get(PUBLISHED_VARIABLE), os.environ.get(HOME_VARIABLE))()


@cache
def _reader(*_names: str | None) -> PublishedFolder:
    """The one reader of the folder that these variables name: looked up once, as it is asked for often in a page."""
    return PublishedFolder(published_folder())
