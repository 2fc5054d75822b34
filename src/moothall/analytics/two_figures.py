"""Two figures of the same councils: on which side of both middles each stands. Nothing is fitted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Sides:
    """How many stand above both middles, below both, above one and below the other, and on a middle figure."""

    above_both: int
    below_both: int
    apart: int
    on_a_middle: int


def sides_of_middles(
    across: NDArray[np.float64], up: NDArray[np.float64], middle_across: float, middle_up: float
) -> Sides:
    """Count councils by side; ``across`` and ``up`` [members] are in the metrics' own units, without NaN.

    The middles are those of the group each metric is shown with: they need not be the middles of these members.
    """
    one, other = np.sign(across - middle_across), np.sign(up - middle_up)
    return Sides(
        above_both=int(np.sum((one > 0) & (other > 0))),
        below_both=int(np.sum((one < 0) & (other < 0))),
        apart=int(np.sum(one * other < 0)),
        on_a_middle=int(np.sum(one * other == 0)),
    )
