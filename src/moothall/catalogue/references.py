"""Checks that every kind of definition shares: an id used once, and a reference that leads somewhere."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.fields import Entry
from moothall.catalogue.problems import quoted
from moothall.catalogue.spelling import advise

E = TypeVar("E", bound=Entry)


def repeated(entries: Iterable[Located[E]], key: str, value_of: Callable[[E], object]) -> Iterator[str]:
    """One sentence for each entry whose ``key`` an earlier entry has, naming both places."""
    first: dict[object, Located[E]] = {}
    for located in entries:
        value = value_of(located.entry)
        if value is None:
            continue
        earlier = first.setdefault(value, located)
        if earlier is not located:
            yield located.fault(f"{key} {quoted(value)} is already taken in {earlier.place}; choose another", key)


def unresolved(located: Located[E], value: str | None, kind: str, drafts: Drafts, *keys: str | int) -> Iterator[str]:
    """A sentence if no definition of this kind claims ``value``; ``keys`` lead to where the value stands."""
    if value is None or value in drafts.claimed.get(kind, ()):
        return
    allowed = drafts.claims(kind)
    name = ".".join(key for key in keys if isinstance(key, str))
    remedy = advise(value, allowed) if allowed else "define it first"
    yield located.fault(f"{name} {quoted(value)} is not one of the {kind} of the catalogue; {remedy}", *keys)


def misfiled(located: Located[E], claimed: str) -> Iterator[str]:
    """A sentence if the id of a definition that has a file of its own is not the file's name."""
    if claimed != located.document.stem:
        words = f'id {quoted(claimed)} is not the name of its file; write "{located.document.stem}" or rename the file'
        yield located.fault(words, "id")
