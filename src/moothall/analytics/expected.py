"""What councils in these circumstances usually have: a cross-fitted ridge regression with held-out intervals."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.interval import Verdict, compare_with_median
from moothall.analytics.ridge import cross_fitted

LEAST_GAIN: Final = 0.05
"""The held-out error must be at least this share below that of the same-type median, else nothing is shown."""

COVERAGE: Final = 0.9
"""The share of authorities of a type whose figure lies in the interval."""

FEWEST_AUTHORITIES: Final = 50
"""The fewest authorities that must be predicted before context is said to explain a metric."""

FEWEST_OF_TYPE: Final = 10
"""The fewest others of the same type whose held-out errors make an interval: ceil(0.9 x 11) = 10."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is usual in each authority's circumstances; every array is [authorities], in the metric's unit.

    ``error`` and ``median_error`` are the mean absolute held-out errors of the regression and of the same-type
    median, over the same ``n`` authorities. Where ``explains`` is False the arrays must not be shown: context does
    not explain the metric. ``outside`` says on which side of the interval the figure itself lies.
    """

    explains: bool
    n: int
    error: float
    median_error: float
    expected: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    outside: tuple[Verdict, ...]


def expectation(
    values: NDArray[np.float64], context: NDArray[np.float64], codes: Sequence[str], types: Sequence[str]
) -> Expectation:
    """What ``context`` [authorities, variables] lets one expect of ``values`` [authorities].

    ``codes`` are authority codes, which alone decide the parts, so neither order nor chance does; ``types`` make the
    classes. Context must be what a council cannot choose. Each authority is predicted by a ridge regression within its
    type that has not seen it (``ridge.cross_fitted``). Its interval holds the held-out errors of 9 in 10 others of its
    type (class-wise conformal; V. Vovk et al. 2005, and cross-conformal 2015). Fewer than 50 predicted authorities
    explain nothing. ValueError where lengths differ or a number is infinite.
    """
    _check(values, context, codes, types)
    found = cross_fitted(values, context, codes, types)
    known = ~np.isnan(found.predicted)
    n = int(known.sum())
    if n < FEWEST_AUTHORITIES:
        return _nothing(values.size)
    # Sorted, so that the last binary digit does not depend on the order of authorities.
    error, usual = (float(np.sort(np.abs(values - guess)[known]).mean()) for guess in (found.predicted, found.middle))
    explains = usual > 0 and error <= (1 - LEAST_GAIN) * usual
    half = _half_widths(np.abs(values - found.predicted), np.asarray(types, dtype=np.str_))
    lower, upper = found.predicted - half, found.predicted + half
    sides = zip(lower.tolist(), upper.tolist(), values.tolist(), strict=True)
    return Expectation(explains, n, error, usual, found.predicted, lower, upper, tuple(starmap(_side, sides)))


def _nothing(count: int) -> Expectation:
    blank = np.full(count, np.nan)
    return Expectation(False, 0, math.nan, math.nan, blank, blank, blank, (Verdict.CANNOT_SAY,) * count)


def _side(lower: float, upper: float, own: float) -> Verdict:
    """Where the figure lies against the interval: the opposite of where the interval lies against the figure."""
    return _OPPOSITE[compare_with_median(lower, upper, own)]


_OPPOSITE = {
    Verdict.BELOW: Verdict.ABOVE,
    Verdict.ABOVE: Verdict.BELOW,
    Verdict.OVERLAPS: Verdict.OVERLAPS,
    Verdict.CANNOT_SAY: Verdict.CANNOT_SAY,
}


def _half_widths(errors: NDArray[np.float64], kind: NDArray[np.str_]) -> NDArray[np.float64]:
    """Half the interval of each authority: the ceil(0.9 (m + 1))th of the errors of the m others of its type."""
    half = np.full(errors.size, np.nan)
    for label in np.unique(kind):
        rows = np.flatnonzero((kind == label) & ~np.isnan(errors))
        others = rows.size - 1
        if others < FEWEST_OF_TYPE:
            continue
        place = math.ceil(COVERAGE * (others + 1))
        ordered = np.sort(errors[rows])
        # Without its own error, an authority that stands at or before the place finds the next one there.
        is_before = np.searchsorted(ordered, errors[rows], side="left") < place
        half[rows] = np.where(is_before, ordered[np.minimum(place, others)], ordered[place - 1])
    return half


def _check(
    values: NDArray[np.float64], context: NDArray[np.float64], codes: Sequence[str], types: Sequence[str]
) -> None:
    if not values.size == context.shape[0] == len(codes) == len(types):
        raise ValueError("figures, context, codes and types must be of the same authorities")
    if np.isinf(values).any() or np.isinf(context).any():
        raise ValueError("a figure or a context variable is infinite")
    if len(set(codes)) != len(codes):
        raise ValueError("an authority is named twice")
