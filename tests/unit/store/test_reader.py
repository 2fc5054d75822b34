"""What a build answers: panels, cells with their release and vintages, reasons, summaries."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from moothall.domain.words import Status
from moothall.store import NO_ROW, Store
from moothall.store.panel import STATUSES

METRIC = "recycling-rate"


def test_a_panel_is_labelled_by_authority_and_period(store: Store) -> None:
    panel = store.panel(METRIC)
    assert panel.authorities == ("ALD", "NNS", "WBY")
    assert [period.label for period in panel.periods] == ["2020-21", "2021-22", "2022-23"]
    assert panel.index["WBY"] == 2
    assert panel.period_index["2021-22"] == 1


@pytest.mark.parametrize(
    ("authority", "period", "value", "status"),
    [
        ("WBY", "2020-21", 40.1, Status.FINAL),
        ("WBY", "2021-22", 42.4, Status.FINAL),  # revised: the first release said 41.3, provisional
        ("NNS", "2022-23", 45.2, Status.FINAL),
        ("ALD", "2020-21", math.nan, Status.NOT_AVAILABLE),
    ],
)
def test_a_panel_holds_the_newest_figures(
    store: Store, authority: str, period: str, value: float, status: Status
) -> None:
    panel = store.panel(METRIC)
    place = panel.index[authority], panel.period_index[period]
    assert panel.values[place] == pytest.approx(value, nan_ok=True)
    assert STATUSES[panel.statuses[place]] is status
    assert panel.in_lifetime[place]


def test_no_row_is_not_the_same_as_no_figure(store: Store) -> None:
    panel = store.panel(METRIC)
    place = panel.index["ALD"], panel.period_index["2022-23"]
    assert panel.statuses[place] == NO_ROW
    assert np.isnan(panel.values[place])
    assert store.reasons(METRIC) == {("ALD", "2020-21"): "no figure published"}


@pytest.mark.parametrize("authority", ["ALD", "NNS", "WBY"])
def test_the_newest_cells_are_those_of_the_panel(store: Store, authority: str) -> None:
    for bare in store.newest_cells(authority):
        panel = store.panel(bare.metric)
        row = panel.index[authority]
        last = max(
            i for i in range(len(panel.periods)) if panel.statuses[row, i] != NO_ROW and panel.in_lifetime[row, i]
        )
        cell = store.cell(bare.metric, authority, panel.periods[last].slug)
        assert cell is not None
        assert bare == replace(cell, vintages=(), operands=())
    assert METRIC in {cell.metric for cell in store.newest_cells(authority)}


def test_a_cell_names_its_release_file_row_and_column(store: Store) -> None:
    cell = store.cell(METRIC, "WBY", "2021-22")
    assert cell is not None
    assert (cell.file, cell.row, cell.raw, cell.sheet) == ("returns-2024-02.csv", 5, "0.424", "")
    assert "Rate" in cell.column
    assert cell.release.id == "2024-02"
    assert cell.release.published_on == date(2024, 2, 29)
    assert len(cell.release.file(cell.file).sha256) == 64


def test_a_cell_carries_its_vintages_newest_first(store: Store) -> None:
    cell = store.cell(METRIC, "WBY", "2021-22")
    assert cell is not None
    assert [(v.release.id, v.value, v.status) for v in cell.vintages] == [
        ("2023-02", pytest.approx(41.3), Status.PROVISIONAL)
    ]


def test_a_footnote_mark_goes_into_the_note(store: Store) -> None:
    cell = store.cell(METRIC, "NNS", "2022-23")
    assert cell is not None
    assert (cell.raw, cell.note) == ("0.452*", "marked * by the publisher")


@pytest.mark.parametrize("place", [("WBY", "2030-31"), ("NOBODY", "2021-22")])
def test_an_absent_cell_is_none(store: Store, place: tuple[str, str]) -> None:
    assert store.cell(METRIC, *place) is None


def test_an_unknown_metric_has_an_empty_panel(store: Store) -> None:
    assert store.panel("bin-colours").values.shape == (0, 0)


def test_a_group_of_two_has_no_middle_figure(store: Store) -> None:
    summary = store.summary(METRIC, "england", "2021-22")
    assert summary is not None
    assert (summary["n"], summary["median"], summary["refused"]) == (2, None, "group-too-small")
    assert store.summary(METRIC, "type:county", "2021-22") is None


def test_a_release_accounts_for_its_rows(store: Store) -> None:
    account = store.releases["waste-returns", "2024-02"].accounts[0]
    assert (account.rows_read, account.observations, account.refused) == (7, 6, {"totals": 1})


def test_a_build_knows_what_it_holds(store: Store) -> None:
    assert store.counts == {"observations": 10, "figures": 8, "metrics": 1, "authorities": 3, "releases": 2}
    assert store.figures_by_metric == {METRIC: 5}
    assert store.catalogue.metrics[METRIC].title == "Recycling rate"
