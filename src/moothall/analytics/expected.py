"""What councils in these circumstances usually have: a cross-fitted ridge regression with held-out intervals."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.interval import Verdict, compare_with_median

FOLDS: Final = 5
"""Authorities are cut into this many parts by their code; each is predicted from the other parts."""

PENALTIES: Final = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
"""The ridge penalties tried, fixed beforehand; variables are standardised, so one grid serves all metrics."""

LEAST_GAIN: Final = 0.05
"""The held-out error must be at least this share below that of the same-type median, else nothing is shown."""

COVERAGE: Final = 0.9
"""The share of authorities of a type whose figure lies in the interval."""

FEWEST_AUTHORITIES: Final = 50
"""The fewest authorities with a figure and all context variables on which a regression is fitted."""

FEWEST_OF_TYPE: Final = 10
"""The fewest others of the same type whose held-out errors make an interval: ceil(0.9 x 11) = 10."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is usual in each authority's circumstances; every array is [authorities], in the metric's unit.

    ``error`` and ``median_error`` are the mean absolute held-out errors of the regression and of the same-type
    median, over the same ``n`` authorities. Where ``explains`` is False the arrays must not be shown: context does
    not explain the metric. ``outside`` says on which side of the interval the figure itself lies.
    """

    explains: bool
    n: int
    error: float
    median_error: float
    expected: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    outside: tuple[Verdict, ...]


def expectation(
    values: NDArray[np.float64], context: NDArray[np.float64], codes: Sequence[str], types: Sequence[str]
) -> Expectation:
    """What ``context`` [authorities, variables] lets one expect of ``values`` [authorities].

    ``codes`` are authority codes, which alone decide the parts, so neither order nor chance does; ``types`` make the
    classes. Context must be what a council cannot choose. Each authority is predicted by a fit that has not seen it:
    the median of its type, plus a ridge regression of the rest on the standardised variables, whose penalty is
    chosen inside the fit from ``PENALTIES``. Its interval holds the held-out errors of 9 in 10 others of its type
    (class-wise conformal; V. Vovk et al. 2005, and cross-conformal 2015). An authority that lacks the figure or
    any variable gets none: nothing is imputed. Fewer than 50 complete authorities explain nothing. ValueError where
    lengths differ or a number is infinite.
    """
    _check(values, context, codes, types)
    order = np.argsort(np.asarray(codes, dtype=np.str_), kind="stable")
    fold = np.array([fold_of(code) for code in codes], dtype=np.int64)[order]
    y, x, kind = values[order], context[order], np.asarray(types, dtype=np.str_)[order]
    complete = np.flatnonzero(~np.isnan(y) & ~np.isnan(x).any(axis=1))
    predicted, middle = np.full(y.size, np.nan), np.full(y.size, np.nan)
    if complete.size >= FEWEST_AUTHORITIES:
        predicted[complete], middle[complete] = _cross_fit(y[complete], x[complete], kind[complete], fold[complete])
    half = _half_widths(np.abs(y - predicted), kind)
    back = np.argsort(order, kind="stable")
    return _expectation(y, predicted, middle, half, back)


def fold_of(code: str) -> int:
    """The part (0 to 4) that an authority belongs to, from its code alone and for ever."""
    return int.from_bytes(hashlib.sha256(code.encode()).digest()[:8], "big") % FOLDS


def _expectation(
    y: NDArray[np.float64],
    predicted: NDArray[np.float64],
    middle: NDArray[np.float64],
    half: NDArray[np.float64],
    back: NDArray[np.intp],
) -> Expectation:
    known = ~np.isnan(predicted) & ~np.isnan(middle)
    n = int(known.sum())
    error, usual = (float(np.abs(y - guess)[known].mean()) if n else math.nan for guess in (predicted, middle))
    explains = usual > 0 and error <= (1 - LEAST_GAIN) * usual
    expected, lower, upper = predicted[back], (predicted - half)[back], (predicted + half)[back]
    sides = zip(lower.tolist(), upper.tolist(), y[back].tolist(), strict=True)
    return Expectation(explains, n, error, usual, expected, lower, upper, tuple(starmap(_side, sides)))


def _side(lower: float, upper: float, own: float) -> Verdict:
    """Where the figure lies against the interval: the opposite of where the interval lies against the figure."""
    return _OPPOSITE[compare_with_median(lower, upper, own)]


_OPPOSITE = {
    Verdict.BELOW: Verdict.ABOVE,
    Verdict.ABOVE: Verdict.BELOW,
    Verdict.OVERLAPS: Verdict.OVERLAPS,
    Verdict.CANNOT_SAY: Verdict.CANNOT_SAY,
}


def _cross_fit(
    y: NDArray[np.float64], x: NDArray[np.float64], kind: NDArray[np.str_], fold: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The prediction of each authority, and the median of its type, from the parts that it is not in."""
    predicted, middle = np.full(y.size, np.nan), np.full(y.size, np.nan)
    for part in range(FOLDS):
        seen, held = fold != part, fold == part
        if not (seen.any() and held.any()):
            continue
        penalty = _best_penalty(y[seen], x[seen], kind[seen], fold[seen])
        middle[held] = _type_medians(y[seen], kind[seen], kind[held])
        (predicted[held],) = _ridge(y[seen], x[seen], kind[seen], x[held], kind[held], (penalty,))
    return predicted, middle


