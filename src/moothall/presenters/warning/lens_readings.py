"""What every rule and every lens says of every authority on a day: figures from a store, rules from its catalogue.

A reading on a past day uses the authorities of that day and, from ``store.as_of(day)``, only what had been published by
then. Nothing is carried over from one authority to another, and nothing is added up over lenses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.register import Register
from moothall.analytics.sign_outcomes import JudgedSign, highest_figures, judged_sign
from moothall.analytics.signals import (
    BANDS,
    CANNOT_ASSESS,
    NO_COLUMN,
    NOT_ASKED,
    REASONS,
    STATES,
    LensOutcome,
    SignalOutcome,
    is_better_answered,
    joined,
    lens_outcome,
    never_published,
    oldest_by,
)
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.signal import Lens, LensBand, LensRule, Signal, SignalState, SignalStatus, Unless, WhyNot
from moothall.presenters.figures.changes import series_of
from moothall.presenters.figures.reading import KEPT_VIEWS, FigureStore, kept_by_store

DAYS_IN_A_MONTH = 365.25 / 12

KEPT_AS: Mapping[str, type[np.generic]] = {
    **dict.fromkeys(("states", "reasons"), np.int8),
    **dict.fromkeys(("figures", "tested", "middles"), np.float64),
    "counts": np.int64,
    "columns": np.intp,
}
"""The arrays of an outcome, as the build keeps them under the same names."""


@dataclass(frozen=True, slots=True)
class SignalReading:
    """What one rule says of one authority on a day.

    ``figure`` is what the evidence tells, in the unit of ``metric`` or as a change of it; ``tested`` what was held
    against the threshold; ``middle`` the median of the ``count`` figures of its type for ``period``. ``months_old`` is
    the age of the end of that period. ``why_not`` is set where the rule cannot be assessed, and only there.
    """

    signal: Signal
    authority: Authority
    state: SignalState
    why_not: WhyNot | None
    metric: Metric | None
    period: Period | None
    months_old: float | None
    figure: float | None
    tested: float | None
    middle: float | None
    count: int


@dataclass(frozen=True, slots=True)
class LensReading:
    """What a lens says of one authority on a day: its band, and the readings of its rules that apply to it.

    ``fired`` and ``assessed`` count families; ``families`` is how many apply.
    """

    rule: LensRule
    authority: Authority
    day: date
    band: LensBand
    fired: int
    assessed: int
    families: int
    readings: tuple[SignalReading, ...]

    def in_state(self, *states: SignalState) -> tuple[SignalReading, ...]:
        """The readings in one of these states, in the catalogue's order."""
        return tuple(reading for reading in self.readings if reading.state in states)


@dataclass(frozen=True)
class SignalColumn:
    """One rule for all authorities: its outcome [authorities], and whose figure of which period each row rests on."""

    signal: Signal
    outcome: SignalOutcome
    metrics: tuple[Metric | None, ...]
    periods: tuple[Period | None, ...]


