"""A register as arrays: who can be compared on which day, and who belongs to which group, each worked out once."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.groups import Group, is_comparable, is_in_group
from moothall.domain.authority import Authority, AuthorityType, Responsibility
from moothall.domain.metric import Metric

Places = NDArray[np.bool_]


class Register:
    """All authorities in the order of ``codes``, with the services that they run; both mappings by code or id."""

    def __init__(self, authorities: Mapping[str, Authority], responsibilities: Mapping[str, Responsibility]) -> None:
        self._authorities, self._responsibilities = tuple(authorities.values()), responsibilities
        self._row_of = {authority.code: row for row, authority in enumerate(self._authorities)}
        self._on = lru_cache(maxsize=None)(self._comparable_on)
        self.members = lru_cache(maxsize=None)(self._members)

    def rows(self, codes: Sequence[str]) -> NDArray[np.intp]:
        """The rows of authority codes; KeyError for one that is not in the register."""
        return np.array([self._row_of[code] for code in codes], dtype=np.intp)

    def types(self, codes: Sequence[str]) -> tuple[str, ...]:
        """The type of each authority."""
        return tuple(self._authorities[self._row_of[code]].type.value for code in codes)

    def eligible(self, metric: Metric, codes: Sequence[str], days: Sequence[date]) -> Places:
        """``groups.is_eligible`` for these authorities on these days: [authorities, days]."""
        rows = self.rows(codes)
        found = [self._on(metric.responsibility, metric.applies_to, day)[rows] for day in days]
        return np.column_stack(found) if found else np.zeros((rows.size, 0), dtype=np.bool_)

    def count(self, metric: Metric, day: date) -> int:
        """How many authorities the metric can be compared for on ``day``."""
        return int(self._on(metric.responsibility, metric.applies_to, day).sum())

    def _comparable_on(self, responsibility: str, types: frozenset[AuthorityType], day: date) -> Places:
        service = self._responsibilities[responsibility]
        return np.array([is_comparable(one, types, service, day) for one in self._authorities], dtype=np.bool_)

    def _members(self, group: Group) -> Places:
        """``groups.is_in_group`` for the whole register: [authorities]."""
        return np.array([is_in_group(group, one) for one in self._authorities], dtype=np.bool_)
