"""How far similarity can be trusted: the report of all models, and the sentence of a metric's page (METHODS 5)."""

from dataclasses import asdict
from typing import Any

from moothall.analytics.circumstances import usual_model
from moothall.catalogue import Catalogue
from moothall.domain.authority import AuthorityType
from moothall.domain.metric import Metric
from moothall.domain.similarity import SimilarityModel
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.wording.numbers import number_text
from moothall.store import MetricSkill

SIMILARITY_MATTERS = 0.95
"""Similarity is said to matter where the peers' error is at most this part of that of the whole type."""

WORSE_THAN_TYPE = 1.02
"""Above this the peers say less than the whole type does."""


def report_records(store: FigureStore) -> list[dict[str, Any]]:
    """Every model as plain facts, in the order of the report: its errors, by theme, and what its peers are like."""
    report, metrics = store.similarity_report, store.catalogue.metrics
    by_theme: dict[str, dict[str, list[float]]] = {}
    for skill in report.skills.values():
        if skill.is_service and skill.metric in metrics:
            theme = metrics[skill.metric].theme
            by_theme.setdefault(skill.model, {}).setdefault(theme, []).append(skill.scaled_error)
    return [
        {
            **asdict(score),
            "by_theme": {theme: sum(found) / len(found) for theme, found in by_theme.get(score.model, {}).items()},
            "by_metric": {s.metric: s.scaled_error for s in report.skills.values() if s.model == score.model},
        }
        for score in report.scores
    ]


def metric_model(catalogue: Catalogue, metric: Metric) -> SimilarityModel | None:
    """The model whose peers are meant on a metric's page: the usual one of the first type that it covers."""
    found = (usual_model(catalogue, kind) for kind in AuthorityType if kind in metric.applies_to)
    return next((model for model in found if model), None)


def skill_of(store: FigureStore, metric: Metric, model: SimilarityModel) -> MetricSkill | None:
    """How well a model's peers tell a metric; None where the build could not judge it."""
    return store.similarity_report.skills.get((model.id, metric.id))


def skill_sentence(store: FigureStore, metric: Metric, model: SimilarityModel) -> str:
    """Whether similarity matters for a metric, in one sentence with its figure."""
    if any(variable.metric == metric.id for variable in model.variables):
        return "By this figure, among others, councils are called similar, so similar councils have like figures."
    found = skill_of(store, metric, model)
    if found is None:
        return "There are too few figures to say whether similar councils have like figures here."
    change = number_text(abs(1 - found.scaled_error) * 100)
    if found.scaled_error <= SIMILARITY_MATTERS:
        return (
            f"For this metric similarity matters: the middle figure of similar councils comes {change}% nearer to a "
            f"council's own than that of its whole type ({number_text(found.n)} councils)."
        )
    close = f"only {change}% nearer to" if found.scaled_error < 1 else f"{change}% further from"
    verdict = "less" if found.scaled_error > WORSE_THAN_TYPE else "hardly more"
    return (
        f"For this metric similar councils say {verdict} than any councils of the type: their middle figure comes "
        f"{close} a council's own ({number_text(found.n)} councils). Compare with any council of the type."
    )
