"""A user's own thresholds: what they change, and one sentence for what they may not."""

from pathlib import Path

import pytest

from moothall.catalogue.thresholds import load_thresholds
from moothall.domain.signal import Bounds, Level, ReturnMissing, Sign, Signal
from moothall.errors import CatalogueError
from tests.support.signals import make_signal

SIGNALS: dict[str, Signal] = {
    "recycling-low": make_signal(),
    "debt-high": make_signal("debt-high", test=Level(Bounds(Sign.AT_LEAST, 100, 90))),
    "missing": make_signal("missing", test=ReturnMissing()),
}


def write(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_thresholds_change_and_the_rest_stays(tmp_path: Path) -> None:
    found = load_thresholds(write(tmp_path, "debt-high: {when: at-least, fired: 80, watched: 70}"), SIGNALS)
    assert found["debt-high"].bounds == Bounds(Sign.AT_LEAST, 80, 70)
    assert found["recycling-low"] == SIGNALS["recycling-low"]
    assert SIGNALS["debt-high"].bounds == Bounds(Sign.AT_LEAST, 100, 90), "the catalogue's own rule is as it was"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("debt-hihg: {when: at-least, fired: 8}", 'line 1: "debt-hihg" is no signal of the catalogue; did you mean'),
        ("debt-high: {when: at-most, fired: 8}", "line 1: when is at-most, but the rule has at-least;"),
        ("debt-high: {when: at-least, fired: many}", 'line 1: fired is "many" but must be a number'),
        ("debt-high: {when: at-least}", "line 1: fired is missing; add it"),
        ("debt-high: {when: at-least, fired: 8, watched: 9}", 'watched "9" must lie below fired "8"'),
        ("debt-high: {when: at-least, fired: 8, metric: x}", '"metric" is not a key here'),
        ("missing: {when: at-least, fired: 8}", 'the signal "missing" has no threshold that could be changed'),
        ("recycling-low: {when: at-most, fired: 120}", "this rule asks for a percentile; write a number from 0 to 100"),
        ("debt-high: [8]", "must be a mapping of keys to values"),
        ("", "the file is empty"),
        ("debt-high: {when: at-least", "this is not YAML"),
    ],
)
def test_what_may_not_be_changed_gets_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_thresholds(write(tmp_path, text), SIGNALS)
    (fault,) = caught.value.problems
    assert fault.startswith("own.yaml, line ")
    assert sentence in fault


def test_a_file_that_is_not_there_gets_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"own\.yaml, line 1: the file cannot be opened"):
        load_thresholds(tmp_path / "own.yaml", SIGNALS)
