"""The range of a rank: fast, slow from the figures themselves, and what must hold whatever they are."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.analytics.position import position
from moothall.analytics.rank_range import rank_range
from tests.oracle.drawn import GROUPS, REPEATABLE, as_array
from tests.oracle.slow_position import Figures

OWN = 5.0
CHOICES = st.lists(GROUPS, min_size=1, max_size=6)


def places_of(choices: list[Figures]) -> list:  # type: ignore[type-arg]
    return [position(as_array([*figures, OWN]), OWN, 0.01) for figures in choices]


def slow_shares(choices: list[Figures]) -> list[float]:
    """For each choice with ten figures: the share of the others above, with the ties below and with them above."""
    found = []
    for figures in choices:
        others = [figure for figure in figures if figure is not None]
        if len(others) + 1 >= 10:
            found += [sum(o > OWN for o in others) / len(others), sum(o >= OWN for o in others) / len(others)]
    return found


@REPEATABLE
@given(CHOICES)
def test_shares(choices: list[Figures]) -> None:
    found, slow = rank_range(places_of(choices)), slow_shares(choices)
    if found is None:
        assert not slow
    else:
        assert (found.above_low, found.above_high) == pytest.approx((min(slow), max(slow)))
        assert 1 <= found.first <= found.last <= found.most
        assert 2 * found.choices == len(slow)


@REPEATABLE
@given(CHOICES, GROUPS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_one_more_choice_never_narrows(
    choices: list[Figures], more: Figures, random: object
) -> None:
    places = places_of(choices)
    wider = [*places, *places_of([more])]
    shuffled = list(wider)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    before, after = rank_range(places), rank_range(wider)
    assert rank_range(shuffled) == after
    if before and after:
        assert after.first <= before.first <= before.last <= after.last
        assert after.above_low <= before.above_low <= before.above_high <= after.above_high


@REPEATABLE
@given(CHOICES)
def test_negated_figures_turn_the_range_round(choices: list[Figures]) -> None:
    found = rank_range(places_of(choices))
    negated = [[None if f is None else -f for f in figures] for figures in choices]
    turned = rank_range([position(as_array([*figures, -OWN]), -OWN, 0.01) for figures in negated])
    assert (found is None) == (turned is None)
    if found and turned:
        assert math.isclose(turned.above_low, 1 - found.above_high, abs_tol=1e-12)
        assert math.isclose(turned.above_high, 1 - found.above_low, abs_tol=1e-12)
