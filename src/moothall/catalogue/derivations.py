"""Where a metric's figures come from, as YAML states it: a published series, or one operation on operands."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from moothall.catalogue.fields import UNKNOWN_WORD, Entry, Flag, Id, own_words
from moothall.catalogue.spelling import list_words
from moothall.domain.derivation import (
    Change,
    ChangeForm,
    Derivation,
    Difference,
    MetricRef,
    Operand,
    Ratio,
    SeriesRef,
    Share,
    Side,
    Spell,
    Sum,
    parts_of,
)
from moothall.domain.metric import Metric

TIMES = (1, 100, 1000, 10_000, 100_000)
"""By what a ratio may be multiplied: as it is, a percentage, or a rate for so many people."""

MOST_PERIODS = 20


def _times(value: Any) -> Any:
    known = {str(times): times for times in TIMES}
    if str(value) not in known:
        raise PydanticCustomError(UNKNOWN_WORD, "unknown", {"allowed": list(known)})
    return known[str(value)]


Times = Annotated[int, BeforeValidator(_times), WithJsonSchema({"type": "integer", "enum": list(TIMES)})]


class OperandEntry(Entry):
    """A series of a source, or another metric."""

    source: Id | None = None
    series: Id | None = None
    metric: Id | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if (self.metric is None) == (self.source is None and self.series is None):
            raise own_words("an operand is either a series (source and series) or another metric; write one of the two")
        _refuse_half(self.source, self.series)
        return self


class RatioEntry(Entry):
    """Numerator / denominator x times."""

    numerator: OperandEntry
    denominator: OperandEntry
    times: Times = 1
    denominator_within: Flag = False


class SumEntry(Entry):
    """All of them together."""

    of: Annotated[tuple[OperandEntry, ...], Field(min_length=2)]


class DifferenceEntry(Entry):
    """One without another."""

    of: OperandEntry
    minus: OperandEntry


class ChangeEntry(Entry):
    """An operand against itself some periods earlier."""

    of: OperandEntry
    over: Annotated[int, Field(ge=1, le=MOST_PERIODS)]
    form: ChangeForm = Field(default=ChangeForm.DIFFERENCE, alias="as")


class ShareEntry(Entry):
    """One part as a percentage of all parts."""

    of: OperandEntry
    total: Annotated[tuple[OperandEntry, ...], Field(min_length=2, alias="in")]


class SpellEntry(Entry):
    """How many periods in a row a figure has been below or above a limit."""

    of: OperandEntry
    side: Side = Field(alias="while")
    limit: float


class ValueEntry(Entry):
    """A published series (source and series), or one operation."""

    source: Id | None = None
    series: Id | None = None
    ratio: RatioEntry | None = None
    sum: SumEntry | None = None
    difference: DifferenceEntry | None = None
    change: ChangeEntry | None = None
    share: ShareEntry | None = None
    spell: SpellEntry | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        _refuse_half(self.source, self.series)
        stated = [name for name in OPERATIONS if getattr(self, name) is not None]
        stated += ["source and series"] if self.source else []
        if len(stated) > 1:
            raise own_words(f"value states {list_words(stated, 'and')}; keep one")
        if not stated:
            raise own_words(f"value states nothing; write source and series, or one of {list_words(list(OPERATIONS))}")
        return self

    @property
    def operation(self) -> str | None:
        """The name of the operation; None for a published series."""
        return next((name for name in OPERATIONS if getattr(self, name) is not None), None)


def _refuse_half(source: str | None, series: str | None) -> None:
    if (source is None) != (series is None):
        there, missing = ("source", "series") if source else ("series", "source")
        raise own_words(f"{there} stands without {missing}; add it")


def to_operand(entry: OperandEntry) -> Operand:
    """The operand that an entry states."""
    return MetricRef(entry.metric) if entry.metric else SeriesRef(entry.source or "", entry.series or "")


def to_value(entry: ValueEntry) -> SeriesRef | Derivation:
    """The series or the operation that an entry states."""
    if entry.operation is None:
        return SeriesRef(entry.source or "", entry.series or "")
    return OPERATIONS[entry.operation](getattr(entry, entry.operation))


def _to_ratio(entry: RatioEntry) -> Ratio:
    numerator, denominator = to_operand(entry.numerator), to_operand(entry.denominator)
    return Ratio(numerator, denominator, entry.times, entry.denominator_within)


OPERATIONS: dict[str, Callable[[Any], Derivation]] = {
    "ratio": _to_ratio,
    "sum": lambda entry: Sum(tuple(map(to_operand, entry.of))),
    "difference": lambda entry: Difference(to_operand(entry.of), to_operand(entry.minus)),
    "change": lambda entry: Change(to_operand(entry.of), entry.over, entry.form),
    "share": lambda entry: Share(to_operand(entry.of), tuple(map(to_operand, entry.total))),
    "spell": lambda entry: Spell(to_operand(entry.of), entry.side, entry.limit),
}
"""The whole vocabulary: each operation with what makes it of its entry."""


def with_sources(metrics: dict[str, Metric]) -> dict[str, Metric]:
    """The metrics, each derived one knowing every source that feeds it through other metrics."""
    return {
        metric.id: replace(metric, derived_from=derived) if (derived := _derived_from(metric, metrics)) else metric
        for metric in metrics.values()
    }


def _derived_from(metric: Metric, metrics: Mapping[str, Metric]) -> tuple[str, ...]:
    behind = [metrics[id_] for id_ in metrics_behind(metric)]
    found = (source for other in behind for source in (*other.sources, *_derived_from(other, metrics)))
    return tuple(dict.fromkeys(found))


def metrics_behind(metric: Metric) -> Iterator[str]:
    """The ids of the metrics that this one is derived from directly."""
    operands = (part.operand for part in parts_of(metric.value)) if metric.value else ()
    return (operand.metric for operand in operands if isinstance(operand, MetricRef))


def in_order(metrics: Iterable[Metric]) -> list[Metric]:
    """The metrics so that each comes after those it is derived from; the catalogue has no cycle."""
    left = {metric.id: metric for metric in metrics}
    ordered: list[Metric] = []

    def place(metric: Metric) -> None:
        for other in metrics_behind(metric):
            if other in left:
                place(left.pop(other))
        ordered.append(metric)

    while left:
        place(left.pop(next(iter(left))))
    return ordered
