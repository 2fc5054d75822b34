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


UNREAD = {"files_not_read": [{"folder": "waste-returns", "files": ["~\\.txt$"], "what": "Words", "why": "No figures."}]}


def test_a_file_that_is_not_read_needs_a_reason(run: Run, home: Path) -> None:
    mirror = home / "mirror"
    (mirror / "waste-returns" / "about.txt").write_text("made for a test", encoding="utf-8")
    refused = run("check", "--mirror", str(mirror))
    assert (refused.code, refused.err.count("is neither read by a source nor explained")) == (6, 1)
    assert "waste-returns/about.txt" in refused.err
    (home / "catalogue/files-not-read.yaml").write_text(yaml_text(UNREAD), encoding="utf-8")
    assert "All 3 files" in run("check", "--mirror", str(mirror)).err
    assert "Not read: waste-returns: Words. No figures." in run("check", "--report").out
    report = json.loads(run("check", "--report", "--format", "json").out)
    assert report["files_not_read"] == [{**UNREAD["files_not_read"][0], "files": ["~\\.txt$"]}]


def test_a_file_cannot_be_read_and_not_read(run: Run, home: Path) -> None:
    entry = {**UNREAD["files_not_read"][0], "files": ["returns-2024-02.csv"]}
    (home / "catalogue/files-not-read.yaml").write_text(yaml_text({"files_not_read": [entry]}), encoding="utf-8")
    refused = run("check", "--catalogue")
    assert refused.code != 0
    assert '"returns-2024-02.csv" is read by the source waste-returns; take it out here' in refused.err


def test_a_mirror_that_is_not_there_is_one_sentence(run: Run, home: Path) -> None:
    assert "There is no mirror at" in run("check", "--mirror", str(home / "nowhere")).err
