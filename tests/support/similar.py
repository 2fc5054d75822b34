"""A model of similarity for made-up stores. It looks at a metric that a real model never would: there is no other."""

from dataclasses import replace
from datetime import date

from moothall.domain.authority import AuthorityType
from moothall.domain.similarity import SimilarityModel, Transform, Variable
from tests.support.store_builder import FakeStore

RATE = "household-waste-recycling-rate"


def make_model(metrics: tuple[str, ...] = (RATE,), **fields: object) -> SimilarityModel:
    """A model for metropolitan districts that names three peers by these metrics; ``fields`` replace its own."""
    variables = tuple(Variable(metric, Transform.NONE, 1.0, "It is made up.") for metric in metrics)
    types = frozenset({AuthorityType.METROPOLITAN_DISTRICT})
    model = SimilarityModel("all-purpose", "All-purpose", "1", date(2026, 11, 22), types, variables, 3)
    return replace(model, **fields)  # type: ignore[arg-type]


def with_models(store: FakeStore, *models: SimilarityModel) -> FakeStore:
    """The store, whose catalogue now has these models."""
    store.catalogue = replace(store.catalogue, similarity_models={model.id: model for model in models})
    return store
