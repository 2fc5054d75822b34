"""One order of unlike councils: fast, slow, and what must hold whatever the figures."""

import math
from fractions import Fraction
from statistics import fmean, pstdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.analytics.unlike_councils import Blanks, Scoring, is_on_top, one_figure, points, theme_points
from tests.oracle.drawn import GROUPS, REPEATABLE, as_array
from tests.oracle.slow_position import Figures

THEMED = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.none() | st.integers(0, 100).map(float), min_size=width, max_size=width), min_size=1, max_size=25
    )
)


def slow_points(figures: Figures, scoring: Scoring) -> list[float | None]:
    """Each figure against all others, one by one."""
    known = [figure for figure in figures if figure is not None]
    found: list[float | None] = []
    for own in figures:
        others = list(known)
        if own is None:
            found.append(None)
            continue
        others.remove(own)
        if scoring is Scoring.PLACES:
            beaten = sum(Fraction(other < own) + Fraction(other == own, 2) for other in others)
            found.append(float(100 * beaten / max(1, len(others))))
        elif len(set(known)) == 1:
            found.append(None)
        elif scoring is Scoring.SPREADS:
            found.append((own - fmean(known)) / pstdev(known))
        else:
            found.append(100 * (own - min(known)) / (max(known) - min(known)))
    return found


def slow_one_figure(rows: list[Figures], blanks: Blanks) -> list[float | None]:
    """One council at a time; a theme in which nobody has a figure has no average."""
    columns = [[row[place] for row in rows if row[place] is not None] for place in range(len(rows[0]))]
    averages = [fmean(column) if column else None for column in columns]  # type: ignore[type-var]
    found: list[float | None] = []
    for row in rows:
        filled = row
        if blanks is Blanks.AVERAGE and any(figure is not None for figure in row):
            filled = [averages[place] if figure is None else figure for place, figure in enumerate(row)]
        own = [figure for figure in filled if figure is not None]
        may_lack = blanks is Blanks.LEFT_OUT
        found.append(fmean(own) if own and (may_lack or len(own) == len(row)) else None)
    return found


@pytest.mark.parametrize("scoring", Scoring)
@REPEATABLE
@given(GROUPS)
def test_points(scoring: Scoring, figures: Figures) -> None:
    found = points(as_array(figures).reshape(-1, 1), scoring)
    slow = slow_points(figures, scoring)
    if scoring is not Scoring.PLACES and len({f for f in figures if f is not None}) == 1:
        assert np.isnan(found).all() or np.nanmax(np.abs(found)) < math.inf
        return
    wanted = [math.nan if one is None else one for one in slow]
    assert found[:, 0].tolist() == pytest.approx(wanted, abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("blanks", Blanks)
@REPEATABLE
@given(THEMED)
def test_one_figure(blanks: Blanks, rows: list[Figures]) -> None:
    table = np.array([[math.nan if f is None else f for f in row] for row in rows], dtype=np.float64)
    wanted = [math.nan if one is None else one for one in slow_one_figure(rows, blanks)]
    assert one_figure(table, blanks).tolist() == pytest.approx(wanted, nan_ok=True)


@REPEATABLE
@given(GROUPS, st.integers(1, 12))
def test_those_on_top_are_beaten_by_fewer_than_the_places(figures: Figures, places: int) -> None:
    found = is_on_top(as_array(figures), places)
    known = [figure for figure in figures if figure is not None]
    for own, on_top in zip(figures, found.tolist(), strict=True):
        is_first = own is not None and len(known) >= places and sum(other > own for other in known) < places
        assert on_top == is_first


@REPEATABLE
@given(THEMED, st.randoms(use_true_random=False))
def test_the_order_of_councils_does_not_matter(rows: list[Figures], random: object) -> None:
    table = np.array([[math.nan if f is None else f for f in row] for row in rows], dtype=np.float64)
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    themes = ["waste"] * table.shape[1]
    for blanks in Blanks:
        plain, moved = (
            one_figure(theme_points(points(t, Scoring.PLACES), themes), blanks) for t in (table, table[order])
        )
        assert np.allclose(plain[order], moved, equal_nan=True)
