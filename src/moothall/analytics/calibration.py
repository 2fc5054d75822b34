"""Whether stated chances came true: of those told so much, how many met the event (METHODS 9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

BIN_LIMITS: Final = (0.005, 0.01, 0.02, 0.05)
"""Where one class of stated chances ends and the next begins; fixed beforehand."""

FLOOR: Final = 1e-6
"""A stated chance is never nearer than this to nothing or to certainty when its surprise is taken."""


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Those whose stated chance lies from ``low`` to below ``high``: how many, what was told, what came."""

    low: float
    high: float
    n: int
    stated: float
    events: int

    @property
    def observed(self) -> float:
        """The share that met an event."""
        return self.events / self.n


def calibration_bins(
    chances: NDArray[np.float64], has_event: NDArray[np.bool_], limits: Sequence[float] = BIN_LIMITS
) -> tuple[CalibrationBin, ...]:
    """The classes that have anybody in them, lowest first. ``chances`` are between 0 and 1."""
    edges = (0.0, *limits, 1.0)
    place = np.digitize(chances, edges[1:-1])
    return tuple(
        CalibrationBin(
            edges[number],
            edges[number + 1],
            int(inside.sum()),
            float(chances[inside].mean()),
            int(has_event[inside].sum()),
        )
        for number in range(len(edges) - 1)
        if (inside := place == number).any()
    )


def log_loss(chances: NDArray[np.float64], has_event: NDArray[np.bool_]) -> float:
    """The mean surprise at what came, in nats: lower is better. A floor keeps a failed certainty finite."""
    held = np.clip(chances, FLOOR, 1 - FLOOR)
    return float(-np.where(has_event, np.log(held), np.log(1 - held)).mean())


def brier(chances: NDArray[np.float64], has_event: NDArray[np.bool_]) -> float:
    """The mean squared distance between what was told and what came (Brier 1950): lower is better."""
    return float(((chances - has_event) ** 2).mean())


def chance_right(prevalence: float, sensitivity: float, specificity: float) -> float:
    """Of those that a rule flags, the share that meets the event (Bayes).

    At a prevalence of 0.01 a rule with a sensitivity of 0.8 and a specificity of 0.9 is right in 0.075 of its flags.
    """
    caught = prevalence * sensitivity
    return caught / (caught + (1 - prevalence) * (1 - specificity))
