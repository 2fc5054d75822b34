"""Lists of metrics that others drew up (catalogue/framework), as YAML states them, and the domain types they become."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from moothall.catalogue.fields import Address, Entry, Id, Text, own_words
from moothall.domain.framework import Framework, FrameworkMetric, Nearness
from moothall.domain.words import Polarity

LineNumber = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
"""The place of a line: outcome (or theme) and place in it, as 6.12."""


class FrameworkMetricEntry(Entry):
    """One line of a list."""

    id: LineNumber
    wording: Text
    unit: Text
    publisher: Text
    table: Text
    state: Nearness
    outcome: Id | None = None
    theme: Id | None = None
    polarity: Polarity | None = None
    metric: Id | None = None
    also: tuple[Id, ...] = ()
    difference: Text | None = None
    awaiting: Text | None = None
    landing_page: Address | None = None
    polarity_note: Text | None = None

    @model_validator(mode="after")
    def _says_what_its_state_needs(self) -> Self:
        if (self.outcome is None) == (self.theme is None):
            raise own_words(f"line {self.id} must stand under an outcome or under a theme; write one of the two")
        if self.also and self.metric is None:
            raise own_words(f"line {self.id} has also but no metric; write the leading one as metric")
        needed, idle = _KEYS_OF_STATES[self.state]
        for key in needed:
            if getattr(self, key) is None:
                raise own_words(f"line {self.id} is {self.state} but {key} is missing; add it")
        for key in idle:
            if getattr(self, key) is not None:
                raise own_words(f"line {self.id} is {self.state}, so {key} says nothing; take it out")
        return self


_KEYS_OF_STATES: dict[Nearness, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Nearness.LIVE: (("metric",), ("difference", "awaiting")),
    Nearness.NEAREST: (("metric", "difference"), ("awaiting",)),
    Nearness.AWAITING_DATA: (("awaiting", "landing_page"), ("difference",)),
}
"""The keys that each state needs, and those that say nothing in it."""


class FrameworkEntry(Entry):
    """catalogue/framework/<id>.yaml"""

    id: Id
    title: Text
    publisher: Text
    landing_page: Address
    description: Text
    metrics: Annotated[tuple[FrameworkMetricEntry, ...], Field(min_length=1)]


def to_framework(entry: FrameworkEntry) -> Framework:
    """A list as a type of the domain."""
    lines = tuple(_to_line(line) for line in entry.metrics)
    return Framework(entry.id, entry.title, entry.publisher, entry.landing_page, entry.description, lines)


def _to_line(entry: FrameworkMetricEntry) -> FrameworkMetric:
    return FrameworkMetric(
        id=entry.id,
        title=entry.wording,
        unit=entry.unit,
        publisher=entry.publisher,
        table=entry.table,
        state=entry.state,
        outcome=entry.outcome,
        theme=entry.theme,
        polarity=entry.polarity,
        metrics=(entry.metric, *entry.also) if entry.metric else (),
        difference=entry.difference,
        awaiting=entry.awaiting,
        landing_page=entry.landing_page,
        polarity_note=entry.polarity_note,
    )
