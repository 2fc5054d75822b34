"""The 95% interval of a proportion or a rate, from its numerator and denominator (METHODS 3)."""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z_95 = NormalDist().inv_cdf(0.975)
"""The 97.5th percentile of the normal curve, 1.959964: between it and its opposite lie 95 in 100."""

Limits = tuple[NDArray[np.float64], NDArray[np.float64]]
"""The lower and the upper 95% limit, each of the shape that was asked for; NaN where there is no figure."""


def wilson(numerator: ArrayLike, denominator: ArrayLike) -> Limits:
    """The limits of a proportion (0 to 1) of which the numerator is part of the denominator.

    Both are counts of the same things; NaN in either gives NaN. The units counted are taken as independent, and the
    interval is about chance, not about errors of reporting. ValueError where a count is below 0, a denominator is 0,
    or a numerator exceeds its denominator. Source: E. B. Wilson (1927), J. Am. Stat. Assoc. 22, 209; method 3 of
    R. G. Newcombe (1998), Statistics in Medicine 17, 857.
    """
    part, whole = _counts(numerator, denominator)
    if (part > whole).any():
        raise ValueError("a proportion cannot have a numerator above its denominator")
    centre = 2 * part + Z_95**2
    half = Z_95 * np.sqrt(Z_95**2 + 4 * part * (1 - part / whole))
    below, double = 2 * (whole + Z_95**2), centre - half
    # What must be 0 or 1 exactly is: binary arithmetic leaves a little over.
    lower = np.where(part == 0, 0.0, double / below)
    return _where_known(lower, part, whole), np.where(part == whole, 1.0, (centre + half) / below)


def byar(numerator: ArrayLike, denominator: ArrayLike) -> Limits:
    """The limits of a rate: events for each unit of the denominator (multiply both for "per 100,000").

    The numerator counts events (a Poisson count; it may exceed the denominator), the denominator is what they were
    counted over; NaN in either gives NaN. Without events the lower limit is 0. ValueError where a count is below 0
    or a denominator is 0. Below 10 events the exact limits are a little wider; the catalogue's minimum decides
    whether so few are judged. Source: Byar's approximation in N. E. Breslow and N. E. Day (1987), Statistical
    Methods in Cancer Research II, page 69.
    """
    events, whole = _counts(numerator, denominator)
    at_least_one = np.where(events == 0, 1.0, events)
    lower = at_least_one * (1 - 1 / (9 * at_least_one) - Z_95 / (3 * np.sqrt(at_least_one))) ** 3
    more = events + 1
    upper = more * (1 - 1 / (9 * more) + Z_95 / (3 * np.sqrt(more))) ** 3
    # For a single event the cube is of a number below 0; no rate is.
    lower = np.where(events == 0, 0.0, np.maximum(lower, 0.0))
    return _where_known(lower / whole, events, whole), upper / whole


def _counts(numerator: ArrayLike, denominator: ArrayLike) -> Limits:
    part, whole = np.broadcast_arrays(np.asarray(numerator, np.float64), np.asarray(denominator, np.float64))
    if np.isinf(part).any() or np.isinf(whole).any():
        raise ValueError("a count is infinite")
    if (part < 0).any():
        raise ValueError("a numerator is below 0")
    if (whole <= 0).any():
        raise ValueError("a denominator is not above 0")
    return part, whole


def _where_known(
    limit: NDArray[np.float64], part: NDArray[np.float64], whole: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.where(np.isnan(part) | np.isnan(whole), np.nan, limit)
