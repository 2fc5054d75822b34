"""The log of rules that were tried: what an entry must say, and that our own rules stand in it."""

from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue import load_catalogue
from moothall.errors import CatalogueError
from tests.support.catalogue_builder import tiny_catalogue, write_catalogue

LOG = "backtest/variants.yaml"


def entry(id_: str = "first", digit: str = "a", **others: Any) -> dict[str, Any]:
    given = {
        "id": id_,
        "on": "2026-11-23",
        "rules": digit * 64,
        "stage": "before-results",
        "what": "Ten rules.",
        "why": "To begin with.",
        **others,
    }
    return {key: value for key, value in given.items() if value is not None}


def load(folder: Path, *entries: dict[str, Any]) -> tuple[str, ...]:
    files = tiny_catalogue() | {LOG: {"variants": list(entries)}}
    return tuple(variant.id for variant in load_catalogue(write_catalogue(folder, files)).variants)


def test_the_log_keeps_its_order(tmp_path: Path) -> None:
    later = entry("second", "b", on="2026-12-01", stage="after-results", result="Worse.")
    assert load(tmp_path, entry(), later) == ("first", "second")


FAULTS = [
    ([entry(rules="abc")], 'rules "abc" is not well formed; write the 64 hexadecimal digits'),
    ([entry(stage="during")], 'stage "during" is not known'),
    ([entry(why=None)], "why is missing"),
    ([entry(), entry(digit="b")], 'id "first" is already taken'),
    ([entry(), entry("second")], f'rules "{"a" * 57}..." is already taken'),
    ([entry(), entry("second", "b", on="2026-11-01")], "second was tried before first, which stands above it"),
    ([entry(score="9")], '"score" is not a key here'),
]


@pytest.mark.parametrize(("entries", "words"), FAULTS, ids=[words for _, words in FAULTS])
def test_a_faulty_entry_gets_its_sentence(tmp_path: Path, entries: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, *entries)
    assert [p for p in caught.value.problems if words in p and p.startswith(f"catalogue/{LOG}, line ")]
