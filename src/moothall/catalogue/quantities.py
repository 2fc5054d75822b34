"""Quantities that several sources publish (catalogue/quantities.yaml), so that a rule can look at all their years."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import Field

from moothall.catalogue.fields import Entry, Id, Text
from moothall.domain.derivation import MetricRef, Operand, Quantity, SeriesRef, divided_by
from moothall.domain.metric import Metric


class QuantitySeries(Entry):
    """A series of a source."""

    source: Id
    series: Id


class QuantityEntry(Entry):
    """One quantity and the series that publish it."""

    id: Id
    title: Text
    why: Text
    series: Annotated[tuple[QuantitySeries, ...], Field(min_length=2)]


class QuantitiesFile(Entry):
    """catalogue/quantities.yaml"""

    quantities: tuple[QuantityEntry, ...]


def to_quantity(entry: QuantityEntry) -> Quantity:
    """A quantity as a type of the domain."""
    return Quantity(entry.id, entry.title, tuple(SeriesRef(each.source, each.series) for each in entry.series))


def published_elsewhere(
    metric: Metric, metrics: Mapping[str, Metric], quantities: Iterable[Quantity]
) -> tuple[SeriesRef, ...]:
    """The other series of the quantity that a derived metric divides by; none where it divides by no such quantity."""
    below = divided_by(metric.derivation) if metric.derivation else None
    series = _series_of(below, metrics)
    found = next((quantity for quantity in quantities if series in quantity.series), None)
    return tuple(each for each in found.series if each != series) if found else ()


def _series_of(operand: Operand | None, metrics: Mapping[str, Metric]) -> SeriesRef | None:
    """The published series behind an operand; None where it is itself derived."""
    return metrics[operand.metric].series if isinstance(operand, MetricRef) else operand
