"""The back-test on a made past: what it finds, and that nothing published after an origin changes anything there."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from moothall.domain.backtest import ALL, BacktestResult, EventKind, Method
from moothall.domain.formal_action import ActionRegister
from moothall.domain.signal import LeftOut, Lens, LensBand
from moothall.errors import UsageError
from moothall.presenters.backtest.freeze import freeze_of, freeze_sentence
from moothall.presenters.backtest.inputs import rules_digest
from moothall.presenters.backtest.run import Asked, ask, run_backtest
from moothall.store.backtest import dump_result, load_result
from tests.support.past_days import FIGURES, code, events, make_past, open_past
from tests.support.signals import make_signal
from tests.support.store_builder import make_metric, make_store

ORIGIN = date(2018, 10, 1)
FIRST = ("2018-02", "2018-02-15", "day", FIGURES)
PLANTED = {"K": 5, "L": 5}
"""Two towns that a later release says had been low all along."""


def asked(folder: Path, *releases: tuple[str, str, str, Mapping[str, float]], origin: date = ORIGIN) -> Asked:
    with closing(open_past(make_past(folder, releases))) as store:
        return ask(store, origin)


def flagged(found: Asked) -> list[str]:
    outcome = found.said(Lens.GOVERNANCE, Method.LOOK_CLOSER)
    assert outcome.flagged is not None
    return [c for c, is_in in zip(outcome.codes, outcome.flagged, strict=True) if is_in]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> BacktestResult:
    folder = make_past(tmp_path_factory.mktemp("past"), [FIRST])
    with closing(open_past(folder)) as store:
        return run_backtest(store, [Lens.GOVERNANCE])


# ---------------------------------------------------------------- what it finds


def test_hits_misses_and_false_alarms_by_name(result: BacktestResult) -> None:
    """Towns A and B are flagged at 1 October 2018 and 2019; A meets its event in March 2019, C in November 2019."""
    test = result.find(Lens.GOVERNANCE, EventKind.GOVERNANCE, 12)
    assert test is not None
    assert test.is_main
    assert test.origins[-1] == date(2019, 10, 1)
    own = test.of(Method.LOOK_CLOSER)
    assert (own.hit_codes, own.missed, own.false_alarms) == (("TA",), ("TC",), ("TB",))
    assert (own.events, own.hits, own.misses, own.flags) == (2, 1, 1, 3)
    assert (own.precision, own.recall) == (pytest.approx(1 / 3), pytest.approx(1 / 2))
    assert own.median_lead_months == 5


def test_a_longer_horizon_has_fewer_origins_and_finds_the_later_event(result: BacktestResult) -> None:
    test = result.find(Lens.GOVERNANCE, EventKind.GOVERNANCE, 24)
    assert test is not None
    assert test.origins[-1] == date(2018, 10, 1)
    own = test.of(Method.LOOK_CLOSER)
    assert own.events == 3, "town A from 1 October 2017 and 2018, town C from 1 October 2018"
    assert own.missed == ("TA", "TC"), "nothing had been published at the first of these, so town A was missed then"
    assert (own.hit_codes, own.false_alarms) == (("TA",), ("TB",))


def test_origins_by_name_add_up_to_the_whole(result: BacktestResult) -> None:
    test = result.find(Lens.GOVERNANCE, EventKind.GOVERNANCE, 12)
    assert test is not None
    own = test.of(Method.LOOK_CLOSER)
    at = [each for each in result.origins if each.horizon == 12]
    assert sum(each.n for each in at) == own.n
    assert sum(len(each.hits) for each in at) == own.hits
    assert sum(len(each.missed) for each in at) == own.misses
    assert sum(len(each.hits) + len(each.false_alarms) for each in at) == own.flags


def test_bands_and_signals_have_their_record(result: BacktestResult) -> None:
    test = result.find(Lens.GOVERNANCE, EventKind.GOVERNANCE, 12)
    record = result.band_record(Lens.GOVERNANCE, LensBand.LOOK_CLOSER, 12)
    signal = result.signal_record("recycling-low", 12)
    assert test is not None
    assert record is not None
    assert signal is not None
    own = test.of(Method.LOOK_CLOSER)
    assert (record.n, record.events) == (own.flags, own.hits) == (signal.fired, signal.events)
    bands = [each for each in result.bands if each.horizon == 12]
    assert (sum(b.n for b in bands), sum(b.events for b in bands)) == (own.n, own.events)


def test_without_two_and_by_type(result: BacktestResult) -> None:
    whole = result.find(Lens.GOVERNANCE, EventKind.GOVERNANCE, 12)
    unitary = result.find(Lens.GOVERNANCE, EventKind.GOVERNANCE, 12, "unitary")
    assert whole is not None
    assert unitary is not None
    parts = [t for t in result.tests if t.event is EventKind.GOVERNANCE and t.horizon == 12 and "-two" not in t.subset]
    by_type = [t for t in parts if t.subset != ALL and not t.subset.startswith("without")]
    assert sum(t.evaluations[0].n for t in by_type) == whole.evaluations[0].n
    assert unitary.of(Method.LOOK_CLOSER).hit_codes == ("TA",)


def test_the_worked_example_names_everyone(result: BacktestResult) -> None:
    example = result.example
    assert example is not None
    assert (example.origin, example.until) == (ORIGIN, date(2020, 12, 31))
    assert [(s.authority, s.actions) for s in example.flagged] == [("TA", ("town-a-notice",)), ("TB", ())]
    assert [(s.authority, s.actions) for s in example.missed] == [("TC", ("town-c-notice",))]
    assert example.flagged[0].signals == ("recycling-low",)


def test_baselines_without_figures_are_no_better_than_chance(result: BacktestResult) -> None:
    test = result.find(Lens.GOVERNANCE, EventKind.GOVERNANCE, 12)
    assert test is not None
    for method in (Method.DEBT_RATIO, Method.COMPOSITE, Method.AUDITORS_RULE):
        found = test.of(method)
        assert (found.assessed, found.flags, found.auc) == (0, 0, 0.5)
    assert result.hazard is None, "the made past has none of the model's variables"


def test_a_result_comes_back_from_its_text(result: BacktestResult) -> None:
    assert load_result(dump_result(result)) == result
    assert load_result("") is None
    assert load_result('{"rules": 1}') is None


# ---------------------------------------------------------------- no look-ahead


def test_a_figure_planted_after_the_origin_changes_nothing(tmp_path: Path) -> None:
    plain = asked(tmp_path / "a", FIRST)
    later = asked(tmp_path / "b", FIRST, ("2018-11", "2018-10-02", "day", {**FIGURES, **PLANTED}))
    assert_same(plain, later)
    assert flagged(later) == ["TA", "TB"]


@pytest.mark.slow
def test_the_guard_sees_a_figure_planted_before_the_origin(tmp_path: Path) -> None:
    """The same release a day sooner is known at the origin: so the guard above can fail."""
    known = asked(tmp_path, FIRST, ("2018-11", "2018-10-01", "day", {**FIGURES, **PLANTED}))
    assert flagged(known) == ["TA", "TB", "TK", "TL"]


@pytest.mark.slow
def test_a_release_of_which_only_the_month_is_known_counts_from_its_last_day(tmp_path: Path) -> None:
    october = asked(tmp_path / "a", FIRST, ("2018-11", "2018-10-01", "month", {**FIGURES, **PLANTED}))
    september = asked(tmp_path / "b", FIRST, ("2018-11", "2018-09-01", "month", {**FIGURES, **PLANTED}))
    assert flagged(october) == ["TA", "TB"]
    assert flagged(september) == ["TA", "TB", "TK", "TL"]


@pytest.mark.slow
def test_later_years_change_nothing_at_an_origin(tmp_path: Path) -> None:
    turned = {**FIGURES, "A": 40, "B": 41, **PLANTED}
    newer = {f"{town} 2018-19": figure for town, figure in turned.items()}
    plain = asked(tmp_path / "a", FIRST)
    assert_same(plain, asked(tmp_path / "b", FIRST, ("2020-02", "2020-02-15", "day", newer)))


def assert_same(one: Asked, other: Asked) -> None:
    """Everything that is said at an origin, number for number."""
    assert one.readings.authorities == other.readings.authorities
    for lens in one.readings.lenses:
        for name in ("bands", "fired", "assessed"):
            held = (getattr(each.readings.lenses[lens], name) for each in (one, other))
            np.testing.assert_array_equal(*held)
    for signal, column in one.readings.columns.items():
        found = other.readings.columns[signal]
        assert column.periods == found.periods
        for name in ("states", "reasons", "figures", "tested", "middles", "counts"):
            np.testing.assert_array_equal(getattr(column.outcome, name), getattr(found.outcome, name))
    for method, said in one.baselines.items():
        np.testing.assert_array_equal(said.scores, other.baselines[method].scores)


# ---------------------------------------------------------------- frozen or not


def variant(rules: str, stage: str = "before-results", **others: Any) -> dict[str, Any]:
    words = {"what": "One rule.", "why": "To begin."}
    return {"id": "first", "on": "2026-11-23", "rules": rules, "stage": stage, **words, **others}


@pytest.mark.slow
def test_rules_are_frozen_only_if_noted_before_results(tmp_path: Path) -> None:
    with closing(open_past(make_past(tmp_path / "a", [FIRST]))) as store:
        plain = freeze_of(store)
    assert not plain.is_frozen
    assert plain.status == "changed after results were seen: new variant"
    for stage, is_frozen in (("before-results", True), ("after-results", False)):
        with closing(open_past(make_past(tmp_path / stage, [FIRST], variants=[variant(plain.rules, stage)]))) as store:
            freeze = freeze_of(store)
        assert freeze.is_frozen is is_frozen
        assert ("before anybody saw" in freeze_sentence(freeze)) is is_frozen


def test_years_that_a_rule_leaves_out_are_frozen_too() -> None:
    store = make_store({make_metric(): ""})
    plain = make_signal()
    years = LeftOut(date(2020, 4, 1), date(2021, 3, 31), "The pandemic.")
    digests = {
        rules_digest(replace(store.catalogue, signals={one.id: one}))
        for one in (plain, replace(plain, leaves_out=years))
    }
    assert len(digests) == 2


@pytest.mark.slow
def test_without_a_register_there_is_nothing_to_test_against(tmp_path: Path) -> None:
    with closing(open_past(make_past(tmp_path, [FIRST], actions=[]))) as store:
        assert run_backtest(store, [Lens.GOVERNANCE]).tests[0].authorities == 0
    early = events({"A": "2010-03-01"})
    with closing(open_past(make_past(tmp_path / "b", [FIRST], actions=early))) as store:
        assert code("A") not in run_backtest(store, [Lens.GOVERNANCE]).tests[0].evaluations[0].false_alarms


def test_a_store_without_a_ledger_is_refused() -> None:
    store = make_store({})
    bare = replace(store, catalogue=replace(store.catalogue, formal_actions=ActionRegister()))
    with pytest.raises(UsageError, match="There is no register of formal actions to test against"):
        run_backtest(bare)
