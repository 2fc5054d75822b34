"""Who is compared with whom: like with like, on the last day of the period (METHODS 1)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from moothall.domain.authority import Area, Authority, AuthorityType, Responsibility
from moothall.domain.metric import Metric
from moothall.domain.similarity import SimilarityModel
from moothall.errors import UnknownName, UsageError


class GroupKind(StrEnum):
    """The kinds of comparator group."""

    SAME_TYPE = "same-type"
    REGION = "region"
    ENGLAND = "england"
    SIMILAR = "similar"
    LISTED = "listed"
    DEPRIVATION = "deprivation"
    CUSTOM = "custom"


TYPE_TITLES = {
    AuthorityType.UNITARY: "unitary authorities",
    AuthorityType.METROPOLITAN_DISTRICT: "metropolitan districts",
    AuthorityType.LONDON_BOROUGH: "London boroughs",
    AuthorityType.SHIRE_DISTRICT: "shire districts",
    AuthorityType.COUNTY: "county councils",
    AuthorityType.COMBINED_AUTHORITY: "combined authorities",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of authorities, before a metric and a day decide which of them are compared.

    ``id`` stands in addresses: ``england``, ``type:county``, ``region:E12000003``, ``custom:LDS,BRD``,
    ``similar:all-purpose:LDS``, ``ons:global:LDS``, ``adjacent:LDS``, ``rural-urban:LDS``, ``deprivation:LDS``.
    ``codes`` are the authorities of a group that names them, the council that it is about first, then the nearest.
    ``version`` and ``on`` say which edition of a model or list named them, and of which day.
    """

    id: str
    kind: GroupKind
    title: str
    codes: tuple[str, ...] = ()
    version: str = ""
    on: date | None = None

    @property
    def key(self) -> str:
        """What follows the colon: an authority type, a region's code or authority codes; empty for England."""
        return self.id.partition(":")[2]


NEED_A_BUILD = (GroupKind.SIMILAR, GroupKind.LISTED, GroupKind.DEPRIVATION)
"""Kinds of group whose members follow from figures or lists; ``presenters.comparators`` makes them."""

LEAST_FOR_FIFTHS = 10
"""The fewest councils of a type with a figure for which fifths are told apart."""

FIFTHS = {
    1: "in the most deprived fifth",
    2: "in the second most deprived fifth",
    3: "in the middle fifth by deprivation",
    4: "in the second least deprived fifth",
    5: "in the least deprived fifth",
}

_BY_NAME = attrgetter("short_name", "code")

ENGLAND = Group("england", GroupKind.ENGLAND, "all councils in England")


def type_group(authority_type: AuthorityType) -> Group:
    """All authorities of one type."""
    return Group(f"type:{authority_type}", GroupKind.SAME_TYPE, TYPE_TITLES[authority_type])


def region_group(region: Area) -> Group:
    """All authorities in one region of England."""
    return Group(f"region:{region.code}", GroupKind.REGION, f"councils in {region.name}")


def custom_group(codes: Iterable[str]) -> Group:
    """The authorities that a visitor chose, by authority code, each once, in the order given."""
    chosen = tuple(dict.fromkeys(codes))
    return Group("custom:" + ",".join(chosen), GroupKind.CUSTOM, "the councils you chose", chosen)


def similar_group(model: SimilarityModel, subject: Authority, peers: Iterable[str], day: date) -> Group:
    """A council and its peers by a model, nearest first, as they were on ``day``."""
    title = f"councils like {subject.short_name}"
    codes = (subject.code, *peers)
    version = f"{model.id} {model.version}"
    return Group(f"similar:{model.id}:{subject.code}", GroupKind.SIMILAR, title, codes, version, day)


def listed_group(list_id: str, title: str, subject: Authority, peers: Iterable[str], version: str, day: date) -> Group:
    """A council and those that a published list names for it; ``title`` is the group's noun."""
    codes = tuple(dict.fromkeys((subject.code, *peers)))
    return Group(f"{list_id}:{subject.code}", GroupKind.LISTED, title, codes, version, day)


def deprivation_group(subject: Authority, fifth: int, codes: Iterable[str], version: str, day: date) -> Group:
    """A council and those of its type in the same fifth by deprivation, 1 being the most deprived."""
    title = f"{TYPE_TITLES[subject.type]} {FIFTHS[fifth]}"
    chosen = tuple(dict.fromkeys((subject.code, *codes)))
    return Group(f"deprivation:{subject.code}", GroupKind.DEPRIVATION, title, chosen, version, day)


