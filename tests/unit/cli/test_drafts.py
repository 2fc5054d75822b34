"""A draft metric on the command line: marked wherever it is shown, in no sign and nothing that stands out."""

import json
from pathlib import Path

import pytest

from moothall.catalogue import load_catalogue
from moothall.errors import CatalogueError
from tests.catalogue.test_drafts import DRAFTED, IN_CONSULTATION, consultation
from tests.catalogue.test_signals import with_rule
from tests.support.catalogue_builder import metric, tiny_catalogue, write_catalogue
from tests.support.tiny_home import build_home, make_home, read_home
from tests.unit.cli.conftest import Run

MARK = "An idea (DRAFT)"


@pytest.fixture(scope="session")
def finished_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a metric in consultation beside a live one, both with the same figures."""
    files = tiny_catalogue()
    steps = [DRAFTED, IN_CONSULTATION]
    idea = metric("idea", title="An idea", status="in-consultation", breaks=[], history=steps, synonyms=[])
    files["metrics/waste/idea.yaml"] = idea
    files["consultations/first.yaml"] = consultation()
    home = make_home(tmp_path_factory.mktemp("drafts"), files)
    read_home(home)
    build_home(home)
    return home


SHOWN = [
    ("show", "idea", "new-northshire"),
    ("compare", "idea"),
    ("trace", "idea", "new-northshire", "2022-23"),
    ("claim", "idea", "new-northshire", "highest"),
    ("metrics", "--status", "in-consultation"),
]


@pytest.mark.parametrize("form", ["human", "json"])
@pytest.mark.parametrize("words", SHOWN, ids=lambda words: words[0])
def test_wherever_it_is_shown_it_is_marked(run: Run, words: tuple[str, ...], form: str) -> None:
    done = run(*words, "--format", form)
    assert done.code == 0, done.err
    assert MARK in done.out
    if form == "json":
        assert "in-consultation" in done.out


def test_a_live_metric_says_that_it_is_live(run: Run) -> None:
    shown = json.loads(run("show", "recycling-rate", "new-northshire", "--format", "json").out)
    assert (shown["title"], shown["state"]) == ("Recycling rate", "live")


def test_nobody_is_named_to_learn_from(run: Run) -> None:
    done = run("learn", "idea", "new-northshire")
    assert (done.code, done.out) == (2, "")
    assert "An idea (DRAFT) may change or go, so nobody is named to learn from" in done.err


def test_what_stands_out_knows_only_live_metrics(run: Run) -> None:
    for words in (("standing-out", "new-northshire"), ("reversal-report",)):
        done = run(*words)
        assert "idea" not in done.out + done.err


def test_no_sign_rests_on_it(tmp_path: Path) -> None:
    """The catalogue refuses a warning rule about a draft."""
    files = with_rule(metrics=["idea"])
    files["metrics/waste/idea.yaml"] = metric("idea", status="draft", breaks=[], history=[DRAFTED])
    with pytest.raises(CatalogueError) as error:
        load_catalogue(write_catalogue(tmp_path, files))
    assert "the metric idea is draft" in str(error.value)
