"""How good a flag is: what share of flagged changes is lost again at the next period (METHODS 4)."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.annual_change import AnnualChanges
from moothall.analytics.interval import NOISE
from moothall.domain.metric import Metric
from moothall.domain.words import Caveat

FEWEST_PERIODS = 4
"""A flag needs two changes, and a third to judge it by."""

LOST_SHARE = 0.5
"""A change is lost when at least this share of it is taken back at the next period."""

MADE_BY_MODEL = frozenset({Caveat.MODELLED, Caveat.SMOOTHED})
"""Caveats of series that trend by construction: their flags are counted apart."""


@dataclass(frozen=True, slots=True)
class Reversals:
    """Counts of changes whose next change is known: flagged ones, and all one-period changes beside them.

    ``half_lost`` lost half or more of what they had moved, ``turned`` were followed by a change of the other sign.
    """

    flags: int = 0
    flags_half_lost: int = 0
    flags_turned: int = 0
    changes: int = 0
    changes_half_lost: int = 0
    changes_turned: int = 0

    def __add__(self, other: "Reversals") -> "Reversals":
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__slots__)
        return Reversals(*(a + b for a, b in pairs))

    @property
    def flagged_half_lost_share(self) -> float | None:
        """Of flagged changes, the share that lost half or more at the next period; None without any."""
        return _share(self.flags_half_lost, self.flags)

    @property
    def flagged_reversal_share(self) -> float | None:
        """Of flagged changes, the share followed by a change of the other sign; None without any."""
        return _share(self.flags_turned, self.flags)

    @property
    def all_half_lost_share(self) -> float | None:
        """Of all one-period changes, the share that lost half or more at the next period; None without any."""
        return _share(self.changes_half_lost, self.changes)

    @property
    def all_reversal_share(self) -> float | None:
        """Of all one-period changes, the share followed by a change of the other sign; None without any."""
        return _share(self.changes_turned, self.changes)


def reversals(found: AnnualChanges, asks_no_group: NDArray[np.bool_] | None = None) -> Reversals:
    """What became of the changes of one metric, flagged as known at the time, at the period after each.

    Counted in the authority's own figures, not against its group's. A change is counted where the rule could have
    been met (its group's changes are known, as for the change before) and the next change is known; a change of 0
    is not counted among all changes, and one that is followed by no change has lost nothing. ``asks_no_group``
    [changes] says after which changes flags come from a rule that reads the authority's own figures alone.
    """
    following, known = found.change[:, 1:], ~np.isnan(found.z)
    if asks_no_group is not None:
        known = known | (asks_no_group & ~np.isnan(found.change))
    could_flag = known[:, :-1] & ~np.isnan(following)
    could_flag[:, 1:] &= known[:, :-2]
    could_flag[:, :1] = False
    flagged = could_flag & (found.sign[:, :-1] != 0)
    every = could_flag & (found.change[:, :-1] != 0)
    flags = _counts(found.moved[:, :-1][flagged], following[flagged])
    return Reversals(*flags, *_counts(found.change[:, :-1][every], following[every]))


def total(parts: Iterable[Reversals]) -> Reversals:
    """All counts together: every change counts alike, whatever its metric."""
    return sum(parts, Reversals())


def is_made_by_model(metric: Metric) -> bool:
    """True where the publisher models or smooths the figures, so that they trend by construction."""
    return not MADE_BY_MODEL.isdisjoint(metric.caveats)


def _counts(moved: NDArray[np.float64], following: NDArray[np.float64]) -> tuple[int, int, int]:
    taken_back = -following * np.sign(moved)
    is_lost = taken_back >= LOST_SHARE * np.abs(moved) * (1 - NOISE)
    return moved.size, int(is_lost.sum()), int((taken_back > 0).sum())


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
