"""What a reader should know of councils that they chose themselves: too few, unlike one another, or ended."""

from collections.abc import Sequence

from moothall.analytics.groups import TYPE_TITLES, Group, GroupKind
from moothall.analytics.refusal import MINIMUM_FOR_BANDS, MINIMUM_FOR_MEDIAN
from moothall.domain.authority import Authority, AuthorityType
from moothall.domain.period import day_text
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.wording.numbers import count_text
from moothall.presenters.wording.words import joined


def group_notes(store: FigureStore, group: Group) -> tuple[str, ...]:
    """One sentence for each reason why a group of one's own says less than it seems; none for other groups."""
    if group.kind is not GroupKind.CUSTOM:
        return ()
    members = [store.catalogue.authorities[code] for code in group.codes]
    return tuple(filter(None, (_few(members), unlike_note(members), ended_note(members))))


def _few(members: Sequence[Authority]) -> str:
    held = count_text(len(members), "council")
    if len(members) < MINIMUM_FOR_MEDIAN:
        return f"A group of {held} has no middle figure and no rank: choose {MINIMUM_FOR_MEDIAN} or more."
    if len(members) < MINIMUM_FOR_BANDS:
        return f"In a group of {held} nobody is called lower or higher than most: that takes {MINIMUM_FOR_BANDS}."
    return ""


def unlike_note(members: Sequence[Authority]) -> str:
    """That councils are of unlike types; "" where they are all alike."""
    types = {member.type for member in members}
    if len(types) < 2:
        return ""
    named = joined([TYPE_TITLES[kind] for kind in AuthorityType if kind in types])
    return f"These councils are unlike ({named}): on each metric only those that run the service are compared."


def ended_note(members: Sequence[Authority]) -> str:
    """Which of these councils have an end, and when; "" where none has."""
    ended = [f"{member.short_name} on {day_text(member.end)}" for member in members if member.end]
    if not ended:
        return ""
    return f"Some councils have an end: {joined(ended)}. Each is compared only for periods on whose last day it acted."
