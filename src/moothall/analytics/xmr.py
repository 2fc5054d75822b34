"""The XmR chart of a monthly or quarterly series: which of its movements are more than its usual ups and downs."""

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
    side. ValueError where ``base`` is below 12. The chart knows no season: a series that has one shows it.
    """
    if base < LEAST_TO_FIX_LIMITS:
        raise ValueError(f"limits are fixed on at least {LEAST_TO_FIX_LIMITS} figures, not {base}")
    places = np.flatnonzero(~np.isnan(values))
    if places.size < LEAST_TO_FIX_LIMITS:
        return None
    known = values[places]
    limits = natural_limits(known[:base])
    found = {rule: set(places[hits].tolist()) for rule, hits in _rule_hits(known, limits).items()}
    rules = tuple(tuple(rule for rule in XmrRule if place in found[rule]) for place in range(values.size))
    return XmrChart(limits, rules)


def _rule_hits(known: NDArray[np.float64], limits: XmrLimits) -> dict[XmrRule, NDArray[np.bool_]]:
    above, moved = known - limits.mean, np.diff(known, prepend=known[:1])
    reach = limits.upper - limits.mean
    near = NEAR_SHARE * reach
    return {
        XmrRule.BEYOND_LIMIT: np.abs(above) > reach,
        XmrRule.RUN_ON_ONE_SIDE: _all_of_last(above > 0, RUN_LENGTH) | _all_of_last(above < 0, RUN_LENGTH),
        XmrRule.STEADY_TREND: _all_of_last(moved > 0, TREND_LENGTH - 1) | _all_of_last(moved < 0, TREND_LENGTH - 1),
        XmrRule.NEAR_LIMIT: _two_of_three(above > near) | _two_of_three(above < -near),
    }


def _all_of_last(holds: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """True at a place where it and the ``length`` - 1 before it all hold."""
    ends: NDArray[np.bool_] = _count_last(holds, length) == length
    return ends


def _two_of_three(holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return holds & (_count_last(holds, NEAR_WINDOW) >= NEAR_COUNT)


def _count_last(holds: NDArray[np.bool_], length: int) -> NDArray[np.int64]:
    counted = np.cumsum(np.concatenate([np.zeros(length, dtype=np.int64), holds.astype(np.int64)]))
    found: NDArray[np.int64] = counted[length:] - counted[:-length]
    return found
