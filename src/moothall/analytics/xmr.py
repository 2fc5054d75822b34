"""The XmR chart of a monthly or quarterly series: which of its movements are more than its usual ups and downs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

LIMIT_FACTOR = 2.66
"""Times the mean moving range: three standard deviations (3 / 1.128), from W. A. Shewhart; D. J. Wheeler (1993)."""

RANGE_FACTOR = 3.268
"""Times the mean moving range: the most that one movement usually is (D4 for ranges of two)."""

LEAST_TO_FIX_LIMITS = 12
"""The fewest figures from which limits are taken (METHODS 4)."""

LEAST_OF_A_PLACE = 2
"""The fewest figures of one quarter, of as many years, that say what is usual in it."""

RUN_LENGTH, TREND_LENGTH, NEAR_COUNT, NEAR_WINDOW = 8, 6, 2, 3
"""Figures in a row on one side of the mean; in a row each above (or each below) the last; and 2 of 3 near a limit."""

NEAR_SHARE = 2 / 3
"""A figure is near a limit when it lies more than this part of the way from the mean to it."""


class XmrRule(StrEnum):
    """The four usual rules; each names the figure that completes the pattern."""

    BEYOND_LIMIT = "beyond-limit"
    RUN_ON_ONE_SIDE = "run-on-one-side"
    STEADY_TREND = "steady-trend"
    NEAR_LIMIT = "near-limit"


@dataclass(frozen=True, slots=True)
class XmrLimits:
    """Limits in the metric's unit: mean -/+ 2.66 x the mean moving range; ``highest_range`` is 3.268 times it."""

    mean: float
    mean_range: float
    lower: float
    upper: float
    highest_range: float


@dataclass(frozen=True, slots=True)
class XmrChart:
    """The limits, and which rules each figure completes: ``rules`` has one tuple for each period."""

    limits: XmrLimits
    rules: tuple[tuple[XmrRule, ...], ...]


@dataclass(frozen=True, slots=True)
class XmrCharts:
    """Charts of many series at once: ``centres`` [series, places in the season] are what figures are held against.

    ``reach`` [series] is 2.66 mean ranges, NaN where the base has a gap. ``away`` [series, periods] are the distances
    from the centre, ``hits`` says which rules each figure completes [series, periods]: none where there is no figure.
    """

    centres: NDArray[np.float64]
    reach: NDArray[np.float64]
    away: NDArray[np.float64]
    hits: Mapping[XmrRule, NDArray[np.bool_]]


def natural_limits(values: NDArray[np.float64]) -> XmrLimits:
    """The limits of ``values`` [periods], in order of time, all known, at least two. ValueError otherwise."""
    if values.size < 2 or not np.isfinite(values).all():
        raise ValueError(f"limits need at least two figures and no gap, not {values.tolist()}")
    mean, mean_range = float(values.mean()), float(np.abs(np.diff(values)).mean())
    half = LIMIT_FACTOR * mean_range
    return XmrLimits(mean, mean_range, mean - half, mean + half, RANGE_FACTOR * mean_range)


def xmr_chart(values: NDArray[np.float64], base: int = LEAST_TO_FIX_LIMITS) -> XmrChart | None:
    """The chart of ``values`` [periods], in order of time; NaN is no figure.

    Limits are fixed on the first ``base`` figures and hold for all. None where fewer than 12 figures are known.
    Give only what lies after the last break. A missing figure is left out: its neighbours in time stand side by
    side. ValueError where ``base`` is below 12. This chart knows no season: ``xmr_charts`` does.
    """
    if base < LEAST_TO_FIX_LIMITS:
        raise ValueError(f"limits are fixed on at least {LEAST_TO_FIX_LIMITS} figures, not {base}")
    places = np.flatnonzero(~np.isnan(values))
    if places.size < LEAST_TO_FIX_LIMITS:
        return None
    known = values[places]
    found = xmr_charts(known[None, :], base).hits
    rules: list[tuple[XmrRule, ...]] = [()] * values.size
    for column, place in enumerate(places.tolist()):
        rules[place] = tuple(rule for rule in XmrRule if found[rule][0, column])
    return XmrChart(natural_limits(known[:base]), tuple(rules))


def xmr_charts(values: NDArray[np.float64], base: int, season: int = 1) -> XmrCharts:
    """The charts of ``values`` [series, periods], in order of time; limits are fixed on the first ``base`` periods.

    With a ``season`` of 4 a quarter is held against the mean of the same quarters of the base, and ranges are those
    from one quarter to the same quarter a year later: Wheeler's subgroups of like with like. 1 is the plain chart. NaN
    is no figure: it completes no rule and breaks a pattern. A series has no limits (NaN) where fewer than 12 figures of
    its base are known, or fewer than two of a place in the season.
    """
    fixed = values[:, :base]
    centres = np.stack([_mean(fixed[:, place::season], LEAST_OF_A_PLACE) for place in range(season)], axis=1)
    is_short = (~np.isnan(fixed)).sum(axis=1) < LEAST_TO_FIX_LIMITS
    centres[is_short | np.isnan(centres).any(axis=1)] = np.nan
    ranges = _mean(np.abs(fixed[:, season:] - fixed[:, :-season]), 1)
    reach = np.where(np.isnan(centres[:, 0]), np.nan, LIMIT_FACTOR * ranges)
    away = values - centres[:, np.arange(values.shape[1]) % season]
    return XmrCharts(centres, reach, away, _rule_hits(away, reach[:, None]))


def _mean(values: NDArray[np.float64], fewest: int) -> NDArray[np.float64]:
    """The mean of the known figures of each row; NaN where fewer than ``fewest`` are known."""
    known = ~np.isnan(values)
    sums, counts = np.where(known, values, 0.0).sum(axis=1), known.sum(axis=1)
    return np.where(counts >= fewest, sums / np.maximum(counts, 1), np.nan)


def _rule_hits(away: NDArray[np.float64], reach: NDArray[np.float64]) -> dict[XmrRule, NDArray[np.bool_]]:
    moved, near = np.diff(away, axis=1, prepend=away[:, :1]), NEAR_SHARE * reach
    return {
        XmrRule.BEYOND_LIMIT: np.abs(away) > reach,
        XmrRule.RUN_ON_ONE_SIDE: _all_of_last(away > 0, RUN_LENGTH) | _all_of_last(away < 0, RUN_LENGTH),
        XmrRule.STEADY_TREND: _all_of_last(moved > 0, TREND_LENGTH - 1) | _all_of_last(moved < 0, TREND_LENGTH - 1),
        XmrRule.NEAR_LIMIT: _two_of_three(away > near) | _two_of_three(away < -near),
    }


def _all_of_last(holds: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """True at a place where it and the ``length`` - 1 before it all hold."""
    ends: NDArray[np.bool_] = _count_last(holds, length) == length
    return ends


def _two_of_three(holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return holds & (_count_last(holds, NEAR_WINDOW) >= NEAR_COUNT)


def _count_last(holds: NDArray[np.bool_], length: int) -> NDArray[np.int64]:
    before = np.zeros((holds.shape[0], length), dtype=np.int64)
    counted = np.cumsum(np.concatenate([before, holds.astype(np.int64)], axis=1), axis=1)
    found: NDArray[np.int64] = counted[:, length:] - counted[:, :-length]
    return found
