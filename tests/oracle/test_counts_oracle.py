"""Intervals and funnels from counts: the fast computation, the slow one, and what must hold for all counts."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.analytics.funnel import FunnelPlace, funnel
from moothall.analytics.proportions import byar, wilson
from moothall.domain.words import CountKind
from tests.oracle.drawn import REPEATABLE
from tests.oracle.slow_intervals import exact_poisson, slow_funnel, slow_wilson

PARTS = st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
Members = list[tuple[int, int]]


def drawn_members(seed: int) -> Members:
    """Counts of up to 20 members, mostly enough for a funnel, some far out, some all 0."""
    random = np.random.default_rng(seed)
    wholes = random.integers(1, 3000, size=random.integers(0, 21) if seed % 4 == 0 else random.integers(9, 21))
    shares = np.clip(random.choice([0, 0.02, 0.5]) + 0.1 * random.standard_t(3, wholes.size), 0, 1) * (seed % 7 > 0)
    return list(zip(random.binomial(wholes, shares).tolist(), wholes.tolist(), strict=True))


MEMBERS = st.integers(0, 2**32 - 1).map(drawn_members)
MIRRORED = {
    FunnelPlace.FAR_BELOW: FunnelPlace.FAR_ABOVE,
    FunnelPlace.BELOW: FunnelPlace.ABOVE,
    FunnelPlace.ABOVE: FunnelPlace.BELOW,
    FunnelPlace.FAR_ABOVE: FunnelPlace.FAR_BELOW,
}


def as_counts(members: Members) -> Any:
    return np.array(members, dtype=float).reshape(-1, 2).T


@REPEATABLE
@given(PARTS)
def test_wilson(counts: tuple[int, int]) -> None:
    assert wilson(*counts) == pytest.approx(slow_wilson(*counts), abs=1e-9)


@REPEATABLE
@given(PARTS)
def test_wilson_holds_the_share_and_mirrors(counts: tuple[int, int]) -> None:
    part, whole = counts
    lower, upper = wilson(part, whole)
    assert 0 <= lower <= part / whole * (1 + 1e-12) <= upper * (1 + 1e-12) <= 1 + 1e-12
    assert wilson(whole - part, whole) == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


@pytest.mark.parametrize("events", [10, 11, 15, 20, 40, 65, 100, 250])
def test_byar_lies_within_a_five_hundredth_of_the_exact_limits(events: int) -> None:
    assert byar(events, 1) == pytest.approx(exact_poisson(events), rel=0.002)


@pytest.mark.parametrize(("events", "exact"), [(10, (4.795, 18.390)), (100, (81.364, 121.627))])
def test_the_exact_limits_are_those_of_printed_tables(events: int, exact: tuple[float, float]) -> None:
    assert exact_poisson(events) == pytest.approx(exact, abs=6e-4)


@REPEATABLE
@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_byar_holds_the_rate_and_scales(events: int, whole: int) -> None:
    lower, upper = byar(events, whole)
    assert 0 <= lower <= events / whole < upper
    assert byar(events, whole * 1000) == pytest.approx((lower / 1000, upper / 1000))


@REPEATABLE
@given(MEMBERS, st.sampled_from(CountKind))
def test_funnel(members: Members, kind: CountKind) -> None:
    parts, wholes = as_counts(members)
    found, expected = funnel(parts, wholes, kind), slow_funnel(parts.tolist(), wholes.tolist(), kind)
    assert (found is None) == (expected is None)
    if found and expected:
        target, tau, z = expected
        assert (found.target, found.tau) == pytest.approx((target, tau), rel=1e-7, abs=1e-6)
        assert found.z == pytest.approx(z, rel=1e-6, abs=1e-6)
        lower, upper = found.limits(1.96)
        inside = [place is FunnelPlace.INSIDE for place in found.places()]
        assert inside == ((lower <= found.values) & (found.values <= upper)).tolist()


@REPEATABLE
@given(MEMBERS, st.sampled_from(CountKind), st.randoms(use_true_random=False))
def test_the_order_of_members_and_those_without_figures_do_not_matter(
    members: Members, kind: CountKind, random: Any
) -> None:
    shuffled = random.sample(members, len(members))
    before, after = funnel(*as_counts(members), kind), funnel(*as_counts(shuffled), kind)
    with_gap = funnel(*as_counts([*members, (np.nan, 5)]), kind)  # type: ignore[list-item]
    if before is None or after is None or with_gap is None:
        assert before is after is with_gap is None
        return
    assert dict(zip(members, before.places(), strict=True)) == dict(zip(shuffled, after.places(), strict=True))
    assert with_gap.places() == (*before.places(), FunnelPlace.CANNOT_SAY)


@REPEATABLE
@given(MEMBERS)
def test_counting_the_others_mirrors_the_funnel(members: Members) -> None:
    parts, wholes = as_counts(members)
    found, mirror = (funnel(counts, wholes, CountKind.PROPORTION) for counts in (parts, wholes - parts))
    if found and mirror:
        assert mirror.z == pytest.approx(-found.z, rel=1e-6, abs=1e-6)
