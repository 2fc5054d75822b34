"""Middle and place of every figure among the authorities of its own type, for all periods at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.position import in_steps
from moothall.analytics.refusal import MINIMUM_FOR_BANDS, MINIMUM_FOR_MEDIAN


def percentiles(values: NDArray[np.float64], types: Sequence[str], step: float) -> NDArray[np.float64]:
    """The percentile, 0 to 100, of each of ``values`` [authorities, periods] in its type and period (METHODS 2).

    (below + half of ties) / n, ties being figures equal when rounded to the reporting ``step``. NaN where there is no
    figure, and where fewer than 10 of the type have one.
    """
    found = np.full(values.shape, np.nan)
    labels = np.asarray(types, dtype=np.str_)
    steps = in_steps(values, step)
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        for column in range(values.shape[1]):
            found[rows, column] = _percentiles_of(steps[rows, column])
    return found


def _percentiles_of(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    known = np.sort(steps[~np.isnan(steps)])
    if known.size < MINIMUM_FOR_BANDS:
        return np.full(steps.shape, np.nan)
    below = np.searchsorted(known, steps, side="left")
    upto = np.searchsorted(known, steps, side="right")
    return np.where(np.isnan(steps), np.nan, (below + upto) / 2 / known.size * 100)


def medians(values: NDArray[np.float64], types: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """For each of ``values`` [authorities, periods] the median of its type and period, and how many figures that has.

    NaN where fewer than 3 of the type have a figure.
    """
    middles, counts = np.full(values.shape, np.nan), np.zeros(values.shape, dtype=np.int64)
    labels = np.asarray(types, dtype=np.str_)
    for label in np.unique(labels):
        rows = labels == label
        known = (~np.isnan(values[rows])).sum(axis=0)
        enough = known >= MINIMUM_FOR_MEDIAN
        middle = np.full(values.shape[1], np.nan)
        if enough.any():
            middle[enough] = np.nanmedian(values[rows][:, enough], axis=0)
        middles[rows], counts[rows] = middle, known
    return middles, counts
