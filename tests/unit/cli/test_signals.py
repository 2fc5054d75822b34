"""`moothall signals` and `moothall pack` on a made past: what they answer, what they refuse."""

import json
import sys
from pathlib import Path

import pytest

from moothall.cli.main import main
from tests.support.past_days import FIGURES, make_past
from tests.unit.cli.conftest import Done, Run

DAY = ("--as-of", "2018-10-01")


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_past(tmp_path_factory.mktemp("past"), [("2018-02", "2018-02-15", "day", FIGURES)])


@pytest.fixture
def run(past: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `moothall` with these arguments on the made past."""
    monkeypatch.setenv("MOOTHALL_HOME", str(past))
    monkeypatch.delenv("MOOTHALL_BUILDS", raising=False)

    def run_command(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["moothall", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Done(ended.value.code if isinstance(ended.value.code, int) else 0, said.out, said.err)

    return run_command


def test_signals_for_people(run: Run) -> None:
    said = run("signals", "town-a", *DAY).out
    assert "Town A Council on 1 October 2018" in said
    assert "present: Low. Town A had 10.0% in 2016-17." in said
    assert "Figure of 2016-17, 1 year and 6 months old. It has not been back-tested yet" in said
    assert "is right 7.5% of the times it speaks" in said
    assert "Worth asking: Why?" in said


def test_signals_for_programs(run: Run) -> None:
    record = json.loads(run("signals", "town-b", *DAY, "--format", "json").out)
    assert (record["authority"], record["day"]) == ("TB", "2018-10-01")
    (lens,) = record["lenses"]
    assert (lens["lens"], lens["band"], lens["families_fired"]) == ("governance", "look-closer", 1)
    (signal,) = lens["signals"]
    assert (signal["state"], signal["figure"], signal["period"]) == ("fired", 15.0, "2016-17")
    assert signal["threshold"] == {"sign": "at-most", "fired": 20.0, "watched": None}
    assert not {"score", "rank", "total"} & set(record)


def test_own_thresholds_change_the_answer_and_are_named(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("recycling-low: {when: at-most, fired: 12}", encoding="utf-8")
    record = json.loads(run("signals", "town-b", *DAY, "--thresholds", str(own), "--format", "json").out)
    assert record["own_thresholds"] == ["recycling-low"]
    assert record["lenses"][0]["signals"][0]["state"] == "not-fired"


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("signals", "nowhere"), 2, '"nowhere" is not an authority that we know'),
        (("signals", "town-a", "--as-of", "2001-01-01"), 2, "choose a later day, the first being 15 February 2018"),
        (("signals", "town-a", "--as-of", "soon"), 2, "is not a date"),
        (("signals", "aldmouth", "--as-of", "2022-10-01"), 2, "is no council that acted on 1 October 2022"),
        (("signals", "town-a", "--thresholds", "nofile.yaml"), 3, "the file cannot be opened"),
        (("pack", "nowhere"), 2, '"nowhere" is not an authority that we know'),
        (("pack", "aldmouth"), 2, "There is no pack for Aldmouth Council"),
    ],
)
def test_a_wrong_word_gets_one_sentence(run: Run, arguments: tuple[str, ...], code: int, sentence: str) -> None:
    done = run(*arguments)
    assert done.code == code
    assert sentence in done.err
    assert done.out == ""


def test_the_pack_for_people_and_for_programs(run: Run) -> None:
    said = run("pack", "town-a").out
    assert "For a conversation with Town A Council" in said
    assert "For the leader" in said
    record = json.loads(run("pack", "town-a", "--format", "json").out)
    assert record["authority"] == "TA"
    assert {"chance", "lenses", "questions", "came_through", "learn_from"} <= set(record)
