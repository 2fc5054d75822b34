"""How good a warning was: precision, recall, area under the curve and lead time, with ties and gaps told apart.

A method gives each authority a number, higher for more unusual. Authorities that it cannot assess have NaN and come
after all others: what a method cannot see it does not flag. Where authorities tie, the expected value over all orders
of the tied is taken, so that no result hangs on the order of a list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.risk_sets import Onset, whole_months

Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]

SEED: Final = 20181001
"""Of the bootstrap: the same interval each time."""

DRAWS: Final = 400
"""How many times authorities are drawn anew for an interval."""

FLAG_RATE: Final = 0.10
"""The share of authorities that a method may flag when its recall is asked for."""

LOWEST: Final = -np.inf


@dataclass(frozen=True)
class Sitting:
    """What one method said at one origin of those at risk: arrays are [authorities at risk].

    ``scores`` has NaN where it cannot assess; ``flagged`` is whom it would have named; ``has_event`` is what came
    within the horizon.
    """

    origin: date
    codes: tuple[str, ...]
    scores: Scores
    flagged: Mask
    has_event: Mask


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its 95% bootstrap interval; None where there is no event or nothing else."""

    value: float | None
    low: float | None
    high: float | None


def ranked_scores(scores: Scores) -> Scores:
    """The scores with what cannot be assessed after all others."""
    return np.where(np.isnan(scores), LOWEST, scores)


def expected_hits(scores: Scores, has_event: Mask, count: float) -> float:
    """How many events are expected among the ``count`` highest; a fraction of ``count`` takes that share of the next.

    Of a tie that reaches over the limit, each member is taken with the same chance.
    """
    ranked, left, hits = ranked_scores(scores), count, 0.0
    for level in np.unique(ranked)[::-1]:
        tied = ranked == level
        taken = min(left, float(tied.sum()))
        hits += taken * float(has_event[tied].mean())
        left -= taken
        if left <= 0:
            break
    return hits


def precision_at(sittings: Sequence[Sitting], count: int) -> float | None:
    """Of the ``count`` highest at each origin, the share that met an event; None where no origin has so many."""
    able = [sitting for sitting in sittings if len(sitting.codes) >= count]
    if not able:
        return None
    return sum(expected_hits(s.scores, s.has_event, count) for s in able) / (count * len(able))


def recall_at_rate(sittings: Sequence[Sitting], rate: float = FLAG_RATE) -> float | None:
    """Of all events, the share among the highest ``rate`` of each origin; None without an event."""
    events = sum(int(s.has_event.sum()) for s in sittings)
    hits = sum(expected_hits(s.scores, s.has_event, rate * len(s.codes)) for s in sittings)
    return hits / events if events else None


def auc(sittings: Sequence[Sitting]) -> float | None:
    """How often one that met an event stands above one that did not, at the same origin; a tie counts a half.

    Pairs are never made across origins, so a good year is not mistaken for a good method. None without such pairs.
    """
    pairs = [(_standing(s).sum(), s.has_event.sum() * (~s.has_event).sum()) for s in sittings]
    total = float(sum(count for _, count in pairs))
    return float(sum(won for won, _ in pairs)) / total if total else None


def auc_interval(sittings: Sequence[Sitting], draws: int = DRAWS, seed: int = SEED) -> Interval:
    """The AUC with the interval from drawing authorities anew, each with all of its origins."""
    value = auc(sittings)
    if value is None:
        return Interval(None, None, None)
    codes = sorted({code for sitting in sittings for code in sitting.codes})
    weights = np.random.default_rng(seed).multinomial(len(codes), [1 / len(codes)] * len(codes), size=draws)
    row = {code: number for number, code in enumerate(codes)}
    won, total = np.zeros(draws), np.zeros(draws)
    for sitting in sittings:
        drawn = weights[:, [row[code] for code in sitting.codes]]
        with_event, without = drawn[:, sitting.has_event], drawn[:, ~sitting.has_event]
        won += np.einsum("de,de->d", with_event.astype(np.float64), without @ _standing(sitting).T)
        total += with_event.sum(axis=1) * without.sum(axis=1)
    drawn_aucs = won[total > 0] / total[total > 0]
    low, high = np.percentile(drawn_aucs, [2.5, 97.5])
    return Interval(value, float(low), float(high))


def _standing(sitting: Sitting) -> Scores:
    """[events, others]: 1 where the one with an event stands higher, 0.5 where they tie."""
    ranked = ranked_scores(sitting.scores)
    own, others = ranked[sitting.has_event][:, None], ranked[~sitting.has_event][None, :]
    return np.asarray((own > others) + 0.5 * (own == others), dtype=np.float64)


def highest_share(scores: Scores, rate: float = FLAG_RATE) -> Mask:
    """Who would be flagged if about ``rate`` may be: all at or above the score of the last who is in.

    Nobody where nobody can be assessed, or where all that can be have one score.
    """
    known = np.sort(scores[~np.isnan(scores)])[::-1]
    count = round(rate * scores.size)
    if not count or not known.size or known[0] == known[-1]:
        return np.zeros(scores.shape, dtype=np.bool_)
    limit = known[min(count, known.size) - 1]
    return np.asarray(ranked_scores(scores) >= limit, dtype=np.bool_)


def sustained_since(flagged: Mapping[date, bool], onset: Onset) -> date | None:
    """The first origin of the run of flags that reaches the last origin before an onset; None where that has none.

    ``flagged`` says of each origin at which the authority was at risk whether it was flagged.
    """
    since = None
    for origin in sorted((day for day in flagged if day < onset.first), reverse=True):
        if not flagged[origin]:
            break
        since = origin
    return since


def lead_months(flagged: Mapping[date, bool], onset: Onset) -> int | None:
    """Whole months from the first sustained flag to the onset's first possible day; None without such a flag."""
    since = sustained_since(flagged, onset)
    return None if since is None else whole_months(since, onset.first)
