"""Feeds in the Atom format (RFC 4287): what a feed reader asks for, in one place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
CONTENT_TYPE = "application/atom+xml"
FEED_LENGTH = 50
"""How many entries a feed holds, the latest first."""
NEVER = date(1970, 1, 1)
"""When a feed was updated that has no entry: the standard asks for a day."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``id`` and ``address`` are paths on this site; ``id`` never changes. ``via`` is a source elsewhere."""

    id: str
    title: str
    updated: date | datetime
    address: str
    summary: str
    via: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at ``own`` about the page ``address``, both paths on this site; its entries, the latest first."""

    title: str
    own: str
    address: str
    entries: Sequence[Entry]


def atom_bytes(feed: Feed, base: str, whole: Callable[[str], str]) -> bytes:
    """The feed as XML. ``base`` stands before the ids, which are the same in a copy, ``whole`` makes links whole."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    shown = feed.entries[:FEED_LENGTH]
    _add(root, "title", f"{feed.title} - Moothall")
    _add(root, "id", f"{base}{feed.address}")
    _add(root, "updated", max((_moment(entry.updated) for entry in shown), default=_moment(NEVER)))
    _add(root, "link", href=whole(feed.own), rel="self")
    _add(root, "link", href=whole(feed.address))
    _add(_add(root, "author"), "name", "The Moothall contributors")
    for entry in shown:
        _add_entry(root, entry, base, whole)
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _add_entry(root: ElementTree.Element, entry: Entry, base: str, whole: Callable[[str], str]) -> None:
    made = _add(root, "entry")
    _add(made, "title", entry.title)
    _add(made, "id", f"{base}{entry.id}")
    _add(made, "updated", _moment(entry.updated))
    _add(made, "link", href=whole(entry.address))
    if entry.via:
        _add(made, "link", href=entry.via, rel="via")
    _add(made, "summary", entry.summary)


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text
    return child


def _moment(at: date | datetime) -> str:
    """The moment in UTC; a day is its first moment."""
    if isinstance(at, datetime):
        return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{at.isoformat()}T00:00:00Z"
