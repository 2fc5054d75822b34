"""What warning rules say of all authorities at once (METHODS 9): pure functions on labelled arrays.

Nothing is filled in and nothing is added up over lenses. A figure that is too old, that has too few beside it or that
cannot be worked out leaves its rule unassessed, with the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.refusal import MINIMUM_FOR_BANDS
from moothall.analytics.within_types import medians, percentiles
from moothall.domain.derivation import ChangeForm, Side
from moothall.domain.signal import (
    Bounds,
    ChangeOver,
    DatedFact,
    Lasting,
    LensBand,
    LensRule,
    Place,
    RefusedDenominator,
    ReturnMissing,
    Sign,
    SignalState,
    SignalTest,
    StoppedPublishing,
    WhyNot,
    YearsLeft,
)

Figures = NDArray[np.float64]
Mask = NDArray[np.bool_]
Codes = NDArray[np.int8]
Columns = NDArray[np.intp]

STATES: Final = tuple(SignalState)
REASONS: Final = tuple(WhyNot)
BANDS: Final = tuple(LensBand)
FIRED, WATCHED, NOT_FIRED, CANNOT_ASSESS = range(len(STATES))

NOT_ASKED: Final = -1
"""The state of an authority to which a rule does not apply, and the reason code where there is no reason."""

NO_COLUMN: Final = -1

MOST: Final = 0.5
"""A period counts as published once this share of those who should have a figure do."""


@dataclass(frozen=True)
class SignalFigures:
    """The figures of one metric as a rule looks at them: arrays are [authorities, periods] unless they say otherwise.

    ``values`` is NaN where an authority has no figure or could not be compared; ``is_expected`` is True where it should
    have one. ``types`` [authorities] names the group of each, ``months_old`` [periods] the age of each period on the
    day. ``previous`` and ``earlier`` [periods] are the columns one period and the test's ``over`` periods back
    (``NO_COLUMN`` where there is none or a break lies between). ``denominators`` is what a share is divided by, and
    ``came_late`` marks figures that an earlier release of their period did not have, ``per`` is what a change is set
    beside. ``step`` is the reporting step.
    """

    values: Figures
    is_expected: Mask
    types: Sequence[str]
    months_old: NDArray[np.float64]
    previous: Columns
    earlier: Columns
    step: float
    denominators: Figures | None = None
    came_late: Mask | None = None
    per: Figures | None = None


@dataclass(frozen=True)
class SignalOutcome:
    """What one rule says: every array is [authorities].

    ``states`` index ``STATES`` and ``reasons`` ``REASONS`` (``NOT_ASKED`` where there is none). ``figures`` is what the
    evidence tells, in the metric's unit or as a change of it; ``tested`` what was held against the threshold (the
    figure, its percentile, a number of periods). ``middles`` is the median of the type's figures in ``columns``, the
    period's column; ``counts`` how many they are.
    """

    states: Codes
    reasons: Codes
    figures: Figures
    tested: Figures
    middles: Figures
    counts: NDArray[np.int64]
    columns: Columns

    def only(self, rows: NDArray[np.intp]) -> "SignalOutcome":
        """The outcome of these rows, in their order; -1 is an authority without a row."""
        lost = rows < 0
        picked = {name: getattr(self, name)[rows] for name in self.__dataclass_fields__}
        found = SignalOutcome(**picked)
        found.states[lost], found.reasons[lost] = CANNOT_ASSESS, REASONS.index(WhyNot.NO_FIGURE)
        found.columns[lost], found.counts[lost] = NO_COLUMN, 0
        for name in ("figures", "tested", "middles"):
            getattr(found, name)[lost] = np.nan
        return found

    def aged(self, months_old: NDArray[np.float64], oldest: float) -> "SignalOutcome":
        """The same with what is older than ``oldest`` unassessed: its figure and period stay, to be shown as such.

        ``months_old`` [periods] is the age of each period on the day.
        """
        if not months_old.size:
            return self
        ages = np.where(self.columns == NO_COLUMN, 0.0, months_old[self.columns])
        is_old = (ages > oldest) & (self.states != CANNOT_ASSESS)
        states = np.where(is_old, CANNOT_ASSESS, self.states).astype(np.int8)
        reasons = np.where(is_old, REASONS.index(WhyNot.TOO_OLD), self.reasons).astype(np.int8)
        return replace(self, states=states, reasons=reasons)


def never_published(size: int) -> SignalOutcome:
    """The outcome of ``size`` authorities where nothing had been published."""
    blank, none = np.full(size, np.nan), np.zeros(size, dtype=np.int64)
    states = np.full(size, CANNOT_ASSESS, dtype=np.int8)
    reasons = np.full(size, REASONS.index(WhyNot.NEVER_PUBLISHED), dtype=np.int8)
    columns = np.full(size, NO_COLUMN, dtype=np.intp)
    return SignalOutcome(states, reasons, blank, blank.copy(), blank.copy(), none, columns)


@dataclass(frozen=True)
class LensOutcome:
    """What a lens says of all authorities: arrays are [authorities]. ``bands`` index ``BANDS``.

    ``fired`` and ``assessed`` count families, never signals.
    """

    bands: Codes
    fired: NDArray[np.int64]
    assessed: NDArray[np.int64]


def evaluate(test: SignalTest, figures: SignalFigures, oldest_months: float) -> SignalOutcome:
    """What a rule says of every authority by its newest figure that is at most ``oldest_months`` old."""
    return judged(test, figures).aged(figures.months_old, oldest_by(test, oldest_months))


def oldest_by(test: SignalTest | None, oldest_months: float) -> float:
    """How old a figure may be, in months: a dated fact counts for so long as its test says, and no longer."""
    return min(oldest_months, test.for_months) if isinstance(test, DatedFact) else oldest_months


def judged(test: SignalTest, figures: SignalFigures) -> SignalOutcome:
    """What a rule says of every authority by its newest figure, however old that is."""
    if isinstance(test, RefusedDenominator):
        return _refused(figures)
    if isinstance(test, ReturnMissing):
        return _missing(figures)
    if isinstance(test, StoppedPublishing):
        return _stopped(test.bounds, figures)
    shown, tested, why = _numbers(test, figures)
    outcome = _by_newest(test.bounds, figures, shown, tested, why)
    beyond = test.beyond if isinstance(test, Place | ChangeOver) else None
    return outcome if beyond is None else _only_beyond(outcome, test.bounds.sign, beyond)


def _numbers(test: SignalTest, figures: SignalFigures) -> tuple[Figures, Figures, WhyNot]:
    """What the evidence tells, what is held against the threshold, and why that may be missing."""
    values = figures.values
    match test:
        case Place():
            return values, percentiles(values, figures.types, figures.step), WhyNot.TOO_FEW
        case ChangeOver():
            moved = beside(change_over(values, figures.earlier, test.form), figures.per)
            return moved, percentiles(moved, figures.types, figures.step), WhyNot.NO_EARLIER
        case Lasting():
            return values, spell_lengths(values, figures.previous, test.side, test.limit), WhyNot.NO_FIGURE
        case YearsLeft():
            left = years_left(values, figures.earlier, test.over, test.cap)
            return left, left, WhyNot.NO_EARLIER
        case _:
            return values, values, WhyNot.NO_FIGURE


def change_over(values: Figures, earlier: Columns, form: ChangeForm) -> Figures:
    """Each figure less the one in its earlier column; as a percentage only of an earlier figure above zero.

    NaN where there is no earlier column or no figure in it.
    """
    before = np.where(earlier == NO_COLUMN, np.nan, values[:, earlier])
    moved: Figures = values - before
    if form is ChangeForm.DIFFERENCE:
        return moved
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(before > 0, moved / before * 100, np.nan)


def beside(moved: Figures, per: Figures | None) -> Figures:
    """The changes as a percentage of ``per`` where that is above zero, NaN elsewhere; as they are where it is None."""
    if per is None:
        return moved
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(per > 0, moved / per * 100, np.nan)


def spell_lengths(values: Figures, previous: Columns, side: Side, limit: float) -> Figures:
    """For how many periods in a row, up to each, the figure has been strictly on one side of ``limit``: 0 where not.

    A period without a figure ends the count, which is then too short rather than too long. NaN without a figure.
    """
    holds = values < limit if side is Side.BELOW else values > limit
    lengths = np.zeros(values.shape)
    for column, before in enumerate(previous.tolist()):
        carried = 0.0 if before == NO_COLUMN else lengths[:, before]
        lengths[:, column] = np.where(holds[:, column], carried + 1, 0)
    return np.where(np.isnan(values), np.nan, lengths)


def years_left(values: Figures, earlier: Columns, over: int, cap: float) -> Figures:
    """How many periods a stock lasts at the pace of its fall over the last ``over``: R / ((R[t-over] - R[t]) / over).

    ``cap`` where it has not fallen, or would last longer; 0 where nothing is left. NaN without an earlier figure.
    Source: METHODS 9.
    """
    fall = -change_over(values, earlier, ChangeForm.DIFFERENCE) / over
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(fall > 0, np.maximum(values, 0) / fall, cap)
    return np.where(np.isnan(fall), np.nan, np.minimum(left, cap))


def held_against(bounds: Bounds, numbers: Figures) -> Codes:
    """The state of each number: fired at or beyond the one threshold, watched at or beyond the other."""
    reaches = np.greater_equal if bounds.sign is Sign.AT_LEAST else np.less_equal
    states = np.full(numbers.shape, NOT_FIRED, dtype=np.int8)
    if bounds.watched is not None:
        states[reaches(numbers, bounds.watched)] = WATCHED
    states[reaches(numbers, bounds.fired)] = FIRED
    states[np.isnan(numbers)] = CANNOT_ASSESS
    return states


def _by_newest(bounds: Bounds, figures: SignalFigures, shown: Figures, tested: Figures, why: WhyNot) -> SignalOutcome:
    columns = _newest(~np.isnan(tested))
    middles, counts = medians(shown, figures.types)
    outcome = _picked(shown, tested, middles, counts, columns)
    states = held_against(bounds, outcome.tested)
    reasons = np.full(states.shape, NOT_ASKED, dtype=np.int8)
    has_values = ~np.isnan(figures.values).all(axis=1)
    lost = states == CANNOT_ASSESS
    reasons[lost] = np.where(has_values, REASONS.index(why), REASONS.index(WhyNot.NO_FIGURE))[lost]
    return replace(outcome, states=states, reasons=reasons)


def _newest(is_known: Mask) -> Columns:
    """The last True column of each row; ``NO_COLUMN`` where there is none."""
    width = is_known.shape[1]
    if not width:
        return np.full(is_known.shape[0], NO_COLUMN, dtype=np.intp)
    last = width - 1 - np.argmax(is_known[:, ::-1], axis=1)
    return np.where(is_known.any(axis=1), last, NO_COLUMN)


def _picked(
    shown: Figures, tested: Figures, middles: Figures, counts: NDArray[np.int64], columns: Columns
) -> SignalOutcome:
    """The numbers of each row's column; NaN and 0 where it has none."""
    blank = np.full(columns.shape, NOT_ASKED, dtype=np.int8)
    if not shown.shape[1]:
        nothing = np.full(columns.shape, np.nan)
        none = np.zeros(columns.shape, dtype=np.int64)
        return SignalOutcome(blank, blank.copy(), nothing, nothing.copy(), nothing.copy(), none, columns)
    rows, lost = np.arange(columns.size), columns == NO_COLUMN

    def at(array: Figures) -> Figures:
        return np.where(lost, np.nan, array[rows, columns])

    found = np.where(lost, 0, counts[rows, columns])
    return SignalOutcome(blank, blank.copy(), at(shown), at(tested), at(middles), found, columns)


