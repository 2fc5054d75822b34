"""Models of similarity: by which circumstances councils are called alike, none of which a council can choose."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from moothall.domain.authority import AuthorityType


class Transform(StrEnum):
    """What is done to a figure before it is compared: ``log`` for those of which a few are very large."""

    NONE = "none"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Variable:
    """One circumstance: the metric that tells it, how much it counts, and why a council cannot choose it."""

    metric: str
    transform: Transform
    weight: float
    because: str


@dataclass(frozen=True, slots=True)
class SimilarityModel:
    """A named, versioned way to find councils alike, for the ``types`` that it covers.

    ``peers`` is how many similar councils it names. ``on`` is the day on which councils and figures are looked at.
    """

    id: str
    title: str
    version: str
    on: date
    types: frozenset[AuthorityType]
    variables: tuple[Variable, ...]
    peers: int

    @property
    def weights(self) -> dict[str, float]:
        """How much each variable counts, by its metric."""
        return {variable.metric: variable.weight for variable in self.variables}
