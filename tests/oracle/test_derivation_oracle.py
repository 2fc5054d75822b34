"""Derived metrics and rebuilt boundaries give what slow second implementations give."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from moothall.analytics.derivation import NO_ROW, REFUSED, STATUSES, Operand, Outcome, derive, make_axis, round_off
from moothall.analytics.reorganisation import find_joins, rebuild
from moothall.domain.authority import Responsibility, RunBy
from moothall.domain.derivation import Change, Derivation, Difference, Ratio, SeriesRef, Side, Spell, Sum
from moothall.domain.words import Cadence, Status
from tests.oracle import slow_derivation as slow
from tests.oracle.drawn import REPEATABLE
from tests.spec.derived_metrics import financial_years
from tests.spec.reorganisation import AUTHORITIES, EVERY, REGISTER, SERVICES, YEARS, make_panel
from tests.support.store_builder import make_metric

A, B = SeriesRef("s", "a"), SeriesRef("s", "b")
FIGURE = st.one_of(
    st.integers(-300, 900).map(lambda n: Fraction(n, 4)),
    st.sampled_from([Fraction(0), Fraction(5), None, slow.NO_PLACE]),
)
PAIRS = st.integers(1, 9).flatmap(lambda n: st.tuples(*(st.lists(FIGURE, min_size=n, max_size=n) for _ in "ab")))


def as_operand(figures: Sequence[slow.Figure]) -> Operand:
    values = [float(f) if isinstance(f, Fraction) else np.nan for f in figures]
    missing = STATUSES.index(Status.SUPPRESSED)
    codes = [NO_ROW if f == slow.NO_PLACE else 0 if isinstance(f, Fraction) else missing for f in figures]
    reasons = ["held back" if f is None else None for f in figures]
    return Operand("part", np.array([values]), np.array([codes], np.uint8), np.array([reasons], dtype=object))


def as_figures(outcome: Outcome) -> list[float | str | None]:
    found: list[float | str | None] = []
    for value, code, reason in zip(outcome.values[0], outcome.statuses[0], outcome.reasons[0], strict=True):
        if code == NO_ROW:
            assert reason is None
            found.append(slow.NO_PLACE)
        elif np.isnan(value):
            assert reason, "a gap has its reason"
            found.append(slow.REFUSED if code == REFUSED else None)
        else:
            assert reason is None
            assert STATUSES[code].has_value
            found.append(float(value))
    return found


def assert_same(value: Derivation, parts: Sequence[Sequence[slow.Figure]], expected: Sequence[slow.Figure]) -> None:
    operands = [as_operand(part) for part in parts]
    years = financial_years(len(parts[0]))
    found = as_figures(derive(value, operands, make_axis(value, years, Cadence.YEARLY)))
    for one, wanted in zip(found, expected, strict=True):
        if isinstance(wanted, Fraction):
            assert isinstance(one, float)
            assert abs(one - float(wanted)) <= 1e-9 * max(1.0, abs(float(wanted)))
        else:
            assert one == wanted


@REPEATABLE
@given(PAIRS)
def test_ratio_sum_and_difference(pair: tuple[list[slow.Figure], list[slow.Figure]]) -> None:
    assert_same(Ratio(A, B, 1000), pair, slow.slow_ratio(*pair, 1000))
    assert_same(Sum((A, B)), pair, slow.slow_sum(pair))
    assert_same(Difference(A, B), pair, slow.slow_difference(*pair))


@REPEATABLE
@given(st.lists(FIGURE, min_size=1, max_size=9), st.integers(1, 3))
def test_change_and_spell(figures: list[slow.Figure], over: int) -> None:
    assert_same(Change(A, over), [figures], slow.slow_change(figures, over))
    assert_same(Spell(A, Side.BELOW, 5), [figures], slow.slow_spell(figures, Fraction(5)))


SIZES = st.floats(1e-9, 1e15) | st.floats(-1e15, -1e-9) | st.just(0.0)


@REPEATABLE
@given(st.lists(SIZES, min_size=1))
def test_rounding_takes_off_noise_and_nothing_else(values: list[float]) -> None:
    rounded = round_off(np.array(values)).tolist()
    for value, found in zip(values, rounded, strict=True):
        wanted = float(f"{value:.12g}")
        assert abs(found - wanted) <= 1e-15 * abs(wanted) or abs(found - value) <= 0.6e-11 * abs(value)


BODIES = sorted(code for code, body in AUTHORITIES.items() if body.is_active(YEARS[0].end))
COUNTS = st.dictionaries(st.sampled_from(BODIES), st.integers(-50, 5000) | st.just("suppressed"))


@REPEATABLE
@given(COUNTS, st.sampled_from(sorted(set(SERVICES) - {"the place"})))
def test_totals_before_and_after_are_equal(counts: dict[str, int | str], service: str) -> None:
    """Over all councils whose past could be rebuilt: not one figure is lost or counted twice."""
    panel, reasons = make_panel(counts)
    metric = make_metric("m", applies_to=EVERY)
    joins = find_joins(metric, Responsibility("s", service, (RunBy(SERVICES[service]),)), REGISTER, YEARS)
    rebuilt = rebuild(panel, reasons, joins, REGISTER, is_additive=True)
    after = before = 0.0
    for row, code in enumerate(rebuilt.authorities):
        if not np.isnan(rebuilt.values[row, 0]):
            join = joins.get((code, YEARS[0].slug))
            after += rebuilt.values[row, 0]
            before += sum(counts[c] for c in (join.predecessors if join else (code,)))  # type: ignore[misc]
        elif panel.statuses.size and (code, YEARS[0].slug) in joins:
            behind = joins[code, YEARS[0].slug]
            can_be = all(isinstance(counts.get(c), int) for c in behind.predecessors) and not behind.refused
            assert not can_be or not behind.predecessors, f"{code} has all parts and no figure"
    assert after == before
