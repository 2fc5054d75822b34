"""A ridge regression on circumstances within each type of authority; nobody is predicted by a fit that has seen it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

FOLDS: Final = 10
"""Authorities are cut into this many parts by their code; each is predicted from the other parts."""

PENALTIES: Final = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
"""The penalties tried, fixed beforehand; variables are standardised, so one grid serves all metrics."""

FEWEST_OF_TYPE: Final = 11
"""The fewest authorities of a type with a figure and all variables among which a regression is fitted."""

LARGEST_PULL: Final = 0.999
"""The most that a figure may pull its own prediction: beyond it, leaving the figure out would divide by nearly 0."""


@dataclass(frozen=True, slots=True)
class CrossFitted:
    """What the other parts say of each authority, both [authorities], NaN where they say nothing.

    ``predicted`` by the regression, ``middle`` by the plain median of its type.
    """

    predicted: Values
    middle: Values


def cross_fitted(values: Values, variables: Values, codes: Sequence[str], types: Sequence[str]) -> CrossFitted:
    """Predict ``values`` [authorities] from ``variables`` [authorities, variables], each type by itself.

    ``codes`` alone decide the parts, so neither order nor chance does. Each fit chooses its penalty by its own
    left-out errors. A variable that nobody of a type has is left out for that type; an authority that lacks one that
    its type has, or its figure, gets nothing: nothing is imputed. So do types of fewer than 11 complete authorities.
    """
    order = np.argsort(np.asarray(codes, dtype=np.str_), kind="stable")
    y, x, kind = values[order], variables[order], np.asarray(types, dtype=np.str_)[order]
    fold = np.array([fold_of(code) for code in codes], dtype=np.int64)[order]
    predicted, middle = np.full(y.size, np.nan), np.full(y.size, np.nan)
    for label in np.unique(kind):
        of_type = kind == label
        has = ~np.isnan(x[of_type]).all(axis=0)
        rows = np.flatnonzero(of_type & ~np.isnan(y) & ~np.isnan(x[:, has]).any(axis=1))
        if rows.size >= FEWEST_OF_TYPE:
            predicted[rows], middle[rows] = _folded(y[rows], x[np.ix_(rows, has)], fold[rows])
    back = np.argsort(order, kind="stable")
    return CrossFitted(predicted[back], middle[back])


def fold_of(code: str) -> int:
    """The part (0 to 9) that an authority belongs to, from its code alone and for ever."""
    return int.from_bytes(hashlib.sha256(code.encode()).digest()[:8], "big") % FOLDS


def _folded(y: Values, x: Values, fold: NDArray[np.int64]) -> tuple[Values, Values]:
    predicted, middle = np.full(y.size, np.nan), np.full(y.size, np.nan)
    for part in np.unique(fold):
        seen, held = fold != part, fold == part
        if seen.any():
            predicted[held] = ridge(y[seen], x[seen], x[held])
            middle[held] = np.median(y[seen])
    return predicted, middle


def ridge(y: Values, x: Values, wanted: Values) -> Values:
    """Predictions for ``wanted`` by the penalty whose left-out errors among ``y`` are least (ties: the largest).

    A figure is left out in one step: its error divided by the share of it that others decide.
    """
    spread = x.std(axis=0)
    centre, scale = x.mean(axis=0), np.where(spread > 0, spread, 1.0)
    left, sizes, right = np.linalg.svd((x - centre) / scale, full_matrices=False)
    middle, rest = y.mean(), y - y.mean()
    towards = left.T @ rest
    shrink = sizes[:, None] ** 2 / (sizes[:, None] ** 2 + np.array(PENALTIES))
    pull = np.minimum(np.square(left) @ shrink + 1 / y.size, LARGEST_PULL)
    fitted = left @ (shrink * towards[:, None])
    errors = np.abs((rest[:, None] - fitted) / (1 - pull)).sum(axis=0)
    penalty = PENALTIES[len(PENALTIES) - 1 - int(np.argmin(errors[::-1]))]
    slopes = right.T @ (sizes / (sizes**2 + penalty) * towards)
    return np.asarray(middle + ((wanted - centre) / scale) @ slopes, dtype=np.float64)
