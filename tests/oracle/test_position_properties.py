"""What must hold for every group, whatever its figures."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.analytics.position import Band, Position, positions, summarise
from tests.oracle.drawn import GROUPS, REPEATABLE, STEPS, as_array
from tests.oracle.slow_position import Figures

MIRRORED = {
    Band.LOWER_THAN_MOST: Band.HIGHER_THAN_MOST,
    Band.HIGHER_THAN_MOST: Band.LOWER_THAN_MOST,
    Band.ABOUT_THE_MIDDLE: Band.ABOUT_THE_MIDDLE,
    None: None,
}


def assert_equal(found: Position, expected: Position) -> None:
    """Equal but for the last digits of percentile and robust z."""
    for name in ("percentile", "robust_z"):
        wanted = getattr(expected, name)
        assert getattr(found, name) == (None if wanted is None else pytest.approx(wanted, rel=1e-9, abs=1e-9))
    inexact = {"percentile": None, "robust_z": None}
    assert replace(found, **inexact) == replace(expected, **inexact)  # type: ignore[arg-type]


@REPEATABLE
@given(GROUPS, STEPS, st.randoms(use_true_random=False))
def test_the_order_of_councils_does_not_matter(figures: Figures, step: float, random: Random) -> None:
    order = list(range(len(figures)))
    random.shuffle(order)
    before, after = positions(as_array(figures), step), positions(as_array([figures[i] for i in order]), step)
    assert after == tuple(before[i] for i in order)


@REPEATABLE
@given(GROUPS, STEPS, st.sampled_from([0.001, 1 / 3, 7.0, 1000.0]))
def test_another_unit_changes_no_position(figures: Figures, step: float, times: float) -> None:
    values = as_array(figures)
    for found, expected in zip(positions(values * times, step * times), positions(values, step), strict=True):
        assert_equal(found, expected)


@REPEATABLE
@given(GROUPS, STEPS)
def test_a_member_without_a_figure_changes_nothing(figures: Figures, step: float) -> None:
    values, with_gap = as_array(figures), as_array([None, *figures])
    assert summarise(with_gap) == summarise(values)
    assert positions(with_gap, step)[1:] == positions(values, step)


@REPEATABLE
@given(GROUPS, STEPS)
def test_the_opposite_sign_mirrors_the_ranks(figures: Figures, step: float) -> None:
    values = as_array(figures)
    for found, mirror in zip(positions(-values, step), positions(values, step), strict=True):
        assert_equal(found, _mirrored(mirror))


def _mirrored(found: Position) -> Position:
    if found.rank_low is None or found.rank_high is None or found.percentile is None:
        return found
    return replace(
        found,
        rank_low=found.n + 1 - found.rank_high,
        rank_high=found.n + 1 - found.rank_low,
        percentile=1 - found.percentile,
        robust_z=None if found.robust_z is None else -found.robust_z,
        band=MIRRORED[found.band],
    )


@REPEATABLE
@given(GROUPS, STEPS)
def test_ranks_and_counts_agree(figures: Figures, step: float) -> None:
    for found in positions(as_array(figures), step):
        assert (found.band is None) == (found.refused is not None), "a band or a reason, never both and never neither"
        if found.rank_low is not None and found.rank_high is not None:
            assert 1 <= found.rank_low <= found.rank_high <= found.n
            assert found.tied == found.rank_high - found.rank_low + 1
