"""What a build keeps about councils that are alike: published lists, and how good each model of similarity is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

SIMILAR_TABLES = """
CREATE TABLE listing (list VARCHAR, authority VARCHAR, place INTEGER, peer VARCHAR, label VARCHAR);
CREATE TABLE similarity_score (
    model VARCHAR, title VARCHAR, scaled_error DOUBLE, low DOUBLE, high DOUBLE, metrics INTEGER, wide_error DOUBLE,
    wide_low DOUBLE, wide_high DOUBLE, wide_metrics INTEGER, mutual_share DOUBLE, cross_type_share DOUBLE,
    stability DOUBLE);
CREATE TABLE similarity_skill (model VARCHAR, metric VARCHAR, scaled_error DOUBLE, n INTEGER, is_service BOOLEAN);
"""


@dataclass(frozen=True, slots=True)
class Listing:
    """One published list: the peers of each authority in order, or the class of each; both by authority code."""

    peers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def alike(self, code: str) -> tuple[str, ...]:
        """The authorities of the same class as this one, itself among them; none where it has no class."""
        label = self.labels.get(code)
        return tuple(sorted(c for c, own in self.labels.items() if own == label)) if label else ()


@dataclass(frozen=True, slots=True)
class ModelScore:
    """How well a model's peers tell a council's figures: the same type's median has the error 1.000.

    ``scaled_error`` is the mean over ``metrics`` of services, with its 95% interval. ``wide_error`` is the mean over
    these and the outcomes and circumstances that are no variable of a model. ``stability`` is the share of peers kept
    over a year; None for a list of which there is one edition.
    """

    model: str
    title: str
    scaled_error: float
    low: float
    high: float
    metrics: int
    wide_error: float
    wide_low: float
    wide_high: float
    wide_metrics: int
    mutual_share: float | None
    cross_type_share: float | None
    stability: float | None


@dataclass(frozen=True, slots=True)
class MetricSkill:
    """The scaled error of one model for one metric, over ``n`` councils."""

    model: str
    metric: str
    scaled_error: float
    n: int
    is_service: bool


@dataclass(frozen=True, slots=True)
class SimilarityReport:
    """Every model's score, in the order of the report, and its skill for every metric."""

    scores: tuple[ModelScore, ...] = ()
    skills: Mapping[tuple[str, str], MetricSkill] = field(default_factory=dict)


def load_listings(connection: duckdb.DuckDBPyConnection) -> dict[str, Listing]:
    """All lists of a build, by id."""
    rows = connection.execute("SELECT * FROM listing ORDER BY list, authority, place").fetchall()
    peers: dict[str, dict[str, list[str]]] = {}
    labels: dict[str, dict[str, str]] = {}
    for name, authority, _, peer, label in rows:
        peers.setdefault(name, {})
        labels.setdefault(name, {})
        if peer is not None:
            peers[name].setdefault(authority, []).append(peer)
        if label is not None:
            labels[name][authority] = label
    return {name: Listing({code: tuple(own) for code, own in peers[name].items()}, labels[name]) for name in peers}


def load_similarity_report(connection: duckdb.DuckDBPyConnection) -> SimilarityReport:
    """The scores and skills of a build, the scores in the order in which they were written."""
    scores = connection.execute("SELECT * FROM similarity_score ORDER BY rowid").fetchall()
    skills = connection.execute("SELECT * FROM similarity_skill ORDER BY model, metric").fetchall()
    return SimilarityReport(
        tuple(ModelScore(*row) for row in scores), {(row[0], row[1]): MetricSkill(*row) for row in skills}
    )