def _only_beyond(outcome: SignalOutcome, sign: Sign, beyond: float) -> SignalOutcome:
    """What fired or is watched, only where the figure itself lies strictly beyond a level."""
    lies = outcome.figures > beyond if sign is Sign.AT_LEAST else outcome.figures < beyond
    calm = (outcome.states <= WATCHED) & (outcome.states != NOT_ASKED) & ~lies
    return replace(outcome, states=np.where(calm, NOT_FIRED, outcome.states).astype(np.int8))


def _published(figures: SignalFigures) -> Mask:
    """[periods]: most of those who should have a figure have one."""
    expected = figures.is_expected.sum(axis=0)
    given = (figures.is_expected & ~np.isnan(figures.values)).sum(axis=0)
    return np.asarray((expected >= MINIMUM_FOR_BANDS) & (given >= MOST * expected), dtype=np.bool_)


def _missing(figures: SignalFigures) -> SignalOutcome:
    """Who has no figure in the newest published period, and whose came late."""
    columns = _newest(figures.is_expected & _published(figures))
    lost, rows = columns == NO_COLUMN, np.arange(columns.size)
    outcome = _told(figures, columns)
    if lost.all():
        return outcome
    is_missing = np.isnan(figures.values[rows, columns])
    late = figures.came_late
    is_late = np.zeros_like(lost) if late is None else late[rows, columns]
    graded = np.where(is_missing, FIRED, np.where(is_late, WATCHED, NOT_FIRED))
    return _graded(outcome, graded, lost)


