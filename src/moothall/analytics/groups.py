"""Who is compared with whom: like with like, on the last day of the period (METHODS 1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from moothall.domain.authority import Area, Authority, AuthorityType, Responsibility
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.errors import UnknownName, UsageError


class GroupKind(StrEnum):
    """The kinds of comparator group."""

    SAME_TYPE = "same-type"
    REGION = "region"
    ENGLAND = "england"
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

    ``id`` stands in addresses: ``england``, ``type:county``, ``region:E12000003``, ``custom:LDS,BRD``.
    """

    id: str
    kind: GroupKind
    title: str

    @property
    def key(self) -> str:
        """What follows the colon: an authority type, a region's code or authority codes; empty for England."""
        return self.id.partition(":")[2]


ENGLAND = Group("england", GroupKind.ENGLAND, "all councils in England")


def type_group(authority_type: AuthorityType) -> Group:
    """All authorities of one type."""
    return Group(f"type:{authority_type}", GroupKind.SAME_TYPE, TYPE_TITLES[authority_type])


def region_group(region: Area) -> Group:
    """All authorities in one region of England."""
    return Group(f"region:{region.code}", GroupKind.REGION, f"councils in {region.name}")


def custom_group(codes: Iterable[str]) -> Group:
    """The authorities that a visitor chose, by authority code, each once, in the order given."""
    return Group("custom:" + ",".join(dict.fromkeys(codes)), GroupKind.CUSTOM, "the councils you chose")


def standard_groups(regions: Mapping[str, Area]) -> tuple[Group, ...]:
    """The groups that do not depend on a visitor: England, each type, each of ``regions`` (by code)."""
    return (ENGLAND, *map(type_group, AuthorityType), *(region_group(regions[code]) for code in sorted(regions)))


def group_of(kind: GroupKind, subject: Authority, regions: Mapping[str, Area]) -> Group:
    """The subject's own group of this kind; ``regions`` by code. UsageError where it has none."""
    if kind is GroupKind.CUSTOM:
        raise UsageError("A group of your own needs the councils that you choose, such as custom:LDS,BRD.")
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
    return group.kind is GroupKind.ENGLAND or authority.code in group.key.split(",")


def is_eligible(authority: Authority, metric: Metric, responsibility: Responsibility, day: date) -> bool:
    """True when the metric can be compared for this authority on ``day``, the last day of the period.

    It acted on that day, the metric applies to its type, and it ran the service then.
    """
    return authority.type in metric.applies_to and authority.is_active(day) and responsibility.is_run_by(authority, day)


def members(
    group: Group, metric: Metric, responsibility: Responsibility, authorities: Iterable[Authority], day: date
) -> tuple[Authority, ...]:
    """The authorities of the group that are eligible on ``day``, by short name: the set of both median and rank."""
    chosen = (a for a in authorities if is_in_group(group, a) and is_eligible(a, metric, responsibility, day))
    return tuple(sorted(chosen, key=lambda authority: (authority.short_name, authority.code)))


def eligibility(
    metric: Metric, responsibility: Responsibility, authorities: Sequence[Authority], periods: Sequence[Period]
) -> NDArray[np.bool_]:
    """``is_eligible`` for every authority on the last day of every period: [authorities, periods]."""
    eligible = [[is_eligible(a, metric, responsibility, period.end) for period in periods] for a in authorities]
    return np.array(eligible, dtype=np.bool_).reshape(len(authorities), len(periods))


def membership(group: Group, authorities: Sequence[Authority]) -> NDArray[np.bool_]:
    """``is_in_group`` for every authority: [authorities, 1], so that ``eligibility(...) & membership(...)`` is the set
    of ``members`` in every period."""
    return np.array([[is_in_group(group, authority)] for authority in authorities], dtype=np.bool_).reshape(-1, 1)
