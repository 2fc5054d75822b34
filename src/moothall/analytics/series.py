"""Which periods of a series follow one another, and where a break cuts it (METHODS 4)."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from moothall.domain.derivation import months_between, periods_earlier
from moothall.domain.metric import Break
from moothall.domain.period import Period
from moothall.domain.words import Cadence


def are_linked(periods: Sequence[Period], breaks: Sequence[Break], cadence: Cadence) -> NDArray[np.bool_]:
    """True where a period is followed by the very next one, with no break between: [periods - 1].

    A change is only taken between linked periods. A gap of a year and a change of kind part them as a break does.
    """
    pairs = pairwise(periods)
    return np.array([_is_next(a, b, cadence) and not _is_cut(a, b, breaks) for a, b in pairs], dtype=np.bool_)


def start_of_latest_run(periods: Sequence[Period], breaks: Sequence[Break]) -> int:
    """The column from which on no break cuts the series: 0 where none does."""
    cuts = [column for column in range(1, len(periods)) if _is_cut(periods[column - 1], periods[column], breaks)]
    return cuts[-1] if cuts else 0


def _is_next(before: Period, after: Period, cadence: Cadence) -> bool:
    return periods_earlier(after, 1, months_between(after.kind, cadence)) == before


def _is_cut(before: Period, after: Period, breaks: Sequence[Break]) -> bool:
    return any(before.start < cut.start <= after.start for cut in breaks)
