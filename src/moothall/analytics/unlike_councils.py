"""Why one order of unlike councils goes wrong: the arithmetic of such tables, done only to show what it makes of them.

Nothing here is used to compare councils. METHODS 1 compares like with like; this counts, by type of council, who comes
out on top when that rule is broken, and names nobody.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

PLACES: Final = 10
"""How many places at the top are looked at."""

FULL_MARKS: Final = 100.0
"""The points of a figure that nobody's is better than."""

NEARLY_FULL: Final = 0.8
"""A metric is read at its newest period with this part of the figures that its fullest period has."""

SIGNIFICANT_DECIMALS: Final = 9
"""Points that agree to so many decimals are equal: binary arithmetic cannot tell them apart."""


class Scoring(StrEnum):
    """How such a table turns figures of many units into points."""

    PLACES = "places"
    SPREADS = "spreads"
    RANGE = "range"


class Blanks(StrEnum):
    """What such a table does with a theme in which a council has no figure, most often because it runs no service."""

    NOT_PLACED = "not-placed"
    AVERAGE = "average"
    LEFT_OUT = "left-out"


def newest_full_column(values: Values) -> int | None:
    """The last column of ``values`` [councils, periods] that is nearly as full as the fullest; None without figures."""
    counts = (~np.isnan(values)).sum(axis=0)
    if not counts.size or not counts.max():
        return None
    return int(np.flatnonzero(counts >= NEARLY_FULL * counts.max())[-1])


def points(values: Values, scoring: Scoring) -> Values:
    """Points of each figure of ``values`` [councils, metrics], where higher is better; NaN is no figure and stays so.

    ``places``: the share of the others that are below, ties counting half, from 0 to 100. ``spreads``: distance from
    the mean in standard deviations. ``range``: 0 for the lowest figure, 100 for the highest. Where all figures of a
    metric are the same, places gives 50 and the others give none.
    """
    columns = [_column_points(values[:, column], scoring) for column in range(values.shape[1])]
    return np.column_stack(columns) if columns else values


def theme_points(given: Values, themes: Sequence[str]) -> Values:
    """The mean of a council's points in each theme, [councils, themes]; NaN where it has none in a theme.

    ``given`` [councils, metrics]; ``themes`` names the theme of each metric. Themes stand in order of first mention.
    """
    columns = {theme: [at for at, own in enumerate(themes) if own == theme] for theme in themes}
    return np.column_stack([_mean(given[:, places]) for places in columns.values()])


def one_figure(themed: Values, blanks: Blanks) -> Values:
    """The mean over all themes that such a table would order by: [councils], NaN for a council that gets no place.

    ``not-placed`` places only councils with points in every theme; ``average`` puts the mean of all councils that have
    points in place of a blank; ``left-out`` takes the mean over whatever themes a council has.
    """
    if blanks is Blanks.LEFT_OUT:
        return _mean(themed)
    if blanks is Blanks.AVERAGE:
        has_none = np.isnan(themed).all(axis=1, keepdims=True)
        themed = np.where(np.isnan(themed) & ~has_none, _mean(themed.T), themed)
    total: Values = themed.mean(axis=1)
    return total


def is_on_top(single: Values, places: int = PLACES) -> NDArray[np.bool_]:
    """Which councils stand in the first ``places`` places of ``single`` [councils], all that share the last included.

    None where fewer than ``places`` have a figure: then everybody would be on top.
    """
    rounded: Values = np.round(single, SIGNIFICANT_DECIMALS)
    known: Values = np.sort(rounded[~np.isnan(rounded)])
    if known.size < places:
        return np.zeros(single.shape, dtype=np.bool_)
    return np.greater_equal(rounded, float(known[-places]))


def _column_points(column: Values, scoring: Scoring) -> Values:
    known = column[~np.isnan(column)]
    if not known.size:
        return column
    if scoring is Scoring.PLACES:
        ordered = np.sort(known)
        below, up_to = (np.searchsorted(ordered, column, side=side) for side in ("left", "right"))
        others = max(1, known.size - 1)
        return np.where(np.isnan(column), np.nan, FULL_MARKS * (below + (up_to - below - 1) / 2) / others)
    low, size = (known.mean(), known.std()) if scoring is Scoring.SPREADS else (known.min(), np.ptp(known) / FULL_MARKS)
    return (column - low) / size if size > 0 else np.full(column.shape, np.nan)


def _mean(table: Values) -> Values:
    """The mean of the figures that each row has; NaN for a row without any."""
    known = ~np.isnan(table)
    count = known.sum(axis=1)
    found: Values = np.where(count > 0, np.where(known, table, 0.0).sum(axis=1) / np.maximum(count, 1), np.nan)
    return found
