"""`moothall backtest` on a made past: what it answers, what it keeps, what it refuses."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from moothall.cli.main import main
from tests.support.catalogue_builder import yaml_text
from tests.support.past_days import FIGURES, VARIANTS, make_past
from tests.unit.cli.conftest import Done, Run
from tests.unit.presenters.test_backtest import variant

PROMISED = {
    "n", "events", "flags", "hits", "misses", "false_alarms", "precision", "recall", "auc", "auc_low", "auc_high",
    "median_lead_months",
}  # fmt: skip


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_past(tmp_path_factory.mktemp("past"), [("2018-02", "2018-02-15", "day", FIGURES)])


@pytest.fixture
def run_past(past: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run `moothall` with these arguments on the made past."""
    monkeypatch.setenv("MOOTHALL_HOME", str(past))
    monkeypatch.delenv("MOOTHALL_BUILDS", raising=False)

    def run_command(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["moothall", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Done(ended.value.code if isinstance(ended.value.code, int) else 0, said.out, said.err)

    yield run_command
    (past / "catalogue" / VARIANTS).unlink(missing_ok=True)


def test_the_answer_has_what_is_promised(run_past: Run) -> None:
    answer = json.loads(run_past("backtest", "--format", "json").out)
    assert answer["as_of_rule"] == "strict"
    assert answer["rules"]["status"] == "changed after results were seen: new variant"
    first = answer["tests"][0]
    assert (first["lens"], first["horizon"], first["is_main"]) == ("governance", 12, True)
    assert set(first) >= PROMISED
    assert set(first["baselines"]) == {"base-rate", "debt-ratio", "reserves-ratio", "composite-2018", "auditors-rule"}
    assert all(set(found) >= PROMISED for found in first["baselines"].values())
    assert (first["hits"], first["misses"], first["false_alarms"]) == (1, 1, ["Town B"])


def test_one_lens_alone(run_past: Run) -> None:
    answer = json.loads(run_past("backtest", "--lens", "governance", "--as-of-rule", "strict", "--format", "json").out)
    assert {test["lens"] for test in answer["tests"]} == {"governance"}
    assert run_past("backtest", "--lens", "weather").code == 2
    assert run_past("backtest", "--as-of-rule", "loose").code == 2


def test_the_table_says_whether_the_rules_are_frozen(run_past: Run) -> None:
    said = run_past("backtest").out
    assert "look-closer" in said
    assert "changed after results were seen" in said


def test_a_result_is_kept_only_for_rules_of_the_log(run_past: Run, past: Path) -> None:
    digest = run_past("backtest", "--digest").out.strip()
    refused = run_past("backtest", "--write")
    assert refused.code == 6
    assert f"The rules have the digest {digest}, which is not in catalogue/backtest/variants.yaml" in refused.err
    assert not (past / "data" / "backtest").exists()
    path = past / "catalogue" / VARIANTS
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml_text({"variants": [variant(digest)]}), encoding="utf-8")
    assert run_past("build").code == 0
    assert run_past("backtest", "--write", "--lens", "governance").code == 2
    assert run_past("backtest", "--write").code == 0
    kept = json.loads((past / "data" / "backtest" / "result.json").read_text(encoding="utf-8"))
    assert kept["rules"] == digest
