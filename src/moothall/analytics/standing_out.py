"""What stands out for one authority over all its metrics, without being led by chance (METHODS 6)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.funnel import INNER_LIMIT, OUTER_LIMIT
from moothall.analytics.reliability import level_reliability
from moothall.analytics.within_groups import distances
from moothall.domain.words import Polarity

FALSE_DISCOVERY_RATE: Final = 0.10
"""Of what is shown, about one in ten at most would be there by chance."""

MOST_SHOWN: Final = 5
"""At most this many to look into, and this many going well."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How far one authority's figure lies from its group in two successive periods, after shrinking.

    ``z`` is that of the latest period, ``before`` of the period before it; NaN where there is none.
    """

    metric: str
    z: float
    before: float
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Standout:
    """A metric that stands out: ``p`` is two-sided, ``is_lasting`` says that it stood out the period before too."""

    metric: str
    z: float
    before: float
    p: float
    is_lasting: bool


@dataclass(frozen=True, slots=True)
class StandingOut:
    """What stands out for one authority, furthest first, out of ``tested`` metrics.

    ``flagged`` counts all that do, of which at most five are shown to look into and five as going well; metrics
    without polarity are tested too, and shown as unusual. ``cut_off`` is the largest p that Benjamini and
    Hochberg's rule lets pass (0 where none); ``by_chance`` is how many of the tested would pass it if none differed.
    """

    tested: int
    flagged: int
    cut_off: float
    by_chance: float
    look_into: tuple[Standout, ...]
    going_well: tuple[Standout, ...]
    unusual: tuple[Standout, ...]


def shrunken_z(values: NDArray[np.float64], groups: Sequence[str], step: float) -> NDArray[np.float64]:
    """Distances from the group's median in spreads, shrunk by what usually remains a period later.

    ``values`` [authorities, periods] with NaN for no figure; ``groups`` and ``step`` as ``within_groups.distances``.
    NaN where the group is below 10 or too coarse, and where fewer than 30 pairs of periods say what remains.
    """
    z = distances(values, groups, step).z
    return z * level_reliability(z)


def two_sided_p(z: float) -> float:
    """The chance of lying at least this far from 0, either way, on a normal curve."""
    return math.erfc(abs(z) / math.sqrt(2))


def passing_cut_off(p_values: Sequence[float], rate: float = FALSE_DISCOVERY_RATE) -> float:
    """The largest p that passes: p(i) <= rate x i / m for the ith smallest of m; 0 where none does.

    All p at or below it pass. Source: Y. Benjamini and Y. Hochberg (1995), J. R. Statist. Soc. B 57, 289.
    """
    ordered = np.sort(np.asarray(p_values, dtype=np.float64))
    passes = ordered <= rate * np.arange(1, ordered.size + 1) / max(1, ordered.size)
    return float(ordered[passes][-1]) if passes.any() else 0.0


def standing_out(found: Sequence[Distance]) -> StandingOut:
    """What stands out among all metrics of one authority; the order of ``found`` does not matter.

    A metric without z is not tested. One that passes Benjamini and Hochberg's rule at 10% is flagged where it lay
    beyond 1.96 on the same side the period before as well, or lies beyond 3.09 now. Assumes that z of an authority
    that does not differ is normal; shrinking makes that cautious.
    """
    tested = [one for one in found if not math.isnan(one.z)]
    cut_off = passing_cut_off([two_sided_p(one.z) for one in tested])
    passing = [one for one in tested if cut_off and two_sided_p(one.z) <= cut_off]
    flagged = [one for one in passing if is_lasting(one.z, one.before) or abs(one.z) > OUTER_LIMIT]
    flagged.sort(key=lambda one: (-abs(one.z), one.metric))
    sides = (_shown([one for one in flagged if _goodness(one) == side]) for side in (-1, 1, 0))
    return StandingOut(len(tested), len(flagged), cut_off, len(tested) * cut_off, *sides)


def is_lasting(z: float, before: float) -> bool:
    """True where the period before lay beyond 1.96 on the same side."""
    return abs(before) > INNER_LIMIT and (before > 0) == (z > 0)


def _goodness(one: Distance) -> int:
    """1 for better than the group, -1 for worse, 0 where the metric has no polarity."""
    if one.polarity is Polarity.NONE:
        return 0
    return 1 if (one.z > 0) == (one.polarity is Polarity.HIGHER_IS_BETTER) else -1


def _shown(flagged: Sequence[Distance]) -> tuple[Standout, ...]:
    return tuple(
        Standout(one.metric, one.z, one.before, two_sided_p(one.z), is_lasting(one.z, one.before))
        for one in flagged[:MOST_SHOWN]
    )
