"""What no caller may ask of intervals, funnels, trends and expectations: one sentence each, and no answer."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from moothall.analytics.expected import expectation
from moothall.analytics.funnel import funnel
from moothall.analytics.proportions import byar, wilson
from moothall.analytics.trend import CANNOT_SAY_REASONS, Direction, TrendReason, make_trend, weighted_trends
from moothall.analytics.within_groups import distances
from moothall.analytics.xmr import natural_limits, xmr_chart
from moothall.domain.words import CountKind

ONE, TEN, NONE = np.array([[1.0]]), np.arange(10.0), float("nan")
NAMES = [f"A{place}" for place in range(10)]

WRONG: list[tuple[Callable[[], Any], str]] = [
    (lambda: wilson(3, 2), "a proportion cannot have a numerator above its denominator"),
    (lambda: wilson(-1, 2), "a numerator is below 0"),
    (lambda: byar(1, 0), "a denominator is not above 0"),
    (lambda: byar(np.inf, 1), "a count is infinite"),
    (lambda: funnel(-TEN, TEN + 1, CountKind.RATE), "a numerator is below 0"),
    (lambda: funnel(TEN, TEN, CountKind.RATE), "a denominator is not above 0"),
    (lambda: weighted_trends(ONE, ONE + 1, ONE, TEN[:1]), "a lower 95% limit is above its upper limit"),
    (lambda: natural_limits(np.array([1.0, NONE])), "limits need at least two figures and no gap"),
    (lambda: xmr_chart(TEN, base=5), "limits are fixed on at least 12 figures, not 5"),
    (lambda: distances(np.full((10, 1), np.inf), NAMES, 1.0), "a figure is infinite"),
    (lambda: expectation(TEN, TEN.reshape(-1, 1), NAMES[:9], NAMES), "must be of the same authorities"),
    (lambda: expectation(TEN, TEN.reshape(-1, 1), ["A"] * 10, NAMES), "an authority is named twice"),
    (lambda: expectation(TEN, np.full((10, 1), np.inf), NAMES, NAMES), "a figure or a context variable is infinite"),
]


@pytest.mark.parametrize(("ask", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_a_wrong_argument_is_refused(ask: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        ask()


def test_what_is_missing_stays_missing() -> None:
    for limits in (wilson([NONE, 1], [2, NONE]), byar([NONE, 1], [2, NONE])):
        assert np.isnan(limits).all()


@pytest.mark.parametrize("reason", TrendReason)
def test_every_reason_gives_one_direction(reason: TrendReason) -> None:
    up, down = make_trend(1, reason, {}).direction, make_trend(-1, reason, {}).direction
    if reason in CANNOT_SAY_REASONS:
        assert up is down is Direction.CANNOT_SAY
    elif up is down:
        assert up is Direction.NO_CLEAR_CHANGE
    else:
        assert (up, down) == (Direction.RISING, Direction.FALLING)
