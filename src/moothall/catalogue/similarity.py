"""Models of similarity (catalogue/neighbours), as YAML states them, and the domain types they become."""

from typing import Annotated

from pydantic import Field

from moothall.catalogue.fields import Day, Entry, Id, Text
from moothall.domain.authority import AuthorityType
from moothall.domain.similarity import SimilarityModel, Transform, Variable


class VariableEntry(Entry):
    """One circumstance: a live context metric, how much it counts, and why a council cannot choose it."""

    metric: Id
    because: Text
    transform: Transform = Transform.NONE
    weight: Annotated[float, Field(gt=0)] = 1.0


class SimilarityModelEntry(Entry):
    """catalogue/neighbours/<id>.yaml: ``date`` is the day on which councils and figures are looked at."""

    id: Id
    title: Text
    version: Text
    on: Day = Field(alias="date")
    types: Annotated[tuple[AuthorityType, ...], Field(min_length=1)]
    variables: Annotated[tuple[VariableEntry, ...], Field(min_length=3)]
    peers: Annotated[int, Field(ge=3, le=50)]


def to_similarity_model(entry: SimilarityModelEntry) -> SimilarityModel:
    """A model as a type of the domain."""
    variables = tuple(Variable(v.metric, v.transform, v.weight, v.because) for v in entry.variables)
    return SimilarityModel(
        entry.id, entry.title, entry.version, entry.on, frozenset(entry.types), variables, entry.peers
    )
