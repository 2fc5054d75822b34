"""Which periods of a series follow one another, and where a break cuts it (METHODS 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from moothall.domain.derivation import months_between, periods_earlier
from moothall.domain.metric import Break
from moothall.domain.period import Period
from moothall.domain.words import Cadence

ABSENT = -1
"""The column of a period of the calendar that the series does not have."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The periods from the first to the last of a series, none left out: both arrays are [places].

    ``columns`` are those of the series, ``ABSENT`` where it has none; ``runs`` counts the breaks up to each place.
    """

    columns: NDArray[np.intp]
    runs: NDArray[np.int64]

    def spread(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """``values`` [authorities, periods of the series] on the calendar: [authorities, places], NaN in a gap."""
        return np.where(self.columns == ABSENT, np.nan, values[:, self.columns])

    def place_of(self, column: int) -> int:
        """Where the period of a column stands."""
        return int(np.flatnonzero(self.columns == column)[0])


def calendar_of(periods: Sequence[Period], breaks: Sequence[Break], cadence: Cadence) -> Calendar:
    """Where each period of a quarterly or monthly series stands in the calendar; they are of one kind, in order."""
    months = [period.start.year * 12 + period.start.month for period in periods]
    step = months_between(periods[0].kind, cadence)
    places = (np.array(months, dtype=np.intp) - months[0]) // step
    columns = np.full(places[-1] + 1, ABSENT, dtype=np.intp)
    columns[places] = np.arange(len(periods))
    cuts = [sum(cut.start <= period.start for cut in breaks) for period in periods]
    runs = np.array(cuts, dtype=np.int64)[np.searchsorted(places, np.arange(columns.size))]
    return Calendar(columns, runs)


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
