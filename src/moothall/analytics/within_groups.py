"""How far figures, or changes of figures, lie from the middle of their group: for all authorities at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.interval import NOISE
from moothall.analytics.position import are_too_coarse
from moothall.analytics.refusal import MINIMUM_FOR_BANDS, MINIMUM_FOR_MEDIAN
from moothall.analytics.summary import middles


@dataclass(frozen=True, slots=True)
class Distances:
    """Every array is [authorities, columns], in the metric's unit but for ``z``.

    ``excess`` is the figure less its group's median, ``spread`` the group's (METHODS 2), ``z`` their ratio. NaN where
    the group has fewer than 10 figures (``is_small``) or is too coarse to tell its members apart (``is_coarse``).
    """

    excess: NDArray[np.float64]
    spread: NDArray[np.float64]
    z: NDArray[np.float64]
    is_small: NDArray[np.bool_]
    is_coarse: NDArray[np.bool_]


def distances(values: NDArray[np.float64], groups: Sequence[str], step: float) -> Distances:
    """The distance of ``values`` [authorities, columns] from the median of their group, column by column.

    ``groups`` names the comparator group of each authority (its type, as a rule); NaN is no figure. ``step`` is the
    metric's reporting step. The order of authorities and of groups changes nothing. Source: METHODS 2.
    """
    median, spread = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
    is_small, is_coarse = np.zeros(values.shape, dtype=np.bool_), np.zeros(values.shape, dtype=np.bool_)
    labels = np.asarray(groups, dtype=np.str_)
    for label in np.unique(labels):
        rows = labels == label
        found = middles(values[rows])
        small = found.n < MINIMUM_FOR_BANDS
        coarse = are_too_coarse(found.spread, step) & (found.n >= MINIMUM_FOR_MEDIAN) & ~small
        is_small[rows], is_coarse[rows] = small, coarse
        median[rows], spread[rows] = found.median, np.where(small | coarse, np.nan, found.spread)
    spread = np.where(np.isnan(values), np.nan, spread)
    excess = _excess(values, median, spread)
    return Distances(excess, spread, excess / spread, is_small, is_coarse)


def columns_z(values: NDArray[np.float64], own: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """The distance of ``own`` [columns] from the median of its column of ``values`` [members, columns], in spreads.

    Each column is a group of its own, of which ``own`` is one. The same as ``z`` of ``distances``.
    """
    found = middles(values)
    is_refused = (found.n < MINIMUM_FOR_BANDS) | are_too_coarse(found.spread, step)
    spread = np.where(is_refused, np.nan, found.spread)
    return np.asarray(_excess(own, found.median, spread) / spread, dtype=np.float64)


def _excess(
    values: NDArray[np.float64], median: NDArray[np.float64], spread: NDArray[np.float64]
) -> NDArray[np.float64]:
    excess = np.where(np.isnan(spread), np.nan, values - median)
    # Binary arithmetic leaves a little where nothing is, and the sign of that little would count as a direction.
    excess[np.abs(excess) < NOISE * spread] = 0.0
    return excess
