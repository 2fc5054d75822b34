"""How far figures, or changes of figures, lie from the middle of their group: for all authorities at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.interval import NOISE
from moothall.analytics.position import is_too_coarse
from moothall.analytics.refusal import MINIMUM_FOR_BANDS
from moothall.analytics.summary import Summary, summarise_periods


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
    shape = values.shape
    median, spread = np.full(shape, np.nan), np.full(shape, np.nan)
    is_small, is_coarse = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    labels = np.asarray(groups, dtype=np.str_)
    for label in np.unique(labels):
        rows = labels == label
        summaries = summarise_periods(values[rows])
        small = np.array([summary.n < MINIMUM_FOR_BANDS for summary in summaries], dtype=np.bool_)
        coarse = np.array([_is_coarse(summary, step) for summary in summaries], dtype=np.bool_) & ~small
        is_small[rows], is_coarse[rows] = small, coarse
        middle, width = (np.array([_or_nan(getattr(s, name)) for s in summaries]) for name in ("median", "spread"))
        median[rows], spread[rows] = middle, np.where(small | coarse, np.nan, width)
    spread = np.where(np.isnan(values), np.nan, spread)
    excess = np.where(np.isnan(spread), np.nan, values - median)
    # Binary arithmetic leaves a little where nothing is, and the sign of that little would count as a direction.
    excess[np.abs(excess) < NOISE * spread] = 0.0
    return Distances(excess, spread, excess / spread, is_small, is_coarse)


def _is_coarse(summary: Summary, step: float) -> bool:
    return summary.median is not None and is_too_coarse(summary, step)


def _or_nan(figure: float | None) -> float:
    return np.nan if figure is None else figure
