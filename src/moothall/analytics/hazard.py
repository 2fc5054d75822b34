"""A small fitted model of first events: a logistic hazard by year, with few slopes, fixed signs and a fixed penalty.

The slopes and the effects of years carry a log-F(2, 2) prior (Greenland and Mansournia 2015), which is as if each had
been seen to succeed once and to fail once: it keeps estimates finite where events are few, and was chosen beforehand.
A slope whose sign is not the one declared is set to zero and the rest is fitted again. Then the intercept alone is
fitted anew without any penalty, so that the mean stated chance equals the share that met an event (as in Puhr and
others 2017). Variables come in as places within type, so no unit matters.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

LOG_F_DEGREES: Final = 2.0
"""The m of the log-F(m, m) prior, in observations added to each slope."""

MOST_STEPS: Final = 100
CLOSE: Final = 1e-10
"""Newton's steps end where the largest is below this."""

MOST_SLOPES: Final = 6
FEWEST_SLOPES: Final = 2


@dataclass(frozen=True)
class Hazard:
    """A fitted model: ``intercept`` after it was fitted anew, ``slopes`` in the order of the variables.

    ``years`` are the effects of the years of training, of which a new year has none. ``mean`` is the share of training
    rows that met an event.
    """

    intercept: float
    slopes: Matrix
    years: Matrix
    mean: float

    def chances(self, variables: Matrix) -> Matrix:
        """The chance of a first event within a year, for rows [rows, slopes] of a year not trained on."""
        return sigmoid(self.intercept + variables @ self.slopes)


def sigmoid(x: Matrix) -> Matrix:
    """1 / (1 + exp(-x)) without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * x))


def fit_hazard(variables: Matrix, years: NDArray[np.int_], has_event: NDArray[np.bool_]) -> Hazard | None:
    """Fit rows of authorities at risk: ``variables`` [rows, slopes], oriented so that higher should mean more events.

    ``years`` numbers the year of each row. None where no row, or every row, met an event. ValueError for fewer than 2
    or more than 6 slopes.
    """
    count = variables.shape[1]
    if not FEWEST_SLOPES <= count <= MOST_SLOPES:
        raise ValueError(f"the model takes {FEWEST_SLOPES} to {MOST_SLOPES} variables, not {count}")
    if not has_event.any() or has_event.all():
        return None
    effects = years_apart(years)
    kept = np.ones(count, dtype=np.bool_)
    while True:
        fitted = _fit_penalised(np.column_stack([variables[:, kept], effects]), has_event)
        slopes = np.zeros(count)
        slopes[kept] = fitted[1 : 1 + int(kept.sum())]
        if (slopes >= 0).all():
            break
        kept &= slopes >= 0
    by_year = fitted[1 + int(kept.sum()) :]
    mean = float(has_event.mean())
    intercept = refit_intercept(variables @ slopes, mean)
    return Hazard(intercept, slopes, by_year, mean)


def years_apart(years: NDArray[np.int_]) -> Matrix:
    """One column a year, 1 in its rows; a single year has none, for the intercept says all."""
    known = np.unique(years)
    return np.zeros((years.size, 0)) if known.size < 2 else (years[:, None] == known[None, :]).astype(np.float64)


def refit_intercept(offset: Matrix, mean: float) -> float:
    """The intercept with which the mean chance over these offsets is ``mean`` (between 0 and 1), by halving."""
    low, high = -50.0 - float(offset.max()), 50.0 - float(offset.min())
    while high - low > CLOSE:
        middle = (low + high) / 2
        if float(sigmoid(middle + offset).mean()) < mean:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _fit_penalised(columns: Matrix, has_event: NDArray[np.bool_]) -> Matrix:
    """Intercept, then one coefficient a column, at the top of the penalised likelihood: Newton's steps, halved."""
    design = np.column_stack([np.ones(len(columns)), columns])
    found = np.zeros(design.shape[1])
    found[0] = np.log(has_event.mean() / (1 - has_event.mean()))
    for _ in range(MOST_STEPS):
        gradient, hessian = _slope_and_bend(design, found, has_event)
        step = np.linalg.solve(hessian, gradient)
        while _height(design, found + step, has_event) < _height(design, found, has_event) - CLOSE:
            step = step / 2
        found = found + step
        if np.abs(step).max() < CLOSE:
            break
    return found


def _height(design: Matrix, found: Matrix, has_event: NDArray[np.bool_]) -> float:
    """The log likelihood and the log of the prior, up to what does not change."""
    x = design @ found
    likelihood = float(np.where(has_event, x, 0.0).sum() - np.logaddexp(0, x).sum())
    held = found[1:]
    return likelihood + float((LOG_F_DEGREES / 2 * held - LOG_F_DEGREES * np.logaddexp(0, held)).sum())


def _slope_and_bend(design: Matrix, found: Matrix, has_event: NDArray[np.bool_]) -> tuple[Matrix, Matrix]:
    chances = sigmoid(design @ found)
    gradient = design.T @ (has_event - chances)
    hessian = (design * (chances * (1 - chances))[:, None]).T @ design
    prior = sigmoid(found)
    gradient[1:] += LOG_F_DEGREES / 2 - LOG_F_DEGREES * prior[1:]
    bend = LOG_F_DEGREES * prior * (1 - prior)
    bend[0] = 0.0
    return gradient, hessian + np.diag(bend)


def over_months(chances: Matrix, months: int) -> Matrix:
    """The chance of a first event within so many months, where each year has the same hazard."""
    return 1 - (1 - chances) ** (months / 12)
