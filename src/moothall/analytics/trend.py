"""Rising, falling, no clear change or cannot say: the answers, and the rule for series with intervals (METHODS 4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import starmap
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.interval import NOISE

CHI_SQUARED_LIMIT: Final = 9.5495
"""(slope / se)^2 above this is a trend: 1 chance in 500 where nothing changes (the Fingertips rule)."""

FEWEST_POINTS = 5
"""The fewest periods from which a weighted slope is taken."""

INTERVAL_TO_ERROR = 3.92
"""The width of a 95% interval in standard errors: twice 1.96."""


class Direction(StrEnum):
    """Which way a series goes; it says nothing of better or worse."""

    RISING = "rising"
    FALLING = "falling"
    NO_CLEAR_CHANGE = "no-clear-change"
    CANNOT_SAY = "cannot-say"


SIGNS: Final = {Direction.RISING: 1, Direction.FALLING: -1}
"""The sign of a direction; 0 where there is none."""


class TrendReason(StrEnum):
    """What decided: the rule that is met, or why none is."""

    WEIGHTED_SLOPE = "weighted-slope"
    TWO_CHANGES = "two-changes"
    ONE_LARGE_CHANGE = "one-large-change"
    CONTROL_CHART = "control-chart"
    WITHIN_NOISE = "within-noise"
    ONE_POINT_DECIDES = "one-point-decides"
    NO_VALUE = "no-value"
    TOO_FEW_PERIODS = "too-few-periods"
    TOO_FEW_IN_GROUP = "too-few-in-group"
    TOO_COARSE = "too-coarse"
    TOO_NOISY = "too-noisy"
    NO_WIDTH = "no-width"


CANNOT_SAY_REASONS = frozenset(
    {
        TrendReason.NO_VALUE,
        TrendReason.TOO_FEW_PERIODS,
        TrendReason.TOO_FEW_IN_GROUP,
        TrendReason.TOO_COARSE,
        TrendReason.TOO_NOISY,
        TrendReason.NO_WIDTH,
    }
)
"""Reasons why nothing can be said; with the other two that meet no rule there is no clear change."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A direction, what decided it, and the numbers that the rule read, by name."""

    direction: Direction
    reason: TrendReason
    inputs: Mapping[str, float] = field(default_factory=dict)


def make_trend(sign: float, reason: TrendReason, inputs: Mapping[str, float]) -> Trend:
    """The trend that a reason gives: up or down by ``sign`` where a rule is met."""
    if reason in CANNOT_SAY_REASONS:
        return Trend(Direction.CANNOT_SAY, reason, inputs)
    if reason in (TrendReason.WITHIN_NOISE, TrendReason.ONE_POINT_DECIDES):
        return Trend(Direction.NO_CLEAR_CHANGE, reason, inputs)
    return Trend(Direction.RISING if sign > 0 else Direction.FALLING, reason, inputs)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Weighted straight lines, one for each authority: every array is [authorities]."""

    slope: NDArray[np.float64]
    error: NDArray[np.float64]


def weighted_trends(
    values: NDArray[np.float64], lower: NDArray[np.float64], upper: NDArray[np.float64], times: NDArray[np.float64]
) -> tuple[Trend, ...]:
    """The trend of each authority's series with published 95% limits: three arrays [authorities, periods].

    ``times`` [periods] are years. NaN is no figure; a figure without an interval is not used. Give only what lies
    after the last break. Rising or falling where (slope / se)^2 exceeds 9.5495 and the slope keeps its sign when
    any one point is left out. Refuses: no figure in the last period; fewer than 5; an interval of no width, whose
    weight would be without bound. ValueError where limits stand in the wrong order. Assumes that periods are
    independent, so smoothed series trend by construction. Source: OHID, Fingertips, recent trends.
    """
    if (lower > upper).any():
        raise ValueError("a lower 95% limit is above its upper limit")
    error = (upper - lower) / INTERVAL_TO_ERROR
    known = ~np.isnan(values) & ~np.isnan(error)
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = np.where(known & (error > 0), error**-2.0, 0.0)
    filled = np.where(known, values, 0.0)
    fit = _fit(filled, weights, times)
    has_no_width = np.any(known & (error <= 0), axis=1)
    is_steady = _keeps_sign(filled, weights, times, fit.slope)
    columns = (np.sum(known, axis=1), np.any(known[:, -1:], axis=1), has_no_width, is_steady, fit.slope, fit.error)
    return tuple(starmap(_trend, zip(*(column.tolist() for column in columns), strict=True)))


def _fit(values: NDArray[np.float64], weights: NDArray[np.float64], times: NDArray[np.float64]) -> _Fit:
    total = weights.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        away = times - (weights * times).sum(axis=1, keepdims=True) / total
        middle = (weights * values).sum(axis=1, keepdims=True) / total
        across = (weights * away**2).sum(axis=1)
        return _Fit((weights * away * (values - middle)).sum(axis=1) / across, np.sqrt(1 / across))


def _keeps_sign(
    values: NDArray[np.float64], weights: NDArray[np.float64], times: NDArray[np.float64], slope: NDArray[np.float64]
) -> NDArray[np.bool_]:
    keeps = np.ones(slope.shape, dtype=np.bool_)
    for column in range(times.size):
        without = weights.copy()
        without[:, column] = 0
        # A slope of 0 may come out as a little more or less than 0.
        keeps &= _fit(values, without, times).slope * np.sign(slope) > NOISE * np.abs(slope)
    return keeps


def _trend(n: int, has_latest: bool, has_no_width: bool, is_steady: bool, slope: float, error: float) -> Trend:
    refusals = (
        (TrendReason.NO_VALUE, not has_latest),
        (TrendReason.TOO_FEW_PERIODS, n < FEWEST_POINTS),
        (TrendReason.NO_WIDTH, has_no_width),
    )
    for refusal, holds in refusals:
        if holds:
            return make_trend(0, refusal, {"points": n})
    chi_squared = (slope / error) ** 2
    inputs = {"points": n, "slope": slope, "error": error, "chi_squared": chi_squared}
    if chi_squared <= CHI_SQUARED_LIMIT:
        return make_trend(0, TrendReason.WITHIN_NOISE, inputs)
    return make_trend(slope, TrendReason.WEIGHTED_SLOPE if is_steady else TrendReason.ONE_POINT_DECIDES, inputs)
