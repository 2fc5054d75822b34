"""How far similarity carries: every model of similar councils judged alike, and each metric's answer (METHODS 5)."""

from dataclasses import dataclass
from typing import Any

from moothall.domain.metric import Metric
from moothall.presenters.addresses import metric_address
from moothall.presenters.blocks import Column, Link, PageHead, Table, TableCell, TableRow
from moothall.presenters.figures.reading import FigureStore, kept_by_store, live_metrics
from moothall.presenters.similarity.peer_skill import (
    SIMILARITY_MATTERS,
    WORSE_THAN_TYPE,
    metric_model,
    report_records,
    skill_of,
)
from moothall.presenters.wording.numbers import count_text, number_text
from moothall.store import MetricSkill

DECIMALS = 3
WANTED_ERROR = 0.93
"""The error that we set ourselves for a model of ours; the same type's median has 1."""

SAME_TYPE = "same-type"


@dataclass(frozen=True, slots=True)
class SimilarityPage:
    """Everything that the page shows; ``models`` and ``themes`` are None in a build without models."""

    head: PageHead
    title: str
    answer: tuple[str, ...]
    models: Table | None
    themes: Table | None
    by_metric: tuple[Table, ...]
    notes: tuple[str, ...]
    rules: tuple[Link, ...]


RULES = (
    Link("How similar councils are found", "/methods/similar-councils"),
    Link("Whom a metric is compared among", "/methods/comparator-groups"),
)


@kept_by_store
def make_similarity_page(store: FigureStore) -> SimilarityPage:
    """The report of the build, in tables, with the honest sentence above them."""
    records, title = report_records(store), "How far similarity carries"
    crumbs = (("Home", "/"), ("Methods", "/methods"), (title, None))
    skills = {metric.id: skill for metric in live_metrics(store) if (skill := _own_skill(store, metric))}
    return SimilarityPage(
        head=PageHead(title, "about", crumbs, "How well similar councils tell a council's figures, model by model."),
        title=title,
        answer=tuple(_answer(store, records, skills)),
        models=_models_table(records) if records else None,
        themes=_themes_table(store, records) if records else None,
        by_metric=tuple(_metric_tables(store, skills)),
        notes=NOTES,
        rules=RULES,
    )


NOTES = (
    "The error is how far a council's figure lies from the middle figure of its peers, as a share of how far it lies "
    "from the middle figure of the rest of its type. Below 1 similar councils say more than any councils of the type; "
    "above 1 they say less. The interval says how much it could be by the luck of which metrics there are.",
    "No metric has set the weights that it judges, and a metric that a model is made of judges no model.",
    "The ceiling predicts each metric by a regression on the same circumstances. No choice of peers by these "
    "circumstances can be expected to do much better.",
    "Mutual is the share of pairs in which each names the other; across types, the share of pairs of unlike councils; "
    "kept, the share of peers that stay from one year to the next.",
)


def _own_skill(store: FigureStore, metric: Metric) -> MetricSkill | None:
    model = metric_model(store.catalogue, metric)
    return skill_of(store, metric, model) if model else None


def _answer(store: FigureStore, records: list[dict[str, Any]], skills: dict[str, MetricSkill]) -> list[str]:
    ours = [record for record in records if record["model"] in store.catalogue.similarity_models]
    if not ours:
        return ["This build has no model of similarity to judge."]
    errors = sorted(record["scaled_error"] for record in ours)
    share = " to ".join(dict.fromkeys(map(_percent, (errors[0], errors[-1]))))
    reached = "reach" if errors[-1] <= WANTED_ERROR else "do not reach"
    matters = sum(skill.scaled_error <= SIMILARITY_MATTERS for skill in skills.values())
    return [
        f"Over services, the middle figure of similar councils misses a council's own by {share} of "
        "what the middle figure of its whole type misses it by. We aim for "
        f"{_percent(WANTED_ERROR)} or less, and {reached} it.",
        f"What matters most is the metric. Of {count_text(len(skills), 'metric')} that could be judged, similarity "
        f"matters for {number_text(matters)}; for the others any councils of the type say as much. Each metric's page "
        "says which it is.",
    ]


def _percent(error: float) -> str:
    return f"{number_text(100 * error, 1)}%"


def _models_table(records: list[dict[str, Any]]) -> Table:
    columns = (
        Column("Model", wraps=True),
        Column("Error, services", numeric=True),
        Column("95% interval", numeric=True),
        Column("Metrics", numeric=True),
        Column("Error, all metrics", numeric=True),
        Column("Mutual", numeric=True),
        Column("Across types", numeric=True),
        Column("Kept", numeric=True),
    )
    rows = tuple(_model_row(record) for record in records)
    return Table("models", "Every model beside the same type, whose error is 1", columns, rows)


def _model_row(record: dict[str, Any]) -> TableRow:
    interval = f"{_error(record['low'])} to {_error(record['high'])}"
    shares = [_share_cell(record[name]) for name in ("mutual_share", "cross_type_share", "stability")]
    figures = (_error(record["scaled_error"]), interval, number_text(record["metrics"]), _error(record["wide_error"]))
    return TableRow((TableCell(record["title"]), *map(TableCell, figures), *shares))


def _themes_table(store: FigureStore, records: list[dict[str, Any]]) -> Table:
    themes = [t for t in store.catalogue.themes.values() if any(t.id in record["by_theme"] for record in records)]
    columns = (Column("Model", wraps=True), *(Column(theme.title, numeric=True) for theme in themes))
    rows = tuple(
        TableRow((TableCell(record["title"]), *(_error_cell(record["by_theme"].get(theme.id)) for theme in themes)))
        for record in records
    )
    return Table("models-by-theme", "The error by theme, services only", columns, rows)


def _metric_tables(store: FigureStore, skills: dict[str, MetricSkill]) -> list[Table]:
    """A table for each theme: its metrics by name, with their own error and what follows from it."""
    columns = (Column("Metric"), Column("Error", numeric=True), Column("Councils", numeric=True), Column("So"))
    tables = []
    for theme in store.catalogue.themes.values():
        judged = [m for m in live_metrics(store) if m.theme == theme.id and m.id in skills]
        rows = tuple(_metric_row(metric, skills[metric.id]) for metric in judged)
        if rows:
            tables.append(Table(f"skill-{theme.id}", f"{theme.title}: each metric, by name", columns, rows))
    return tables


def _metric_row(metric: Metric, skill: MetricSkill) -> TableRow:
    figures = (_error(skill.scaled_error), number_text(skill.n), _verdict(skill.scaled_error))
    return TableRow((TableCell(metric.title, metric_address(metric.id)), *map(TableCell, figures)))


def _verdict(error: float) -> str:
    if error <= SIMILARITY_MATTERS:
        return "similarity matters"
    return "similar councils say less" if error > WORSE_THAN_TYPE else "any council of the type will do"


def _error(figure: float) -> str:
    return number_text(figure, DECIMALS)


def _error_cell(figure: float | None) -> TableCell:
    return TableCell("none", is_missing=True) if figure is None else TableCell(_error(figure))


def _share_cell(share: float | None) -> TableCell:
    return TableCell("not known", is_missing=True) if share is None else TableCell(f"{number_text(100 * share)}%")
