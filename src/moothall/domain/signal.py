"""Signals: warning rules that are fixed before anyone looks at what they find (METHODS 9), and what one of them says.

A rule names its metrics, its test with the thresholds, and the side on which a figure is unusual. Rules that look at
the same thing are one family: a lens counts families, so that one trouble seen twice is counted once.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal

from moothall.domain.derivation import ChangeForm, Side


class Lens(StrEnum):
    """The kind of trouble a signal looks for (GLOSSARY: lens). Lenses are never added up."""

    DEBT = "debt-and-commercial"
    RESILIENCE = "resilience"
    GOVERNANCE = "governance"


class SignalState(StrEnum):
    """What a rule says of an authority on a day."""

    FIRED = "fired"
    WATCHED = "watched"
    NOT_FIRED = "not-fired"
    CANNOT_ASSESS = "cannot-assess"


class LensBand(StrEnum):
    """What a lens says of an authority on a day, by how many families of signals have one that fired."""

    NO_UNUSUAL_SIGNAL = "no-unusual-signal"
    WATCH = "watch"
    LOOK_CLOSER = "look-closer"
    CANNOT_SAY = "cannot-say"


class WhyNot(StrEnum):
    """Why a rule cannot be assessed for an authority."""

    NO_FIGURE = "no-figure"
    TOO_OLD = "too-old"
    TOO_FEW = "too-few"
    NO_EARLIER = "no-earlier"
    EXCEPTED = "excepted"
    EXCEPTION_UNKNOWN = "exception-unknown"
    NEVER_PUBLISHED = "never-published"


class SignalStatus(StrEnum):
    """Whether a rule has figures to look at, or waits for a publisher."""

    LIVE = "live"
    AWAITING_DATA = "awaiting-data"


class Sign(StrEnum):
    """On which side of its threshold a figure is unusual; a figure at the threshold is."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"


class SignalGroup(StrEnum):
    """Beside whom a figure is looked at: authorities of its own type, so like with like."""

    SAME_TYPE = "same-type"


class Role(StrEnum):
    """Whom a question is for."""

    CHIEF_EXECUTIVE = "chief-executive"
    FINANCE_OFFICER = "section-151-officer"
    LEADER = "leader"
    AUDIT_CHAIR = "audit-chair"


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which number on a rule fires, and from which it is watched, both on the side of ``sign``.

    ``watched`` is None where there is nothing between firing and not.
    """

    sign: Sign
    fired: float
    watched: float | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """The figure itself, in the metric's unit."""

    bounds: Bounds
    kind: Literal["level"] = "level"


@dataclass(frozen=True, slots=True)
class Place:
    """The figure's place among its own type in its period, as a percentile from 0 (lowest) to 100 (highest).

    ``beyond``: the figure itself must also lie on the rule's side of this level, or the rule does not fire.
    """

    bounds: Bounds
    beyond: float | None = None
    kind: Literal["place"] = "place"


@dataclass(frozen=True, slots=True)
class ChangeOver:
    """The change over so many periods, by its place among its own type; ``beyond`` as for a place, of the change.

    ``per`` is a metric of which the change is then told as a percentage, of the same period and above zero.
    """

    over: int
    form: ChangeForm
    bounds: Bounds
    beyond: float | None = None
    per: str | None = None
    kind: Literal["change"] = "change"


@dataclass(frozen=True, slots=True)
class Lasting:
    """For how many periods in a row, up to the newest, the figure has been on one ``side`` of ``limit``."""

    side: Side
    limit: float
    bounds: Bounds
    kind: Literal["lasting"] = "lasting"


@dataclass(frozen=True, slots=True)
class YearsLeft:
    """How many periods a stock lasts if it goes on falling as over the last ``over``: ``cap`` where it does not fall.

    R / ((R[t - over] - R[t]) / over), METHODS 9.
    """

    over: int
    cap: float
    bounds: Bounds
    kind: Literal["years-left"] = "years-left"


@dataclass(frozen=True, slots=True)
class DatedFact:
    """The newest finding of an inspection, by its day. It is held to be no guide after ``for_months``."""

    for_months: int
    bounds: Bounds
    kind: Literal["dated-fact"] = "dated-fact"