def _refused(figures: SignalFigures) -> SignalOutcome:
    """Whose share is refused because its denominator is below zero in the newest year, or was in an earlier one."""
    below = figures.denominators
    below = np.full(figures.values.shape, np.nan) if below is None else below
    columns = _newest(figures.is_expected & ~np.isnan(below))
    lost, rows = columns == NO_COLUMN, np.arange(columns.size)
    outcome = _told(replace(figures, values=below), columns)
    if lost.all():
        return outcome
    now = below[rows, columns] < 0
    before = (np.where(figures.is_expected, below, np.nan) < 0).any(axis=1)
    graded = np.where(now, FIRED, np.where(before, WATCHED, NOT_FIRED))
    return _graded(outcome, graded, lost)


def _stopped(bounds: Bounds, figures: SignalFigures) -> SignalOutcome:
    """How many of the newest published periods have no figure from an authority that gave one before."""
    asked = figures.is_expected & _published(figures)
    columns = _newest(asked)
    lost: Mask = np.logical_not((asked & ~np.isnan(figures.values)).any(axis=1))
    outcome = _told(figures, columns)
    if lost.all():
        return outcome
    tested = np.where(lost, np.nan, _trailing_gaps(asked, figures.values))
    states = held_against(bounds, tested)
    return replace(_graded(outcome, states, lost), tested=tested)


