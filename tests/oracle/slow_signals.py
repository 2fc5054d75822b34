"""Warning rules said again, council by council and period by period, without arrays: slow and obvious."""

from collections.abc import Sequence
from statistics import median

from moothall.domain.signal import Bounds, Sign
from tests.oracle.slow_position import Figures

Rows = Sequence[Figures]


def slow_percentile(figures: Figures, own: float, step: float) -> float | None:
    """The share below plus half of those tied, out of 100, told apart in steps; None below ten figures."""
    known = [round(figure / step) for figure in figures if figure is not None]
    if len(known) < 10:
        return None
    place = round(own / step)
    below = sum(other < place for other in known)
    tied = sum(other == place for other in known)
    return (below + tied / 2) / len(known) * 100


def slow_middle(figures: Figures) -> float | None:
    """The median of a type's figures; None below three."""
    known = [figure for figure in figures if figure is not None]
    return median(known) if len(known) >= 3 else None


def slow_state(bounds: Bounds, number: float) -> str:
    """Fired, watched or not."""
    far = [number - bounds.fired, number - (bounds.fired if bounds.watched is None else bounds.watched)]
    fired, watched = (distance >= 0 if bounds.sign is Sign.AT_LEAST else distance <= 0 for distance in far)
    if fired:
        return "fired"
    return "watched" if watched and bounds.watched is not None else "not-fired"


def slow_place_rule(rows: Rows, types: Sequence[str], step: float, bounds: Bounds, oldest: int) -> list[str]:
    """A rule on places, with the newest period six months old and a year between periods."""
    width = len(rows[0]) if rows else 0
    said = []
    for row, kind in zip(rows, types, strict=True):
        answer = "cannot-assess"
        for column in reversed(range(width)):
            own = row[column]
            type_figures = [other[column] for other, of in zip(rows, types, strict=True) if of == kind]
            place = None if own is None else slow_percentile(type_figures, own, step)
            if place is None:
                continue
            age = 6 + 12 * (width - 1 - column)
            answer = slow_state(bounds, place) if age <= oldest else "cannot-assess"
            break
        said.append(answer)
    return said


def slow_spell(figures: Figures, limit: float) -> int | None:
    """How many of the last periods in a row lie below a limit; None without a newest figure."""
    if not figures or figures[-1] is None:
        return None
    length = 0
    for figure in reversed(figures):
        if figure is None or figure >= limit:
            break
        length += 1
    return length
