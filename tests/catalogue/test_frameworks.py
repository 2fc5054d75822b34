"""Lists of metrics that others drew up: what a line must say, and that it says it of metrics that are there."""

from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue import Catalogue, load_catalogue
from moothall.domain.framework import Nearness
from moothall.domain.words import MetricState
from moothall.errors import CatalogueError
from tests.support.catalogue_builder import tiny_catalogue, write_catalogue
from tests.support.real import real_catalogue

LIST = "framework/waste-list.yaml"


def line(**others: Any) -> dict[str, Any]:
    """A live line; None takes a key out."""
    given = {
        "id": "13.1",
        "wording": "Waste that is recycled",
        "unit": "percent",
        "publisher": "Department of Bins",
        "table": "Table 1",
        "state": "live",
        "outcome": "environment",
        "polarity": "higher-is-better",
        "metric": "recycling-rate",
        **others,
    }
    return {key: value for key, value in given.items() if value is not None}


AWAITED = {
    "state": "awaiting-data",
    "awaiting": "Not in our files.",
    "landing_page": "https://example.org/",
    "metric": None,
}


def load(folder: Path, *lines: dict[str, Any]) -> Catalogue:
    """The tiny catalogue with a list of these lines."""
    content = tiny_catalogue()
    about = {"title": "A list", "publisher": "Bins", "landing_page": "https://example.org/", "description": "Waste."}
    content[LIST] = {"id": "waste-list", **about, "metrics": list(lines)}
    return load_catalogue(write_catalogue(folder, content))


def test_a_list_becomes_lines_with_their_metrics(tmp_path: Path) -> None:
    near = line(id="13.2", state="nearest", difference="Another share.", also=["recycling-rate"])
    awaited = line(id="13.3", **AWAITED)
    framework = load(tmp_path, line(), near, awaited).frameworks["waste-list"]
    assert [item.metric for item in framework.metrics] == ["recycling-rate", "recycling-rate", None]
    assert framework.metrics[1].metrics == ("recycling-rate", "recycling-rate")
    assert [item.id for item in framework.in_state(Nearness.AWAITING_DATA)] == ["13.3"]


FAULTS = [
    (line(metric=None), "line 13.1 is live but metric is missing"),
    (line(state="nearest"), "line 13.1 is nearest but difference is missing"),
    (line(difference="None at all."), "line 13.1 is live, so difference says nothing"),
    (line(**{**AWAITED, "landing_page": None}), "line 13.1 is awaiting-data but landing_page is missing"),
    (line(theme="waste"), "line 13.1 must stand under an outcome or under a theme"),
    (line(outcome=None), "line 13.1 must stand under an outcome or under a theme"),
    (line(**AWAITED, also=["recycling-rate"]), "line 13.1 has also but no metric"),
    (line(state="near"), 'state "near" is not known; did you mean "nearest"?'),
    (line(id="first"), 'id "first" is not well formed; write two numbers with a full stop between them'),
    (line(metric="recyling-rate"), 'metric "recyling-rate" is not one of the metrics of the catalogue; did you mean'),
    (line(also=["bin-colours"]), "line 13.1 is live but the metric bin-colours is awaiting-data"),
    (line(**{**AWAITED, "metric": "recycling-rate"}), "is awaiting-data but the metric recycling-rate is live"),
    (line(outcome="enviroment"), 'outcome "enviroment" is not one of the outcomes of the catalogue'),
    (line(outcome=None, theme="wast"), 'theme "wast" is not one of the themes of the catalogue'),
    (line(polarity="none"), "polarity is listed as none but recycling-rate has higher-is-better; say why"),
    (line(polarity_note="Because."), "polarity is that of recycling-rate; take polarity_note out"),
    (line(colour="red"), '"colour" is not a key here'),
]


@pytest.mark.parametrize(("faulty", "words"), FAULTS, ids=[words for _, words in FAULTS])
def test_a_faulty_line_gets_its_sentence(tmp_path: Path, faulty: dict[str, Any], words: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, faulty)
    assert any(words in problem and problem.startswith(f"catalogue/{LIST}, line ") for problem in caught.value.problems)


def test_a_line_told_twice_and_a_metric_of_another_outcome(tmp_path: Path) -> None:
    content = tiny_catalogue()
    content["metrics/waste/recycling-rate.yaml"].pop("outcome")
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, line(), line())
    assert any('id "13.1" is already taken' in problem for problem in caught.value.problems)
    content[LIST] = {
        "id": "waste-list",
        "title": "A list",
        "publisher": "Bins",
        "landing_page": "https://example.org/",
        "description": "Waste.",
        "metrics": [line()],
    }
    with pytest.raises(CatalogueError, match='recycling-rate has the outcome none; write "environment" in its file'):
        load_catalogue(write_catalogue(tmp_path / "other", content))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue of this project."""
    return real_catalogue()


def test_the_outcomes_framework_is_declared_whole(catalogue: Catalogue) -> None:
    lines = catalogue.frameworks["local-outcomes-framework"].metrics
    assert len(lines) == 115
    counts = [sum(item.outcome == outcome.id for item in lines) for outcome in catalogue.outcomes.values()]
    assert counts == [0, 4, 5, 3, 5, 14, 15, 14, 6, 8, 2, 10, 5, 7, 16, 1]
    assert all(item.id.split(".")[0] == str(catalogue.outcomes[item.outcome].number) for item in lines if item.outcome)
    assert sum(item.state is not Nearness.AWAITING_DATA for item in lines) >= 65


def test_every_metric_of_the_explorer_is_a_metric_here(catalogue: Catalogue) -> None:
    """Live, or awaiting its figures with a page of its own."""
    for item in catalogue.frameworks["local-authority-data-explorer"].metrics:
        assert item.metric, item.title
        wanted = MetricState.AWAITING_DATA if item.state is Nearness.AWAITING_DATA else MetricState.LIVE
        assert catalogue.metrics[item.metric].state is wanted, item.title


def test_what_is_only_near_says_how_it_differs(catalogue: Catalogue) -> None:
    for framework in catalogue.frameworks.values():
        for item in framework.in_state(Nearness.NEAREST):
            assert len((item.difference or "").split()) > 4, item.id


def test_the_mirror_lists_no_metric_that_we_lack(catalogue: Catalogue, mirror: Path) -> None:
    import csv

    with (mirror / "local-outcomes-framework" / "metrics.csv").open(encoding="utf-8") as file:
        listed = list(dict.fromkeys((int(row["outcome_no"]), row["metric"]) for row in csv.DictReader(file)))
    ours = catalogue.frameworks["local-outcomes-framework"].metrics
    assert [outcome for outcome, _ in listed] == [catalogue.outcomes[item.outcome or ""].number for item in ours]
    copied = {words.casefold() for _, words in listed} & {item.title.casefold() for item in ours}
    assert copied <= {"business density", "children in low-income families", "deaths of enterprises"}
