"""Authorities as legal bodies with lifetimes, the areas they cover, and how one follows another."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AuthorityType(StrEnum):
    """The types of English authority that Moothall knows."""

    UNITARY = "unitary"
    METROPOLITAN_DISTRICT = "metropolitan-district"
    LONDON_BOROUGH = "london-borough"
    SHIRE_DISTRICT = "shire-district"
    COUNTY = "county"
    COMBINED_AUTHORITY = "combined-authority"

    @property
    def is_principal(self) -> bool:
        """True for councils that people elect for an area; False for combined authorities made of them."""
        return self is not AuthorityType.COMBINED_AUTHORITY


class SuccessionKind(StrEnum):
    """How a successor relates to its predecessor (METHODS 8)."""

    MERGE = "merge"
    SPLIT = "split"
    TRANSFER = "transfer"
    RECODE = "recode"


def lies_within(day: date, start: date, end: date | None) -> bool:
    """True when ``day`` is on or between the first and the last day; an open end has no last day."""
    return start <= day and (end is None or day <= end)


@dataclass(frozen=True, slots=True)
class AreaCode:
    """An ONS GSS code with the first and last day on which it was in force."""

    code: str
    start: date
    end: date | None = None

    def is_in_force(self, day: date) -> bool:
        """True when this was the authority's code on ``day``."""
        return lies_within(day, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Area:
    """A piece of geography that is not an authority: England or one of its regions."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Authority:
    """A council or combined authority. ``start`` and ``end`` are the first and the last day on which it acted."""

    code: str
    slug: str
    name: str
    short_name: str
    type: AuthorityType
    region: str
    start: date
    end: date | None
    area_codes: tuple[AreaCode, ...]
    former_names: tuple[str, ...] = ()
    ecode: str | None = None
    former_ecodes: tuple[str, ...] = ()
    dfe_code: str | None = None
    county: str | None = None
    combined_authority: str | None = None
    website: str | None = None
    note: str | None = None

    def is_active(self, day: date) -> bool:
        """True when the authority existed as a body on ``day``."""
        return lies_within(day, self.start, self.end)

    def area_code_on(self, day: date) -> str:
        """The GSS code in force on ``day``; the nearest one in time where the day lies outside all of them."""
        for area_code in self.area_codes:
            if area_code.is_in_force(day):
                return area_code.code
        return self.area_codes[0].code if day < self.area_codes[0].start else self.area_codes[-1].code


@dataclass(frozen=True, slots=True)
class Succession:
    """A dated edge: on ``on`` the successor took over (part of) what the predecessor did."""

    predecessor: str
    successor: str
    on: date
    kind: SuccessionKind
    order: str | None = None
    from_area_code: str | None = None
    to_area_code: str | None = None


@dataclass(frozen=True, slots=True)
class RunBy:
    """Types of authority that run a service between two days (open where None)."""

    types: frozenset[AuthorityType]
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """A named authority that does not run a service although its type does, and why."""

    authority: str
    reason: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A service and which authorities run it on a date."""

    id: str
    name: str
    run_by: tuple[RunBy, ...]
    exemptions: tuple[Exemption, ...] = ()

    def is_run_by(self, authority: Authority, day: date) -> bool:
        """True when this authority runs the service on ``day`` (its lifetime is a separate question)."""
        if any(e.authority == authority.code and _covers(e.start, e.end, day) for e in self.exemptions):
            return False
        return any(authority.type in rule.types and _covers(rule.start, rule.end, day) for rule in self.run_by)


def _covers(start: date | None, end: date | None, day: date) -> bool:
    return lies_within(day, start or date.min, end)
