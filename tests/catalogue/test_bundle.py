"""The catalogue survives the journey into the build and back, whole and always as the same text."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from moothall.catalogue import Catalogue, bundle, load_catalogue
from moothall.errors import CatalogueError
from tests.support.catalogue_builder import CORRECTIONS, correction, tiny_catalogue, write_catalogue
from tests.support.real import real_catalogue

SOURCE_FOLDER = Path(bundle.__file__).parents[2]
DUMP = """
import hashlib, pathlib, sys
from moothall.catalogue import bundle, load_catalogue
print(hashlib.sha256(bundle.dump(load_catalogue(pathlib.Path(sys.argv[1]))).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny catalogue with a correction."""
    missing = correction(value=None, status="suppressed", reason="Too few answers")
    del missing["value"]
    files = tiny_catalogue() | {CORRECTIONS: {"corrections": [correction(), missing]}}
    return write_catalogue(tmp_path_factory.mktemp("bundle"), files)


def round_trip(catalogue: Catalogue) -> Catalogue:
    return bundle.load(bundle.dump(catalogue))


def test_the_tiny_catalogue_comes_back_equal(folder: Path) -> None:
    catalogue = load_catalogue(folder)
    assert round_trip(catalogue) == catalogue


def test_the_real_catalogue_comes_back_equal() -> None:
    catalogue = real_catalogue()
    back = round_trip(catalogue)
    assert back == catalogue
    assert [list(getattr(back, kind)) for kind in ("themes", "metrics", "authorities")] == [
        list(getattr(catalogue, kind)) for kind in ("themes", "metrics", "authorities")
    ]


def test_the_text_is_json_with_plain_values(folder: Path) -> None:
    content = json.loads(bundle.dump(load_catalogue(folder)))
    assert content["metrics"]["recycling-rate"]["applies_to"] == ["shire-district", "unitary"]
    assert content["authorities"]["ALD"]["end"] == "2021-03-31"
    assert content["sources"]["waste-returns"]["releases"][0]["published_on"] == "2024-02-29"


@pytest.mark.slow
def test_the_text_is_the_same_in_every_run(folder: Path) -> None:
    """Sets are ordered by a seed that differs from run to run; the text must not be."""
    texts = set()
    for seed in ("1", "2", "3"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(SOURCE_FOLDER)}
        command = [sys.executable, "-c", DUMP, str(folder)]
        texts.add(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)
    assert len(texts) == 1


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"themes": 1}'])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(CatalogueError, match=r"does not fit this version of Moothall .*; make the build again"):
        bundle.load(text)
