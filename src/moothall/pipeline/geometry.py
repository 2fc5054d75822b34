"""Outlines from published boundaries: projected, made simpler without gaps, and put on a grid of whole steps.

Every border is made simpler once, as the arc that the areas on both sides of it share; so they still fit.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise

from moothall.domain.geography import MAP_HEIGHT, MAP_WIDTH

Point = tuple[float, float]
Step = tuple[int, int]

EARTH_RADIUS_KM = 6371.0
MIDDLE_MERIDIAN = math.radians(-2)
"""The meridian that stands upright, as on the national grid of Great Britain."""

LEAST_TRIANGLE_KM2 = 0.5
"""A corner goes where the triangle that it makes with its two neighbours is smaller: nobody sees it at this scale."""

LEAST_ISLAND_STEPS2 = 3.0
"""An island goes where it is smaller (less than a square kilometre), unless it is all there is of an area."""

MARGIN_STEPS = 6
RING_CORNERS = 3
"""The fewest corners of a ring."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where kilometres east and north of the map's corner stand in its frame; north is up."""

    west: float
    north: float
    steps_per_km: float

    @classmethod
    def around(cls, points: Iterable[Point]) -> "Grid":
        """The grid on which all of ``points`` [km east, km north] fit into the frame with a margin."""
        easts, norths = zip(*points, strict=True)
        width, height = max(easts) - min(easts), max(norths) - min(norths)
        across, down = MAP_WIDTH - 2 * MARGIN_STEPS, MAP_HEIGHT - 2 * MARGIN_STEPS
        scale = min(across / width if width else down, down / height if height else across)
        west = (min(easts) + max(easts)) / 2 - MAP_WIDTH / 2 / scale
        return cls(west, (min(norths) + max(norths)) / 2 + MAP_HEIGHT / 2 / scale, scale)

    def step(self, point: Point) -> Step:
        """The nearest point of the grid."""
        return round((point[0] - self.west) * self.steps_per_km), round((self.north - point[1]) * self.steps_per_km)


def projected(longitude: float, latitude: float) -> Point:
    """Kilometres east of the middle meridian and north of the equator, on a sphere (transverse Mercator).

    True to shape; within half of one per cent of the national grid over England, which a picture does not show.
    """
    east, north = math.radians(longitude) - MIDDLE_MERIDIAN, math.radians(latitude)
    across = math.atanh(math.cos(north) * math.sin(east))
    return EARTH_RADIUS_KM * across, EARTH_RADIUS_KM * math.atan2(math.tan(north), math.cos(east))


def simpler(points: Sequence[Point], least_area: float) -> list[Point]:
    """An arc without the corners that matter least (Visvalingam and Whyatt 1993); its two ends stay.

    The corner with the smallest triangle goes first, until each left makes one of ``least_area`` or more.
    """
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    areas = {n: _triangle(points[n - 1], points[n], points[n + 1]) for n in range(1, len(points) - 1)}
    waiting = [(area, n) for n, area in areas.items()]
    heapify(waiting)
    while waiting and waiting[0][0] < least_area:
        area, n = heappop(waiting)
        if areas.get(n) != area:
            continue
        del areas[n]
        left, right = before[n], after[n]
        after[left], before[right] = right, left
        for corner in (left, right):
            if corner in areas:
                areas[corner] = max(area, _triangle(points[before[corner]], points[corner], points[after[corner]]))
                heappush(waiting, (areas[corner], corner))
    return [point for n, point in enumerate(points) if n in areas or n in (0, len(points) - 1)]


def ring_of(arcs: Sequence[Sequence[Step]], references: Sequence[int]) -> list[Step]:
    """The corners of a ring made of arcs: ``~3`` is arc 3 backwards; steps taken twice in a row stand once."""
    corners: list[Step] = []
    for reference in references:
        arc = arcs[reference] if reference >= 0 else arcs[~reference][::-1]
        corners.extend(arc if not corners else arc[1:])
    kept = [corner for n, corner in enumerate(corners) if n == 0 or corner != corners[n - 1]]
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def ring_area(ring: Sequence[Step]) -> float:
    """The area inside a ring, in steps squared."""
    following = [*ring[1:], *ring[:1]]
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, following, strict=True))) / 2


def drawn_rings(rings: Iterable[list[Step]]) -> list[list[Step]]:
    """The rings that can be seen, the largest first; the largest alone where none can; none where all have vanished."""
    whole = sorted((ring for ring in rings if len(ring) >= RING_CORNERS), key=ring_area, reverse=True)
    seen = [ring for ring in whole if ring_area(ring) >= LEAST_ISLAND_STEPS2]
    return seen or whole[:1]


def path_text(rings: Iterable[Sequence[Step]]) -> str:
    """Rings as the commands of one SVG path, in relative moves without needless spaces."""
    return "".join(f"M{ring[0][0]} {ring[0][1]}l{_moves(ring)}z" for ring in rings)


def hexagon(column: float, row: float, size: float) -> list[Point]:
    """The six corners of an upright hexagon on a grid with odd rows half a column further (``odd-r``); y is up."""
    east = math.sqrt(3) * size * (column + (0.5 if row % 2 else 0))
    turns = (math.radians(60 * n + 30) for n in range(6))
    return [(east + size * math.cos(turn), 1.5 * size * row + size * math.sin(turn)) for turn in turns]


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _moves(ring: Sequence[Step]) -> str:
    numbers = [part for a, b in pairwise(ring) for part in (b[0] - a[0], b[1] - a[1])]
    return "".join(str(n) if place == 0 or n < 0 else f" {n}" for place, n in enumerate(numbers))
