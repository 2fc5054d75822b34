"""How good similar councils are at telling a council's figure: the test that every model must pass (METHODS 5).

Peers are rows of the same array of authorities: [authorities, peers], -1 where there are fewer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.refusal import MINIMUM_FOR_BANDS, MINIMUM_FOR_MEDIAN
from moothall.analytics.summary import summarise

Rows = NDArray[np.int64]
Values = NDArray[np.float64]

DRAWS = 2000
"""How often metrics are drawn again for an interval."""


@dataclass(frozen=True, slots=True)
class Skill:
    """The error of predicting one metric, the same type's median being 1.000, over ``n`` councils."""

    scaled_error: float
    n: int


def peer_medians(values: Values, peers: Rows) -> Values:
    """The median figure of each council's peers [authorities]; NaN with fewer than 3 figures. ``values`` is
    [authorities]."""
    found = np.sort(np.where(peers >= 0, values[peers], np.nan), axis=1)
    counts = (~np.isnan(found)).sum(axis=1)
    if not found.shape[1]:
        return np.full(len(values), np.nan)
    lower = np.take_along_axis(found, np.maximum(counts - 1, 0)[:, None] // 2, axis=1)[:, 0]
    upper = np.take_along_axis(found, np.minimum(counts[:, None] // 2, found.shape[1] - 1), axis=1)[:, 0]
    return np.where(counts >= MINIMUM_FOR_MEDIAN, (lower + upper) / 2, np.nan)


def same_type(types: Rows) -> Rows:
    """Every other council of the same type as peers; ``types`` [authorities] numbers the types."""
    others = [np.flatnonzero((types == kind) & (np.arange(len(types)) != row)) for row, kind in enumerate(types)]
    return padded(others)


def random_of_type(types: Rows, count: int, seed: int) -> Rows:
    """``count`` councils of the same type, drawn blindly but each time alike for the same ``seed``."""
    dice = np.random.default_rng(seed)
    others = (np.flatnonzero((types == kind) & (np.arange(len(types)) != row)) for row, kind in enumerate(types))
    return padded([dice.permutation(pool)[:count] for pool in others])


def padded(rows: Sequence[Sequence[int] | Rows]) -> Rows:
    """Lists of rows of unlike length as one array, -1 at the ends."""
    found = np.full((len(rows), max((len(row) for row in rows), default=0)), -1, dtype=np.int64)
    for place, row in enumerate(rows):
        found[place, : len(row)] = row
    return found


def within_type(peers: Rows, types: Rows) -> Rows:
    """The same peers without those of another type, in their order."""
    is_kept = (peers >= 0) & (types[peers] == types[:, None])
    return padded([row[keep] for row, keep in zip(peers, is_kept, strict=True)])


def spreads(values: Values, types: Rows) -> Values:
    """The spread of the figures of each council's type [authorities]; NaN where it has fewer than 10 figures, or none
    that differ: there is nothing to predict."""
    found = np.full(len(values), np.nan)
    for kind in np.unique(types):
        summary = summarise(values[types == kind])
        if summary.n >= MINIMUM_FOR_BANDS and summary.spread:
            found[types == kind] = summary.spread
    return found


def skill(values: Values, predicted: Values, base: Values, scale: Values) -> Skill | None:
    """The mean absolute error of ``predicted`` beside that of ``base``, both in spreads of the type (``scale``), over
    the councils for which both can be had; None where these are fewer than 10 or the base is never wrong. All are
    [authorities]."""
    errors, base_errors = np.abs(values - predicted) / scale, np.abs(values - base) / scale
    is_known = ~np.isnan(errors) & ~np.isnan(base_errors)
    n, base_error = int(is_known.sum()), float(base_errors[is_known].sum())
    if n < MINIMUM_FOR_BANDS or not base_error:
        return None
    return Skill(float(errors[is_known].sum()) / base_error, n)


def mean_interval(scores: Sequence[float], seed: int = 0) -> tuple[float, float]:
    """The 95% interval of the mean of ``scores``, one a metric, by drawing metrics again with replacement."""
    dice, known = np.random.default_rng(seed), np.asarray(scores, dtype=np.float64)
    means = known[dice.integers(0, len(known), (DRAWS, len(known)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def mutual_share(peers: Rows) -> float | None:
    """Of all pairs of council and peer, the share in which each names the other; None without pairs."""
    pairs = {(row, int(peer)) for row, found in enumerate(peers) for peer in found if peer >= 0}
    return sum((peer, row) in pairs for row, peer in pairs) / len(pairs) if pairs else None


def cross_type_share(peers: Rows, types: Rows) -> float | None:
    """Of all pairs of council and peer, the share whose types differ; None without pairs."""
    is_peer = peers >= 0
    return float((types[peers] != types[:, None])[is_peer].mean()) if is_peer.any() else None


def overlap(peers: Rows, earlier: Rows) -> float | None:
    """The share of each council's peers that were its peers before, on average; None where nobody has both."""
    kept = []
    for now, before in zip(peers, earlier, strict=True):
        current, former = set(now[now >= 0].tolist()), set(before[before >= 0].tolist())
        if current and former:
            kept.append(len(current & former) / len(current))
    return float(np.mean(kept)) if kept else None
