"""Better, similar, worse: only where the publisher's own 95% interval says so (METHODS 3)."""

import math
from enum import StrEnum
from typing import TypeGuard

from moothall.domain.words import Polarity

NOISE = 1e-9
"""Figures that differ by less than this share of themselves are equal: binary arithmetic cannot tell them apart."""


class Verdict(StrEnum):
    """Where a published 95% interval lies against the group's median."""

    BELOW = "below"
    OVERLAPS = "overlaps"
    ABOVE = "above"
    CANNOT_SAY = "cannot-say"


class Judgement(StrEnum):
    """A verdict with the metric's polarity: better or worse only where one is declared."""

    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    LOWER = "lower"
    HIGHER = "higher"
    CANNOT_SAY = "cannot-say"


def compare_with_median(lower: float | None, upper: float | None, median: float | None) -> Verdict:
    """Where the published 95% interval from ``lower`` to ``upper`` lies against the group's ``median`` (same unit).

    ``below`` or ``above`` only where the whole interval is; a limit that equals the median overlaps it.
    ``cannot-say`` where a limit or the median is None or NaN: nothing is computed in its place. The median is taken
    as exact. ValueError where the limits stand in the wrong order.
    """
    if not (_is_given(lower) and _is_given(upper) and _is_given(median)):
        return Verdict.CANNOT_SAY
    if lower > upper:
        raise ValueError(f"the lower 95% limit {lower} is above the upper limit {upper}")
    if _is_less(upper, median):
        return Verdict.BELOW
    return Verdict.ABOVE if _is_less(median, lower) else Verdict.OVERLAPS


def judge(verdict: Verdict, polarity: Polarity) -> Judgement:
    """The verdict in the words that the metric's polarity allows: ``none`` keeps lower and higher."""
    if verdict is Verdict.CANNOT_SAY:
        return Judgement.CANNOT_SAY
    if verdict is Verdict.OVERLAPS:
        return Judgement.SIMILAR
    if polarity is Polarity.NONE:
        return Judgement.LOWER if verdict is Verdict.BELOW else Judgement.HIGHER
    is_good = (verdict is Verdict.ABOVE) == (polarity is Polarity.HIGHER_IS_BETTER)
    return Judgement.BETTER if is_good else Judgement.WORSE


def _is_given(figure: float | None) -> TypeGuard[float]:
    return figure is not None and not math.isnan(figure)


def _is_less(a: float, b: float) -> bool:
    return a < b and not math.isclose(a, b, rel_tol=NOISE)
