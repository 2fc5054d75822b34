"""Similarity gives what the slow second implementation gives, and what must hold for every type of council holds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from moothall.analytics.peer_skill import (
    cross_type_share,
    padded,
    peer_medians,
    random_of_type,
    same_type,
    within_type,
)
from moothall.analytics.ridge import cross_fitted
from moothall.analytics.similarity import distances, nearest, peers_of, standardise
from tests.oracle.drawn import REPEATABLE, as_array
from tests.oracle.slow_similarity import Table, slow_distance, slow_peer_median, slow_peers, slow_standardise

WIDTH = 4
FIGURES = st.none() | st.integers(-40, 40).map(lambda tenth: tenth / 10)
TABLES: st.SearchStrategy[Table] = st.lists(st.lists(FIGURES, min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=12)
WEIGHTS = st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), min_size=WIDTH, max_size=WIDTH).filter(any)
LOGS = st.lists(st.booleans(), min_size=WIDTH, max_size=WIDTH)


def matrix(table: Table) -> NDArray[np.float64]:
    return np.array([as_array(row) for row in table]).reshape(-1, WIDTH)


@REPEATABLE
@given(TABLES, LOGS)
def test_standardised(table: Table, is_log: list[bool]) -> None:
    found = standardise(matrix(table), np.array(is_log))
    expected = matrix(slow_standardise(table, is_log))
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True)


@REPEATABLE
@given(TABLES, WEIGHTS)
def test_distance_of_every_pair(table: Table, weights: list[float]) -> None:
    found = distances(matrix(table), np.array(weights))
    for one in range(len(table)):
        for other in range(len(table)):
            expected = slow_distance(table, weights, one, other)
            wanted = np.nan if expected is None else expected
            assert found[one, other] == pytest.approx(wanted, rel=1e-9, abs=1e-9, nan_ok=True)


@REPEATABLE
@given(TABLES, WEIGHTS, st.integers(1, 15))
def test_peers_of_every_council(table: Table, weights: list[float], count: int) -> None:
    distance = distances(matrix(table), np.array(weights))
    together = nearest(distance, count)
    assert together.shape == (len(table), count)
    for own in range(len(table)):
        expected = slow_peers(table, weights, own, count)
        found = [peer.row for peer in peers_of(matrix(table), np.array(weights), own, count)]
        assert [row for row in together[own].tolist() if row >= 0] == found
        slow = [slow_distance(table, weights, own, row) for row in expected]
        assert distance[own, found] == pytest.approx(slow, rel=1e-9, abs=1e-9), "ties may differ in the last digit only"


@REPEATABLE
@given(TABLES, WEIGHTS)
def test_reasons_are_of_known_variables_and_each_on_one_side(table: Table, weights: list[float]) -> None:
    z = matrix(table)
    for peer in peers_of(z, np.array(weights), 0, 15):
        together, apart = ({reason.variable for reason in side} for side in (peer.together, peer.apart))
        assert not together & apart
        assert max(len(together), len(apart)) <= 3
        for reason in (*peer.together, *peer.apart):
            assert weights[reason.variable] > 0
            assert reason.difference == pytest.approx(z[peer.row, reason.variable] - z[0, reason.variable])


@REPEATABLE
@given(TABLES, WEIGHTS, st.integers(0, 2**16))
def test_the_order_of_councils_does_not_matter(table: Table, weights: list[float], seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(table))
    before, after = (distances(rows, np.array(weights)) for rows in (matrix(table), matrix(table)[order]))
    assert after == pytest.approx(before[np.ix_(order, order)], nan_ok=True)


@REPEATABLE
@given(TABLES, WEIGHTS, st.sampled_from([0.25, 3.0]))
def test_weights_in_the_same_proportion_change_nothing(table: Table, weights: list[float], times: float) -> None:
    once, more = (distances(matrix(table), np.array(weights) * by) for by in (1.0, times))
    assert more == pytest.approx(once, nan_ok=True)


@REPEATABLE
@given(st.lists(st.none() | st.integers(-5, 5).map(float), min_size=1, max_size=9), st.data())
def test_the_middle_figure_of_peers(values: list[float | None], data: st.DataObject) -> None:
    rows = st.lists(st.integers(-1, len(values) - 1), min_size=4, max_size=4)
    peers = data.draw(st.lists(rows, min_size=len(values), max_size=len(values)))
    found = peer_medians(as_array(values), np.array(peers))
    expected = [slow_peer_median(values, row) for row in peers]
    assert found.tolist() == pytest.approx([np.nan if e is None else e for e in expected], nan_ok=True)


@pytest.mark.parametrize("seed", range(3))
def test_no_peer_is_of_another_type_and_none_is_the_council_itself(seed: int) -> None:
    types = np.random.default_rng(seed).integers(0, 3, 40)
    for peers in (same_type(types), random_of_type(types, 5, seed), within_type(padded([range(40)] * 40), types)):
        assert cross_type_share(peers, types) == 0
    for peers in (same_type(types), random_of_type(types, 5, seed)):
        assert not (peers == np.arange(40)[:, None]).any()
        assert all(len(set(row[row >= 0])) == (row >= 0).sum() for row in peers)


def test_a_regression_on_what_settles_the_figure_finds_it_and_never_sees_its_own() -> None:
    dice = np.random.default_rng(1)
    z = dice.normal(size=(60, 3))
    codes, noise = [f"A{place}" for place in range(60)], dice.normal(size=60)

    def predicted(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return cross_fitted(values, z, codes, ["unitary"] * 60).predicted

    settled, blind = 5 + z @ [2.0, -1.0, 0.5], 5 + noise
    assert np.abs(predicted(settled) - settled).mean() < 0.1
    assert np.abs(predicted(blind) - blind).mean() > 0.9 * np.abs(noise).mean()
    z[0, 0] = np.nan
    assert np.isnan(predicted(settled)[0])
