"""The register of formal actions as an Atom feed, and the limits that stand in each row of its files."""

from datetime import date

from moothall.domain.formal_action import FormalAction
from moothall.presenters.addresses import ACTIONS_FEED, action_address, actions_address
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.news.atom import FEED_LENGTH, Entry, Feed
from moothall.presenters.warning.actions import KIND_MEANINGS, action_title, newest_first, span_text

LIMITS_OF_ACTIONS = (
    "Facts on record, no judgement. Complete only to the day given. Not inherited by successors. See evidence."
)


def actions_feed(store: FigureStore, today: date) -> Feed:
    """The latest actions as a feed.

    An entry is dated by its decision: by the last day that it can have been, where only the month or year is known.
    """
    entries = [_entry(store, action, today) for action in newest_first(store)[:FEED_LENGTH]]
    return Feed("Formal actions on record", ACTIONS_FEED, actions_address(), entries)


def _entry(store: FigureStore, action: FormalAction, today: date) -> Entry:
    title, address = f"{action_title(store, action)}: {span_text(action, today)}", action_address(action.id)
    return Entry(address, title, action.last_day, address, KIND_MEANINGS[action.kind], action.evidence)