@dataclass(frozen=True)
class LensReadings:
    """The readings of all ``authorities`` (codes of those that acted on ``day``, in order) by all live rules."""

    day: date
    authorities: tuple[str, ...]
    register: Mapping[str, Authority] = field(repr=False)
    rules: Mapping[Lens, LensRule] = field(repr=False)
    columns: Mapping[str, SignalColumn] = field(repr=False)

    @cached_property
    def index(self) -> dict[str, int]:
        """The row of each authority code."""
        return {code: row for row, code in enumerate(self.authorities)}

    @cached_property
    def lenses(self) -> dict[Lens, LensOutcome]:
        """The outcome of each lens: arrays [authorities]."""
        return {lens: self._lens(rule) for lens, rule in self.rules.items()}

    def signals_of(self, lens: Lens) -> tuple[Signal, ...]:
        """The live rules of a lens."""
        return tuple(column.signal for column in self.columns.values() if column.signal.lens is lens)

    def states(self, signal: str) -> NDArray[np.int8]:
        """The state codes of a rule: [authorities]."""
        return self.columns[signal].outcome.states

    def band(self, lens: Lens, code: str) -> LensBand:
        """The band of an authority in a lens; KeyError where it did not act on the day."""
        return BANDS[int(self.lenses[lens].bands[self.index[code]])]

    def reading(self, signal: str, code: str) -> SignalReading | None:
        """What a rule says of an authority; None where it does not apply to it."""
        column, row = self.columns[signal], self.index[code]
        outcome = column.outcome
        if outcome.states[row] == NOT_ASKED:
            return None
        reason, period = int(outcome.reasons[row]), column.periods[row]
        return SignalReading(
            signal=column.signal,
            authority=self.register[code],
            state=STATES[outcome.states[row]],
            why_not=None if reason == NOT_ASKED else REASONS[reason],
            metric=column.metrics[row],
            period=period,
            months_old=age_in_months(period, self.day) if period else None,
            figure=_or_none(outcome.figures[row]),
            tested=_or_none(outcome.tested[row]),
            middle=_or_none(outcome.middles[row]),
            count=int(outcome.counts[row]),
        )

    def lens_reading(self, lens: Lens, code: str) -> LensReading:
        """What a lens says of an authority; KeyError where it did not act on the day."""
        outcome, row = self.lenses[lens], self.index[code]
        found = [self.reading(signal.id, code) for signal in self.signals_of(lens)]
        readings = tuple(reading for reading in found if reading)
        return LensReading(
            rule=self.rules[lens],
            authority=self.register[code],
            day=self.day,
            band=BANDS[outcome.bands[row]],
            fired=int(outcome.fired[row]),
            assessed=int(outcome.assessed[row]),
            families=len({reading.signal.family for reading in readings}),
            readings=readings,
        )

    def _lens(self, rule: LensRule) -> LensOutcome:
        signals = self.signals_of(rule.lens)
        states = np.array([self.states(signal.id) for signal in signals], dtype=np.int8)
        families = [signal.family for signal in signals]
        return lens_outcome(rule, families, states.reshape(len(signals), len(self.authorities)))


def lens_readings(store: FigureStore, day: date, signals: Mapping[str, Signal] | None = None) -> LensReadings:
    """The readings of every principal authority that acted on ``day``, by the store's live rules (or ``signals``).

    Ask of ``store.as_of(day)`` to use only what had been published by the day. Not kept: see ``kept_readings``.
    """
    catalogue = store.catalogue
    acting = sorted(a.code for a in catalogue.authorities.values() if a.type.is_principal and a.is_active(day))
    chosen = (catalogue.signals if signals is None else signals).values()
    live = [signal for signal in chosen if signal.status is SignalStatus.LIVE]
    columns = {signal.id: _column(store, signal, acting, day) for signal in live}
    return LensReadings(day, tuple(acting), catalogue.authorities, catalogue.lenses, columns)


@lru_cache(maxsize=KEPT_VIEWS)
def kept_readings(store: FigureStore, day: date) -> LensReadings:
    """The same by the catalogue's own rules, kept for the days that were asked for last."""
    return lens_readings(store, day)


def age_in_months(period: Period, day: date) -> float:
    """How long before ``day`` the period ended, in months."""
    return (day - period.end).days / DAYS_IN_A_MONTH


def _or_none(figure: float) -> float | None:
    return None if np.isnan(figure) else float(figure)


def _column(store: FigureStore, signal: Signal, acting: Sequence[str], day: date) -> SignalColumn:
    """One rule for ``acting`` authorities: of its metrics, the one that can be assessed or has the newest figure."""
    found = [_by_metric(store, signal, store.catalogue.metrics[id_], acting, day) for id_ in signal.metrics]
    column = found[0]
    for other in found[1:]:
        ends = (_ends(column.periods), _ends(other.periods))
        column = _merged(column, other, is_better_answered(column.outcome, other.outcome, ends))
    return replace(column, outcome=_asked(store, signal, acting, day, column.outcome))


def _ends(periods: Sequence[Period | None]) -> NDArray[np.float64]:
    return np.array([np.nan if period is None else period.end.toordinal() for period in periods])


