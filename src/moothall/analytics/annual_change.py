"""The annual rule: has this authority moved against its group by more than noise, and will it last (METHODS 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.reliability import LARGEST_Z, change_reliability
from moothall.analytics.trend import Trend, TrendReason, make_trend
from moothall.analytics.within_groups import Distances, distances

Scalar = TypeVar("Scalar", bound=np.generic)

TWO_CHANGES_LIMIT: Final = 2.5
"""Two successive changes in one direction are flagged when together, shrunk, they reach this many spreads."""

ONE_CHANGE_LIMIT: Final = 3.0
"""One change alone is flagged when, shrunk, it reaches this many spreads (METHODS 4: never one beyond 2 alone)."""

LEAST_RELIABILITY: Final = 0.8
"""The least share of a change that must last, over the metric as a whole, before any is flagged."""

PRIOR_CHANGES: Final = 4
"""The group's usual changes count as this many of the authority's own when its own unsteadiness is judged."""

LARGEST_BOUNCE: Final = 0.5
"""One change alone is not flagged where it takes back a change before it of at least this share of its own size."""

REASONS = tuple(TrendReason)
"""What the codes of ``AnnualChanges.reason`` stand for."""


@dataclass(frozen=True, slots=True)
class AnnualChanges:
    """All changes of a metric and what the rule says after each: arrays [authorities, changes] where not said.

    Change c leads from period c to c + 1. ``change`` is the authority's own, ``excess`` less its group's median,
    ``spread`` the group's, all in the metric's unit; ``z`` is the excess in spreads. ``own_spread`` is how many
    times as unsteady as its group the authority was before this change (1 at least). ``lasting_one`` and
    ``lasting_two`` [changes] are the shares of a change over one and two periods that last. ``shrunk_one`` and
    ``shrunk_two`` are what the limits are held against. ``moved`` is the change in the unit over the one or two
    periods that the rule read. ``sign`` is 1 for rising, -1 for falling, else 0; ``reason`` indexes ``REASONS``.
    Nothing at c rests on a period after c + 1.
    """

    change: NDArray[np.float64]
    excess: NDArray[np.float64]
    spread: NDArray[np.float64]
    z: NDArray[np.float64]
    own_spread: NDArray[np.float64]
    lasting_one: NDArray[np.float64]
    lasting_two: NDArray[np.float64]
    shrunk_one: NDArray[np.float64]
    shrunk_two: NDArray[np.float64]
    moved: NDArray[np.float64]
    sign: NDArray[np.int8]
    reason: NDArray[np.int8]

    @property
    def told(self) -> "ToldChanges":
        """What is said, without the numbers that it rests on."""
        return ToldChanges(self.sign, self.reason)

    def trend(self, row: int, column: int = -1) -> Trend:
        """The trend of one authority after one change, the last one unless said otherwise, with its inputs."""
        names = ("change", "excess", "spread", "z", "own_spread", "shrunk_one", "shrunk_two", "moved")
        inputs = {name: float(getattr(self, name)[row, column]) for name in names}
        inputs |= {name: float(getattr(self, name)[column]) for name in ("lasting_one", "lasting_two")}
        return make_trend(int(self.sign[row, column]), REASONS[self.reason[row, column]], inputs)


@dataclass(frozen=True, slots=True)
class ToldChanges:
    """``sign`` and ``reason`` of ``AnnualChanges``: a fiftieth of its size, for those who ask of every period."""

    sign: NDArray[np.int8]
    reason: NDArray[np.int8]

    def trend(self, row: int, column: int = -1) -> Trend:
        """The trend of one authority after one change, the last one unless said otherwise."""
        return make_trend(int(self.sign[row, column]), REASONS[self.reason[row, column]], {})


def annual_changes(
    values: NDArray[np.float64],
    groups: Sequence[str],
    is_linked: NDArray[np.bool_],
    step: float,
    lasting: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
) -> AnnualChanges:
    """What the annual rule says of ``values`` [authorities, periods] after each change; NaN is no figure.

    ``groups`` names each authority's comparator group; ``is_linked`` [periods - 1] is ``series.are_linked``; ``step``
    is the reporting step. Flagged: two successive changes that both go the same way, in the authority's own figures
    and against its group's median change, and together reach 2.5 spreads after shrinking; or one that reaches 3 and
    does not take back the one before. Shrinking multiplies by the share of such changes that lasts and divides by
    the authority's own unsteadiness. Refuses: no figure; no two linked changes; a group below 10; too coarse; a
    metric whose changes mostly do not last. ``lasting`` replaces the estimated shares (for ``learning``'s chance).
    """
    change = np.where(is_linked, np.diff(values, axis=1), np.nan)
    away = distances(change, groups, step)
    one, two = lasting or change_reliability(away.z)
    own = _own_spread(away.z)
    shrunk_one, shrunk_two = away.z * one / _earlier(own, 1), _two_period_z(away, change) * two / _earlier(own, 2)
    is_two = (two >= LEAST_RELIABILITY) & (np.abs(shrunk_two) >= TWO_CHANGES_LIMIT)
    is_one = (one >= LEAST_RELIABILITY) & (np.abs(shrunk_one) >= ONE_CHANGE_LIMIT) & _is_new(away.excess, change)
    is_one &= ~is_two
    reason = _reasons(values, change, away, two, is_one, is_two)
    sign = np.where(np.isin(reason, _codes(TrendReason.ONE_LARGE_CHANGE, TrendReason.TWO_CHANGES)), _sign(away), 0)
    moved = np.where(is_two, change + _earlier(change, 1, np.nan), change)
    return AnnualChanges(
        change, away.excess, away.spread, away.z, _earlier(own, 1), one, two, shrunk_one, shrunk_two, moved,
        sign.astype(np.int8), reason,
    )  # fmt: skip


def _own_spread(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """How unsteady each authority has been up to each change, in its group's spreads; 1 at least."""
    squares = np.cumsum(np.where(np.isnan(z), 0.0, np.minimum(np.abs(z), LARGEST_Z) ** 2), axis=1)
    known = np.cumsum(~np.isnan(z), axis=1)
    own: NDArray[np.float64] = np.sqrt((PRIOR_CHANGES + squares) / (PRIOR_CHANGES + known))
    return np.maximum(1.0, own)


def _two_period_z(away: Distances, change: NDArray[np.float64]) -> NDArray[np.float64]:
    """The excess over this change and the one before, in spreads; 0 where the two do not go the same way."""
    before, spread = _earlier(away.excess, 1, np.nan), _earlier(away.spread, 1, np.nan)
    sign = np.sign(away.excess)
    agree = (np.sign(before) == sign) & (np.sign(change) == sign) & (np.sign(_earlier(change, 1, np.nan)) == sign)
    both = (before + away.excess) / np.sqrt((spread**2 + away.spread**2) / 2)
    return np.where(agree | np.isnan(both), both, 0.0)


def _is_new(excess: NDArray[np.float64], change: NDArray[np.float64]) -> NDArray[np.bool_]:
    """True where a change goes the way of its excess and does not take back the change before it."""
    before = _earlier(excess, 1, np.nan)
    takes_back = (np.sign(before) == -np.sign(excess)) & (np.abs(before) >= LARGEST_BOUNCE * np.abs(excess))
    is_new: NDArray[np.bool_] = (np.sign(change) == np.sign(excess)) & ~takes_back & ~np.isnan(before)
    return is_new


def _reasons(
    values: NDArray[np.float64],
    change: NDArray[np.float64],
    away: Distances,
    two: NDArray[np.float64],
    is_one: NDArray[np.bool_],
    is_two: NDArray[np.bool_],
) -> NDArray[np.int8]:
    """The first reason that holds, as a code: refusals before rules."""
    lacks_change = np.isnan(change) | np.isnan(_earlier(change, 1, np.nan))
    holds = (
        (TrendReason.NO_VALUE, np.isnan(values[:, 1:])),
        (TrendReason.TOO_FEW_PERIODS, lacks_change),
        (TrendReason.TOO_FEW_IN_GROUP, away.is_small | _earlier(away.is_small, 1, False)),
        (TrendReason.TOO_COARSE, away.is_coarse | _earlier(away.is_coarse, 1, False)),
        (TrendReason.TOO_NOISY, np.broadcast_to(~(two >= LEAST_RELIABILITY), change.shape)),
        (TrendReason.TWO_CHANGES, is_two),
        (TrendReason.ONE_LARGE_CHANGE, is_one),
    )
    within = REASONS.index(TrendReason.WITHIN_NOISE)
    return np.select([place for _, place in holds], _codes(*(reason for reason, _ in holds)), within).astype(np.int8)


def _codes(*reasons: TrendReason) -> list[int]:
    return [REASONS.index(reason) for reason in reasons]


def _sign(away: Distances) -> NDArray[np.float64]:
    return np.nan_to_num(np.sign(away.excess))


def _earlier(array: NDArray[Scalar], count: int, fill: float = 1.0) -> NDArray[Scalar]:
    """What stood ``count`` changes before; ``fill`` where nothing did."""
    moved = np.full_like(array, fill)
    moved[:, count:] = array[:, :-count]
    return moved
