"""The classes by which a map tells figures apart: fifths of the group that is shown, never places in a ranking."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.groups import LEAST_FOR_FIFTHS, fifths
from moothall.analytics.position import in_steps
from moothall.analytics.refusal import MINIMUM_FOR_MEDIAN

CLASS_COUNT = 5


class MapClass(IntEnum):
    """The part of the shown group in which a figure lies; ``UNCLASSED`` where there is no figure or too few."""

    UNCLASSED = 0
    LOWEST = 1
    LOWER = 2
    MIDDLE = 3
    HIGHER = 4
    HIGHEST = 5


@dataclass(frozen=True, slots=True)
class ClassRange:
    """What lies in a class: its lowest and highest figure, in the metric's unit, and how many there are."""

    map_class: MapClass
    lowest: float
    highest: float
    count: int


def classify(values: NDArray[np.float64], step: float) -> NDArray[np.int64]:
    """The ``MapClass`` of each of ``values`` [areas]; figures equal when rounded to ``step`` stand in one class.

    Ten figures or more: fifths. Three to nine: below, at or above the middle figure. Fewer, or a missing figure:
    unclassed. Where all figures are equal, all are in the middle. ValueError where ``step`` is not above 0.
    """
    steps = in_steps(values, step)
    known = steps[~np.isnan(steps)]
    if known.size < MINIMUM_FOR_MEDIAN:
        return np.zeros(values.shape, dtype=np.int64)
    if known.size >= LEAST_FOR_FIFTHS:
        highest_first = fifths(steps)
        return np.where(highest_first == 0, 0, CLASS_COUNT + 1 - highest_first)
    sides = MapClass.MIDDLE + np.sign(steps - np.median(known))
    return np.where(np.isnan(steps), 0, sides).astype(np.int64)


def class_ranges(values: NDArray[np.float64], classes: NDArray[np.int64]) -> tuple[ClassRange, ...]:
    """The range and count of every class that has a figure, the lowest class first."""
    found = []
    for each in MapClass:
        inside = values[(classes == each) & ~np.isnan(values)]
        if inside.size:
            found.append(ClassRange(each, float(inside.min()), float(inside.max()), int(inside.size)))
    return tuple(found)