def _merged(first: SignalColumn, second: SignalColumn, takes: NDArray[np.bool_]) -> SignalColumn:
    pick = [(first, second)[int(other)] for other in takes.tolist()]
    return SignalColumn(
        first.signal,
        joined(first.outcome, second.outcome, takes),
        tuple(column.metrics[row] for row, column in enumerate(pick)),
        tuple(column.periods[row] for row, column in enumerate(pick)),
    )


def _by_metric(store: FigureStore, signal: Signal, metric: Metric, acting: Sequence[str], day: date) -> SignalColumn:
    found = _judged(store, signal, metric)
    ages = np.array([age_in_months(period, day) for period in found.periods])
    rows = np.array([found.index.get(code, NO_COLUMN) for code in acting], dtype=np.intp)
    outcome = (
        found.outcome.aged(ages, oldest_by(signal.test, signal.oldest_months)).only(rows)
        if found.index
        else never_published(len(acting))
    )
    periods = tuple(None if column == NO_COLUMN else found.periods[column] for column in outcome.columns.tolist())
    return SignalColumn(signal, outcome, tuple(metric if period else None for period in periods), periods)


def _judged(store: FigureStore, signal: Signal, metric: Metric) -> JudgedSign:
    """What a rule says of a metric, whatever the day: as the build found it, unless the rule is a user's own."""
    is_own = store.catalogue.signals.get(signal.id) == signal
    found = store.signs(signal.id, metric.id) if is_own else None
    if found is None:
        below, every = store.panel(metric.id).denominators, series_of(store)
        return judged_sign(signal, metric, every, below, store.revisions, _register_of(store.whole))
    outcome = SignalOutcome(**{name: np.array(getattr(found, name), dtype=kind) for name, kind in KEPT_AS.items()})
    return JudgedSign({code: row for row, code in enumerate(found.authorities)}, found.told_periods, outcome)


@kept_by_store
def _register_of(store: FigureStore) -> Register:
    """Who can be compared when, worked out once for each build."""
    return Register(store.catalogue.authorities, store.catalogue.responsibilities)


def _asked(
    store: FigureStore, signal: Signal, acting: Sequence[str], day: date, outcome: SignalOutcome
) -> SignalOutcome:
    """The outcome without those to whom the rule does not apply, and unassessed where it does not speak."""
    states, reasons = outcome.states.copy(), outcome.reasons.copy()
    if signal.unless:
        is_excepted, is_unknown = _excepted(store, signal.unless, acting)
        for where, why in ((is_excepted, WhyNot.EXCEPTED), (is_unknown, WhyNot.EXCEPTION_UNKNOWN)):
            hit = where & (states != CANNOT_ASSESS)
            states[hit], reasons[hit] = CANNOT_ASSESS, REASONS.index(why)
    outside = ~_applies(store, signal, acting, day)
    states[outside], reasons[outside] = NOT_ASKED, NOT_ASKED
    return replace(outcome, states=states, reasons=reasons)


def _applies(store: FigureStore, signal: Signal, acting: Sequence[str], day: date) -> NDArray[np.bool_]:
    """Which authorities could have a figure of one of the rule's metrics on the day."""
    register, metrics = _register_of(store.whole), [store.catalogue.metrics[id_] for id_ in signal.metrics]
    found: NDArray[np.bool_] = np.any([register.eligible(metric, acting, [day])[:, 0] for metric in metrics], axis=0)
    return found


def _excepted(store: FigureStore, unless: Unless, acting: Sequence[str]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who ever had a figure above the limit in one of the metrics, and of whom no figure is known at all."""
    highest = [_highest(store, id_) for id_ in unless.metrics]
    found = np.array([[by_code.get(code, np.nan) for code in acting] for by_code in highest])
    is_above: NDArray[np.bool_] = np.any(found > unless.above, axis=0)
    is_unknown: NDArray[np.bool_] = np.all(np.isnan(found), axis=0)
    return is_above, is_unknown


def _highest(store: FigureStore, metric: str) -> Mapping[str, float]:
    """The highest figure that each authority ever had."""
    found = store.highest(metric)
    return highest_figures(series_of(store).at(metric)) if found is None else found.figures
