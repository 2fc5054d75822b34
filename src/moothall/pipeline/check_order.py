"""Whether figures still stand beside the areas they belong to: two releases must order the same areas much alike.

It is what a table without names does not show otherwise: figures that moved to other areas' codes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from moothall.pipeline.check import Figure

FEWEST_AREAS = 20
"""With fewer figures in common, order says too little."""

LEAST_ALIKE = 0.5
"""Spearman's rank correlation of one period's figures in two releases; a revision leaves it over 0.9, a code column
that has shifted brings it near 0."""

LEAST_ALIKE_LATER = 0.3
"""The same for newer figures than the last release has, in the middle of all series: as shipped, over 0.7."""

LARGEST_TIE = 0.5
"""Where more than this share of the figures is one and the same number, their order says nothing."""

Span = tuple[date, date]
Places = dict[tuple[str, str], float]


def reordered_areas(checked: "Sequence[Figure]", last: "Sequence[Figure]", last_release: str) -> list[str]:
    """Problems where a series puts its areas in another order than before, in a period that both releases have; or
    where all of a release's series together do so, in their newest periods.
    """
    now, before = _by_period(checked), _by_period(last)
    problems = []
    for series, span in sorted(now.keys() & before.keys()):
        alike = likeness(now[series, span], before[series, span])
        if alike is not None and alike < LEAST_ALIKE:
            problems.append(_sentence(f"{series} for the period from {span[0]}", last_release))
    return problems or _reordered_newest(_newest(now), _newest(before), last_release)


def _reordered_newest(now: Mapping[str, Places], before: Mapping[str, Places], last_release: str) -> list[str]:
    found = (likeness(now[series], before[series]) for series in now.keys() & before.keys())
    known = [alike for alike in found if alike is not None]
    if known and median(known) < LEAST_ALIKE_LATER:
        return [_sentence("This release", last_release)]
    return []


def _sentence(what: str, last_release: str) -> str:
    return (
        f"{what} puts its areas in another order than the release {last_release}: the code column may have shifted "
        "against the figures; check the file, or say why under changes in the source's YAML."
    )


def _by_period(checked: "Iterable[Figure]") -> dict[tuple[str, Span], Places]:
    places: dict[tuple[str, Span], Places] = defaultdict(dict)
    for figure in checked:
        if figure.value is not None and figure.in_lifetime and figure.authority:
            span = figure.period_start, figure.period_end
            places[figure.series, span][figure.authority, figure.breakdown] = figure.value
    return places


def _newest(by_period: Mapping[tuple[str, Span], Places]) -> dict[str, Places]:
    return {series: places for (series, _), places in sorted(by_period.items(), key=lambda item: item[0])}


def likeness(first: Places, second: Places) -> float | None:
    """How alike two sets of figures order the areas they share, from -1 to 1; None where that cannot be said."""
    both = sorted(first.keys() & second.keys())
    ours, theirs = (np.array([places[area] for area in both]) for places in (first, second))
    if not (_has_an_order(ours) and _has_an_order(theirs)):
        return None
    return float(np.corrcoef(_ranks(ours), _ranks(theirs))[0, 1])


def _has_an_order(values: NDArray[np.float64]) -> bool:
    if len(values) < FEWEST_AREAS:
        return False
    _, counts = np.unique(values, return_counts=True)
    return bool(counts.max() <= LARGEST_TIE * len(values))


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The ranks of values, from 1; equal values share the middle of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2
    return np.asarray(middle[inverse], dtype=np.float64)
