"""Panels compared array by array."""

import numpy as np

from moothall.store import Panel

ARRAYS = ("values", "lower", "upper", "numerators", "denominators", "statuses", "in_lifetime")


def assert_same_panel(left: Panel, right: Panel) -> None:
    """The same labels, and in every array the same figures at the same places."""
    assert (left.metric, left.authorities, left.periods) == (right.metric, right.authorities, right.periods)
    for name in ARRAYS:
        one, other = getattr(left, name), getattr(right, name)
        assert one.dtype == other.dtype
        assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f"), f"{left.metric}: {name}"
