"""Whom an authority could learn from: who does better by more than noise, and who turned it round (METHODS 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.annual_change import AnnualChanges, annual_changes
from moothall.analytics.funnel import INNER_LIMIT
from moothall.analytics.within_groups import distances
from moothall.domain.words import Polarity

PERIODS_SINCE_WORSE: Final = 3
"""The worse half must lie at least this many periods back."""

PERIODS_HELD: Final = 2
"""The better half must have held for this many periods, the latest included."""

PERMUTATIONS: Final = 20
"""How often the periods are shuffled to see how many would qualify by chance."""

SEED: Final = 1835
"""Of the shuffles, so that the same figures always give the same answer."""


@dataclass(frozen=True, slots=True)
class Better:
    """A member that does better: its row, how much better (in the unit, always above 0), and how sure that is.

    ``certainty`` is the distance in standard errors of it; the members are beyond 1.96.
    """

    row: int
    ahead: float
    certainty: float


@dataclass(frozen=True, slots=True)
class TurnedRound:
    """A member that turned it round: columns of periods, in order of time.

    ``worse`` is the last period in the worse half of its group that lies far enough back, ``flagged`` the last
    period whose change towards better passed the annual rule, ``better`` the first of the present unbroken spell in
    the better half.
    """

    row: int
    worse: int
    flagged: int
    better: int


@dataclass(frozen=True, slots=True)
class TurnedRoundAll:
    """All members that turned it round, out of ``eligible`` that could have, and how many chance alone would give."""

    members: tuple[TurnedRound, ...]
    eligible: int
    by_chance: float


def better_by_more_than_noise(
    values: NDArray[np.float64], errors: NDArray[np.float64], own: int, polarity: Polarity
) -> tuple[Better, ...]:
    """Members that do better than the one in row ``own`` by more than noise, most certain first (ties: by row).

    ``values`` and ``errors`` [members]: the figures and their standard errors, from intervals (width / 3.92) or from
    ``noise_from_changes``. None where the metric has no polarity: nobody is better. NaN is no figure.
    """
    sign = orientation(polarity)
    if not sign:
        return ()
    ahead = sign * (values - values[own])
    error = np.sqrt(errors**2 + errors[own] ** 2)
    rows = np.flatnonzero((ahead > 0) & (ahead > INNER_LIMIT * error))
    with np.errstate(divide="ignore"):
        found = [Better(int(row), float(ahead[row]), float(ahead[row] / error[row])) for row in rows]
    return tuple(sorted(found, key=lambda one: (-one.certainty, one.row)))


def noise_from_changes(found: AnnualChanges) -> NDArray[np.float64]:
    """A standard error for figures without an interval: [authorities], in the metric's unit.

    As if all of the last change of the group had been noise, half of its variance in each of the two figures: too
    wide rather than too narrow, so that "better by more than noise" stays true. NaN where no change is known.
    """
    if not found.change.shape[1]:
        return np.full(found.change.shape[0], np.nan)
    noise: NDArray[np.float64] = found.spread[:, -1] * found.own_spread[:, -1] / np.sqrt(2)
    return noise


def turned_round(
    values: NDArray[np.float64], groups: Sequence[str], is_linked: NDArray[np.bool_], step: float, polarity: Polarity
) -> TurnedRoundAll:
    """Who turned it round by the last of the periods; arguments as ``annual_changes``, values [authorities, periods].

    In the worse half of its group at least three periods ago, in the better half now and the period before, with a
    change towards better since that passes the annual rule, and none towards worse after it. On the median is in
    neither half. Columns before the last break are not read. ``by_chance`` is the mean number that qualify when the
    distances from the group are put in another order of time, with the lasting shares of the true order.
    """
    start = _last_cut(is_linked)
    sign, values, is_linked = orientation(polarity), values[:, start:], is_linked[start:]
    if not sign or values.shape[1] <= PERIODS_SINCE_WORSE:
        return TurnedRoundAll((), 0, 0.0)
    found = annual_changes(values, groups, is_linked, step)
    away = distances(values, groups, step).excess * sign
    members = tuple(TurnedRound(r.row, r.worse + start, r.flagged + start, r.better + start)
                    for r in _turned(away, found.sign * sign))  # fmt: skip
    eligible = int((_worse_before(away) >= 0).sum())
    return TurnedRoundAll(members, eligible, _by_chance(away, groups, is_linked, step, found))


def orientation(polarity: Polarity) -> int:
    """1 where higher is better, -1 where lower is, 0 without polarity."""
    return {Polarity.HIGHER_IS_BETTER: 1, Polarity.LOWER_IS_BETTER: -1, Polarity.NONE: 0}[polarity]


def _last_cut(is_linked: NDArray[np.bool_]) -> int:
    cuts = np.flatnonzero(~is_linked)
    return int(cuts[-1]) + 1 if cuts.size else 0


def _worse_before(away: NDArray[np.float64]) -> NDArray[np.intp]:
    """The last column in the worse half, three periods back or more; -1 without one, or without a latest figure."""
    last = away.shape[1] - 1
    is_worse = away[:, : last - PERIODS_SINCE_WORSE + 1] < 0
    place = is_worse.shape[1] - 1 - np.argmax(is_worse[:, ::-1], axis=1)
    return np.where(is_worse.any(axis=1) & ~np.isnan(away[:, last]), place, -1)


def _turned(away: NDArray[np.float64], sign: NDArray[np.int8]) -> list[TurnedRound]:
    """Those who qualify; ``away`` and ``sign`` are oriented, above 0 being better."""
    worse = _worse_before(away)
    holds = (worse >= 0) & (away[:, -PERIODS_HELD:] > 0).all(axis=1)
    columns = np.arange(1, away.shape[1])
    rose, fell = (np.where(sign == way, columns, -1).max(axis=1, initial=-1) for way in (1, -1))
    holds &= (rose > worse) & (rose > fell)
    spell = away.shape[1] - _trailing(away > 0)
    return [TurnedRound(int(r), int(worse[r]), int(rose[r]), int(spell[r])) for r in np.flatnonzero(holds)]


def _trailing(holds: NDArray[np.bool_]) -> NDArray[np.intp]:
    """How many of the last columns of each row hold without a gap."""
    backwards = np.column_stack([holds[:, ::-1], np.zeros(len(holds), dtype=np.bool_)])
    length: NDArray[np.intp] = np.argmin(backwards, axis=1)
    return length


def _by_chance(
    away: NDArray[np.float64], groups: Sequence[str], is_linked: NDArray[np.bool_], step: float, found: AnnualChanges
) -> float:
    """The mean number over all shuffles; one order of periods serves all authorities, so theirs does not matter."""
    random, lasting, counts = np.random.default_rng(SEED), (found.lasting_one, found.lasting_two), []
    for _ in range(PERMUTATIONS):
        shuffled = away[:, random.permutation(away.shape[1])]
        counts.append(len(_turned(shuffled, annual_changes(shuffled, groups, is_linked, step, lasting).sign)))
    return sum(counts) / PERMUTATIONS
