"""As it was known on a day; derived figures with their vintages and operands; figures in two releases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from moothall.analytics.revisions import RevisionKind, make_report
from moothall.domain.words import Status
from moothall.store import ReleaseRecord, Store
from moothall.store.vintages import known_days
from tests.support.catalogue_builder import metric, tiny_catalogue
from tests.support.panels import assert_same_panel
from tests.support.store_builder import RELEASE
from tests.support.tiny_home import build_home, make_home, read_home

RATE = "recycling-rate"
CHANGE = "rate-change"
DOUBLE = "rate-and-change"
SERIES = {"source": "waste-returns", "series": RATE}
BEFORE, BETWEEN, AFTER = date(2023, 2, 27), date(2023, 3, 1), date(2024, 2, 29)


def derived(id_: str, value: object) -> dict[str, object]:
    described = metric(id_, title=id_, value=value, breaks=[])
    return {key: held for key, held in described.items() if key not in ("synonyms", "bounds")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a change and a sum on top of it."""
    files = tiny_catalogue()
    files[f"metrics/waste/{CHANGE}.yaml"] = derived(CHANGE, {"change": {"of": {"metric": RATE}, "over": 1}})
    files[f"metrics/waste/{DOUBLE}.yaml"] = derived(DOUBLE, {"sum": {"of": [SERIES, {"metric": CHANGE}]}})
    home = make_home(tmp_path_factory.mktemp("derived"), files)
    read_home(home)
    build_home(home)
    return home / "data" / "build"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store.open(folder)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("day", "value", "status"),
    [(BETWEEN, 41.3, Status.PROVISIONAL), (AFTER, 42.4, Status.FINAL), (date(2024, 2, 28), 41.3, Status.PROVISIONAL)],
)
def test_a_view_answers_as_it_was_known(store: Store, day: date, value: float, status: Status) -> None:
    view = store.as_of(day)
    cell, panel = view.cell(RATE, "WBY", "2021-22"), view.panel(RATE)
    assert cell is not None
    assert (cell.value, cell.status) == (pytest.approx(value), status)
    assert panel.values[panel.index["WBY"], panel.period_index["2021-22"]] == pytest.approx(value)
    assert all(vintage.release.published_on <= day for vintage in cell.vintages)


def test_before_the_first_release_nothing_was_known(store: Store) -> None:
    view = store.as_of(BEFORE)
    assert view.panel(RATE).values.shape == (0, 0)
    assert view.cell(RATE, "WBY", "2020-21") is None
    assert view.releases == {}
    assert view.reasons(RATE) == {}
    assert (view.counts["observations"], view.figures_by_metric) == (0, {})


def test_after_the_last_release_a_view_is_the_whole(store: Store) -> None:
    view = store.as_of(date(2030, 1, 1))
    for name in (RATE, CHANGE, DOUBLE):
        assert_same_panel(view.panel(name), store.panel(name))
        assert view.cell(name, "WBY", "2021-22") == store.cell(name, "WBY", "2021-22")
        assert view.reasons(name) == store.reasons(name)
    assert (view.counts, view.figures_by_metric) == (store.counts, store.figures_by_metric)
    assert view.undated == ()


def test_a_view_has_no_summaries_and_leaves_the_store_open(store: Store) -> None:
    view = store.as_of(BETWEEN)
    assert view.summary(RATE, "england", "2021-22") is None
    view.close()
    assert store.summary(RATE, "england", "2021-22") is not None
    assert view.catalogue is store.catalogue


def test_a_derived_figure_is_made_of_what_stood_side_by_side(store: Store) -> None:
    newest, earlier = store.cell(CHANGE, "WBY", "2021-22"), store.as_of(BETWEEN).cell(CHANGE, "WBY", "2021-22")
    assert newest is not None
    assert earlier is not None
    assert (newest.value, newest.status) == (pytest.approx(2.3), Status.FINAL)
    assert [(v.release.id, v.value) for v in newest.vintages] == [("2023-02", pytest.approx(1.2))]
    assert (earlier.value, earlier.status) == (pytest.approx(1.2), Status.PROVISIONAL)
    assert [operand.release.id for operand in earlier.operands] == ["2023-02", "2023-02"]


def test_a_derived_figure_names_every_operands_cell(store: Store) -> None:
    cell = store.cell(DOUBLE, "WBY", "2022-23")
    assert cell is not None
    published, change = cell.operands
    assert cell.value == pytest.approx(43.2 + 0.8)
    assert (published.role, published.metric, published.row, published.raw) == (
        "part",
        "waste-returns/recycling-rate",
        6,
        "0.432",
    )
    assert [(o.role, o.period.label, o.row) for o in change.operands] == [
        ("later figure", "2022-23", 6),
        ("earlier figure", "2021-22", 5),
    ]
    assert all(len(o.release.file(o.file).sha256) == 64 for o in change.operands)


def test_a_missing_part_makes_the_whole_missing(store: Store) -> None:
    cell = store.cell(DOUBLE, "NNS", "2021-22")
    assert cell is not None
    assert cell.value is None
    assert cell.reason == "rate-change: Recycling rate in the earlier period: no figure for this council and period"


def test_operand_series_are_not_counted_as_metrics(store: Store) -> None:
    assert set(store.figures_by_metric) == {RATE, CHANGE, DOUBLE}
    assert store.counts["metrics"] == 3
    assert store.panel("waste-returns/recycling-rate").values.shape == store.panel(RATE).values.shape


def test_derived_metrics_are_summarised(store: Store) -> None:
    summary = store.summary(CHANGE, "england", "2022-23")
    assert summary is not None
    assert summary["n"] == 2


def test_figures_in_two_releases_stand_side_by_side(store: Store) -> None:
    report = make_report(p for p in store.revisions("waste-returns") if p.metric == RATE)
    assert (report.compared, report.same) == (4, 3)
    largest = report.revisions[0]
    assert (largest.kind, largest.figure.authority, largest.figure.period) == (RevisionKind.CHANGED, "WBY", "2021-22")
    assert (largest.figure.earlier, largest.figure.later) == ("2023-02", "2024-02")
    assert largest.change == pytest.approx(1.1)
    assert store.as_of(BETWEEN).revisions("waste-returns") == ()


def release(id_: str, on: str, precision: str) -> ReleaseRecord:
    return replace(RELEASE, id=id_, published_on=date.fromisoformat(on), published_precision=precision)


@pytest.mark.parametrize(
    ("precision", "on", "expected"),
    [
        ("day", "2023-02-10", "2023-02-10"),
        ("month", "2023-02-10", "2023-02-28"),
        ("month", "2024-02-29", "2024-02-29"),
        ("unknown", "2019-01-01", "2025-06-30"),
        ("unknown", "2026-01-01", "2026-01-01"),
    ],
)
def test_a_release_counts_from_the_last_day_it_can_have_come_out(precision: str, on: str, expected: str) -> None:
    days = known_days([release("a", on, precision), release("newest", "2025-06-01", "month")])
    assert days["made-up", "a"] == date.fromisoformat(expected)
