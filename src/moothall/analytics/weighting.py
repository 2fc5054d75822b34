"""Weights that a reader gives to the variables of a model: read, checked and refused in one sentence (METHODS 5)."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from moothall.domain.similarity import SimilarityModel
from moothall.errors import UnknownName, UsageError

LARGEST_WEIGHT = 100.0
"""The most that a variable may count; the model's own weights are near 1."""


def read_pairs(text: str) -> dict[str, str]:
    """``a=2,b=0`` as names with texts; UsageError where a part is no pair or a name stands twice."""
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, sign, weight = (piece.strip() for piece in part.partition("="))
        if not (name and sign and weight):
            raise UsageError(f"{part!r} gives no weight: write it as population-density=2.")
        if name in found:
            raise UsageError(f"The weight of {name} is given twice; once is allowed.")
        found[name] = weight
    return found


def weights_of(model: SimilarityModel, given: Mapping[str, str]) -> NDArray[np.float64]:
    """The model's weights [variables] with those that are given as text, by metric, in their place.

    UnknownName for a metric that is no variable of the model; UsageError for a weight that is no number, below 0 or
    above 100, and where all weights are 0.
    """
    for name in given:
        if name not in model.weights:
            allowed = tuple(model.weights)
            raise UnknownName(f"The model {model.id} has no variable {name!r}.", allowed)
    found = np.array(
        [_weight(n, given[n]) if n in given else own for n, own in model.weights.items()], dtype=np.float64
    )
    if not found.any():
        raise UsageError("All weights are 0, so nothing would be compared: give one variable or more a weight above 0.")
    return found


def _weight(name: str, text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        raise UsageError(f"The weight {text!r} of {name} is not a number: write it as {name}=2.") from None
    if not math.isfinite(weight):
        raise UsageError(f"The weight {text!r} of {name} is not a number: write it as {name}=2.")
    if weight < 0:
        raise UsageError(f"The weight of {name} is {text}, but a weight cannot be below 0: write 0 to leave it out.")
    if weight > LARGEST_WEIGHT:
        raise UsageError(f"The weight of {name} is {text}; the most is {LARGEST_WEIGHT:g}.")
    return weight
