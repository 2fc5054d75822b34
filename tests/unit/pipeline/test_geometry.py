"""Outlines: made simpler as arcs that neighbours share, so that nothing gaps; drawn in few and exact moves."""

import math
import re

import pytest

from moothall.domain.geography import MAP_HEIGHT, MAP_WIDTH
from moothall.pipeline.geometry import (
    Grid,
    Point,
    Step,
    drawn_rings,
    hexagon,
    path_text,
    projected,
    ring_area,
    ring_of,
    simpler,
)

PLACES = [
    ("Leeds Town Hall and York Minster are 35.0 km apart", (-1.5497, 53.8003), (-1.0821, 53.9619), 35.5),
    ("Land's End and Berwick are 635 km apart", (-5.7148, 50.0663), (-2.0047, 55.7710), 682.0),
]


@pytest.mark.parametrize(("why", "one", "other", "km"), PLACES, ids=[place[0] for place in PLACES])
def test_distances_on_the_plane_are_those_on_the_ground(why: str, one: Point, other: Point, km: float) -> None:
    (x0, y0), (x1, y1) = projected(*one), projected(*other)
    on_ground = 2 * 6371 * math.asin(math.sqrt(haversine(one, other)))
    assert math.hypot(x1 - x0, y1 - y0) == pytest.approx(on_ground, rel=0.005), why
    assert on_ground == pytest.approx(km, rel=0.02), why


def haversine(one: Point, other: Point) -> float:
    (a, b), (c, d) = ((math.radians(x), math.radians(y)) for x, y in (one, other))
    return math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2


ARC: list[Point] = [(0, 0), (1, 0.1), (2, 0), (3, 5), (4, 0)]
ARCS = [
    ("nothing is small enough", 0.0, ARC),
    ("the flat corner goes, the spike stays", 0.5, [(0, 0), (2, 0), (3, 5), (4, 0)]),
    ("every corner goes, the ends stay", 100.0, [(0, 0), (4, 0)]),
]


@pytest.mark.parametrize(("why", "least", "left"), ARCS, ids=[arc[0] for arc in ARCS])
def test_small_corners_go_and_ends_stay(why: str, least: float, left: list[Point]) -> None:
    assert simpler(ARC, least) == left, why


def test_an_arc_of_two_points_is_left_alone() -> None:
    assert simpler([(0, 0), (1, 1)], 9.0) == [(0, 0), (1, 1)]


def test_neighbours_share_every_step_of_their_border() -> None:
    border: list[Step] = [(5, 0), (6, 3), (5, 9)]
    arcs = [border, [(5, 9), (0, 9), (0, 0), (5, 0)], [(5, 0), (9, 0), (9, 9), (5, 9)]]
    west, east = ring_of(arcs, [0, 1]), ring_of(arcs, [2, ~0])
    assert west == [(5, 0), (6, 3), (5, 9), (0, 9), (0, 0)]
    assert set(west) & set(east) == set(border)
    assert ring_area(west) + ring_area(east) == 81


def test_specks_go_unless_they_are_all_there_is() -> None:
    large, small = [(0, 0), (9, 0), (9, 9)], [(20, 20), (21, 20), (21, 21)]
    assert drawn_rings([small, large]) == [large]
    assert drawn_rings([small]) == [small]
    assert drawn_rings([[(1, 1), (2, 2)]]) == []


def test_a_path_walks_back_to_where_each_ring_was() -> None:
    ring = [(10, 20), (5, 22), (7, 30)]
    path = path_text([ring])
    assert path == "M10 20l-5 2 2 8z"
    start, moves = path.removesuffix("z").split("l")
    x, y = map(int, start[1:].split())
    numbers = list(map(int, re.findall(r"-?\d+", moves)))
    walked = [(x, y)]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        walked.append((walked[-1][0] + dx, walked[-1][1] + dy))
    assert walked == ring


def test_everything_fits_into_the_frame_with_north_up() -> None:
    points = [(-300.0, 5500.0), (250.0, 5600.0), (0.0, 6200.0)]
    grid = Grid.around(points)
    steps = [grid.step(point) for point in points]
    assert all(0 <= x <= MAP_WIDTH and 0 <= y <= MAP_HEIGHT for x, y in steps)
    assert steps[2][1] < steps[0][1], "further north is further up"
    assert steps[0][0] < steps[2][0] < steps[1][0], "further east is further right"


def test_hexagons_of_a_grid_touch_and_odd_rows_are_shifted() -> None:
    here, right, above = hexagon(0, 0, 1.0), hexagon(1, 0, 1.0), hexagon(0, 1, 1.0)
    assert shared(here, right) == shared(here, above) == 2
    assert shared(here, hexagon(2, 0, 1.0)) == 0


def shared(one: list[Point], other: list[Point]) -> int:
    return sum(any(math.dist(a, b) < 1e-9 for b in other) for a in one)
