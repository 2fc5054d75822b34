"""How much of what we see of a metric lasts, and how much is noise that the next period takes back."""

import numpy as np
from numpy.typing import NDArray

LARGEST_Z = 4.0
"""z is drawn in to this before products are averaged, so that no single authority decides."""

FEWEST_PAIRS = 30
"""The fewest pairs of successive z from which a correlation is taken."""


def change_reliability(z: NDArray[np.float64], lag: int = 1) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The share of a one-period and of a two-period change that lasts, as known after each column: two [columns].

    ``z`` [authorities, changes] are changes relative to their group, in spreads. Where a series is a level that
    moves by independent steps, seen through independent noise, successive changes correlate by r = -noise / (steps +
    2 noise), which gives both shares: 1 + 2r and (1 + 2r) / (1 + r). r is pooled over all authorities and all columns
    so far; a change known later is never used. NaN before 30 pairs are known. 0 is all noise, 1 none. Changes from
    quarter to the same quarter of the next year follow one another at a ``lag`` of 4 columns.
    """
    r = np.clip(_correlation_so_far(z, lag), -0.5, 0.0)
    return 1 + 2 * r, (1 + 2 * r) / (1 + r)


def level_reliability(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of a distance from the group's median that is still there a period later: [columns].

    ``z`` [authorities, periods] are figures relative to their group, in spreads. It is the correlation of successive
    z, pooled over all authorities and all columns so far, between 0 and 1; NaN before 30 pairs are known.
    """
    return np.clip(_correlation_so_far(z), 0.0, 1.0)


def _correlation_so_far(z: NDArray[np.float64], lag: int = 1) -> NDArray[np.float64]:
    if z.shape[1] <= lag:
        return np.full(z.shape[1], np.nan)
    drawn_in = np.clip(z, -LARGEST_Z, LARGEST_Z)
    before, after = drawn_in[:, :-lag], drawn_in[:, lag:]
    known = ~np.isnan(before) & ~np.isnan(after)
    # Sorted before they are added, so that the order of authorities does not touch the last binary digit.
    products, squares = (_sums(np.where(known, x, 0.0)) for x in (before * after, (before**2 + after**2) / 2))
    pairs = np.cumsum(known.sum(axis=0))
    found = np.full(z.shape[1], np.nan)
    enough = (pairs >= FEWEST_PAIRS) & (squares > 0)
    found[lag:][enough] = products[enough] / squares[enough]
    return found


def _sums(terms: NDArray[np.float64]) -> NDArray[np.float64]:
    sums: NDArray[np.float64] = np.cumsum(np.sort(terms, axis=0).sum(axis=0))
    return sums
