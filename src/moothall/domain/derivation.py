"""Derived metrics: figures worked out from published ones by a closed vocabulary of operations.

An operation says what is done; ``analytics.derivation`` does it. Operands are series of a source or other metrics.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from moothall.domain.period import MONTHS_LONG, Period, PeriodKind, add_months
from moothall.domain.words import Cadence


@dataclass(frozen=True, slots=True)
class SeriesRef:
    """A source and the name of a series that its reader emits."""

    source: str
    series: str

    @property
    def key(self) -> str:
        """The name under which a build keeps the series where it is an operand; no metric's id has a slash."""
        return f"{self.source}/{self.series}"

    @property
    def words(self) -> str:
        """The series as a sentence names it."""
        return self.series.replace("-", " ")


@dataclass(frozen=True, slots=True)
class MetricRef:
    """Another metric, by its id."""

    metric: str

    @property
    def key(self) -> str:
        """The name under which a build keeps the metric's figures."""
        return self.metric

    @property
    def words(self) -> str:
        """The metric as a sentence names it."""
        return self.metric.replace("-", " ")


Operand = SeriesRef | MetricRef


class ChangeForm(StrEnum):
    """How a change is told: as a difference in the operand's unit, or as a percentage of the earlier figure."""

    DIFFERENCE = "difference"
    PERCENT = "percent"


class Side(StrEnum):
    """On which side of a limit a figure lies; a figure at the limit is on neither."""

    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Ratio:
    """Numerator / denominator x ``times``. A one-day denominator (a mid-year population) may lie within the period."""

    numerator: Operand
    denominator: Operand
    times: int = 1
    denominator_within: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """All parts together."""

    parts: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """``of`` without ``minus``."""

    of: Operand
    minus: Operand


@dataclass(frozen=True, slots=True)
class Change:
    """``of`` against itself ``over`` periods earlier."""

    of: Operand
    over: int
    form: ChangeForm = ChangeForm.DIFFERENCE


@dataclass(frozen=True, slots=True)
class Share:
    """``of`` as a percentage of the sum of ``total``, of which it is one part."""

    of: Operand
    total: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """How many periods in a row, this one the last, ``of`` has been on one ``side`` of ``limit``."""

    of: Operand
    side: Side
    limit: float


Derivation = Ratio | Sum | Difference | Change | Share | Spell


@dataclass(frozen=True, slots=True)
class Quantity:
    """What several series publish, each for years of its own."""

    id: str
    title: str
    series: tuple[SeriesRef, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An operand with the part that it plays: ``numerator``, ``minus``, ``part of the total`` and so on."""

    role: str
    operand: Operand


@dataclass(frozen=True, slots=True)
class Link:
    """A part at a period. ``is_within``: the operand's last single day that lies within the period."""

    role: str
    operand: Operand
    period: Period
    is_within: bool = False


def parts_of(value: SeriesRef | Derivation) -> tuple[Part, ...]:
    """The operands with their roles, the leading one first; none for a published series."""
    match value:
        case Ratio():
            return Part("numerator", value.numerator), Part("denominator", value.denominator)
        case Sum():
            return tuple(Part("part", operand) for operand in value.parts)
        case Difference():
            return Part("figure", value.of), Part("taken away", value.minus)
        case Share():
            return Part("figure", value.of), *(Part("part of the total", operand) for operand in value.total)
        case Change() | Spell():
            return (Part("figure", value.of),)
        case SeriesRef():
            return ()


def divided_by(value: Derivation) -> Operand | None:
    """The operand below the line of a ratio or of a change in percent; None for other operations."""
    match value:
        case Ratio():
            return value.denominator
        case Change(form=ChangeForm.PERCENT):
            return value.of
        case _:
            return None


def links_of(value: Derivation, period: Period, cadence: Cadence, figure: float | None) -> Iterator[Link]:
    """Which operands at which periods stand behind the figure of ``period`` (the result, None where refused)."""
    months = months_between(period.kind, cadence)
    if isinstance(value, Change):
        yield Link("later figure", value.of, period)
        yield Link("earlier figure", value.of, periods_earlier(period, value.over, months))
    elif isinstance(value, Spell):
        for back in range(max(1, int(figure or 0))):
            yield Link("figure", value.of, periods_earlier(period, back, months))
    else:
        for part in parts_of(value):
            is_within = isinstance(value, Ratio) and value.denominator_within and part.role == "denominator"
            yield Link(part.role, part.operand, period, is_within)


_MONTHS_OF_CADENCE = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.TWO_YEARLY: 24}


_BY_CADENCE = frozenset(
    {
        PeriodKind.ROLLING_12_MONTHS,
        PeriodKind.ROLLING_3_YEARS,
        PeriodKind.ROLLING_5_YEARS,
        PeriodKind.POINT_IN_TIME,
    }
)
"""Kinds that may overlap, or are one day."""


def months_between(kind: PeriodKind, cadence: Cadence) -> int:
    """Months from one period to the next. Kinds that may overlap or are one day go by the metric's cadence."""
    if kind in _BY_CADENCE:
        return _MONTHS_OF_CADENCE.get(cadence, 12)
    return MONTHS_LONG[kind] or 12


def periods_earlier(period: Period, count: int, months: int) -> Period:
    """The period ``count`` steps of ``months`` before; the last day of a month leads to the last day of a month."""
    return Period.starting(_same_day(period.start, -count * months), period.kind)


def _same_day(day: date, months: int) -> date:
    moved = add_months(day, months)
    if day.day == monthrange(day.year, day.month)[1]:
        return moved.replace(day=monthrange(moved.year, moved.month)[1])
    return moved
