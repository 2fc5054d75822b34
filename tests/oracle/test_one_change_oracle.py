"""One change for each series, and who is tested for what stands out: slow readings, and what must hold for all."""

import math
from dataclasses import replace
from datetime import date
from itertools import pairwise
from statistics import fmean
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.analytics.change import Change
from moothall.analytics.chart_change import SeasonalChanges, chart_side
from moothall.analytics.groups import custom_group, type_group
from moothall.analytics.metric_series import AllSeries
from moothall.analytics.series import calendar_of
from moothall.analytics.standing_out import StandingOut, standing_out
from moothall.analytics.tested import each_quantity_once, what_is_tested
from moothall.analytics.trend import Direction
from moothall.analytics.within_groups import columns_z, distances
from moothall.domain.authority import AuthorityType
from moothall.domain.words import Cadence, Designation, Polarity
from tests.oracle.drawn import REPEATABLE
from tests.oracle.drawn_panels import FEWER, PANELS, DrawnPanel
from tests.oracle.slow_change import slow_changes, slow_pooled, slow_verdict
from tests.spec.which_rule import quarters
from tests.support.store_builder import MET_NAMES, FakeStore, make_metric, make_store

FIGURES = st.lists(st.none() | st.integers(0, 60).map(lambda half: half / 2), min_size=13, max_size=22)
OPPOSITE = {Direction.RISING: Direction.FALLING, Direction.FALLING: Direction.RISING}
NEWEST = date(2023, 1, 1)
METS = type_group(AuthorityType.METROPOLITAN_DISTRICT)


def as_array(figures: list[float | None]) -> Any:
    return np.array([math.nan if one is None else one for one in figures])


def slow_side(figures: list[float | None], season: int, base: int) -> int | None:
    """Walk along the figures as a person with a ruler would; None where there is nothing to lay it on."""
    alike = [[one for one in figures[place:base:season] if one is not None] for place in range(season)]
    pairs = zip(figures[: base - season], figures[season:base], strict=True)
    ranges = [abs(b - a) for a, b in pairs if a is not None and b is not None]
    if figures[-1] is None or sum(map(len, alike)) < 12 or min(map(len, alike)) < 2 or not any(ranges):
        return None
    away = [None if one is None else one - fmean(alike[at % season]) for at, one in enumerate(figures)]
    return slow_pattern(away, 2.66 * fmean(ranges))


def slow_pattern(away: list[float | None], reach: float) -> int:
    """The four patterns, one after the other; a missing figure breaks each of them."""
    last = away[-1] or 0.0
    side = (last > 0) - (last < 0)
    if abs(last) > reach or (None not in away[-8:] and all(side * (one or 0) > 0 for one in away[-8:])):
        return side
    if None not in away[-6:]:
        steps = [(b or 0) - (a or 0) for a, b in pairwise(away[-6:])]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            return 1 if steps[-1] > 0 else -1
    near = sum(one is not None and side * one > 2 / 3 * reach for one in away[-3:])
    return side if abs(last) > 2 / 3 * reach and near >= 2 else 0


@REPEATABLE
@given(FIGURES, st.sampled_from([1, 4]))
def test_a_chart_marks_what_the_ruler_does(figures: list[float | None], season: int) -> None:
    base, values = min(16, len(figures) - 1), as_array(figures)[None, :]
    sides = [chart_side(array, base, season)[0] for array in (values, values * 1024, -values)]
    expected = slow_side(figures, season, base)
    assert [None if math.isnan(side) else side for side in sides] == (
        [expected, expected, -expected] if expected is not None else [None] * 3)  # fmt: skip


@st.composite
def quarterly_panels(draw: st.DrawFn) -> DrawnPanel:
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    height, width, pace = draw(st.integers(22, 40)), draw(st.integers(3, 26)), draw(st.sampled_from([0.3, 2, 6]))
    level = np.cumsum(np.repeat(pace * random.standard_t(3, size=(height, 7)), 4, axis=1), axis=1)[:, :width]
    season = np.tile([0, 8, -3, 1], 7)[:width]
    values = np.round(50 + season + level + random.normal(size=(height, width)), 1)
    values[random.random(values.shape) < draw(st.sampled_from([0, 0.02]))] = np.nan
    return DrawnPanel(values, ["county" if row % 2 else "unitary" for row in range(height)], 0.1)


def seasonal_of(panel: DrawnPanel) -> tuple[Change, ...]:
    calendar = calendar_of(quarters(panel.values.shape[1]), (), Cadence.QUARTERLY)
    seasonal = SeasonalChanges(panel.values, calendar, panel.groups, panel.step, Cadence.QUARTERLY)
    return seasonal.at(panel.values.shape[1] - 1, np.arange(len(panel.groups)))


