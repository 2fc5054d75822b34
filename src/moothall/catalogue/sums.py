"""Sums that a publisher's figures must keep: a whole and its parts, England and its authorities."""

from typing import Annotated

from pydantic import Field

from moothall.catalogue.fields import CellText, Code, Entry, Heading, Id, Text
from moothall.domain.authority import AuthorityType

ENGLAND = "E92000001"
"""The area code of England, which is neither an authority nor a region."""

Tolerance = Annotated[float, Field(ge=0)]


class ExplainedEntry(Entry):
    """A difference that is known, and why it stands."""

    area_code: Heading
    period: CellText
    why: Text


class AcceptedDifferences(Entry):
    """How many figures of two sources may differ, and why they do; one more is a problem."""

    at_most: Annotated[int, Field(ge=1)]
    why: Text


class AgreementEntry(Entry):
    """A series that must equal another source's on every authority and period that both have, to a tolerance."""

    series: Id
    other_source: Id
    other_series: Id
    tolerance: Tolerance
    differing: AcceptedDifferences | None = None
    explained: tuple[ExplainedEntry, ...] = ()


class PartsCheck(Entry):
    """A series that others must add up to, to a tolerance in its own unit (the rounding of the parts)."""

    whole: Id
    parts: Annotated[tuple[Id, ...], Field(min_length=1)]
    tolerance: Tolerance = 0.0
    explained: tuple[ExplainedEntry, ...] = ()


class EnglandCheck(Entry):
    """England's own row must be the sum of its authorities of these types, to a tolerance as a share (0.01 is 1%).

    With ``weighted_by``, for rates: it must be their mean, weighted by that series.
    """

    sum_of: Annotated[tuple[AuthorityType, ...], Field(min_length=1)]
    series: Annotated[tuple[Id, ...], Field(min_length=1)]
    weighted_by: Id | None = None
    area_code: Code = ENGLAND
    tolerance: Tolerance = 0.0
    explained: tuple[ExplainedEntry, ...] = ()
