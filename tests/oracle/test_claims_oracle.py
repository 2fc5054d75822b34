"""Claims beside a slow reading: every way in which the unknown figures could have come out is tried."""

from fractions import Fraction
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.analytics.claims import Claim, Ground, check_change, check_place
from moothall.analytics.interval import Judgement
from moothall.analytics.position import Refusal, position

FIGURES = st.lists(st.integers(0, 12).map(float), min_size=1, max_size=14)
PLACE_CLAIMS = [claim for claim in Claim if not claim.is_change]
FAR = 10_000
REFUSED = (Refusal.GROUP_TOO_SMALL, Refusal.TOO_FEW_FOR_BANDS, Refusal.TOO_COARSE)


def slow_holds(claim: Claim, own: int, figures: list[int]) -> bool | None:
    """The claim as anybody would read it, on figures that are all known; None where a tie is half in and half out."""
    if claim is Claim.HIGHEST:
        return own == max(figures)
    if claim is Claim.LOWEST:
        return own == min(figures)
    if claim is Claim.ABOVE_MIDDLE:
        return own > median(map(Fraction, figures))
    if claim is Claim.BELOW_MIDDLE:
        return own < median(map(Fraction, figures))
    wanted = "highest" if claim is Claim.TOP_QUARTER else "lowest"
    places = [place for place, figure in enumerate(sorted(figures)) if figure == own]
    inside = {quarter(place, len(figures)) == wanted for place in places}
    return None if len(inside) > 1 else inside == {True}


def quarter(place: int, n: int) -> str:
    """The part of the order in which the middle of a place lies."""
    middle = Fraction(2 * place + 1, 2 * n)
    return "lowest" if middle < Fraction(1, 4) else "highest" if middle > Fraction(3, 4) else "between"


@given(FIGURES, st.integers(0, 3), st.data())
def test_an_answer_holds_however_the_unknown_figures_come_out(
    figures: list[float], unknown: int, data: st.DataObject
) -> None:
    own, claim = data.draw(st.sampled_from(figures)), data.draw(st.sampled_from(PLACE_CLAIMS))
    place = position(np.array(figures), own, 1.0)
    found = check_place(claim, place, unknown, Judgement.CANNOT_SAY)
    known = [int(figure) for figure in figures]
    every = [known + [FAR] * high + [-FAR] * (unknown - high) for high in range(unknown + 1)]
    ways = {slow_holds(claim, int(own), way) for way in every}
    if found.ground is Ground.REFUSED:
        assert None in ways or place.refused in REFUSED
    elif len(ways) > 1:
        assert found.answer == "cannot-say"
    else:
        assert found.answer == ("true" if ways == {True} else "false")


@given(FIGURES, st.data())
def test_turning_the_order_round_turns_the_claim_round(figures: list[float], data: st.DataObject) -> None:
    own, claim = data.draw(st.sampled_from(figures)), data.draw(st.sampled_from(PLACE_CLAIMS))
    other = {
        Claim.HIGHEST: Claim.LOWEST,
        Claim.ABOVE_MIDDLE: Claim.BELOW_MIDDLE,
        Claim.TOP_QUARTER: Claim.BOTTOM_QUARTER,
    }
    turned = other.get(claim) or next(up for up, down in other.items() if down is claim)
    one = check_place(claim, position(np.array(figures), own, 1.0), 1, Judgement.CANNOT_SAY)
    two = check_place(turned, position(-np.array(figures), -own, 1.0), 1, Judgement.CANNOT_SAY)
    assert one.answer == two.answer


def test_a_claim_of_the_other_kind_is_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match="about a series"):
        check_place(Claim.RISING, position(np.array([1.0, 2.0, 3.0]), 1.0, 1.0), 0, Judgement.CANNOT_SAY)
    with pytest.raises(ValueError, match="about a place"):
        check_change(Claim.HIGHEST, None)
