"""What people say of a council's figure, held against the figures: true, false, or more than anyone can say."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.interval import Judgement
from moothall.analytics.position import Band, Position, shared_band
from moothall.analytics.refusal import Refusal
from moothall.analytics.trend import Direction, Trend
from moothall.domain.words import Polarity


class Claim(StrEnum):
    """What can be held against figures. The first six are about a place in a group, the last two about a series."""

    HIGHEST = "highest"
    LOWEST = "lowest"
    ABOVE_MIDDLE = "above-middle"
    BELOW_MIDDLE = "below-middle"
    TOP_QUARTER = "top-quarter"
    BOTTOM_QUARTER = "bottom-quarter"
    RISING = "rising"
    FALLING = "falling"

    @property
    def is_change(self) -> bool:
        """True for a claim about a series."""
        return self in (Claim.RISING, Claim.FALLING)

    @property
    def is_upward(self) -> bool:
        """True where the claim is about the upper end."""
        return self in (Claim.HIGHEST, Claim.ABOVE_MIDDLE, Claim.TOP_QUARTER, Claim.RISING)


class Loaded(StrEnum):
    """Words that judge. They mean something only where a metric has a better end."""

    WORST = "worst"
    BEST = "best"
    WORSENING = "worsening"
    IMPROVING = "improving"


class Answer(StrEnum):
    """The answer to a claim."""

    TRUE = "true"
    FALSE = "false"
    CANNOT_SAY = "cannot-say"


class Ground(StrEnum):
    """What an answer rests on."""

    FIGURES = "figures"
    SHARED = "shared"
    TREND = "trend"
    NO_BETTER_END = "no-better-end"
    REFUSED = "refused"
    MISSING_COULD_DECIDE = "missing-could-decide"
    WITHIN_LIMITS = "within-limits"
    NO_CLEAR_CHANGE = "no-clear-change"
    NO_TREND = "no-trend"


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer and what it rests on."""

    answer: Answer
    ground: Ground


@dataclass(frozen=True, slots=True)
class Spans:
    """95% limits: the own figure's two ends, those of the others [others], and the edge that a quarter claim is about.

    Another figure without limits stands for both its ends. All are in the metric's unit.
    """

    own: tuple[float, float]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    edge: float | None = None


def meaning_of(word: Claim | Loaded, polarity: Polarity) -> Claim | None:
    """The plain claim behind a word that judges; None where the metric has no better end, so that it means nothing."""
    if isinstance(word, Claim):
        return word
    if polarity is Polarity.NONE:
        return None
    is_up = (word in (Loaded.BEST, Loaded.IMPROVING)) == (polarity is Polarity.HIGHER_IS_BETTER)
    if word in (Loaded.WORSENING, Loaded.IMPROVING):
        return Claim.RISING if is_up else Claim.FALLING
    return Claim.HIGHEST if is_up else Claim.LOWEST


def check_place(
    claim: Claim, position: Position, missing: int, judgement: Judgement, spans: Spans | None = None
) -> Checked:
    """Whether a figure has the place that is claimed, among ``position.n`` figures and ``missing`` unknown ones.

    Cannot say, with the first that holds: the place is refused; the unknown figures could decide it either way; 95%
    limits leave it open. The highest may be shared: true, and said so. ``judgement`` is that of the figure against the
    middle. ValueError for a claim about a series.
    """
    if claim.is_change:
        raise ValueError(f"{claim} is a claim about a series, not about a place")
    if _is_refused(claim, position):
        return Checked(Answer.CANNOT_SAY, Ground.REFUSED)
    best, worst = (_holds(claim, position, missing, unknown_help) for unknown_help in (True, False))
    if best is None or worst is None:
        return Checked(Answer.CANNOT_SAY, Ground.REFUSED)
    if best is not worst:
        return Checked(Answer.CANNOT_SAY, Ground.MISSING_COULD_DECIDE)
    if _is_within_limits(claim, best, judgement, spans):
        return Checked(Answer.CANNOT_SAY, Ground.WITHIN_LIMITS)
    is_end = claim in (Claim.HIGHEST, Claim.LOWEST)
    ground = Ground.SHARED if best and is_end and position.tied > 1 else Ground.FIGURES
    return Checked(Answer.TRUE if best else Answer.FALSE, ground)


def check_change(claim: Claim, trend: Trend | None) -> Checked:
    """Whether a series goes the way that is claimed; a move within noise proves neither. None: no rule speaks to it."""
    if not claim.is_change:
        raise ValueError(f"{claim} is a claim about a place, not about a series")
    if trend is None or trend.direction is Direction.CANNOT_SAY:
        return Checked(Answer.CANNOT_SAY, Ground.NO_TREND)
    if trend.direction is Direction.NO_CLEAR_CHANGE:
        return Checked(Answer.CANNOT_SAY, Ground.NO_CLEAR_CHANGE)
    is_so = (trend.direction is Direction.RISING) == claim.is_upward
    return Checked(Answer.TRUE if is_so else Answer.FALSE, Ground.TREND)


def _is_refused(claim: Claim, position: Position) -> bool:
    """True where there is no rank, where figures are too coarse, or no quarter where a quarter is claimed."""
    if position.rank_low is None or position.refused is Refusal.TOO_COARSE:
        return True
    is_quarter = claim in (Claim.TOP_QUARTER, Claim.BOTTOM_QUARTER)
    return is_quarter and position.refused is Refusal.TOO_FEW_FOR_BANDS


def _holds(claim: Claim, position: Position, missing: int, unknown_help: bool) -> bool | None:
    """Whether a claim holds if all unknown figures help it, or all go against it; None where a tie straddles the edge.

    What is claimed of the lower end is claimed of the upper end with the order turned round.
    """
    lower, higher = position.n - (position.rank_high or 0), (position.rank_low or 1) - 1
    behind, ahead = (lower, higher) if claim.is_upward else (higher, lower)
    behind, ahead = (behind + missing, ahead) if unknown_help else (behind, ahead + missing)
    n = behind + position.tied + ahead
    if claim in (Claim.HIGHEST, Claim.LOWEST):
        return ahead == 0
    if claim in (Claim.ABOVE_MIDDLE, Claim.BELOW_MIDDLE):
        return 2 * behind >= n
    first, last = (shared_band(place, 1, n) is Band.HIGHER_THAN_MOST for place in (behind, n - ahead - 1))
    return first if first is last else None


def _is_within_limits(claim: Claim, holds: bool, judgement: Judgement, spans: Spans | None) -> bool:
    """True where 95% limits leave open what the figures alone say."""
    if claim in (Claim.ABOVE_MIDDLE, Claim.BELOW_MIDDLE):
        return judgement is Judgement.SIMILAR
    if spans is None:
        return False
    low, high = spans.own
    if claim in (Claim.TOP_QUARTER, Claim.BOTTOM_QUARTER):
        return spans.edge is not None and low <= spans.edge <= high
    if claim is Claim.HIGHEST:
        return bool((spans.upper >= low).any()) if holds else not bool((spans.lower > high).any())
    return bool((spans.lower <= high).any()) if holds else not bool((spans.upper < low).any())
