"""Counting on which sides of two middle figures councils stand."""

import numpy as np
import pytest

from moothall.analytics.two_figures import Sides, sides_of_middles


@pytest.mark.parametrize(
    ("across", "up", "middles", "sides"),
    [
        ([1, 2, 3], [1, 2, 3], (2, 2), Sides(1, 1, 0, 1)),
        ([1, 2, 3], [3, 2, 1], (2, 2), Sides(0, 0, 2, 1)),
        ([1, 2, 3, 4], [10, 40, 20, 30], (2.5, 25), Sides(1, 1, 2, 0)),
        ([5, 5], [1, 9], (5, 4), Sides(0, 0, 0, 2)),
        ([-3, -1], [-2, 2], (-2, 0), Sides(1, 1, 0, 0)),
        ([], [], (0, 0), Sides(0, 0, 0, 0)),
    ],
)
def test_each_council_is_on_one_side(
    across: list[float], up: list[float], middles: tuple[float, float], sides: Sides
) -> None:
    found = sides_of_middles(np.array(across, dtype=float), np.array(up, dtype=float), *middles)
    assert found == sides
    assert found.above_both + found.below_both + found.apart + found.on_a_middle == len(across)
