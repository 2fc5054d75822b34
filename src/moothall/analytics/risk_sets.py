"""Who could still meet a first event after an origin, and what had become of each when the horizon closed (METHODS 9).

An event is dated by its decision. Where only its month or year is known, it lies on none of those days for certain: an
authority whose event may lie on either side of a limit is left out at that limit, never counted to one side.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from moothall.domain.authority import Authority
from moothall.domain.formal_action import CountsAs, FormalAction
from moothall.domain.period import add_months

HORIZONS: Final = (12, 24, 36, 60)
"""Months after an origin within which an event counts."""

FIRST_ORIGIN: Final = date(2012, 10, 1)
"""The first origin; the others follow each year."""


class Fate(StrEnum):
    """What had become of an authority at the end of a horizon."""

    EVENT = "event"
    NO_EVENT = "no-event"
    NOT_AT_RISK = "not-at-risk"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True)
class Onset:
    """The first event of an authority: the action, and the first and last day on which it can have been decided."""

    action: FormalAction
    first: date
    last: date


def first_onsets(actions: Iterable[FormalAction], kinds: Collection[CountsAs]) -> dict[str, Onset]:
    """The first event of these kinds by authority code; an action that goes on with a successor is its event too."""
    found: dict[str, Onset] = {}
    for action in actions:
        if action.counts_as not in kinds:
            continue
        for code in (action.authority, *action.continues_with):
            onset = Onset(action, action.first_day, action.last_day)
            if code not in found or (onset.first, onset.last) < (found[code].first, found[code].last):
                found[code] = onset
    return found


def fate_of(authority: Authority, onset: Onset | None, origin: date, horizon: int) -> Fate:
    """What had become of an authority ``horizon`` months after an origin.

    Not at risk: it did not act on the origin, or its first event may have come by then. Not known: its event may lie
    on either side of the horizon's end, or the body ended before that without one.
    """
    end = add_months(origin, horizon)
    if not authority.is_active(origin) or (onset is not None and onset.first <= origin):
        return Fate.NOT_AT_RISK
    if onset is not None and onset.last <= end:
        return Fate.EVENT
    has_ended = authority.end is not None and authority.end < end
    return Fate.NOT_KNOWN if has_ended or (onset is not None and onset.first <= end) else Fate.NO_EVENT


def fates_at(
    authorities: Sequence[Authority], onsets: dict[str, Onset], origin: date, horizon: int
) -> tuple[Fate, ...]:
    """The fate of each authority, in their order."""
    return tuple(fate_of(authority, onsets.get(authority.code), origin, horizon) for authority in authorities)


def closed_origins(complete_to: date, horizon: int, first: date = FIRST_ORIGIN) -> tuple[date, ...]:
    """The origins whose whole horizon lies within what the register covers, oldest first."""
    found = []
    for year in range(first.year, complete_to.year + 1):
        origin = first.replace(year=year)
        if add_months(origin, horizon) <= complete_to:
            found.append(origin)
    return tuple(found)


def whole_months(start: date, end: date) -> int:
    """How many whole months lie between two days; 0 where the second is not later."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months - (end.day < start.day))
