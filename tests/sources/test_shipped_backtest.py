"""The back-test of the shipped figures: the kept result is of these inputs, and looks at no later release."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from moothall.catalogue.places import catalogue_folder, releases_folder
from moothall.domain.backtest import Method
from moothall.domain.signal import Lens
from moothall.pipeline.build import build
from moothall.pipeline.release import MANIFEST
from moothall.presenters.backtest.freeze import freeze_of
from moothall.presenters.backtest.inputs import inputs_digest
from moothall.presenters.backtest.run import ask, run_backtest
from moothall.store import Store
from tests.unit.presenters.test_backtest import assert_same

ORIGIN = date(2018, 10, 1)
REMEDY = "run moothall backtest --write, then moothall build"


@pytest.fixture(scope="module")
def store(shipped: Path) -> Iterator[Store]:
    with closing(Store.open(shipped)) as opened:
        yield opened


def test_the_kept_result_is_of_these_inputs(store: Store) -> None:
    kept = store.backtest
    assert kept is not None, REMEDY
    assert kept.inputs == inputs_digest(store), f"rules, register, metrics or releases have changed: {REMEDY}"
    assert freeze_of(store).variant is not None, "the rules are in no entry of catalogue/backtest/variants.yaml"


def test_running_it_again_gives_the_kept_result(store: Store) -> None:
    assert run_backtest(store) == store.backtest, REMEDY


def test_an_origin_is_the_same_without_the_releases_that_came_later(store: Store, tmp_path: Path) -> None:
    """A build of only what had come out by the origin says just what the whole build says as of that day."""
    known = [release for release in store.releases.values() if release.known_on and release.known_on <= ORIGIN]
    assert 20 < len(known) < len(store.releases) / 2
    listed = json.loads((releases_folder() / MANIFEST).read_text(encoding="utf-8"))
    for release in known:
        path = tmp_path / "data" / "releases" / release.path
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(releases_folder() / release.path, path)
    kept = {release.path: listed[release.path] for release in known}
    (tmp_path / "data" / "releases" / MANIFEST).write_text(json.dumps(kept), encoding="utf-8")
    build(catalogue_folder(), tmp_path / "data" / "releases", tmp_path / "build")
    with closing(Store.open(tmp_path / "build")) as early:
        assert_same(ask(store, ORIGIN), ask(early, ORIGIN))


def test_it_says_plainly_where_a_plain_rule_is_better(store: Store) -> None:
    """The result holds what the page must tell: for some lens a baseline finds more among its highest twenty."""
    kept = store.backtest
    assert kept is not None
    test = kept.main_tests(Lens.RESILIENCE)[-1]
    assert test.of(Method.LOOK_CLOSER).n == test.of(Method.RESERVES_RATIO).n == test.of(Method.BASE_RATE).n
    assert test.of(Method.LOOK_CLOSER).events == test.of(Method.RESERVES_RATIO).events > 0
