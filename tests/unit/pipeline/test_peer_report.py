"""The report of models of similarity: who judges, who contends, and that a figure settled by size is told by it."""

from dataclasses import replace

import pytest

from moothall.analytics.register import Register
from moothall.catalogue.listing import ListDefinition
from moothall.pipeline.peer_report import PeerReport, report_models
from moothall.store import ModelScore
from tests.support.similar import make_model, with_models
from tests.support.store_builder import MET_NAMES, FakeStore, make_metric, make_store
from tests.unit.presenters.test_comparators import LIST

SIZES = (1.0, 9.0, 3.0, 7.0, 5.0, 11.0, 2.0, 8.0, 4.0, 10.0, 6.0, 12.0)


def table(*figures: float) -> str:
    rows = (f"{name}  {figure - 0.5}  {figure}" for name, figure in zip(MET_NAMES, figures, strict=True))
    return "\n".join(["2020-21  2021-22", *rows])


@pytest.fixture
def store() -> FakeStore:
    """Twelve districts: a size, what is twice the size, a count, an outcome, and what has nothing to do with size."""
    circumstance, count = make_metric("size", is_context=True), make_metric("homes", is_additive=True)
    outcome = make_metric("health", is_context=True)
    tables = {
        circumstance: table(*SIZES),
        make_metric("twice"): table(*(2 * size for size in SIZES)),
        count: table(*SIZES),
        outcome: table(*(30 - size for size in SIZES)),
        make_metric("dice"): table(*(float(n * 7 % 12) for n in range(12))),
    }
    return with_models(make_store(tables), make_model(("size",)))


def register_of(store: FakeStore) -> Register:
    return Register(store.catalogue.authorities, store.catalogue.responsibilities)


def scores_of(store: FakeStore, *listed: tuple[str, str, int, str | None, str | None]) -> dict[str, ModelScore]:
    scores, _ = report_models(store.catalogue, register_of(store), store.panel, listed)
    return {score.model: score for score in scores}


def test_no_variable_and_no_count_judges(store: FakeStore) -> None:
    report = PeerReport(store.catalogue, register_of(store), store.panel, {})
    assert [(judge.metric.id, judge.is_service) for judge in report.judges] == [
        ("twice", True),
        ("health", False),
        ("dice", True),
    ]


def test_what_size_settles_is_told_by_councils_of_like_size(store: FakeStore) -> None:
    _, skills = report_models(store.catalogue, register_of(store), store.panel, ())
    found = {(skill.model, skill.metric): skill.scaled_error for skill in skills}
    assert found["all-purpose", "twice"] == found["all-purpose", "health"] < 0.6
    assert found["ridge:all-purpose", "twice"] < 0.2
    assert found["same-type", "twice"] == 1


def test_the_scores(store: FakeStore) -> None:
    scores = scores_of(store)
    assert list(scores) == ["all-purpose", "same-type", "random-of-type", "ridge:all-purpose"]
    ours = scores["all-purpose"]
    assert (ours.metrics, ours.wide_metrics, ours.cross_type_share, ours.stability) == (2, 3, 0.0, 1.0)
    assert ours.low <= ours.scaled_error <= ours.high
    assert (scores["same-type"].scaled_error, scores["same-type"].mutual_share) == (1, 1)
    assert scores["ridge:all-purpose"].mutual_share is None


def test_a_list_stands_uncut_and_cut_to_the_same_type(store: FakeStore) -> None:
    lists: tuple[ListDefinition, ...] = (LIST,)
    made_up = replace(store.catalogue.sources["made-up"], lists=lists)
    store.catalogue = replace(store.catalogue, sources={"made-up": made_up})
    codes = [a.code for a in store.catalogue.authorities.values() if a.short_name in MET_NAMES]
    listed = [(LIST.id, code, n, peer, None) for code in codes for n, peer in enumerate((*codes[:4], "YORK"), start=1)]
    scores = scores_of(store, *[row for row in listed if row[1] != row[3]])
    assert scores[LIST.id].cross_type_share == pytest.approx(12 / (12 * 5 - 4))
    assert scores[f"{LIST.id}:same-type"].cross_type_share == 0


def test_without_models_there_is_no_report(store: FakeStore) -> None:
    assert report_models(with_models(store).catalogue, register_of(store), store.panel, ()) == ([], [])
