"""A metric: a declared, published quantity, with everything a reader needs to judge it."""

from dataclasses import dataclass
from datetime import date

from moothall.domain.authority import AuthorityType
from moothall.domain.derivation import Derivation, Ratio, SeriesRef, parts_of
from moothall.domain.period import PeriodKind
from moothall.domain.unit import Unit
from moothall.domain.words import Cadence, Caveat, CountKind, CountRule, Designation, MetricState, Polarity


@dataclass(frozen=True, slots=True)
class Theme:
    """The first level of navigation."""

    id: str
    title: str
    topics: tuple["Topic", ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """The second level of navigation, inside a theme."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of the sixteen outcomes of the Local Outcomes Framework."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Break:
    """From ``start`` on, figures are not comparable with those before it."""

    start: date
    reason: str


@dataclass(frozen=True, slots=True)
class StateChange:
    """From a day on a metric stands so, for this reason; ``consultation`` is the id of the one that led to it."""

    on: date
    state: MetricState
    reason: str
    consultation: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Who read the source's own metadata, what, and when."""

    by: str
    on: date
    read: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The numerator is a count of independent things, so that chance can be told from the counts, and how.

    ``because`` says what counts once, and why this rule is the right one for it.
    """

    kind: CountKind
    rule: CountRule
    because: str


@dataclass(frozen=True, slots=True)
class NextRelease:
    """When the publisher means to bring out the next figures: on the day ``due``, or in the month that it ends."""

    due: date
    is_day: bool = False
    brings: str | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """A published quantity, or one derived from published ones.

    ``lowest`` and ``highest`` bound possible values in the metric's unit. ``is_additive``: the sum over councils that
    merge is a figure of the merged council (counts and amounts, METHODS 8); of a ratio, that its parts add up so.
    ``derived_from`` has the sources that feed it through other metrics. ``quantity`` names what several metrics tell
    of the same (two sources of one figure, or a figure and nearly its mirror), so that it is tested only once.
    """

    id: str
    title: str
    state: MetricState
    theme: str
    topic: str
    definition: str
    why: str
    cannot_say: str
    unit: Unit
    decimals: int
    polarity: Polarity
    polarity_reason: str
    period_kind: PeriodKind
    cadence: Cadence
    designation: Designation
    responsibility: str
    applies_to: frozenset[AuthorityType]
    review: Review
    value: SeriesRef | Derivation | None = None
    awaiting: str | None = None
    landing_page: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    outcome: str | None = None
    synonyms: tuple[str, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    breaks: tuple[Break, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    minimum_denominator: float | None = None
    is_context: bool = False
    questions: tuple[str, ...] = ()
    next_release: NextRelease | None = None
    is_additive: bool = False
    derived_from: tuple[str, ...] = ()
    history: tuple[StateChange, ...] = ()
    counted: Counted | None = None
    quantity: str | None = None

    @property
    def series(self) -> SeriesRef | None:
        """The published series, where the figures are published as they stand; None where they are derived."""
        return self.value if isinstance(self.value, SeriesRef) else None

    @property
    def derivation(self) -> Derivation | None:
        """The operation, where the figures are derived."""
        return None if isinstance(self.value, SeriesRef) else self.value

    @property
    def is_total(self) -> bool:
        """True for a count or an amount, which grows with the place; a ratio of two such is none."""
        return self.is_additive and not isinstance(self.value, Ratio)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of all sources that feed this metric, each once, the leading one first; none without figures."""
        if self.value is None:
            return ()
        operands = [self.value] if isinstance(self.value, SeriesRef) else [p.operand for p in parts_of(self.value)]
        direct = [operand.source for operand in operands if isinstance(operand, SeriesRef)]
        return tuple(dict.fromkeys([*direct, *self.derived_from]))

    @property
    def reporting_step(self) -> float:
        """The smallest difference that the published decimals can show, in the metric's unit."""
        return float(10.0**-self.decimals)
