"""The build of the shipped figures: what it keeps worked out is what its rows say."""

from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from moothall.analytics.metric_series import AllSeries
from moothall.domain.authority import Authority
from moothall.presenters.authority.standing_out_view import standing_out_record, what_stands_out
from moothall.presenters.figures.comparators import named_group
from moothall.presenters.warning.lens_readings import lens_readings
from moothall.store import Store
from tests.support.panels import assert_same_panel


def test_every_panel_that_the_build_holds_is_put_together_from_its_rows(shipped: Path) -> None:
    with closing(Store.open(shipped)) as store:
        view = store.as_of(date.max)
        metrics = [metric.id for metric in store.catalogue.metrics.values() if metric.value]
        assert len(metrics) > 380
        for metric in metrics:
            assert_same_panel(view.panel(metric), store.panel(metric))


def one_of_each_type(store: Store) -> list[Authority]:
    """The first running council of each type by name of its code."""
    running = [one for one in store.catalogue.authorities.values() if one.end is None and one.type.is_principal]
    first = {one.type: one for one in sorted(running, key=lambda one: one.code, reverse=True)}
    return list(first.values())


def test_what_the_build_found_is_what_a_visitor_would_be_told_without_it(shipped: Path) -> None:
    """A view of the same figures has no findings, so everything is worked out anew."""
    with closing(Store.open(shipped)) as store:
        view = store.as_of(date.max)
        for council in one_of_each_type(store):
            for word in ("same-type", "similar"):
                group = named_group(store, word, council)
                held = store.standing_out(council.code, group.id)
                assert held is not None
                assert tuple(held.codes) == group.codes
                told, anew = (standing_out_record(one, what_stands_out(one, council, group)) for one in (store, view))
                for side in ("look_into", "going_well", "unusual"):
                    pairs = zip(told[side], anew[side], strict=True)
                    assert all(one["metric"] == other["metric"] for one, other in pairs)
                    assert [one["z"] for one in told[side]] == pytest.approx([one["z"] for one in anew[side]])
                assert (told["tested"], told["flagged"]) == (anew["tested"], anew["flagged"])


def test_every_change_that_the_build_found_is_told_anew(shipped: Path) -> None:
    with closing(Store.open(shipped)) as store:
        every, rules = AllSeries(store.panel, store.catalogue), set()
        for metric in store.catalogue.metrics.values():
            found = store.changes(metric.id)
            if found is not None:
                series = every.at(metric.id)
                rows = np.arange(len(series.authorities))
                anew = series.changes_of(rows, found.column)
                assert list(found.rules) == [one.rule if one else "" for one in anew]
                assert list(found.reasons) == [one.trend.reason if one else "" for one in anew]
                assert list(found.since) == [one.since if one else found.column for one in anew]
                rules |= set(found.rules)
        assert rules >= {"annual", "slope", "chart"}


def test_what_is_usual_is_said_of_many_metrics_and_of_no_circumstance(shipped: Path) -> None:
    with closing(Store.open(shipped)) as store:
        found = {metric: store.expected(metric) for metric in store.catalogue.metrics}
        said = {metric: one for metric, one in found.items() if one and one.explains}
        assert len(said) > 60
        assert all(not store.catalogue.metrics[metric].is_context for metric in said)
        assert all(one.error <= 0.95 * one.median_error for one in said.values())
        assert all(not one.figures for one in found.values() if one and not one.explains)
        assert all(low <= usual <= high for one in said.values() for usual, low, high in one.figures.values())


def test_every_sign_that_the_build_judged_is_read_anew(shipped: Path) -> None:
    with closing(Store.open(shipped)) as store:
        view, day = store.as_of(date.max), date(2026, 9, 1)
        held, anew = lens_readings(store, day), lens_readings(view, day)
        assert any(store.signs(signal, metric) for signal, column in held.columns.items()
                   for metric in column.signal.metrics)  # fmt: skip
        for signal, column in held.columns.items():
            other = anew.columns[signal]
            assert column.periods == other.periods
            for name, array in vars(column.outcome).items():
                assert np.array_equal(
                    array, getattr(other.outcome, name), equal_nan=name in ("figures", "tested", "middles")
                )
