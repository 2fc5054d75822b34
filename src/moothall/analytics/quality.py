"""What a person should look at before trusting figures: jumps between periods, and figures that are too old."""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from moothall.domain.words import Cadence

LARGEST_FACTOR = 10.0
"""A figure this many times the one before, or this small a part of it, is a jump."""

SMALLEST_IN_STEPS = 5
"""Figures of fewer reporting steps than this make no jump: from 1 to 12 people is no sign of an error."""

NEAR_POWER = 0.02
"""How near a factor must lie to 10, 100, 1,000 ... (as a share) to look like another unit."""

LONGEST_WAIT_DAYS = {
    Cadence.MONTHLY: 31 + 92,
    Cadence.QUARTERLY: 92 + 183,
    Cadence.YEARLY: 366 + 366,
    Cadence.TWO_YEARLY: 731 + 366,
}
"""From the end of a period to the figures of the next one: the period itself and time to publish it."""


@dataclass(frozen=True, slots=True)
class Jump:
    """From ``earlier`` to ``column`` the figure of ``row`` grew or shrank by ``factor`` (10 or more, either way)."""

    row: int
    earlier: int
    column: int
    factor: float
    looks_like_units: bool


def find_jumps(values: NDArray[np.float64], step: float) -> list[Jump]:
    """Jumps between neighbouring periods of ``values`` [authorities, periods], NaN where there is no figure.

    ``step`` is the smallest difference that the published decimals show. Figures of nought, and a change of sign,
    make no factor and no jump.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = values[:, 1:] / values[:, :-1]
        sizes = np.minimum(np.abs(values[:, 1:]), np.abs(values[:, :-1]))
        factors = np.where(factors < 1, 1 / factors, factors)
    is_jump = np.isfinite(factors) & (factors >= LARGEST_FACTOR) & (sizes >= SMALLEST_IN_STEPS * step)
    return [
        Jump(row, column, column + 1, float(factors[row, column]), is_power_of_ten(float(factors[row, column])))
        for row, column in np.argwhere(is_jump).tolist()
    ]


def is_power_of_ten(factor: float) -> bool:
    """True where a factor lies within 2% of 10, 100, 1,000 ...: pounds for thousands, a share for a percentage."""
    nearest = 10.0 ** round(math.log10(factor))
    return nearest > 1 and abs(factor - nearest) <= NEAR_POWER * nearest


def is_overdue(cadence: Cadence, newest_end: date, today: date) -> bool:
    """True where the next period's figures should be out, by the metric's own cadence; never for closed series."""
    longest = LONGEST_WAIT_DAYS.get(cadence)
    return longest is not None and (today - newest_end).days > longest
