"""The pages on how good our own rules are say what the reports have, by name, and keep to the honest sentence."""

import pytest

from moothall.analytics.change import ChangeRule
from moothall.analytics.reversal import Reversals
from moothall.presenters.provenance.flags_page import flags_sentence, make_flags_page
from moothall.presenters.provenance.reversal_view import reversal_lines
from moothall.presenters.similarity.similarity_page import make_similarity_page
from moothall.store import MetricSkill, ModelScore, SimilarityReport
from tests.support.similar import make_model, with_models
from tests.support.store_builder import FakeStore, make_metric, make_store
from tests.unit.presenters.test_changes import table

JUDGED, LOST = "of this metric that can be judged", "lost half or more again at the next period"


def score(model: str, error: float) -> ModelScore:
    ends = (error, error - 0.02, error + 0.02, 2)
    return ModelScore(model, f"The model {model}", *ends, *ends, 0.5, 0.0, None)


@pytest.fixture
def judged() -> FakeStore:
    """A store with two metrics, of which similarity matters for one, and a report on the model of tests."""
    store = with_models(make_store({make_metric("recycling"): table(), make_metric("aardvark"): table()}), make_model())
    model = next(iter(store.catalogue.similarity_models))
    skills = (MetricSkill(model, "recycling", 0.8, 12, True), MetricSkill(model, "aardvark", 1.1, 12, True))
    report = SimilarityReport((score(model, 0.95), score("same-type", 1.0)), {(s.model, s.metric): s for s in skills})
    store.similarity_report = report
    return store


def test_the_similarity_report_is_told_whole(judged: FakeStore) -> None:
    page = make_similarity_page(judged)
    assert page.models is not None
    assert [row.cells[1].text for row in page.models.rows] == ["0.950", "1.000"]
    assert "by 95.0% of what" in page.answer[0]
    assert "do not reach it" in page.answer[0]
    assert "Of 2 metrics that could be judged, similarity matters for 1" in page.answer[1]
    rows = [[cell.text for cell in row.cells] for row in page.by_metric[0].rows]
    assert rows == [
        ["Aardvark", "1.100", "12", "similar councils say less"],
        ["Recycling", "0.800", "12", "similarity matters"],
    ]


def test_a_build_without_models_says_so() -> None:
    page = make_similarity_page(make_store({make_metric("recycling"): table()}))
    assert page.models is None
    assert page.answer == ("This build has no model of similarity to judge.",)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (Reversals(), ""),
        (Reversals(1, 0, 0, 10, 4, 5), f"Of 1 earlier flag {JUDGED}, none {LOST}; of all changes here 40.0% did."),
        (Reversals(8, 2, 3, 10, 4, 5), f"Of 8 earlier flags {JUDGED}, 2 {LOST}; of all changes here 40.0% did."),
        (Reversals(8, 2, 3), f"Of 8 earlier flags {JUDGED}, 2 {LOST}."),
    ],
)
def test_a_metric_says_how_its_flags_fared(counts: Reversals, sentence: str) -> None:
    assert flags_sentence(counts, ChangeRule.ANNUAL) == sentence
    assert flags_sentence(counts, ChangeRule.CHART) == sentence.replace("at the next period", "a year later")


def test_the_report_on_flags_counts_what_the_lines_have() -> None:
    store = make_store({make_metric("recycling"): table((44.0, 38.0, 30.0, 30.1), periods=12)})
    page, (line,) = make_flags_page(store), reversal_lines(store)
    assert page.by_kind is not None
    assert page.by_kind.rows[0].cells[1].text == "1"
    assert page.by_kind.rows[0].cells[2].text == str(line.counts.flags)
    assert len(page.by_metric) == (1 if line.counts.flags else 0)


def test_metrics_of_which_nothing_is_said_are_counted() -> None:
    noisy = table((44.0, 30.0, 44.0, 30.0), periods=12)
    swings = "\n".join([noisy.splitlines()[0], *(f"{line.split('  ')[0]}  " + "  ".join(
        f"{40 + (7 * row + 3) % 11 + (-1) ** (year + row) * (5 + row % 3):.1f}" for year in range(12))
        for row, line in enumerate(noisy.splitlines()[1:]))])  # fmt: skip
    store = make_store({make_metric("recycling"): table(periods=12), make_metric("swinging"): swings})
    page, lines = make_flags_page(store), {line.metric.id: line for line in reversal_lines(store)}
    assert lines["swinging"].is_too_noisy
    assert page.refused.startswith(f"Of {sum(line.is_too_noisy for line in lines.values())} of the 2 metrics")


def test_too_few_periods_are_said_to_be_too_few() -> None:
    page = make_flags_page(make_store({make_metric("recycling"): table(periods=3)}))
    assert page.by_kind is None
    assert page.answer.startswith("No change could be flagged")
