"""Panels as hypothesis draws them: two groups, levels that move and are seen through noise, gaps, coarse figures."""

from dataclasses import dataclass

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.oracle.drawn import REPEATABLE
from tests.oracle.slow_position import Figures

FEWER = settings(REPEATABLE, max_examples=40)
"""For slow oracles over whole panels."""


@dataclass(frozen=True)
class DrawnPanel:
    """Figures [authorities, periods] rounded to ``step``, and the group of each authority."""

    values: NDArray[np.float64]
    groups: list[str]
    step: float

    @property
    def is_linked(self) -> NDArray[np.bool_]:
        return np.ones(self.values.shape[1] - 1, dtype=np.bool_)

    @property
    def rows(self) -> list[Figures]:
        return [[None if np.isnan(figure) else figure for figure in row] for row in self.values.tolist()]


@st.composite
def panels(draw: st.DrawFn) -> DrawnPanel:
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    height, width = draw(st.integers(12, 45)), draw(st.integers(1, 8))
    noise, pace, gaps = draw(st.sampled_from([0, 0.3, 2])), draw(st.sampled_from([0.2, 1, 5])), draw(st.integers(0, 20))
    moves = pace * random.standard_t(3, size=(height, width)) + draw(st.sampled_from([0, 2]))
    values = 50 + np.cumsum(moves, axis=1) + noise * random.normal(size=(height, width))
    step = draw(st.sampled_from([0.01, 0.1, 1.0]))
    values = np.round(np.round(values / step) * step, 2)
    values[random.random(values.shape) < gaps / 200] = np.nan
    groups = [("county" if place % 3 else "unitary") for place in range(height)]
    return DrawnPanel(values, groups, step)


PANELS = panels()