def _trailing_gaps(asked: Mask, values: Figures) -> Figures:
    """How many of the asked columns after the last figure have none."""
    last = _newest(asked & ~np.isnan(values))
    after = np.arange(values.shape[1])[None, :] > last[:, None]
    return np.asarray((asked & after).sum(axis=1), dtype=np.float64)


def _told(figures: SignalFigures, columns: Columns) -> SignalOutcome:
    """An outcome not yet graded: cannot assess, for want of figures, with what the columns hold."""
    middles, counts = medians(figures.values, figures.types)
    outcome = _picked(figures.values, figures.values, middles, counts, columns)
    states = np.full(columns.shape, CANNOT_ASSESS, dtype=np.int8)
    return replace(outcome, states=states, reasons=np.full_like(states, REASONS.index(WhyNot.NO_FIGURE)))


def _graded(outcome: SignalOutcome, graded: NDArray[np.int_] | Codes, lost: NDArray[np.bool_]) -> SignalOutcome:
    states = np.where(lost, CANNOT_ASSESS, graded).astype(np.int8)
    reasons = np.where(lost, outcome.reasons, NOT_ASKED).astype(np.int8)
    return replace(outcome, states=states, reasons=reasons)


def is_better_answered(first: SignalOutcome, second: SignalOutcome, ends: tuple[Figures, Figures]) -> Mask:
    """Of two outcomes of one rule on two metrics: where the second speaks, [authorities].

    That is where only it could be assessed; otherwise where its figure is newer. ``ends`` [authorities] say for each
    outcome when its period ended, as a number that grows with time; NaN where it has no period.
    """
    is_assessed = [outcome.states != CANNOT_ASSESS for outcome in (first, second)]
    newer = np.nan_to_num(ends[1], nan=-np.inf) > np.nan_to_num(ends[0], nan=-np.inf)
    return np.asarray(np.where(is_assessed[0] == is_assessed[1], newer, is_assessed[1]), dtype=np.bool_)


def joined(first: SignalOutcome, second: SignalOutcome, takes: Mask) -> SignalOutcome:
    """The first outcome, the second where ``takes``. ``columns`` then belong to the metric that was taken."""
    names = SignalOutcome.__dataclass_fields__
    return SignalOutcome(**{name: np.where(takes, getattr(second, name), getattr(first, name)) for name in names})


def lens_outcome(rule: LensRule, families: Sequence[str], states: Codes) -> LensOutcome:
    """The band of each authority: ``states`` [signals, authorities], ``families`` names the family of each signal.

    A family counts once, however many of its signals fired. With fewer families assessed than the lens asks for nothing
    is said, whatever fired.
    """
    size = states.shape[1]
    fired, assessed = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for family in dict.fromkeys(families):
        own = states[[name == family for name in families]]
        fired += (own == FIRED).any(axis=0)
        assessed += ((own != CANNOT_ASSESS) & (own != NOT_ASKED)).any(axis=0)
    bands = np.full(size, BANDS.index(LensBand.NO_UNUSUAL_SIGNAL), dtype=np.int8)
    bands[fired >= rule.watch_from] = BANDS.index(LensBand.WATCH)
    bands[fired >= rule.look_closer_from] = BANDS.index(LensBand.LOOK_CLOSER)
    bands[assessed < rule.least_assessed] = BANDS.index(LensBand.CANNOT_SAY)
    return LensOutcome(bands, fired, assessed)
