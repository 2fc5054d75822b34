"""What a back-test found (METHODS 9): plain records, without names of councils where a code will do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from moothall.domain.formal_action import CountsAs
from moothall.domain.signal import Lens, LensBand


class EventKind(StrEnum):
    """Which events are asked for: about money, about how the council is run, or either of the two."""

    FISCAL = "fiscal"
    GOVERNANCE = "governance"
    EITHER = "either"

    @property
    def counted(self) -> frozenset[CountsAs]:
        """What a row of the register must count as."""
        return _COUNTED[self]


_COUNTED = {
    EventKind.FISCAL: frozenset({CountsAs.FISCAL_EVENT}),
    EventKind.GOVERNANCE: frozenset({CountsAs.GOVERNANCE_EVENT}),
    EventKind.EITHER: frozenset({CountsAs.FISCAL_EVENT, CountsAs.GOVERNANCE_EVENT}),
}

MAIN_EVENT = {Lens.DEBT: EventKind.FISCAL, Lens.RESILIENCE: EventKind.FISCAL, Lens.GOVERNANCE: EventKind.GOVERNANCE}
"""The events that each lens is meant to see coming, fixed beforehand; "either" is reported beside them."""


class Method(StrEnum):
    """A way to flag councils: our signals, at either band, and the plain rules that they must beat."""

    LOOK_CLOSER = "look-closer"
    WATCH = "watch"
    BASE_RATE = "base-rate"
    DEBT_RATIO = "debt-ratio"
    RESERVES_RATIO = "reserves-ratio"
    COMPOSITE = "composite-2018"
    AUDITORS_RULE = "auditors-rule"

    @property
    def is_baseline(self) -> bool:
        """True for a plain rule."""
        return self not in (Method.LOOK_CLOSER, Method.WATCH)


BASELINES = tuple(method for method in Method if method.is_baseline)

ALL = "all"
WITHOUT_TWO = "without-woking-and-thurrock"
LEFT_OUT_CODES = ("WOI", "THR")
"""Woking and Thurrock, whose debts were so large that a rule could look good on them alone."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How one method did over all origins of a test; codes are those of authorities.

    ``n``, ``events``, ``flags`` and ``hits`` count authorities at origins: an authority at risk at three origins counts
    three times. ``hit_codes``, ``missed`` and ``false_alarms`` name each authority once; one that was flagged at some
    origins and not at others before its event stands in the first two. Precision and recall are those of the flags;
    ``precision_at_10`` and so on go by the order of the method's numbers. None where a share would be of nothing.
    """

    method: Method
    n: int
    events: int
    flags: int
    hits: int
    precision: float | None
    recall: float | None
    precision_at_10: float | None
    precision_at_20: float | None
    precision_at_30: float | None
    recall_at_tenth: float | None
    auc: float | None
    auc_low: float | None
    auc_high: float | None
    median_lead_months: float | None
    assessed: int
    hit_codes: tuple[str, ...]
    missed: tuple[str, ...]
    false_alarms: tuple[str, ...]

    @property
    def misses(self) -> int:
        """Events that came without a flag."""
        return self.events - self.hits


@dataclass(frozen=True, slots=True)
class LensTest:
    """One lens against one kind of event within one horizon: our two bands first, then the baselines.

    ``subset`` is ``ALL``, ``WITHOUT_TWO`` or an authority type. ``authorities`` is how many met an event at all;
    ``left_out`` counts authorities at origins of which nobody can say what became of them.
    """

    lens: Lens
    event: EventKind
    horizon: int
    subset: str
    origins: tuple[date, ...]
    authorities: int
    left_out: int
    evaluations: tuple[Evaluation, ...]

    def of(self, method: Method) -> Evaluation:
        """How a method did; KeyError where it was not tried."""
        return {each.method: each for each in self.evaluations}[method]

    @property
    def is_main(self) -> bool:
        """True for the events that the lens is meant to see coming, over all authorities."""
        return self.event is MAIN_EVENT[self.lens] and self.subset == ALL


@dataclass(frozen=True, slots=True)
class OriginTest:
    """One lens at one origin and horizon, by the band "look closer": who was flagged and what came, as codes."""

    lens: Lens
    horizon: int
    origin: date
    n: int
    left_out: int
    hits: tuple[str, ...]
    missed: tuple[str, ...]
    false_alarms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayBands:
    """How one lens read every authority on the day of an origin, as codes by band, whatever had come before."""

    lens: Lens
    origin: date
    look_closer: tuple[str, ...]
    watch: tuple[str, ...]
    no_unusual_sign: tuple[str, ...]
    cannot_say: tuple[str, ...]

    @property
    def by_band(self) -> dict[LensBand, tuple[str, ...]]:
        """The same by band."""
        return {
            LensBand.LOOK_CLOSER: self.look_closer,
            LensBand.WATCH: self.watch,
            LensBand.NO_UNUSUAL_SIGNAL: self.no_unusual_sign,
            LensBand.CANNOT_SAY: self.cannot_say,
        }


@dataclass(frozen=True, slots=True)
class BandRecord:
    """Of the authorities at origins that a lens gave this band, how many met its event within the horizon."""

    lens: Lens
    band: LensBand
    horizon: int
    n: int
    events: int


@dataclass(frozen=True, slots=True)
class SignalRecord:
    """Of the authorities at origins at which a signal fired, how many met the lens's event; and of the others."""

    signal: str
    horizon: int
    fired: int
    events: int
    not_fired: int
    events_not_fired: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What one lens said of an authority on the day of the worked example, and what came by its end.

    ``already`` is True where its first event had come before; ``actions`` are ids of events after the day.
    """

    authority: str
    lens: Lens
    band: LensBand
    signals: tuple[str, ...]
    actions: tuple[str, ...]
    already: bool
    ended: date | None


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """One origin in full: who was flagged in each lens, and every event that came to one who was not."""

    origin: date
    until: date
    flagged: tuple[Seen, ...]
    missed: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class ChanceClass:
    """Those whose stated chance lay from ``low`` to below ``high``: how many, what was told, what came."""

    low: float
    high: float
    n: int
    stated: float
    events: int


@dataclass(frozen=True, slots=True)
class ChanceQuality:
    """How good stated chances were: mean surprise and mean squared distance, lower is better, and AUC with limits.

    A ratio states no chance, so it has an AUC alone.
    """

    name: str
    log_loss: float | None
    brier: float | None
    auc: float | None
    auc_low: float | None
    auc_high: float | None


@dataclass(frozen=True, slots=True)
class HazardRun:
    """The fitted model at one origin, trained on the origins whose year had closed by then."""

    origin: date
    rows: int
    events: int
    slopes: tuple[float, ...]
    base_rate: float
    base_low: float
    base_high: float
    told: int
    events_after: int


@dataclass(frozen=True, slots=True)
class HazardReport:
    """The fitted model beside the base rate and the best single ratio, on the same rows."""

    variables: tuple[str, ...]
    runs: tuple[HazardRun, ...]
    classes: tuple[ChanceClass, ...]
    qualities: tuple[ChanceQuality, ...]


@dataclass(frozen=True, slots=True)
class BacktestResult:
    """A whole run. ``rules`` is the digest of what was tested, ``inputs`` that of all it was worked out from."""

    rules: str
    inputs: str
    complete_to: date
    tests: tuple[LensTest, ...]
    origins: tuple[OriginTest, ...]
    days: tuple[DayBands, ...]
    bands: tuple[BandRecord, ...]
    signals: tuple[SignalRecord, ...]
    example: WorkedExample | None
    hazard: HazardReport | None

    def main_tests(self, lens: Lens) -> tuple[LensTest, ...]:
        """The main tests of a lens, by horizon."""
        return tuple(test for test in self.tests if test.lens is lens and test.is_main)

    def find(self, lens: Lens, event: EventKind, horizon: int, subset: str = ALL) -> LensTest | None:
        """One test; None where it was not run."""
        for test in self.tests:
            if (test.lens, test.event, test.horizon, test.subset) == (lens, event, horizon, subset):
                return test
        return None

    def band_record(self, lens: Lens, band: LensBand, horizon: int) -> BandRecord | None:
        """The record of a band; None where no authority ever had it."""
        wanted = (lens, band, horizon)
        return next((each for each in self.bands if (each.lens, each.band, each.horizon) == wanted), None)

    def signal_record(self, signal: str, horizon: int) -> SignalRecord | None:
        """The record of a signal; None where it was never assessed."""
        return next((each for each in self.signals if (each.signal, each.horizon) == (signal, horizon)), None)


class VariantStage(StrEnum):
    """Whether rules were written down before or after somebody had seen how rules like them do."""

    BEFORE_RESULTS = "before-results"
    AFTER_RESULTS = "after-results"


@dataclass(frozen=True, slots=True)
class Variant:
    """A set of rules that was tried: the digest that was noted before its run, when, why, and what came of it.

    ``exceptions`` is the digest of the years that its rules leave out, of a set noted before ``rules`` covered them.
    """

    id: str
    on: date
    rules: str
    stage: VariantStage
    what: str
    why: str
    result: str | None = None
    exceptions: str | None = None