def slow_seasonal(panel: DrawnPanel) -> list[str]:
    """Both rules of each authority after the last quarter: its quarter of every year, and the ruler."""
    rows, width = panel.rows, panel.values.shape[1]
    histories = []
    for first in range(4):
        years = [row[first::4] for row in rows]
        count = len(years[0])
        histories.append([slow_changes(years, panel.groups, panel.step, at) for at in range(count - 1)])
    lasting = slow_pooled(histories)
    own = [row[(width - 1) % 4 :: 4] for row in rows]
    return [
        slow_both(slow_verdict(histories[(width - 1) % 4], lasting, own[place], place), row, width)
        for place, row in enumerate(rows)
    ]


def slow_both(annual: str, row: list[float | None], width: int) -> str:
    if annual not in ("within-noise",) and " " not in annual:
        return annual
    side = slow_side(row[-20:], 4, min(16, min(20, width) - 1)) if width > 12 else None
    if side is None:
        return "too-few-periods"
    way = {1: "up", -1: "down", 0: "neither"}[side]
    return f"control-chart {way}" if annual.endswith(way) else "within-noise"


@FEWER
@given(quarterly_panels())
def test_a_quarter_changed_where_both_slow_rules_say_so(panel: DrawnPanel) -> None:
    ends = {Direction.RISING: " up", Direction.FALLING: " down"}
    found = [f"{one.trend.reason}{ends.get(one.trend.direction, '')}" for one in seasonal_of(panel)]
    assert found == slow_seasonal(panel)


@FEWER
@given(quarterly_panels())
def test_another_unit_and_the_opposite_sign_change_no_answer(panel: DrawnPanel) -> None:
    plain, scaled, mirror = (
        seasonal_of(DrawnPanel(panel.values * times, panel.groups, panel.step * abs(times))) for times in (1, 1024, -1)
    )
    for one, larger, turned in zip(plain, scaled, mirror, strict=True):
        assert (larger.trend.direction, larger.trend.reason, larger.since) == (
            one.trend.direction, one.trend.reason, one.since)  # fmt: skip
        assert turned.trend.direction is OPPOSITE.get(one.trend.direction, one.trend.direction)
        assert turned.trend.reason is one.trend.reason


@FEWER
@given(PANELS)
def test_one_authority_in_its_group_is_told_as_all_together_are(panel: DrawnPanel) -> None:
    together = distances(panel.values, panel.groups, panel.step).z
    for row, group in enumerate(panel.groups):
        members = panel.values[[one == group for one in panel.groups]]
        assert columns_z(members, panel.values[row], panel.step) == pytest.approx(together[row], abs=1e-9, nan_ok=True)


def table(seed: int, far: float = 0.0) -> str:
    """Seven years of all metropolitan districts; Leeds lies ``far`` from where it would."""
    random = np.random.default_rng(seed)
    years = [f"{year}-{year - 1999:02d}" for year in range(2015, 2022)]
    lines = ["  " + "  ".join(years)]
    for name in MET_NAMES:
        level = random.normal(50, 6) + (far if name == "Leeds" else 0)
        lines.append(f"{name}  " + "  ".join(f"{abs(level + random.normal(0, 1)):.1f}" for _ in years))
    return "\n".join(lines)


def store_of(polarity: Polarity = Polarity.HIGHER_IS_BETTER, also: str = "", **fields: Any) -> FakeStore:
    shapes = [("near", 0.0), ("far", 40.0), ("low", -30.0)]
    metrics = {make_metric(name, polarity=polarity, **fields): table(seed, far) + also
               for seed, (name, far) in enumerate(shapes)}  # fmt: skip
    return make_store(metrics)


def of_leeds(store: FakeStore, group: Any = METS) -> StandingOut:
    leeds = store.catalogue.authorities["LEEDS"]
    every = AllSeries(store.panel, store.catalogue)
    (tested,) = what_is_tested(every, store.catalogue.metrics.values(), [(leeds, group)], NEWEST)
    return standing_out([one.distance for one in tested.chosen.values()])


def test_the_type_by_name_is_told_as_the_type() -> None:
    store = store_of()
    mets = [code for code, one in store.catalogue.authorities.items() if one.type is METS_TYPE]
    named, plain = of_leeds(store, custom_group(mets)), of_leeds(store)
    assert (named.tested, named.flagged) == (plain.tested, plain.flagged) == (3, 2)
    for one, other in zip(named.going_well + named.look_into, plain.going_well + plain.look_into, strict=True):
        assert (one.metric, one.is_lasting) == (other.metric, other.is_lasting)
        assert (one.z, one.before, one.p) == pytest.approx((other.z, other.before, other.p))


