"""On the shipped figures: derived metrics are what their parts make them, and no merger loses or gains a figure."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from moothall.analytics.derivation import NO_ROW
from moothall.domain.derivation import Difference, MetricRef, Ratio, Sum
from moothall.domain.metric import Metric
from moothall.presenters.figures.boundaries import boundaries_now
from moothall.presenters.figures.views import Boundaries, on_boundaries, rebuilt_figures
from moothall.store import Store

pytestmark = pytest.mark.slow

DERIVED_PARTS = 3
"""How many figures of each derived metric are walked back to their cells."""


@pytest.fixture(scope="module")
def store(shipped: Path) -> Iterator[Store]:
    opened = Store.open(shipped)
    yield opened
    opened.close()


def additive(store: Store) -> list[Metric]:
    return [m for m in store.catalogue.metrics.values() if m.is_additive and m.series and store.panel(m.id).periods]


def test_totals_before_and_after_every_succession_are_equal(store: Store) -> None:
    """For every additive metric, period and council that was joined since 2009: the sum of its predecessors."""
    joined = 0
    for metric in additive(store):
        panel, rebuilt = store.panel(metric.id), boundaries_now(store, metric)
        across = {period.slug: column for column, period in enumerate(rebuilt.periods)}
        down = {code: row for row, code in enumerate(rebuilt.authorities)}
        for (code, slug), join in rebuilt.joins.items():
            held = [panel.index[c] for c in join.predecessors if c in panel.index]
            before = panel.values[held, across[slug]]
            place = down[code], across[slug]
            if join.refused or not held or len(held) < len(join.predecessors) or np.isnan(before).any():
                continue
            assert rebuilt.values[place] == pytest.approx(before.sum(), rel=1e-9), (metric.id, code, slug)
            joined += 1
    assert joined > 0 or not additive(store)


def test_what_is_not_rebuilt_has_a_reason(store: Store) -> None:
    for metric in additive(store):
        rebuilt = boundaries_now(store, metric)
        for row, code in enumerate(rebuilt.authorities):
            for column, period in enumerate(rebuilt.periods):
                is_gap = rebuilt.statuses[row, column] != NO_ROW and np.isnan(rebuilt.values[row, column])
                assert ((code, period.slug) in rebuilt.reasons) == bool(is_gap), (metric.id, code, period.slug)


def test_derived_figures_follow_from_their_operands_cells(store: Store) -> None:
    for metric in store.catalogue.metrics.values():
        panel = store.panel(metric.id)
        if not isinstance(metric.value, Ratio | Sum | Difference) or not np.isfinite(panel.values).any():
            continue
        places = np.argwhere(np.isfinite(panel.values))
        for row, column in places[:: max(1, len(places) // DERIVED_PARTS)][:DERIVED_PARTS].tolist():
            cell = store.cell(metric.id, panel.authorities[row], panel.periods[column].slug)
            assert cell is not None
            figures = [operand.value for operand in cell.operands]
            assert None not in figures
            assert cell.value == pytest.approx(worked_out(metric.value, figures), rel=1e-9)  # type: ignore[arg-type]


def worked_out(value: Ratio | Sum | Difference, figures: list[float]) -> float:
    if isinstance(value, Ratio):
        return figures[0] / figures[1] * value.times
    return sum(figures) if isinstance(value, Sum) else figures[0] - figures[1]


def negative_rows(store: Store, metric: Metric) -> list[str]:
    """The councils whose denominator was ever negative."""
    assert isinstance(metric.value, Ratio)
    panel = store.panel(metric.value.denominator.key)
    return [code for code, values in zip(panel.authorities, panel.values, strict=True) if (values < 0).any()]


def test_every_ratio_over_a_denominator_that_was_ever_negative_is_refused(store: Store) -> None:
    for metric in store.catalogue.metrics.values():
        panel = store.panel(metric.id)
        if isinstance(metric.value, Ratio) and not metric.value.denominator_within:
            rows = [panel.index[code] for code in negative_rows(store, metric) if code in panel.index]
            assert np.isnan(panel.values[rows]).all(), metric.id


def test_spelthornes_net_revenue_expenditure_of_2017_18_was_negative(store: Store) -> None:
    """Income from property nets off (METHODS 9), so that every ratio over it would rank the council the safest."""
    over = [
        metric
        for metric in store.catalogue.metrics.values()
        if isinstance(metric.value, Ratio) and metric.value.denominator == MetricRef("net-revenue-expenditure")
    ]
    cells = [cell for metric in over if (cell := store.cell(metric.id, "SPE", "2017-18"))]
    assert all((cell.value, cell.denominator) == (None, -2_757_000.0) for cell in cells)
    assert all("was below zero" in (cell.reason or "") for cell in cells)
    assert cells or not store.panel("net-revenue-expenditure").periods


def test_no_rate_is_rebuilt_over_a_negative_part(store: Store) -> None:
    """West Suffolk's sum of 2017-18 is positive and hides that Forest Heath's service spending was negative."""
    looked_at = 0
    for metric in store.catalogue.metrics.values():
        if not isinstance(metric.value, Ratio) or metric.value.denominator_within:
            continue
        parts, rebuilt = store.panel(metric.value.denominator.key), boundaries_now(store, metric)
        for (code, slug), join in rebuilt.joins.items():
            place = rebuilt.authorities.index(code), [period.slug for period in rebuilt.periods].index(slug)
            held = [parts.index[c] for c in join.predecessors if c in parts.index and slug in parts.period_index]
            figures = parts.values[held, parts.period_index[slug]] if held else np.array([])
            looked_at += len(held)
            assert np.isnan(rebuilt.values[place]) or not (figures < 0).any(), (metric.id, code, slug)
            assert np.isnan(rebuilt.values[place]) or not np.isnan(rebuilt.denominators[place])
    assert looked_at > 0 or not store.panel("net-revenue-expenditure").periods


def test_a_rebuilt_rate_over_less_than_its_minimum_has_no_place(store: Store) -> None:
    """Panels of the view say what rebuilt figures are divided by, so that the metric's minimum counts there too."""
    metric = store.catalogue.metrics["unallocated-reserves-share-of-service-spend"]
    view = on_boundaries(store, Boundaries.NOW, metric)
    panel, rebuilt = view.panel(metric.id), rebuilt_figures(store, metric)
    assert panel.denominators is not None
    joined = [(panel.index[c], panel.period_index[p]) for c, p in rebuilt.joins if p in panel.period_index]
    known = [place for place in joined if np.isfinite(panel.values[place])]
    assert known or not store.panel(metric.id).periods
    assert all(np.isfinite(panel.denominators[place]) for place in known)


@pytest.mark.parametrize(
    ("metric", "code"),
    [
        ("council-tax-share-of-net-revenue-expenditure-2024-25", "SPE"),
        ("social-care-share-of-net-revenue-expenditure-2024-25", "SPE"),
        ("environmental-share-of-service-spend", "SPE"),
        ("council-tax-share-of-net-revenue-expenditure", "WOI"),
        ("unallocated-reserves-share-of-service-spend", "WLA"),
    ],
)
def test_a_negative_year_of_another_source_refuses_every_year(store: Store, metric: str, code: str) -> None:
    """Spelthorne 2017-18, Woking 2024-25 and West Lancashire 2022-23 are negative in a source beside the metric's."""
    panel = store.panel(metric)
    if not panel.periods:
        return
    row = panel.index[code]
    assert np.isnan(panel.values[row]).all()
    reasons = [store.reasons(metric).get((code, period.slug), "") for period in panel.periods]
    assert any("no meaning in any year" in reason for reason in reasons)
