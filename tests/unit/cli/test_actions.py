"""`moothall actions` on a tiny home with a register of its own."""

import json
from pathlib import Path

import pytest

from tests.support.actions import ACTIONS, LEDGER, action, intervention, with_actions
from tests.support.catalogue_builder import yaml_text
from tests.unit.cli.conftest import Run


@pytest.fixture
def register(run: Run, home: Path) -> None:
    """Two actions in the home, and a build of it."""
    files = with_actions(action(), intervention(decided_on="2019-05-01"))
    for name in (ACTIONS, LEDGER):
        path = home / "catalogue" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml_text(files[name]), encoding="utf-8")
    assert run("build").code == 0


@pytest.mark.usefixtures("register")
def test_actions_lists_the_latest_first(run: Run) -> None:
    answer = json.loads(run("actions", "--format", "json").out)
    assert answer["complete_to"] == "2024-12-31"
    assert [row["id"] for row in answer["actions"]] == ["westbay-notice", "northshire-intervention"]
    first = answer["actions"][0]
    assert (first["authority"], first["kind"], first["decided_on"]) == ("WBY", "section-114-notice", "2020-11-11")
    assert first["evidence"] == "https://example.org/notice"
    assert "2 on record. The register runs to 31 December 2024." in run("actions").out


@pytest.mark.usefixtures("register")
def test_actions_of_one_council_or_kind(run: Run) -> None:
    for arguments in (("northshire",), ("--kind", "statutory-intervention")):
        rows = json.loads(run("actions", *arguments, "--format", "json").out)["actions"]
        assert [row["id"] for row in rows] == ["northshire-intervention"]
    assert json.loads(run("actions", "new-northshire", "--format", "json").out)["actions"] == []


@pytest.mark.usefixtures("register")
def test_an_unknown_council_gets_one_sentence(run: Run) -> None:
    done = run("actions", "atlantis")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_a_row_without_evidence_leaves_the_build_as_it_was(run: Run, home: Path) -> None:
    pointer = (home / "data/build/CURRENT").read_text()
    path = home / "catalogue" / ACTIONS
    path.parent.mkdir()
    path.write_text(yaml_text({"actions": [action(evidence=None)]}), encoding="utf-8")
    done = run("build")
    assert done.code == 3
    assert "catalogue/actions/2021.yaml, line 2: evidence is missing; add it" in done.err
    assert (home / "data/build/CURRENT").read_text() == pointer
