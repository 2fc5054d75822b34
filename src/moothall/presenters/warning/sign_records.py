"""How often a sign and a band were right before, from the back-test that the build carries."""

from moothall.domain.backtest import MAIN_EVENT, EventKind
from moothall.domain.signal import Lens, LensBand, Signal
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.warning.lens_words import BAND_WORDS
from moothall.presenters.wording.numbers import count_text, number_text

HORIZONS = {60: "five years", 36: "three years", 24: "two years", 12: "one year"}
"""Months after the day of a sign within which a formal action counts: the longest for which there is a record."""

NOT_TESTED = "It has not been back-tested yet, so nobody knows how often it is right."


def sign_record(store: FigureStore, signal: Signal) -> str:
    """How often the sign was followed by a formal action, beside how often its absence was; or that nobody knows."""
    result = store.backtest
    records = [result.signal_record(signal.id, months) for months in HORIZONS] if result else []
    record = next((record for record in records if record and record.fired), None)
    if record is None:
        return NOT_TESTED
    present = f"Of {_times(record.fired)} that this sign was present on a past 1 October, "
    absent = ""
    if record.not_fired:
        were = _were(record.events_not_fired)
        absent = f" Of {_times(record.not_fired)} that it was not present, {were} followed by one."
    return present + _became(signal.lens, record.horizon, record.fired, record.events) + absent


def band_record(store: FigureStore, lens: Lens, band: LensBand) -> str:
    """The same of a lens's band."""
    result = store.backtest
    records = [result.band_record(lens, band, months) for months in HORIZONS] if result else []
    record = next((record for record in records if record and record.n), None)
    if record is None:
        return NOT_TESTED
    words = f"\u201c{BAND_WORDS[band].lower()}\u201d"
    read = f"Of {_times(record.n)} that a council was read as {words} on a past 1 October, "
    return read + _became(lens, record.horizon, record.n, record.events)


EVENT_WORDS = {
    EventKind.FISCAL: "a first formal action about the council's money",
    EventKind.GOVERNANCE: "a first formal action about how the council is run",
    EventKind.EITHER: "a first formal action",
}
"""What the back-test of a lens counts."""


def _became(lens: Lens, months: int, count: int, events: int) -> str:
    event = EVENT_WORDS[MAIN_EVENT[lens]]
    return f"{_were(events)} followed by {event} within {HORIZONS[months]} and {_were(count - events)} not."


def _were(count: int) -> str:
    return f"{number_text(count)} {'was' if count == 1 else 'were'}"


def _times(count: int) -> str:
    return f"the {count_text(count, 'time')}" if count > 1 else "the one time"