@dataclass(frozen=True, slots=True)
class ReturnMissing:
    """No figure in the newest period that most of the type have one for: fired. One that came only in a later release
    than most: watched."""

    kind: Literal["return-missing"] = "return-missing"


@dataclass(frozen=True, slots=True)
class RefusedDenominator:
    """A share that cannot be worked out because what it is divided by is below zero: fired. Watched where it was so in
    an earlier year only."""

    kind: Literal["refused-denominator"] = "refused-denominator"


@dataclass(frozen=True, slots=True)
class StoppedPublishing:
    """How many of the newest periods have no figure, from an authority that once gave them."""

    bounds: Bounds
    kind: Literal["stopped-publishing"] = "stopped-publishing"


SignalTest = (
    Level
    | Place
    | ChangeOver
    | Lasting
    | YearsLeft
    | DatedFact
    | ReturnMissing
    | RefusedDenominator
    | StoppedPublishing
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question worth asking, and whom."""

    ask: Role
    text: str


@dataclass(frozen=True, slots=True)
class Unless:
    """Where a rule does not speak: one of these metrics has been above the limit in any year that is known."""

    metrics: tuple[str, ...]
    above: float
    because: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Periods that begin between two days, whose figures a rule never looks at, and why."""

    first: date
    last: date
    because: str


@dataclass(frozen=True, slots=True)
class Signal:
    """A warning rule. ``metrics``: the one with the newest figure speaks. ``oldest_months``: how old a figure may be.

    ``sign_reason`` says why this side is the unusual one, ``threshold_reason`` and ``threshold_source`` why the
    thresholds are these; all were fixed on ``fixed_on``, before the rule was tried on any event. ``sentence`` is the
    evidence, with the tokens of ``SENTENCE_TOKENS``; ``harmless`` is what can explain the sign without any trouble.
    """

    id: str
    lens: Lens
    family: str
    title: str
    status: SignalStatus
    sentence: str
    questions: tuple[Question, ...]
    harmless: tuple[str, ...]
    why: str
    fixed_on: date
    metrics: tuple[str, ...] = ()
    group: SignalGroup = SignalGroup.SAME_TYPE
    test: SignalTest | None = None
    sign_reason: str = ""
    threshold_reason: str = ""
    threshold_source: str = ""
    oldest_months: int = 36
    unless: Unless | None = None
    leaves_out: LeftOut | None = None
    awaiting: str | None = None
    publisher: str | None = None
    landing_page: str | None = None

    @property
    def bounds(self) -> Bounds | None:
        """The thresholds; None for a rule that has none (a return is there or it is not)."""
        return (
            None if self.test is None or isinstance(self.test, ReturnMissing | RefusedDenominator) else self.test.bounds
        )

    def with_bounds(self, bounds: Bounds) -> "Signal":
        """The rule with other thresholds; ValueError where it has none or they have another sign."""
        if self.test is None or isinstance(self.test, ReturnMissing | RefusedDenominator):
            raise ValueError(f"the signal {self.id} has no threshold")
        if bounds.sign is not self.test.bounds.sign:
            raise ValueError(f"the signal {self.id} is unusual {self.test.bounds.sign}, not {bounds.sign}")
        return replace(self, test=replace(self.test, bounds=bounds))


SENTENCE_TOKENS = ("authority", "figure", "period", "middle", "type", "place", "tested", "fired", "over")
"""What an evidence sentence may name in braces."""


@dataclass(frozen=True, slots=True)
class SignalFamily:
    """Signals that look at the same thing, counted once."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class LensRule:
    """A lens: its families, and from how many of them with a signal that fired on its bands begin.

    With fewer than ``least_assessed`` families that could be assessed, nothing is said. ``questions`` are those for
    any authority.
    """

    lens: Lens
    title: str
    looks_for: str
    families: tuple[SignalFamily, ...]
    least_assessed: int
    watch_from: int
    look_closer_from: int
    band_reason: str
    questions: tuple[Question, ...]
