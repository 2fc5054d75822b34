"""Standing out, expected given circumstances, and learning: fast, slow, and what must hold whatever the figures."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.analytics.annual_change import annual_changes
from moothall.analytics.expected import _half_widths, expectation
from moothall.analytics.interval import Verdict
from moothall.analytics.learning import better_by_more_than_noise, noise_from_changes, turned_round
from moothall.analytics.standing_out import Distance, StandingOut, passing_cut_off, shrunken_z, standing_out
from moothall.analytics.within_groups import distances
from moothall.domain.words import Polarity
from tests.oracle.drawn import REPEATABLE
from tests.oracle.drawn_panels import FEWER, PANELS, DrawnPanel
from tests.oracle.slow_comparison import slow_cut_off, slow_expected, slow_half_widths, slow_turned
from tests.oracle.slow_position import slow_position

P_VALUES = st.lists(st.integers(0, 1000).map(lambda one: one / 1000), max_size=40)
Z_VALUES = st.none() | st.integers(-60, 60).map(lambda tenth: tenth / 10)
FOUND = st.lists(st.tuples(Z_VALUES, Z_VALUES, st.sampled_from(Polarity)), max_size=40)
FLIPPED = {
    Polarity.HIGHER_IS_BETTER: Polarity.LOWER_IS_BETTER,
    Polarity.LOWER_IS_BETTER: Polarity.HIGHER_IS_BETTER,
    Polarity.NONE: Polarity.NONE,
}


@REPEATABLE
@given(P_VALUES, st.sampled_from([0.05, 0.1, 0.25]))
def test_cut_off(p_values: list[float], rate: float) -> None:
    assert passing_cut_off(p_values, rate) == slow_cut_off(p_values, rate)


def as_distances(found: list[Any], sign: int = 1) -> list[Distance]:
    z = [[math.nan if one is None else sign * one for one in pair[:2]] for pair in found]
    return [
        Distance(f"m{place:02}", *pair, polarity if sign > 0 else FLIPPED[polarity])
        for place, (pair, (_, _, polarity)) in enumerate(zip(z, found, strict=True))
    ]


def names(found: StandingOut) -> list[list[str]]:
    return [[one.metric for one in shown] for shown in (found.look_into, found.going_well, found.unusual)]


@settings(REPEATABLE, max_examples=100)
@given(FOUND, st.randoms(use_true_random=False))
def test_standing_out_has_no_order_and_no_side(found: list[Any], random: Any) -> None:
    given_order = as_distances(found)
    shuffled, flipped = random.sample(given_order, len(given_order)), as_distances(found, -1)
    plain = standing_out(given_order)
    assert standing_out(shuffled) == plain
    assert names(standing_out(flipped)) == names(plain), "negated values with the polarity flipped say the same"
    assert max(map(len, names(plain))) <= 5
    assert plain.flagged <= plain.tested == sum(one[0] is not None for one in found)


@settings(FEWER, max_examples=10)
@given(PANELS)
def test_distances_are_the_robust_z_of_positions(panel: DrawnPanel) -> None:
    found = distances(panel.values, panel.groups, panel.step)
    for column in range(panel.values.shape[1]):
        for label in set(panel.groups):
            rows = [row for row, group in enumerate(panel.groups) if group == label]
            group = [panel.rows[row][column] for row in rows]
            for row in rows:
                expected = slow_position(group, panel.rows[row][column], panel.step)
                z = expected["robust_z"] if expected["refused"] != "too-few-for-bands" else None
                wanted = math.nan if z is None else float(z)  # type: ignore[arg-type]
                assert found.z[row, column] == pytest.approx(wanted, rel=1e-9, abs=1e-9, nan_ok=True)


@FEWER
@given(PANELS)
def test_shrinking_never_stretches_or_turns(panel: DrawnPanel) -> None:
    plain = distances(panel.values, panel.groups, panel.step).z
    shrunk = shrunken_z(panel.values, panel.groups, panel.step)
    known = ~np.isnan(shrunk)
    assert (np.abs(shrunk[known]) <= np.abs(plain[known])).all()
    assert (shrunk[known] * plain[known] >= 0).all()


@FEWER
@given(PANELS, st.sampled_from([1, -1]))
def test_turned_round(panel: DrawnPanel, sign: int) -> None:
    polarity = Polarity.HIGHER_IS_BETTER if sign > 0 else Polarity.LOWER_IS_BETTER
    found = turned_round(panel.values, panel.groups, panel.is_linked, panel.step, polarity)
    away = distances(panel.values, panel.groups, panel.step).excess * sign
    flags = annual_changes(panel.values, panel.groups, panel.is_linked, panel.step).sign * sign
    expected = {
        row: place
        for row in range(len(panel.groups))
        if (place := slow_turned([None if np.isnan(x) else x for x in away[row].tolist()], flags[row].tolist()))
    }
    assert {one.row: (one.worse, one.flagged, one.better) for one in found.members} == expected
    assert turned_round(-panel.values, panel.groups, panel.is_linked, panel.step, FLIPPED[polarity]) == found
    assert len(found.members) <= found.eligible <= len(panel.groups)


@FEWER
@given(PANELS, st.integers(0, 2**16))
def test_who_turned_it_round_and_how_many_by_chance_have_no_order(panel: DrawnPanel, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(panel.groups))
    plain = turned_round(panel.values, panel.groups, panel.is_linked, panel.step, Polarity.HIGHER_IS_BETTER)
    groups = [panel.groups[place] for place in order]
    shuffled = turned_round(panel.values[order], groups, panel.is_linked, panel.step, Polarity.HIGHER_IS_BETTER)
    assert sorted(order[one.row] for one in shuffled.members) == [one.row for one in plain.members]
    assert (shuffled.eligible, shuffled.by_chance) == (plain.eligible, plain.by_chance)


@FEWER
@given(PANELS, st.sampled_from([0.001, 1000.0]))
def test_better_by_more_than_noise(panel: DrawnPanel, times: float) -> None:
    noise = noise_from_changes(annual_changes(panel.values, panel.groups, panel.is_linked, panel.step))
    latest = panel.values[:, -1]
    found = better_by_more_than_noise(latest, noise, 0, Polarity.HIGHER_IS_BETTER)
    rows = {one.row for one in found}
    expected = {
        row
        for row in range(latest.size)
        if latest[row] > latest[0] and (latest[row] - latest[0]) / math.hypot(noise[row], noise[0]) > 1.96
    }
    assert rows == expected
    assert {one.row for one in better_by_more_than_noise(-latest, noise, 0, Polarity.LOWER_IS_BETTER)} == rows
    scaled = better_by_more_than_noise(latest * times, noise * times, 0, Polarity.HIGHER_IS_BETTER)
    assert {one.row for one in scaled} == rows


def made_authorities(seed: int, count: int = 90) -> Any:
    random = np.random.default_rng(seed)
    context = random.normal(size=(count, 3)) * [1, 10, 0.1]
    values = 20 + context @ [2, 0.3, 5] + random.standard_t(4, count)
    codes = [f"A{place:03}" for place in random.permutation(count)]
    types = random.choice(["county", "unitary", "london-borough"], count, p=[0.15, 0.5, 0.35]).tolist()
    return values, context, codes, types


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_expectation(seed: int) -> None:
    values, context, codes, types = made_authorities(seed, 60)
    found = expectation(values, context, codes, types)
    slow = slow_expected(values.tolist(), context.tolist(), codes, types)
    assert found.expected == pytest.approx(slow, rel=1e-9, abs=1e-9, nan_ok=True)


@REPEATABLE
@given(st.lists(st.tuples(st.integers(0, 50).map(float), st.sampled_from("ab")), max_size=40))
def test_half_widths(drawn: list[tuple[float, str]]) -> None:
    errors, kinds = [error for error, _ in drawn], [kind for _, kind in drawn]
    expected = [math.nan if one is None else one for one in slow_half_widths(errors, kinds)]
    found = _half_widths(np.array(errors, dtype=float), np.array(kinds, dtype=np.str_))
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("seed", range(5))
def test_expectation_has_no_order_no_unit_and_no_side(seed: int) -> None:
    values, context, codes, types = made_authorities(seed)
    plain = expectation(values, context, codes, types)
    order = np.random.default_rng(seed).permutation(len(codes))
    shuffled = expectation(values[order], context[order], [codes[i] for i in order], [types[i] for i in order])
    assert np.array_equal(shuffled.expected, plain.expected[order], equal_nan=True)
    assert shuffled.outside == tuple(plain.outside[i] for i in order)
    scaled = expectation(values * 1024, context * [8, 0.5, 1024], codes, types)
    assert scaled.outside == plain.outside
    assert scaled.explains == plain.explains
    mirror = {Verdict.BELOW: Verdict.ABOVE, Verdict.ABOVE: Verdict.BELOW}
    assert expectation(-values, context, codes, types).outside == tuple(mirror.get(o, o) for o in plain.outside)


def test_nine_in_ten_lie_inside_the_interval() -> None:
    sides = [side for seed in range(30) for side in expectation(*made_authorities(seed)).outside]
    known = [side for side in sides if side is not Verdict.CANNOT_SAY]
    assert sum(side is Verdict.OVERLAPS for side in known) / len(known) == pytest.approx(0.9, abs=0.025)


def test_noise_explains_nothing() -> None:
    explained = 0
    for seed in range(30):
        values, context, codes, types = made_authorities(seed, 180)
        explained += expectation(np.random.default_rng(seed + 100).permutation(values), context, codes, types).explains
    assert explained == 0


def test_what_is_missing_is_not_imputed() -> None:
    values, context, codes, types = made_authorities(0)
    context[3, 1] = np.nan
    values[4] = np.nan
    found = expectation(values, context, codes, types)
    assert found.n <= len(codes) - 2
    assert np.isnan(found.expected[[3, 4]]).all()
    assert [found.outside[place] for place in (3, 4)] == [Verdict.CANNOT_SAY] * 2