METS_TYPE = AuthorityType.METROPOLITAN_DISTRICT


def test_the_order_in_which_a_group_is_named_changes_nothing() -> None:
    store = store_of()
    mets = [code for code, one in store.catalogue.authorities.items() if one.type is METS_TYPE]
    assert of_leeds(store, custom_group(mets)) == of_leeds(store, custom_group(reversed(mets)))


def test_an_authority_that_does_not_run_the_service_changes_nothing() -> None:
    lancashire = "\nLancashire  " + "  ".join(["99.0"] * 7)
    plain, with_county = store_of(), store_of(also=lancashire)
    mets = [code for code, one in plain.catalogue.authorities.items() if one.type is METS_TYPE]
    assert of_leeds(with_county) == of_leeds(plain)
    assert of_leeds(with_county, custom_group([*mets, "LANCAS"])) == of_leeds(plain, custom_group(mets))


def test_the_other_polarity_turns_the_sides_round_and_no_more() -> None:
    better, worse = of_leeds(store_of()), of_leeds(store_of(Polarity.LOWER_IS_BETTER))
    assert (better.look_into, better.going_well) == (worse.going_well, worse.look_into)
    assert (better.tested, better.flagged, better.cut_off) == (worse.tested, worse.flagged, worse.cut_off)


def test_of_one_quantity_the_newest_then_the_accredited_is_tested() -> None:
    accredited = Designation.ACCREDITED_OFFICIAL
    twins = {
        make_metric("older", quantity="one", designation=accredited): table(1).replace("  2021-22", "", 1),
        make_metric("plain", quantity="two"): table(2),
        make_metric("stamped", quantity="two", designation=accredited): table(2),
        make_metric("alone"): table(3),
    }
    older = next(iter(twins))
    rows = twins[older].splitlines()
    twins[older] = "\n".join([rows[0], *(row.rsplit("  ", 1)[0] for row in rows[1:])])
    store = make_store({**twins, make_metric("newer", quantity="one"): table(1)})
    leeds = store.catalogue.authorities["LEEDS"]
    every = AllSeries(store.panel, store.catalogue)
    (tested,) = what_is_tested(every, store.catalogue.metrics.values(), [(leeds, METS)], NEWEST)
    assert set(tested.chosen) == {"newer", "stamped", "alone"}
    assert (tested.twins, tested.too_old) == (2, 0)
    found = [one for one in (every.tested(m, [(leeds, METS)])[0] for m in store.catalogue.metrics) if one]
    kept = {one.distance.metric for one in each_quantity_once(found)}
    assert {one.distance.metric for one in each_quantity_once(found[::-1])} == kept == set(tested.chosen)


def told(one: Change | None) -> Any:
    """All but the numbers that the rule read, of which some are not known."""
    return one and (one.rule, one.trend.direction, one.trend.reason, one.since, one.until)


@pytest.mark.parametrize("cadence", [Cadence.YEARLY, Cadence.QUARTERLY, Cadence.OCCASIONAL])
def test_all_changes_together_are_those_of_each(cadence: Cadence) -> None:
    store = make_store({make_metric("far", cadence=cadence): table(1, 40.0)})
    series = AllSeries(store.panel, store.catalogue).at("far")
    rows = np.arange(len(series.authorities))
    for column in range(len(series.periods)):
        together = series.changes_of(rows, column)
        apart = tuple(series.change(row, column) for row in rows.tolist())
        assert [told(one) for one in together] == [told(one) for one in apart]
        assert (together[0] is None) == (cadence is Cadence.OCCASIONAL)


def test_a_series_with_limits_is_told_by_its_slope() -> None:
    years = [f"{year}-{year - 1999:02d}" for year in range(2015, 2022)]
    rows = [f"{name}  " + "  ".join(f"{30 + k}.0 [{29 + k}.0, {31 + k}.0]" for k in range(7)) for name in MET_NAMES]
    store = make_store({make_metric("sloped"): "\n".join(["  " + "  ".join(years), *rows])})
    series = AllSeries(store.panel, store.catalogue).at("sloped")
    found = series.change(0, 6)
    assert found is not None
    assert (found.rule, found.trend.direction, found.since) == ("slope", Direction.RISING, 0)
    early = series.change(0, 3)
    assert early is not None
    assert early.rule == "annual"
    assert replace(found, since=1) != found
