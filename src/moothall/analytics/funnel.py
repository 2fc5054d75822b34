"""The funnel: how far a proportion or a rate may lie from the group's by chance and by ordinary differences."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.refusal import MINIMUM_FOR_BANDS
from moothall.domain.words import CountKind

INNER_LIMIT, OUTER_LIMIT = 1.96, 3.09
"""Limits in standard deviations: about 1 in 20, and 1 in 500, of members that do not differ lie beyond (METHODS 3)."""

WINSORISED_SHARE = 0.10
"""The share of z at each end that is drawn in before the over-dispersion is estimated (Spiegelhalter 2005)."""


class FunnelPlace(StrEnum):
    """Where a figure lies: inside both limits, or beyond the inner (1.96) or the outer (3.09) one."""

    FAR_BELOW = "far-below"
    BELOW = "below"
    INSIDE = "inside"
    ABOVE = "above"
    FAR_ABOVE = "far-above"
    CANNOT_SAY = "cannot-say"


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel over a group; every array is [members], NaN where a member has no figure.

    ``target`` is the group's own figure (all numerators over all denominators), ``standard_error`` what chance alone
    would give at that target, ``tau`` the standard deviation of ordinary differences between members. ``z`` is the
    distance from the target when both are allowed for. Limits: target -/+ 1.96 or 3.09 x sqrt(se^2 + tau^2).
    """

    values: NDArray[np.float64]
    target: float
    standard_error: NDArray[np.float64]
    tau: float
    z: NDArray[np.float64]

    def limits(self, multiple: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The lower and upper limit for each member, ``multiple`` standard deviations from the target."""
        half = multiple * np.sqrt(self.standard_error**2 + self.tau**2)
        return self.target - half, self.target + half

    def places(self) -> tuple[FunnelPlace, ...]:
        """Where each member lies; a figure on a limit is inside it."""
        return tuple(map(_place, self.z.tolist()))


def funnel(numerators: NDArray[np.float64], denominators: NDArray[np.float64], kind: CountKind) -> Funnel | None:
    """The funnel of a group from counts [members]; NaN is no figure.

    None where fewer than 10 members have a figure, or where all of them are 0 or (a proportion) 1, so that chance
    has no width. ValueError where a count is below 0 or a denominator is 0. Source: D. J. Spiegelhalter (2005),
    Funnel plots for comparing institutional performance, Statistics in Medicine 24, 1185, additive model.
    """
    _check(numerators, denominators)
    values = numerators / denominators
    known = ~np.isnan(values)
    # Sorted, so that the last binary digit does not depend on the order of authorities.
    ordered = [np.sort(counts[known]) for counts in (numerators, denominators)]
    if known.sum() < MINIMUM_FOR_BANDS or not ordered[0].any():
        return None
    target = float(ordered[0].sum() / ordered[1].sum())
    variance = target * (1 - target) if kind is CountKind.PROPORTION else target
    if variance <= 0:
        return None
    error = np.where(known, np.sqrt(variance / denominators), np.nan)
    tau = float(np.sqrt(additive_variance(values[known], error[known], target)))
    return Funnel(values, target, error, tau, (values - target) / np.sqrt(error**2 + tau**2))


def additive_variance(
    values: NDArray[np.float64], errors: NDArray[np.float64], target: float, share: float = WINSORISED_SHARE
) -> float:
    """tau squared: the variance between members beyond chance, in the unit of ``values`` [members] squared.

    The moment estimator of R. DerSimonian and N. Laird (1986, Controlled Clinical Trials 7, 177) round a fixed
    ``target``, on z winsorised by ``share`` at each end so that the outliers sought do not widen the limits. 0 where
    the figures vary no more than chance. ``errors`` [members] are standard errors, all above 0.
    """
    order = np.lexsort((errors, values))
    z, weights = ((values - target) / errors)[order], (errors**-2.0)[order]
    z = np.clip(z, *np.quantile(z, [share, 1 - share]))
    excess = float((z**2).sum()) - (z.size - 1)
    divisor = float(weights.sum() - (weights**2).sum() / weights.sum())
    return max(0.0, excess / divisor) if divisor > 0 else 0.0


def _check(numerators: NDArray[np.float64], denominators: NDArray[np.float64]) -> None:
    if (numerators < 0).any():
        raise ValueError("a numerator is below 0")
    if (denominators <= 0).any():
        raise ValueError("a denominator is not above 0")


def _place(z: float) -> FunnelPlace:
    if np.isnan(z):
        return FunnelPlace.CANNOT_SAY
    if abs(z) <= INNER_LIMIT:
        return FunnelPlace.INSIDE
    if abs(z) <= OUTER_LIMIT:
        return FunnelPlace.BELOW if z < 0 else FunnelPlace.ABOVE
    return FunnelPlace.FAR_BELOW if z < 0 else FunnelPlace.FAR_ABOVE
