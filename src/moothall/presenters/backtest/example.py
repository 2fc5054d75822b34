"""The worked example: who was flagged on 1 October 2018, and what is on record by the end of the register."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from moothall.analytics.risk_sets import Onset, first_onsets
from moothall.analytics.signals import FIRED
from moothall.domain.backtest import MAIN_EVENT, EventKind, Seen, WorkedExample
from moothall.domain.signal import Lens, LensBand
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.warning.lens_readings import LensReadings

EXAMPLE_ORIGIN = date(2018, 10, 1)


def worked_example(
    store: FigureStore, lenses: Sequence[Lens], asked: Mapping[date, LensReadings]
) -> WorkedExample | None:
    """The origin of the example in full; None where it was not asked."""
    register = store.catalogue.formal_actions
    readings = asked.get(EXAMPLE_ORIGIN)
    if readings is None or register.complete_to is None:
        return None
    seen = [each for lens in lenses for each in _seen(store, lens, readings)]
    flagged = tuple(each for each in seen if each.band is LensBand.LOOK_CLOSER)
    missed = tuple(each for each in seen if each.band is not LensBand.LOOK_CLOSER)
    return WorkedExample(EXAMPLE_ORIGIN, register.complete_to, flagged, missed)


def _seen(store: FigureStore, lens: Lens, readings: LensReadings) -> Iterator[Seen]:
    """Everyone whom the lens flagged, and everyone to whom its first event came later, by name."""
    onsets = first_onsets(store.catalogue.formal_actions.actions.values(), MAIN_EVENT[lens].counted)
    by_name = sorted(readings.authorities, key=lambda code: store.catalogue.authorities[code].short_name)
    for code in by_name:
        band, onset = readings.band(lens, code), onsets.get(code)
        is_later = onset is not None and onset.first > EXAMPLE_ORIGIN
        if band is LensBand.LOOK_CLOSER or is_later:
            yield _one(store, lens, readings, code, onset)


def _one(store: FigureStore, lens: Lens, readings: LensReadings, code: str, onset: Onset | None) -> Seen:
    register = store.catalogue.formal_actions
    after = [a for a in register.of(code) if a.first_day > EXAMPLE_ORIGIN and a.counts_as in EventKind.EITHER.counted]
    fired = [s.id for s in readings.signals_of(lens) if readings.states(s.id)[readings.index[code]] == FIRED]
    end = store.catalogue.authorities[code].end
    return Seen(
        authority=code,
        lens=lens,
        band=readings.band(lens, code),
        signals=tuple(fired),
        actions=tuple(action.id for action in after),
        already=onset is not None and onset.first <= EXAMPLE_ORIGIN,
        ended=end if end and register.complete_to and end <= register.complete_to else None,
    )
