"""Groups of figures as hypothesis draws them: small, many ties, gaps, constants, all with two decimals at most."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.oracle.slow_position import Figures

STEPS = st.sampled_from([0.01, 0.1, 0.5, 1.0, 2.0])
REPEATABLE = settings(max_examples=300, deadline=None, derandomize=True, database=None)
"""The same examples on every run and every machine; no clock."""


def hundredths(lowest: int, highest: int) -> st.SearchStrategy[float | None]:
    return st.none() | st.integers(lowest, highest).map(lambda hundredth: hundredth / 100)


GROUPS: st.SearchStrategy[Figures] = st.one_of(
    st.lists(hundredths(-3000, 3000), max_size=30),
    st.lists(hundredths(-12, 12), max_size=30),
    st.lists(st.sampled_from([None, 4.0, 4.0, 5.0, 7.5]), max_size=30),
    st.lists(st.just(41.9), max_size=14),
)


def as_array(figures: Figures) -> NDArray[np.float64]:
    return np.array([np.nan if figure is None else figure for figure in figures], dtype=np.float64)


def as_figure(figure: float | None) -> float:
    return float("nan") if figure is None else figure