def _best_penalty(
    y: NDArray[np.float64], x: NDArray[np.float64], kind: NDArray[np.str_], fold: NDArray[np.int64]
) -> float:
    """The penalty with the least mean absolute error when each part is predicted from the others; ties: the largest."""
    errors = np.zeros(len(PENALTIES))
    for part in np.unique(fold):
        seen, held = fold != part, fold == part
        if seen.any():
            guesses = _ridge(y[seen], x[seen], kind[seen], x[held], kind[held], PENALTIES)
            errors += np.nansum(np.abs(y[held] - guesses), axis=1)
    return PENALTIES[len(PENALTIES) - 1 - int(np.argmin(errors[::-1]))]


def _ridge(
    y: NDArray[np.float64],
    x: NDArray[np.float64],
    kind: NDArray[np.str_],
    new_x: NDArray[np.float64],
    new_kind: NDArray[np.str_],
    penalties: Sequence[float],
) -> NDArray[np.float64]:
    """Predictions [penalties, new authorities]; NaN for a type that the fit has not seen."""
    centre, spread = x.mean(axis=0), x.std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    rest = y - _type_medians(y, kind, kind)
    left, sizes, right = np.linalg.svd((x - centre) / scale, full_matrices=False)
    towards = left.T @ (rest - rest.mean())
    shrunk = np.array([sizes / (sizes**2 + penalty) * towards for penalty in penalties])
    expected: NDArray[np.float64] = _type_medians(y, kind, new_kind) + rest.mean()
    return np.asarray(expected + shrunk @ right @ ((new_x - centre) / scale).T, dtype=np.float64)


def _type_medians(y: NDArray[np.float64], kind: NDArray[np.str_], wanted: NDArray[np.str_]) -> NDArray[np.float64]:
    medians = {label: float(np.median(y[kind == label])) for label in np.unique(kind)}
    return np.array([medians.get(label, math.nan) for label in wanted.tolist()], dtype=np.float64)


def _half_widths(errors: NDArray[np.float64], kind: NDArray[np.str_]) -> NDArray[np.float64]:
    """Half the interval of each authority: the ceil(0.9 (m + 1))th of the errors of the m others of its type."""
    half = np.full(errors.size, np.nan)
    for label in np.unique(kind):
        rows = np.flatnonzero((kind == label) & ~np.isnan(errors))
        others = rows.size - 1
        if others < FEWEST_OF_TYPE:
            continue
        place = math.ceil(COVERAGE * (others + 1))
        ordered = np.sort(errors[rows])
        # Without its own error, an authority that stands at or before the place finds the next one there.
        is_before = np.searchsorted(ordered, errors[rows], side="left") < place
        half[rows] = np.where(is_before, ordered[np.minimum(place, others)], ordered[place - 1])
    return half


def _check(
    values: NDArray[np.float64], context: NDArray[np.float64], codes: Sequence[str], types: Sequence[str]
) -> None:
    if not values.size == context.shape[0] == len(codes) == len(types):
        raise ValueError("figures, context, codes and types must be of the same authorities")
    if np.isinf(values).any() or np.isinf(context).any():
        raise ValueError("a figure or a context variable is infinite")
    if len(set(codes)) != len(codes):
        raise ValueError("an authority is named twice")
