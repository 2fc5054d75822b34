"""Draft metrics and consultations: what holds together, and the sentence for what does not."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue import load_catalogue
from moothall.domain.consultation import Respondent
from moothall.domain.words import MetricState
from moothall.errors import CatalogueError
from tests.support.catalogue_builder import Edit, Files, drop, each, metric, put, tiny_catalogue, write_catalogue

DRAFT = "metrics/waste/idea.yaml"
ASKED = "consultations/first.yaml"
DRAFTED = {"on": "2026-11-01", "state": "draft", "reason": "An idea."}
IN_CONSULTATION = {"on": "2026-11-02", "state": "in-consultation", "reason": "Asked.", "consultation": "first"}
QUESTION = {
    "id": "clear",
    "aspect": "definition",
    "kind": "choice",
    "text": "Is it clear?",
    "options": [{"id": "clear", "text": "It is"}, {"id": "unclear", "text": "It is not"}],
    "comment": "What is not?",
}
WORDS = {"id": "harm", "aspect": "perverse-incentive", "kind": "text", "text": "What could go wrong?"}


def consultation(**others: Any) -> dict[str, Any]:
    """A consultation about one draft."""
    return deepcopy(
        {
            "id": "first",
            "title": "One draft",
            "owner": "A tester",
            "purpose": "To ask.",
            "metrics": ["idea"],
            "opens": "2026-11-02",
            "closes": "2026-12-02",
            "who": ["authority", "person"],
            "privacy": "Nothing is published.",
            "questions_on_each_metric": [QUESTION, WORDS],
            **others,
        }
    )


def files_with_draft() -> Files:
    """The tiny catalogue with a draft that is consulted on; nobody else's to change."""
    files, history = tiny_catalogue(), deepcopy([DRAFTED, IN_CONSULTATION])
    files[DRAFT] = metric("idea", title="An idea", status="in-consultation", history=history)
    files[ASKED] = consultation()
    return files


def test_a_draft_is_marked_wherever_its_title_stands(tmp_path: Path) -> None:
    catalogue = load_catalogue(write_catalogue(tmp_path, files_with_draft()))
    draft = catalogue.metrics["idea"]
    assert (draft.title, draft.state) == ("An idea (DRAFT)", MetricState.IN_CONSULTATION)
    assert "An idea" in draft.synonyms
    assert [(step.on, step.state) for step in draft.history] == [
        (date(2026, 11, 1), MetricState.DRAFT),
        (date(2026, 11, 2), MetricState.IN_CONSULTATION),
    ]


def test_a_consultation_asks_each_question_of_each_metric(tmp_path: Path) -> None:
    files = files_with_draft()
    files[ASKED]["questions_on_the_whole"] = [{**WORDS, "id": "other"}]
    asked = load_catalogue(write_catalogue(tmp_path, files)).consultations["first"]
    assert [(metric_id, question.id) for metric_id, question in asked.steps] == [
        ("idea", "clear"),
        ("idea", "harm"),
        ("", "other"),
    ]
    assert asked.who == {Respondent.AUTHORITY, Respondent.PERSON}
    assert [asked.is_open(date(2026, month, day)) for month, day in ((11, 1), (11, 2), (12, 2), (12, 3))] == [
        False,
        True,
        True,
        False,
    ]


LIVE_AGAIN = {"on": "2026-12-05", "state": "live", "reason": "Kept.", "consultation": "first"}


def test_a_metric_that_became_live_keeps_its_history(tmp_path: Path) -> None:
    files = files_with_draft()
    files[DRAFT] |= {"status": "live", "history": [DRAFTED, IN_CONSULTATION, LIVE_AGAIN]}
    kept = load_catalogue(write_catalogue(tmp_path, files)).metrics["idea"]
    assert (kept.title, len(kept.history)) == ("An idea", 3)


FAULTS: list[tuple[Edit, str]] = [
    (drop(DRAFT, "history"), "status is in-consultation but there is no history"),
    (drop(DRAFT, "value"), "status is in-consultation but value is missing"),
    (put(DRAFT, "status", value="draft"), "status is draft but the history ends with in-consultation"),
    (put(DRAFT, "history", 1, "on", value="2026-10-31"), "the history goes back from 2026-11-01 to 2026-10-31"),
    (put(DRAFT, "history", 1, "consultation", value="frist"), "frist"),
    (put(DRAFT, "history", value=[IN_CONSULTATION, DRAFTED]), "in-consultation is followed by draft"),
    (put(ASKED, "metrics", 0, value="rate"), '"rate" is not one of the metrics'),
    (put(ASKED, "metrics", 0, value="recycling-rate"), 'history of the metric "recycling-rate" does not say'),
    (put(ASKED, "metrics", value=["idea", "idea"]), 'metrics holds "idea" twice'),
    (put(ASKED, "closes", value="2026-11-02"), "closes is 2026-11-02 but opens is 2026-11-02"),
    (put(ASKED, "id", value="second"), "is not the name of its file"),
    (put(ASKED, "who", 0, value="council"), "council"),
    (put(ASKED, "questions_on_each_metric", 1, "id", value="clear"), '2 questions have the id "clear"'),
    (put(ASKED, "questions_on_each_metric", 1, "options", value=QUESTION["options"]), "takes no options"),
    (drop(ASKED, "questions_on_each_metric", 0, "options"), "needs at least 2 options"),
    (put(ASKED, "questions_on_each_metric", 0, "options", 1, "id", value="clear"), 'two options have the id "clear"'),
]


@pytest.mark.parametrize(("edit", "sentence"), FAULTS, ids=range(len(FAULTS)))
def test_what_does_not_hold_is_one_sentence(tmp_path: Path, edit: Edit, sentence: str) -> None:
    files = files_with_draft()
    each(edit)(files)
    with pytest.raises(CatalogueError) as error:
        load_catalogue(write_catalogue(tmp_path, files))
    found = [problem for problem in error.value.problems if sentence in problem]
    assert found, error.value.problems
    assert found[0].startswith("catalogue/"), "the sentence names the file"


def test_a_derived_metric_stands_on_no_draft(tmp_path: Path) -> None:
    files = files_with_draft()
    change = metric("rise", value={"change": {"of": {"metric": "idea"}, "over": 1}}, breaks=[])
    files["metrics/waste/rise.yaml"] = {key: value for key, value in change.items() if key != "bounds"}
    with pytest.raises(CatalogueError, match="the metric idea is in-consultation"):
        load_catalogue(write_catalogue(tmp_path, files))
