"""The register of formal actions as an Atom feed, and the limits that stand in each row of its files."""

from datetime import date
from xml.etree import ElementTree

from moothall.domain.formal_action import FormalAction
from moothall.presenters.actions import KIND_MEANINGS, action_title, newest_first, span_text
from moothall.presenters.addresses import action_address, actions_address
from moothall.presenters.reading import FigureStore

ATOM = "http://www.w3.org/2005/Atom"
FEED_LENGTH = 50
"""How many actions the feed holds, the latest first."""

LIMITS_OF_ACTIONS = (
    "Facts on record, no judgement. Complete only to the day given. Not inherited by successors. See evidence."
)


def actions_feed(store: FigureStore, base: str, today: date) -> bytes:
    """An Atom feed of the latest actions; ``base`` is the site's own address, without a slash at its end.

    An entry is dated by its decision: by the last day that it can have been, where only the month or year is known.
    """
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    found = newest_first(store)[:FEED_LENGTH]
    newest = max((action.last_day for action in found), default=date(1970, 1, 1))
    _add(feed, "title", "Formal actions on record - Moothall")
    _add(feed, "id", f"{base}{actions_address()}")
    _add(feed, "updated", _moment(newest))
    _add(feed, "link", href=f"{base}/actions.atom", rel="self")
    _add(feed, "link", href=f"{base}{actions_address()}")
    _add(_add(feed, "author"), "name", "The Moothall contributors")
    for action in found:
        _add_entry(feed, store, action, base, today)
    body: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _add_entry(feed: ElementTree.Element, store: FigureStore, action: FormalAction, base: str, today: date) -> None:
    entry, address = _add(feed, "entry"), f"{base}{action_address(action.id)}"
    _add(entry, "title", f"{action_title(store, action)}: {span_text(action, today)}")
    _add(entry, "id", address)
    _add(entry, "updated", _moment(action.last_day))
    _add(entry, "link", href=address)
    _add(entry, "link", href=action.evidence, rel="via")
    _add(entry, "summary", KIND_MEANINGS[action.kind])


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text
    return child


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
