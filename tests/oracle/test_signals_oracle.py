"""Warning rules: the fast computation, the slow one, and what must hold for every panel."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.analytics.signals import (
    BANDS,
    CANNOT_ASSESS,
    FIRED,
    NO_COLUMN,
    NOT_ASKED,
    STATES,
    SignalFigures,
    evaluate,
    lens_outcome,
    spell_lengths,
)
from moothall.analytics.within_types import medians, percentiles
from moothall.domain.derivation import Side
from moothall.domain.signal import Bounds, Lens, LensBand, LensRule, Place, Sign
from tests.oracle.drawn_panels import FEWER, PANELS, DrawnPanel
from tests.oracle.slow_signals import slow_middle, slow_percentile, slow_place_rule, slow_spell

HIGH, LOW = Bounds(Sign.AT_LEAST, 90, 80), Bounds(Sign.AT_MOST, 10, 20)
RULES = st.sampled_from([HIGH, LOW])


def figures_of(panel: DrawnPanel) -> SignalFigures:
    width = panel.values.shape[1]
    columns = np.arange(width)
    before = np.where(columns >= 1, columns - 1, NO_COLUMN)
    return SignalFigures(
        values=panel.values,
        is_expected=np.ones(panel.values.shape, dtype=np.bool_),
        types=panel.groups,
        months_old=np.array([6.0 + 12 * back for back in range(width - 1, -1, -1)]),
        previous=before,
        earlier=before,
        step=panel.step,
    )


@FEWER
@given(PANELS)
def test_places_and_middles_within_types(panel: DrawnPanel) -> None:
    places, (middles, counts) = percentiles(panel.values, panel.groups, panel.step), medians(panel.values, panel.groups)
    for column in range(panel.values.shape[1]):
        for row, kind in enumerate(panel.groups):
            type_figures = [r[column] for r, of in zip(panel.rows, panel.groups, strict=True) if of == kind]
            own, middle = panel.rows[row][column], slow_middle(type_figures)
            place = None if own is None else slow_percentile(type_figures, own, panel.step)
            assert places[row, column] == pytest.approx(np.nan if place is None else place, nan_ok=True)
            assert middles[row, column] == pytest.approx(np.nan if middle is None else middle, nan_ok=True)
            assert counts[row, column] == sum(figure is not None for figure in type_figures)


@FEWER
@given(PANELS, RULES, st.sampled_from([12, 36]))
def test_a_rule_on_places(panel: DrawnPanel, bounds: Bounds, oldest: int) -> None:
    found = evaluate(Place(bounds), figures_of(panel), oldest)
    said = [STATES[code].value for code in found.states]
    assert said == slow_place_rule(panel.rows, panel.groups, panel.step, bounds, oldest)


@FEWER
@given(PANELS, st.integers(20, 80))
def test_spells(panel: DrawnPanel, limit: int) -> None:
    lengths = spell_lengths(panel.values, figures_of(panel).previous, Side.BELOW, limit)
    for row, figures in enumerate(panel.rows):
        slow = slow_spell(figures, limit)
        assert lengths[row, -1] == pytest.approx(np.nan if slow is None else slow, nan_ok=True)


@FEWER
@given(PANELS, RULES, st.integers(0, 2**16))
def test_the_order_of_authorities_does_not_matter(panel: DrawnPanel, bounds: Bounds, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(panel.groups))
    mixed = DrawnPanel(panel.values[order], [panel.groups[row] for row in order], panel.step)
    straight, turned = (evaluate(Place(bounds), figures_of(each), 36) for each in (panel, mixed))
    assert (straight.states[order] == turned.states).all()


@FEWER
@given(PANELS, RULES)
def test_turning_the_figures_round_turns_the_rule_round(panel: DrawnPanel, bounds: Bounds) -> None:
    other = {HIGH: LOW, LOW: HIGH}[bounds]
    negated = DrawnPanel(-panel.values, panel.groups, panel.step)
    straight, turned = evaluate(Place(bounds), figures_of(panel), 36), evaluate(Place(other), figures_of(negated), 36)
    assert (straight.states == turned.states).all()


@FEWER
@given(PANELS, RULES)
def test_a_later_period_without_figures_changes_nothing_but_age(panel: DrawnPanel, bounds: Bounds) -> None:
    empty = np.full((len(panel.groups), 1), np.nan)
    longer = DrawnPanel(np.hstack([panel.values, empty]), panel.groups, panel.step)
    ages = figures_of(panel).months_old
    aged = replace(figures_of(longer), months_old=np.append(ages, 0.0))
    straight, later = evaluate(Place(bounds), figures_of(panel), 36), evaluate(Place(bounds), aged, 36)
    assert (straight.states == later.states).all()
    np.testing.assert_array_equal(straight.figures, later.figures)


STATE_CODES = st.lists(st.sampled_from([NOT_ASKED, *range(len(STATES))]), min_size=4, max_size=4)


@FEWER
@given(st.lists(STATE_CODES, min_size=1, max_size=6), st.integers(1, 3))
def test_the_band_of_a_lens(rows: list[list[int]], least: int) -> None:
    rule = LensRule(Lens.DEBT, "", "", (), least, 1, 2, "", ())
    families = [f"family-{place % 3}" for place in range(len(rows))]
    found = lens_outcome(rule, families, np.array(rows, dtype=np.int8))
    for council in range(4):
        by_family: dict[str, set[int]] = {}
        for family, row in zip(families, rows, strict=True):
            by_family.setdefault(family, set()).add(row[council])
        fired = sum(FIRED in states for states in by_family.values())
        assessed = sum(bool(states - {CANNOT_ASSESS, NOT_ASKED}) for states in by_family.values())
        expected = [LensBand.NO_UNUSUAL_SIGNAL, LensBand.WATCH, LensBand.LOOK_CLOSER][min(fired, 2)]
        if assessed < least:
            expected = LensBand.CANNOT_SAY
        assert (BANDS[found.bands[council]], found.fired[council], found.assessed[council]) == (
            expected,
            fired,
            assessed,
        )