def fifths(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """The fifth in which each of ``values`` [members] stands, 1 for the highest; 0 where there is no figure.

    Equal figures stand in the same fifth: that of the middle of their places. Ten figures at least, else all 0.
    """
    known = np.sort(values[~np.isnan(values)])
    if known.size < LEAST_FOR_FIFTHS:
        return np.zeros(values.shape, dtype=np.int64)
    above = known.size - np.searchsorted(known, values, side="right")
    tied = np.searchsorted(known, values, side="right") - np.searchsorted(known, values, side="left")
    middle = (above + tied / 2) / known.size
    return np.where(np.isnan(values), 0, np.minimum(np.floor(middle * 5).astype(np.int64) + 1, 5))


def standard_groups(regions: Mapping[str, Area]) -> tuple[Group, ...]:
    """The groups that do not depend on a visitor: England, each type, each of ``regions`` (by code)."""
    return (ENGLAND, *map(type_group, AuthorityType), *(region_group(regions[code]) for code in sorted(regions)))


def group_of(kind: GroupKind, subject: Authority, regions: Mapping[str, Area]) -> Group:
    """The subject's own group of this kind; ``regions`` by code. UsageError where it has none."""
    if kind is GroupKind.CUSTOM:
        raise UsageError("A group of your own needs the councils that you choose, such as custom:LDS,BRD.")
    if kind in NEED_A_BUILD:
        raise UsageError(f"A group of the kind {kind} is made from a build, not from the register alone.")
    if kind is GroupKind.REGION:
        if subject.region not in regions:
            raise UsageError(f"{subject.name} does not lie in one region, so choose another group.")
        return region_group(regions[subject.region])
    return ENGLAND if kind is GroupKind.ENGLAND else type_group(subject.type)


def group_with_id(group_id: str, regions: Mapping[str, Area], authorities: Mapping[str, Authority]) -> Group:
    """The group that an address or a command names; both mappings by code.

    UnknownName, with the groups there are as suggestions, where it names none or a council that we do not know.
    """
    standard = {group.id: group for group in standard_groups(regions)}
    if group_id in standard:
        return standard[group_id]
    prefix, _, key = group_id.partition(":")
    if prefix != GroupKind.CUSTOM or not key:
        raise UnknownName(f"There is no group {group_id!r}.", tuple(standard))
    unknown = [code for code in key.split(",") if code not in authorities]
    if unknown:
        raise UnknownName(f"The group {group_id!r} names {unknown[0]!r}, which is no council's code.")
    return custom_group(key.split(","))


def is_in_group(group: Group, authority: Authority) -> bool:
    """True when the authority belongs to the named set, whatever the metric and the day."""
    if group.kind is GroupKind.SAME_TYPE:
        return authority.type == group.key
    if group.kind is GroupKind.REGION:
        return authority.region == group.key
    return group.kind is GroupKind.ENGLAND or authority.code in group.codes


def is_eligible(authority: Authority, metric: Metric, responsibility: Responsibility, day: date) -> bool:
    """True when the metric can be compared for this authority on ``day``, the last day of the period.

    It acted on that day, the metric applies to its type, and it ran the service then.
    """
    return is_comparable(authority, metric.applies_to, responsibility, day)


def is_comparable(
    authority: Authority, types: Collection[AuthorityType], responsibility: Responsibility, day: date
) -> bool:
    """``is_eligible`` for any metric of a service that applies to these types."""
    return authority.type in types and authority.is_active(day) and responsibility.is_run_by(authority, day)


def members(
    group: Group, metric: Metric, responsibility: Responsibility, authorities: Iterable[Authority], day: date
) -> tuple[Authority, ...]:
    """The authorities of the group that are eligible on ``day``, by short name: the set of both median and rank."""
    return members_among(group, comparable_by_code(metric.applies_to, responsibility, authorities, day))


def comparable_by_code(
    types: Collection[AuthorityType], responsibility: Responsibility, authorities: Iterable[Authority], day: date
) -> dict[str, Authority]:
    """All that can be compared on a day by any metric of a service for these types, by code in the order of names."""
    found = [authority for authority in authorities if is_comparable(authority, types, responsibility, day)]
    return {a.code: a for a in sorted(found, key=_BY_NAME)}


def members_among(group: Group, comparable: Mapping[str, Authority]) -> tuple[Authority, ...]:
    """Those of the ``comparable`` that belong to the group, in the order of names."""
    if group.codes:
        found = (comparable[code] for code in frozenset(group.codes) & comparable.keys())
        return tuple(sorted(found, key=_BY_NAME))
    return tuple(authority for authority in comparable.values() if is_in_group(group, authority))
