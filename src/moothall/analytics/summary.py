"""The middle and the spread of a group's figures, for one period or for many at once (METHODS 2)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.refusal import MINIMUM_FOR_MEDIAN, Refusal

MAD_TO_SIGMA = 1.4826
"""Times the MAD: the standard deviation, where figures spread like a normal curve."""

IQR_TO_SIGMA = 1.349
"""The interquartile range divided by this: the standard deviation, where figures spread like a normal curve."""

Figures = NDArray[np.float64]

LOW_SHARE, LOWER_QUARTILE, MIDDLE, UPPER_QUARTILE, HIGH_SHARE = 0.02, 0.25, 0.5, 0.75, 0.98
"""The shares of a group that lie at or below ``low``, the quartiles, the median and ``high``."""

INFINITE = "a figure is infinite, which no publisher can have meant"

SIGNIFICANT_DIGITS = 12
"""Digits kept of a computed figure: far more than any publisher gives, and free of the noise of binary arithmetic."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The middle and spread of the ``n`` members that have a figure, in the metric's unit.

    ``median`` is the middle figure, ``mad`` the median distance from it, ``spread`` a standard deviation that
    outliers do not move (1.4826 MAD; where the MAD is 0 the interquartile range / 1.349; 0 where both are 0).
    Half the members lie between the quartiles; ``low`` and ``high`` are the 2nd and 98th percentile, the ends of a
    strip. With fewer than 3 figures all of them are None and ``refused`` says why.
    """

    n: int
    median: float | None = None
    mad: float | None = None
    spread: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None
    low: float | None = None
    high: float | None = None
    refused: Refusal | None = None

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "Summary":
        """A summary from its fields as a build keeps them, where ``refused`` is text or None."""
        refused = fields["refused"]
        return cls(**{**fields, "refused": Refusal(refused) if refused else None})


def summarise(values: Figures) -> Summary:
    """The summary of a group's ``values`` [members]; NaN is no figure and is not counted. Infinity: ValueError."""
    known = sorted(figure for figure in np.asarray(values, dtype=np.float64).tolist() if not math.isnan(figure))
    if known and (math.isinf(known[0]) or math.isinf(known[-1])):
        raise ValueError(INFINITE)
    if not known:
        return _summary(0, [])
    # A group is small: plain numbers are ten times as fast here as arrays, whose every step has a price of its own.
    median = _one_at_share(known, MIDDLE)
    mad = _one_at_share(sorted(abs(figure - median) for figure in known), MIDDLE)
    edges = [_one_at_share(known, share) for share in (LOWER_QUARTILE, UPPER_QUARTILE, LOW_SHARE, HIGH_SHARE)]
    spread = MAD_TO_SIGMA * mad if mad > 0 else (edges[1] - edges[0]) / IQR_TO_SIGMA
    return _summary(len(known), [float(f"{figure:.{SIGNIFICANT_DIGITS}g}") for figure in (median, mad, spread, *edges)])


def summarise_periods(values: Figures, is_member: NDArray[np.bool_] | None = None) -> tuple[Summary, ...]:
    """One summary for each column of ``values`` [authorities, periods], over the places where ``is_member`` holds.

    NaN is no figure and is not counted. ``is_member`` has the shape of ``values``; left out, all are members.
    Raises ValueError where a member's figure is infinite. Source: METHODS 1 and 2; quartiles as in
    ``_at_share``.
    """
    found = middles(values if is_member is None else np.where(is_member, values, np.nan))
    ends = [_rounded(_at_share(found.ordered, found.n, share)) for share in (LOW_SHARE, HIGH_SHARE)]
    quartiles = [_rounded(quartile) for quartile in found.quartiles]
    rows = np.column_stack([found.median, found.mad, found.spread, *quartiles, *ends]).tolist()
    return tuple(_summary(count, row) for count, row in zip(found.n.tolist(), rows, strict=True))


@dataclass(frozen=True, slots=True)
class Middles:
    """What ``Summary`` says, for many columns at once: every array is [columns] but ``ordered`` [members + 1, columns].

    Figures of columns with fewer than 3 members are not NaN: ``n`` decides whether they may be shown.
    """

    ordered: Figures
    n: NDArray[np.intp]
    median: Figures
    mad: Figures
    spread: Figures
    quartiles: tuple[Figures, Figures]


def middles(values: Figures) -> Middles:
    """The middle and spread of each column of ``values`` [members, columns]; NaN is no figure. Infinity: ValueError."""
    if np.isinf(values).any():
        raise ValueError(INFINITE)
    # A row without any figure changes nothing, and lets a group without any authority pass.
    ordered = np.full((values.shape[0] + 1, values.shape[1]), np.nan)
    ordered[:-1] = values
    ordered.sort(axis=0)
    n = np.count_nonzero(~np.isnan(ordered), axis=0)
    median = _at_share(ordered, n, MIDDLE)
    mad = _at_share(np.sort(np.abs(ordered - median), axis=0), n, MIDDLE)
    lower, upper = (_at_share(ordered, n, share) for share in (LOWER_QUARTILE, UPPER_QUARTILE))
    spread = np.where(mad > 0, MAD_TO_SIGMA * mad, (upper - lower) / IQR_TO_SIGMA)
    return Middles(ordered, n, _rounded(median), _rounded(mad), _rounded(spread), (lower, upper))


def _one_at_share(ordered: list[float], share: float) -> float:
    """``_at_share`` of one list of figures, ascending."""
    at = (len(ordered) - 1) * share
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    part = at - below
    return ordered[below] * (1 - part) + ordered[above] * part


def _rounded(figures: Figures) -> Figures:
    """Figures with 12 significant digits: a whole number over a power of ten, the nearest that a float can hold."""
    with np.errstate(divide="ignore", invalid="ignore"):
        places = SIGNIFICANT_DIGITS - 1 - np.floor(np.log10(np.abs(figures)))
        up, down = 10.0 ** np.maximum(places, 0), 10.0 ** np.maximum(-places, 0)
        found = np.rint(figures * up / down) * down / up
    return np.where(np.isfinite(places), found, figures)


def _at_share(ordered: Figures, n: NDArray[np.intp], share: float) -> Figures:
    """The figure below which a ``share`` of each column lies; ``ordered`` ascends and its first ``n`` are figures.

    The rule is Excel's QUARTILE.INC and PERCENTILE.INC: the smallest figure stands at 0, the largest at 1, the
    others at equal distances, and between two of them the line that joins them is read off.
    """
    last, columns = np.maximum(n - 1, 0), np.arange(n.size)
    at = last * share
    below = np.floor(at).astype(np.intp)
    part = at - below
    low, high = ordered[below, columns], ordered[np.minimum(below + 1, last), columns]
    return np.asarray(low * (1 - part) + high * part, dtype=np.float64)


def _summary(n: int, row: Sequence[float]) -> Summary:
    if n < MINIMUM_FOR_MEDIAN:
        return Summary(n, refused=Refusal.GROUP_TOO_SMALL)
    return Summary(n, *row)  # type: ignore[arg-type]  # seven figures, never a refusal
