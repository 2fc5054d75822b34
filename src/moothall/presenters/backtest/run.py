"""Running the back-test: ask a store as of each origin, then hold what was said against the register."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from moothall.analytics.backtest import Sitting
from moothall.analytics.evaluations import (
    Said,
    band_records,
    evaluate_method,
    origin_test,
    signal_record,
    sitting_of,
)
from moothall.analytics.risk_sets import HORIZONS, Fate, Onset, closed_origins, fates_at, first_onsets
from moothall.analytics.signals import BANDS, CANNOT_ASSESS, FIRED, NOT_ASKED
from moothall.domain.authority import AuthorityType
from moothall.domain.backtest import (
    ALL,
    BASELINES,
    LEFT_OUT_CODES,
    MAIN_EVENT,
    WITHOUT_TWO,
    BacktestResult,
    BandRecord,
    DayBands,
    Evaluation,
    EventKind,
    LensTest,
    Method,
    OriginTest,
    SignalRecord,
)
from moothall.domain.signal import Lens, LensBand
from moothall.errors import UsageError
from moothall.presenters.backtest.example import worked_example
from moothall.presenters.backtest.inputs import inputs_digest, rules_digest
from moothall.presenters.backtest.model import hazard_report
from moothall.presenters.backtest.plain_figures import PlainFigures, baseline_saids, plain_figures
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.warning.lens_readings import LensReadings, lens_readings

WITH_INTERVAL = (ALL, WITHOUT_TWO)
"""The subsets whose AUC gets an interval; by type there are too few events for one to say much."""

FLAGGING = {
    Method.LOOK_CLOSER: (LensBand.LOOK_CLOSER,),
    Method.WATCH: (LensBand.LOOK_CLOSER, LensBand.WATCH),
}
"""The bands that count as a flag."""

Report = Callable[[str, int, int | None], None]


def silent(_doing: str, _done: int, _total: int | None) -> None:
    """Report nothing."""


@dataclass(frozen=True)
class Asked:
    """What the store said as of one origin: our readings and the plain figures, of the same authorities."""

    origin: date
    readings: LensReadings
    plain: PlainFigures

    @cached_property
    def baselines(self) -> dict[Method, Said]:
        """What each plain rule said."""
        return baseline_saids(self.plain)

    def said(self, lens: Lens, method: Method) -> Said:
        """What a method said; our own by how many families of the lens have a signal that fired."""
        if method.is_baseline:
            return self.baselines[method]
        outcome = self.readings.lenses[lens]
        cannot = outcome.bands == BANDS.index(LensBand.CANNOT_SAY)
        scores = np.where(cannot, np.nan, outcome.fired.astype(np.float64))
        flagged = np.isin(outcome.bands, [BANDS.index(band) for band in FLAGGING[method]])
        return Said(self.origin, self.readings.authorities, scores, flagged)

    def bands(self, lens: Lens) -> tuple[LensBand, ...]:
        """The band of each authority."""
        return tuple(BANDS[code] for code in self.readings.lenses[lens].bands.tolist())


def ask(store: FigureStore, origin: date) -> Asked:
    """Everything that is said as of an origin, from what had been published by its end."""
    view = store.whole.as_of(origin)
    readings = lens_readings(view, origin)
    return Asked(origin, readings, plain_figures(view, readings.authorities, origin))


def run_backtest(store: FigureStore, lenses: Sequence[Lens] = tuple(Lens), report: Report = silent) -> BacktestResult:
    """The whole back-test of these lenses; UsageError where there is no register or no closed horizon."""
    register = store.catalogue.formal_actions
    if register.complete_to is None or not closed_origins(register.complete_to, HORIZONS[0]):
        raise UsageError("There is no register of formal actions to test against: see catalogue/actions.")
    origins = closed_origins(register.complete_to, HORIZONS[0])
    asked = []
    for done, origin in enumerate(origins, start=1):
        report("asking past days", done, len(origins))
        asked.append(ask(store, origin))
    run = Run(store, register.complete_to, tuple(asked))
    known = [lens for lens in lenses if lens in store.catalogue.lenses]
    return BacktestResult(
        rules=rules_digest(store.catalogue),
        inputs=inputs_digest(store),
        complete_to=register.complete_to,
        tests=tuple(test for lens in known for test in run.tests(lens, report)),
        origins=tuple(test for lens in known for test in run.origin_tests(lens)),
        days=tuple(_day_bands(each, lens) for lens in known for each in asked),
        bands=tuple(record for lens in known for record in run.bands(lens)),
        signals=tuple(record for lens in known for record in run.signals(lens)),
        example=worked_example(store, known, {each.origin: each.readings for each in asked}),
        hazard=hazard_report(store, [each.plain for each in asked]),
    )


def _day_bands(asked: Asked, lens: Lens) -> DayBands:
    """How a lens read every authority as of an origin."""
    found: dict[LensBand, list[str]] = {band: [] for band in LensBand}
    for code, band in zip(asked.readings.authorities, asked.bands(lens), strict=True):
        found[band].append(code)
    named = (LensBand.LOOK_CLOSER, LensBand.WATCH, LensBand.NO_UNUSUAL_SIGNAL, LensBand.CANNOT_SAY)
    return DayBands(lens, asked.origin, *(tuple(found[band]) for band in named))


class Run:
    """What was said at all origins, held against what came. Nothing is asked of the store twice."""

    def __init__(self, store: FigureStore, complete_to: date, asked: tuple[Asked, ...]) -> None:
        self._authorities, self._complete_to, self._asked = store.catalogue.authorities, complete_to, asked
        self._actions = tuple(store.catalogue.formal_actions.actions.values())
        self._onsets = lru_cache(maxsize=None)(self._find_onsets)
        self._fates = lru_cache(maxsize=None)(self._find_fates)
        self._baselines = lru_cache(maxsize=None)(self._evaluate_baselines)

    def _find_onsets(self, event: EventKind) -> dict[str, Onset]:
        return first_onsets(self._actions, event.counted)

    def _closed(self, horizon: int) -> tuple[Asked, ...]:
        """The origins whose horizon has closed, oldest first."""
        closed = closed_origins(self._complete_to, horizon)
        return tuple(each for each in self._asked if each.origin in closed)

    def _find_fates(self, event: EventKind, horizon: int) -> tuple[tuple[Fate, ...], ...]:
        """The fate of every authority at each closed origin."""
        onsets = self._onsets(event)
        return tuple(
            fates_at([self._authorities[code] for code in each.readings.authorities], onsets, each.origin, horizon)
            for each in self._closed(horizon)
        )

    def _members(self, subset: str) -> frozenset[str] | None:
        if subset == ALL:
            return None
        if subset == WITHOUT_TWO:
            return frozenset(self._authorities) - frozenset(LEFT_OUT_CODES)
        return frozenset(code for code, authority in self._authorities.items() if authority.type == subset)

    def sittings(
        self, lens: Lens, method: Method, event: EventKind, horizon: int, subset: str = ALL
    ) -> tuple[Sitting, ...]:
        """What a method said at each closed origin of those at risk."""
        members = self._members(subset)
        pairs = zip(self._closed(horizon), self._fates(event, horizon), strict=True)
        return tuple(sitting_of(each.said(lens, method), fates, members) for each, fates in pairs)

    def tests(self, lens: Lens, report: Report = silent) -> Iterator[LensTest]:
        """The lens against its own events, whole and in parts, and against either kind of event."""
        subsets = (ALL, WITHOUT_TWO, *(kind.value for kind in AuthorityType if kind.is_principal))
        wanted = [(MAIN_EVENT[lens], horizon, subset) for subset in subsets for horizon in HORIZONS]
        wanted += [(EventKind.EITHER, horizon, ALL) for horizon in HORIZONS]
        for done, (event, horizon, subset) in enumerate(wanted, start=1):
            report(f"testing {lens}", done, len(wanted))
            yield self._test(lens, event, horizon, subset)

    def _test(self, lens: Lens, event: EventKind, horizon: int, subset: str) -> LensTest:
        own = tuple(self._evaluate(lens, method, event, horizon, subset) for method in FLAGGING)
        members = self._members(subset)
        events = {code for s in self.sittings(lens, Method.WATCH, event, horizon, subset) for code in _with_event(s)}
        return LensTest(
            lens=lens,
            event=event,
            horizon=horizon,
            subset=subset,
            origins=tuple(each.origin for each in self._closed(horizon)),
            authorities=len(events),
            left_out=self._left_out(event, horizon, members),
            evaluations=(*own, *self._baselines(event, horizon, subset)),
        )

    def _left_out(self, event: EventKind, horizon: int, members: Collection[str] | None) -> int:
        return sum(
            fate is Fate.NOT_KNOWN and (members is None or code in members)
            for each, fates in zip(self._closed(horizon), self._fates(event, horizon), strict=True)
            for code, fate in zip(each.readings.authorities, fates, strict=True)
        )

    def _evaluate(self, lens: Lens, method: Method, event: EventKind, horizon: int, subset: str) -> Evaluation:
        sittings = self.sittings(lens, method, event, horizon, subset)
        return evaluate_method(method, sittings, self._onsets(event), subset in WITH_INTERVAL)

    def _evaluate_baselines(self, event: EventKind, horizon: int, subset: str) -> tuple[Evaluation, ...]:
        return tuple(self._evaluate(Lens.DEBT, method, event, horizon, subset) for method in BASELINES)

    def origin_tests(self, lens: Lens) -> Iterator[OriginTest]:
        """The lens at each origin and horizon by the band "look closer", against its own events."""
        event = MAIN_EVENT[lens]
        for horizon in HORIZONS:
            sittings = self.sittings(lens, Method.LOOK_CLOSER, event, horizon)
            for sitting, fates in zip(sittings, self._fates(event, horizon), strict=True):
                yield origin_test(lens, horizon, sitting, fates.count(Fate.NOT_KNOWN))

    def bands(self, lens: Lens) -> Iterator[BandRecord]:
        """How often each band of the lens was followed by its own events."""
        for horizon in HORIZONS:
            bands = [each.bands(lens) for each in self._closed(horizon)]
            yield from band_records(lens, horizon, bands, self._fates(MAIN_EVENT[lens], horizon))

    def signals(self, lens: Lens) -> Iterator[SignalRecord]:
        """How often each signal of the lens was followed by the lens's own events."""
        names = [signal.id for signal in self._asked[0].readings.signals_of(lens)]
        for name in names:
            for horizon in HORIZONS:
                states = [each.readings.states(name) for each in self._closed(horizon)]
                assessed = [(held != CANNOT_ASSESS) & (held != NOT_ASKED) for held in states]
                fired = [held == FIRED for held in states]
                yield signal_record(name, horizon, fired, assessed, self._fates(MAIN_EVENT[lens], horizon))


def _with_event(sitting: Sitting) -> Iterator[str]:
    return (code for code, came in zip(sitting.codes, sitting.has_event, strict=True) if came)
