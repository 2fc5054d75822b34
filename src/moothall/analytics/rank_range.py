"""How far a rank depends on choices that another reader could have made as well: group, period, release, ties."""

from collections.abc import Sequence
from dataclasses import dataclass

from moothall.analytics.position import Position
from moothall.analytics.refusal import MINIMUM_FOR_BANDS


@dataclass(frozen=True, slots=True)
class RankRange:
    """The ranks of one figure over several choices, 1 being the highest figure whatever the polarity.

    ``choices`` give a rank, ``refused`` give none. ``first`` to ``last`` is the rank over all of them, ties included,
    and ``fewest`` to ``most`` the sizes of their groups. ``above_low`` to ``above_high`` is the share of the other
    members that have a higher figure, from 0 to 1, which can be set side by side where the sizes differ.
    """

    choices: int
    refused: int
    first: int
    last: int
    fewest: int
    most: int
    above_low: float
    above_high: float

    @property
    def is_one_size(self) -> bool:
        """True where every choice has as many members, so that ranks can be set side by side."""
        return self.fewest == self.most


def rank_range(places: Sequence[Position]) -> RankRange | None:
    """The range of a rank over the ``places`` that one figure takes by one choice each; None where none gives a rank.

    A choice with fewer than 10 figures gives none: a rank among a handful says little and moves a lot. A tie counts
    with both its ends, as if the tied were told apart the one way or the other. The order of choices does not matter,
    and one more choice never narrows the range.
    """
    ranked = [
        (place.rank_low, place.rank_high, place.n)
        for place in places
        if place.rank_low is not None and place.rank_high is not None and place.n >= MINIMUM_FOR_BANDS
    ]
    if not ranked:
        return None
    return RankRange(
        choices=len(ranked),
        refused=len(places) - len(ranked),
        first=min(low for low, _, _ in ranked),
        last=max(high for _, high, _ in ranked),
        fewest=min(n for _, _, n in ranked),
        most=max(n for _, _, n in ranked),
        above_low=min((low - 1) / (n - 1) for low, _, n in ranked),
        above_high=max((high - 1) / (n - 1) for _, high, n in ranked),
    )
