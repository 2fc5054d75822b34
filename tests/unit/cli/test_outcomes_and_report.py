"""`moothall outcomes` and `moothall check --report` on a tiny home with a list of its own."""

import json
from pathlib import Path

from tests.catalogue.test_frameworks import AWAITED, LIST, line
from tests.support.catalogue_builder import tiny_catalogue, yaml_text
from tests.unit.cli.conftest import Run

PROMISED = ["id", "outcome", "outcome_title", "title", "state", "metric", "difference", "publisher"]
REPORTED = ["source", "rows_read", "observations", "refused", "reasons"]


def add_list(home: Path) -> None:
    about = {"title": "A list", "publisher": "Bins", "landing_page": "https://example.org/", "description": "Waste."}
    lines = [line(), line(id="13.2", **AWAITED), line(id="1.1", outcome=None, theme="waste")]
    path = home / "catalogue" / LIST
    path.parent.mkdir()
    path.write_text(yaml_text({"id": "waste-list", **about, "metrics": lines}), encoding="utf-8")
    assert LIST not in tiny_catalogue()


def test_outcomes_without_a_list_are_none(run: Run) -> None:
    assert json.loads(run("outcomes", "--format", "json").out) == []


def test_outcomes_lists_what_stands_under_outcomes(run: Run, home: Path) -> None:
    add_list(home)
    assert run("build").code == 0
    rows = json.loads(run("outcomes", "--format", "json").out)
    assert [list(row)[: len(PROMISED)] for row in rows] == [PROMISED] * 2
    assert [(row["id"], row["outcome"], row["state"], row["metric"]) for row in rows] == [
        ("13.1", "environment", "live", "recycling-rate"),
        ("13.2", "environment", "awaiting-data", None),
    ]
    assert "Waste that is recycled" in run("outcomes").out


def test_report_accounts_for_every_row(run: Run) -> None:
    report = json.loads(run("check", "--report", "--format", "json").out)
    (row,) = report["sources"]
    assert list(row)[: len(REPORTED)] == REPORTED
    assert row["rows_read"] == row["observations"] + row["refused"] == 12
    assert sum(row["reasons"].values()) == row["refused"] == 2
    assert row["releases"] == ["2023-02", "2024-02"]
    assert "waste-returns: 2 places left out." in run("check", "--report").out


def test_report_names_releases_that_were_not_made(run: Run, home: Path) -> None:
    manifest = home / "data/releases/MANIFEST.json"
    content = json.loads(manifest.read_text())
    del content["waste-returns/2024-02.parquet"]
    manifest.write_text(json.dumps(content))
    (home / "data/releases/waste-returns/2024-02.parquet").unlink()
    (row,) = json.loads(run("check", "--report", "--format", "json").out)["sources"]
    assert row["releases_not_made"] == ["2024-02"]
