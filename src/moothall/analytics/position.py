"""Where a council's figure stands in its group: rank, percentile, robust z, and whether most are lower or higher."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.refusal import MINIMUM_FOR_BANDS, MINIMUM_FOR_MEDIAN, Refusal
from moothall.analytics.summary import (
    IQR_TO_SIGMA,
    LOWER_QUARTILE,
    MAD_TO_SIGMA,
    UPPER_QUARTILE,
    Summary,
    summarise,
    summarise_periods,
)

__all__ = [
    "IQR_TO_SIGMA",
    "LARGEST_STEP_IN_MADS",
    "MAD_TO_SIGMA",
    "MINIMUM_FOR_BANDS",
    "MINIMUM_FOR_MEDIAN",
    "STEP_TOLERANCE",
    "Band",
    "Position",
    "Refusal",
    "Side",
    "Summary",
    "explorer_figure",
    "in_steps",
    "is_too_coarse",
    "position",
    "positions",
    "summarise",
    "summarise_periods",
    "with_minimum",
]

LARGEST_STEP_IN_MADS = 0.5
"""Figures published in steps wider than this part of the MAD are too coarse to tell councils apart (METHODS 2)."""

STEP_TOLERANCE = 1e-6
"""The part of a reporting step that binary arithmetic may be out by: 0.285 is held as 0.28499999999999998."""


class Band(StrEnum):
    """The part of the group in which a figure stands: the lowest quarter, the middle half or the highest quarter."""

    LOWER_THAN_MOST = "lower-than-most"
    ABOUT_THE_MIDDLE = "about-the-middle"
    HIGHER_THAN_MOST = "higher-than-most"


class Side(StrEnum):
    """The band in one word. It says nothing of better or worse (see ``interval.judge``)."""

    LOWER = "lower"
    SIMILAR = "similar"
    HIGHER = "higher"
    CANNOT_SAY = "cannot-say"


_SIDES = {
    Band.LOWER_THAN_MOST: Side.LOWER,
    Band.ABOUT_THE_MIDDLE: Side.SIMILAR,
    Band.HIGHER_THAN_MOST: Side.HIGHER,
    None: Side.CANNOT_SAY,
}


@dataclass(frozen=True, slots=True)
class Position:
    """Where one figure stands among the ``n`` figures of its group, its own included.

    ``rank_low`` to ``rank_high`` is the rank as a range over ties, 1 being the highest figure whatever the
    polarity. ``tied`` members share the figure, the authority itself among them (1: alone; 0: no figure).
    ``percentile`` runs from 0 to 1: the share that is below, plus half of those tied. ``robust_z`` is the distance
    from the median in spreads. ``refused`` says why there is no band; rank and percentile may be known all the same.
    """

    n: int
    rank_low: int | None = None
    rank_high: int | None = None
    tied: int = 0
    percentile: float | None = None
    robust_z: float | None = None
    band: Band | None = None
    refused: Refusal | None = None

    @property
    def side(self) -> Side:
        """The band in one word; ``cannot-say`` where there is none."""
        return _SIDES[self.band]


def position(values: NDArray[np.float64], own: float, step: float, summary: Summary | None = None) -> Position:
    """The position of ``own`` in the group's ``values`` [members], of which it is one (METHODS 2).

    ``step`` is the smallest difference that the published decimals can show (``Metric.reporting_step``): figures
    that are equal when rounded to it are tied. NaN is no figure. ``summary`` spares the work where the summary of
    the same values is at hand. Refuses, with the first that holds: no figure; fewer than 3 in the group; fewer than
    10, so no band; too coarse; a tie that straddles two bands. ValueError where the step is not above 0, ``own``
    is none of the values or the summary counts other figures: a median and a rank over different sets would mislead.
    """
    group = _known(values)
    if math.isnan(own):
        return Position(group.size, refused=Refusal.NO_VALUE)
    # One array for all: a group is small, and every step over an array has a price of its own.
    *in_group, own_steps = in_steps(np.append(group, own), step).tolist()
    below, tied = sum(steps < own_steps for steps in in_group), in_group.count(own_steps)
    if not tied:
        raise ValueError(f"{own} is none of the group's {group.size} figures, so it has no position among them")
    return _place(own, below, tied, _summary_of(group, summary), step)


def positions(values: NDArray[np.float64], step: float, summary: Summary | None = None) -> tuple[Position, ...]:
    """The position of each of ``values`` [members] among all of them, in their order; as ``position``."""
    group = _known(values)
    summary = _summary_of(group, summary)
    ordered, steps = np.sort(in_steps(group, step)), in_steps(values, step)
    below = np.searchsorted(ordered, steps, side="left").tolist()
    below_or_tied = np.searchsorted(ordered, steps, side="right").tolist()
    return tuple(
        Position(group.size, refused=Refusal.NO_VALUE)
        if math.isnan(own)
        else _place(own, first, last - first, summary, step)
        for own, first, last in zip(values.tolist(), below, below_or_tied, strict=True)
    )


def with_minimum(found: Position, denominator: float, minimum: float | None) -> Position:
    """The position, without rank or band where its figure is divided by less than the metric's ``minimum`` (METHODS 3).

    A denominator that is not known (NaN) is not small. The figure stays among those of the group.
    """
    if minimum is None or not denominator < minimum or found.refused is Refusal.NO_VALUE:
        return found
    return Position(found.n, refused=Refusal.DENOMINATOR_TOO_SMALL)


def in_steps(values: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """``values`` as whole numbers of reporting steps, halves away from zero; NaN stays NaN.

    Two figures that a page shows as the same number are the same here. ValueError where ``step`` is not above 0.
    """
    if not 0 < step < math.inf:
        raise ValueError(f"a reporting step must be above 0, not {step}")
    return np.copysign(np.floor(np.abs(values) / step + 0.5 + STEP_TOLERANCE), values)


def is_too_coarse(summary: Summary, step: float) -> bool:
    """True where one reporting step exceeds half the MAD, or where the figures have no spread at all.

    Where the MAD is 0 the MAD that the interquartile range implies stands for it (METHODS 2).
    """
    spread = summary.spread or 0.0
    return spread / MAD_TO_SIGMA * LARGEST_STEP_IN_MADS < step * (1 - STEP_TOLERANCE) or spread == 0


def are_too_coarse(spreads: NDArray[np.float64], step: float) -> NDArray[np.bool_]:
    """``is_too_coarse`` for many spreads at once; NaN is not too coarse."""
    is_narrow = spreads / MAD_TO_SIGMA * LARGEST_STEP_IN_MADS < step * (1 - STEP_TOLERANCE)
    return np.asarray(is_narrow | (spreads == 0), dtype=np.bool_)


def explorer_figure(values: NDArray[np.float64], own: float) -> float | None:
    """The figure of Oflog's explorer: (own - median) / MAD, without 1.4826; ``values`` [members] include ``own``.

    Given so that its pages can be reproduced: there, within 1 of 0 was drawn grey and the axis ended at 7.5. None
    where there is no figure, fewer than 3 in the group, or a MAD of 0. Source: the column MADs_from_median of the
    explorer's own data.
    """
    summary = summarise(values)
    if math.isnan(own) or summary.median is None or not summary.mad:
        return None
    return (own - summary.median) / summary.mad


def _known(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values[~np.isnan(values)]


def _summary_of(group: NDArray[np.float64], given: Summary | None) -> Summary:
    if given is not None and given.n != group.size:
        raise ValueError(f"the summary is of {given.n} figures, the group has {group.size}")
    return given or summarise(group)


def _place(own: float, below: int, tied: int, summary: Summary, step: float) -> Position:
    n = summary.n
    if summary.median is None:
        return Position(n, refused=summary.refused)
    refused, band = None, shared_band(below, tied, n)
    coarse = is_too_coarse(summary, step)
    if n < MINIMUM_FOR_BANDS:
        refused = Refusal.TOO_FEW_FOR_BANDS
    elif coarse:
        refused = Refusal.TOO_COARSE
    elif band is None:
        refused = Refusal.TIE_STRADDLES_BAND
    return Position(
        n=n,
        rank_low=n - below - tied + 1,
        rank_high=n - below,
        tied=tied,
        percentile=_percentile(below, tied, n),
        robust_z=None if coarse or not summary.spread else (own - summary.median) / summary.spread,
        band=None if refused else band,
        refused=refused,
    )


def _percentile(below: int, tied: int, n: int) -> float:
    return (below + tied / 2) / n


def shared_band(below: int, tied: int, n: int) -> Band | None:
    """The band of all tied members; None where, told apart, the lowest and highest of them would stand in two."""
    lowest, highest = _band(_percentile(below, 1, n)), _band(_percentile(below + tied - 1, 1, n))
    return lowest if lowest is highest else None


def _band(percentile: float) -> Band:
    if percentile < LOWER_QUARTILE:
        return Band.LOWER_THAN_MOST
    return Band.HIGHER_THAN_MOST if percentile > UPPER_QUARTILE else Band.ABOUT_THE_MIDDLE
