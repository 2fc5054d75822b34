"""The classes of a map beside a second, slow reading of them: walk up the figures, one fifth at a time."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from moothall.analytics.map_classes import classify

FIGURES = st.lists(st.none() | st.integers(-40, 40).map(lambda tenth: tenth / 10), max_size=40)


def slow_classes(figures: list[float | None]) -> list[int]:
    """Each figure's class: the middle of its tied places, counted by hand, falls into one of five equal parts."""
    shown = [None if f is None else Decimal(str(f)).quantize(Decimal("0.1"), ROUND_HALF_UP) for f in figures]
    known = sorted(f for f in shown if f is not None)
    if len(known) < 3:
        return [0] * len(figures)
    return [0 if f is None else slow_class(f, known) for f in shown]


def slow_class(figure: Decimal, known: list[Decimal]) -> int:
    if len(known) < 10:
        middle = (known[(len(known) - 1) // 2] + known[len(known) // 2]) / 2
        return 2 if figure < middle else 4 if figure > middle else 3
    above, tied = sum(k > figure for k in known), sum(k == figure for k in known)
    from_the_top = Decimal(above) + Decimal(tied) / 2
    fifth = next(n for n in range(1, 6) if from_the_top * 5 < n * len(known) or n == 5)
    return 6 - fifth


@given(FIGURES)
def test_classes_are_those_of_the_slow_reading(figures: list[float | None]) -> None:
    values = np.array([np.nan if f is None else f for f in figures], dtype=np.float64)
    assert classify(values, 0.1).tolist() == slow_classes(figures)


@given(FIGURES, st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(figures: list[float | None], random: object) -> None:
    values = np.array([np.nan if f is None else f for f in figures], dtype=np.float64)
    order = list(range(len(figures)))
    random.shuffle(order)  # type: ignore[attr-defined]
    assert classify(values[order], 0.1).tolist() == classify(values, 0.1)[order].tolist()
