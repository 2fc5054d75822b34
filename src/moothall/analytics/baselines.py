"""Plain rules that a set of signals must beat (METHODS 9): for the back-test only, never on a council's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

AUDITORS_LIMIT: Final = 5.0
"""Reserves in percent of spending at or below which auditors begin to ask."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the composite: its weight, and whether a higher figure means more stress."""

    weight: float
    higher_is_stress: bool


CIPFA_2018: Final[Mapping[str, Part]] = {
    "reserves": Part(0.25, higher_is_stress=False),
    "change-in-reserves": Part(0.25, higher_is_stress=False),
    "grant-dependency": Part(0.10, higher_is_stress=True),
    "inflexible-spend": Part(0.15, higher_is_stress=True),
    "ofsted": Part(0.15, higher_is_stress=True),
    "auditor": Part(0.10, higher_is_stress=True),
}
"""The parts and weights that CIPFA proposed in 2018 for an index of resilience (METHODS 9)."""


def lowest_to_highest(values: Scores, types: Sequence[str]) -> Scores:
    """Each figure's place from 0 (the lowest of its type) to 1 (the highest); NaN where all of a type are alike."""
    placed = np.full(values.shape, np.nan)
    labels = np.asarray(types, dtype=np.str_)
    for label in np.unique(labels):
        rows = (labels == label) & ~np.isnan(values)
        if not rows.any():
            continue
        low, high = values[rows].min(), values[rows].max()
        if high > low:
            placed[rows] = (values[rows] - low) / (high - low)
    return placed


def composite(figures: Mapping[str, Scores], types: Sequence[str], parts: Mapping[str, Part] = CIPFA_2018) -> Scores:
    """The weighted mean of the parts, each from lowest to highest within type, higher for more stress.

    Weights are made to sum to one over the parts that an authority has; NaN where it has none. ``figures`` are
    [authorities] by part; a part that is not there counts for nobody.
    """
    total, weight = np.zeros(len(types)), np.zeros(len(types))
    for name, part in parts.items():
        if name not in figures:
            continue
        placed = lowest_to_highest(figures[name], types)
        stress = placed if part.higher_is_stress else 1 - placed
        known = ~np.isnan(stress)
        total[known] += part.weight * stress[known]
        weight[known] += part.weight
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(weight > 0, total / weight, np.nan)


def auditors_rule(reserves_percent: Scores) -> Scores:
    """1 where reserves are at or below 5% of spending, 0 where they are above, NaN where nothing is known."""
    return np.where(np.isnan(reserves_percent), np.nan, (reserves_percent <= AUDITORS_LIMIT).astype(np.float64))
