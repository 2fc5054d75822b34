"""The shipped figures as they were known: returns that came out twice, on the command line and on pages."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client

from moothall.analytics.revisions import RevisionKind
from moothall.cli.main import main
from moothall.presenters.provenance.revisions_page import report_of
from moothall.store import Store
from moothall.web import current

pytestmark = pytest.mark.slow

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def store(shipped: Path) -> Iterator[Store]:
    opened = Store.open(shipped)
    yield opened
    opened.close()


@pytest.fixture
def ask(shipped: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run `moothall` with these arguments and read its JSON."""
    monkeypatch.setenv("MOOTHALL_BUILDS", str(shipped))

    def run(*arguments: str) -> Any:
        monkeypatch.setattr(sys, "argv", ["moothall", *arguments, "--format", "json"])
        with pytest.raises(SystemExit):
            main()
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def client(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setattr(current, "_day", lambda: date(2026, 11, 22))
    current.current_store.serve_only(store)
    yield Client(raise_request_exception=False)
    current.current_store.serve_only(None)


@pytest.mark.parametrize(
    ("metric", "council", "period", "day", "value", "release"),
    [
        ("net-revenue-expenditure", "spelthorne", "2017-18", "2018-08-23", -2757000, "2017-18-provisional"),
        ("service-spending", "leeds", "2024-25", "2025-10-01", 1630876000, "2024-25-first"),
        ("service-spending", "leeds", "2024-25", "2026-01-01", 1630879000, "2024-25-second"),
        ("service-spending", "bradford", "2024-25", "2025-10-01", 1028534330, "2024-25-first"),
        ("service-spending", "bradford", "2024-25", "2026-01-01", 1024566330, "2024-25-second"),
    ],
)
def test_a_return_that_came_out_twice_answers_by_the_day(
    ask: Ask, metric: str, council: str, period: str, day: str, value: float, release: str
) -> None:
    record = ask("trace", metric, council, period, "--as-of", day)
    assert (record["value"], record["release"]) == (value, release)


def test_reserves_that_a_final_return_put_right(ask: Ask) -> None:
    """Buckinghamshire's unallocated reserves at 31 March 2018 were four times as large in the final return."""
    before, after = (
        ask("show", "unallocated-reserves", "BKM", "--period", "2017-18", "--as-of", day)["authority"]["value"]
        for day in ("2018-09-30", "2018-11-15")
    )
    assert (before, after) == (7023000, pytest.approx(27393966.65))


def test_revisions_of_both_returns_are_counted(store: Store) -> None:
    summary, service = (
        report_of(store, source)
        for source in ("mhclg-revenue-outturn-summary", "mhclg-revenue-outturn-service-expenditure")
    )
    assert summary.count(RevisionKind.CHANGED) > 100
    assert service.count(RevisionKind.CHANGED) > 800
    for report in (summary, service):
        assert report.compared == report.same + len(report.revisions)
        sizes = [abs(r.relative) for r in report.revisions if r.kind is RevisionKind.CHANGED and r.relative]
        assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/metrics/net-revenue-expenditure?authority=spelthorne&as-of=2018-09-30", "As it was known on 30 September"),
        ("/metrics/total-borrowing?authority=east-suffolk", "The councils before it"),
        ("/metrics/total-borrowing?authority=east-suffolk&period=2017-18&boundaries=now", "£87.8 million"),
        ("/authorities/leeds/themes/corporate-and-finance?as-of=2018-09-30", "As it was known on 30 September 2018."),
        ("/sources/mhclg-revenue-outturn-summary", "All 5,632 revisions"),
        ("/sources/mhclg-revenue-outturn-summary/revisions?page=3", "Page 4"),
        ("/trail/debt-servicing/leeds/2017-18", "This figure is made from"),
    ],
)
def test_pages_show_the_views(client: Client, address: str, sentence: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert sentence in response.content.decode().replace("&#39;", "'")


def test_survey_limits_hold_their_figure(store: Store) -> None:
    """The department gives a margin of error for twelve series; limits are the figure less and plus it."""
    found = 0
    for metric in store.catalogue.metrics.values():
        if metric.series and metric.series.source == "dhsc-ascof":
            panel = store.panel(metric.id)
            known = np.isfinite(panel.lower)
            found += bool(known.any())
            assert (panel.lower[known] <= panel.values[known]).all()
            assert (panel.values[known] <= panel.upper[known]).all()
    assert found >= 5
