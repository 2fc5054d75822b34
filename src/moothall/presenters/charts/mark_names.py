"""The names of marks within a drawing: beside their marks, on several lines of lettering where there is little room."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from moothall.presenters.charts.drawing import path, pixel, spread_apart, text_at

LETTER = 9.5
"""The pixels that a letter of a name takes: as wide as the larger ones on a phone."""

LINE = 20
"""The pixels from one line of lettering to the next: room for the larger letters on a phone."""

GAP = 12
"""The pixels from the middle of a mark to its name."""

NEAR = 90
"""A mark so many pixels away at the same height is in the way of a name."""

EDGE = 4

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Field:
    """Where names may stand: the part of a drawing within its axes."""

    left: float
    right: float
    top: float
    foot: float


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in its lines, its mark, and whether it stands to the left of it."""

    lines: tuple[str, ...]
    mark: Place
    is_left: bool

    @property
    def height(self) -> int:
        """The pixels that its lines take."""
        return LINE * len(self.lines)

    @property
    def x(self) -> float:
        """Where its lines end, or begin."""
        return self.mark[0] - GAP if self.is_left else self.mark[0] + GAP


def mark_names(marks: Sequence[tuple[Place, str]], field: Field) -> list[str]:
    """The lettering for marks at their places, within the field, pushed apart where two would touch.

    A thin line leads to each name that does not stand beside its own mark.
    """
    spots = [spot for spot, _ in marks]
    names = [_beside(spot, words, spots, field) for spot, words in marks]
    names.sort(key=lambda name: name.mark[1] - name.height / 2)
    wanted = [name.mark[1] - name.height / 2 - field.top for name in names]
    starts = spread_apart(wanted, [name.height for name in names], field.foot - field.top)
    placed = [(name, field.top + start) for name, start in zip(names, starts, strict=True)]
    leaders = "".join(_leader(name, top + name.height / 2) for name, top in placed)
    return [path("chart-leader", leaders), *(text for name, top in placed for text in _lettered(name, top))]


def _beside(spot: Place, words: str, spots: Sequence[Place], field: Field) -> _Name:
    """The name on a side with room for it: rather where no edge and no other mark is near; else where most room is."""
    left, right = spot[0] - GAP - EDGE - field.left, field.right - spot[0] - GAP
    is_left_better = spot[0] > (field.left + field.right) / 2 or _is_taken(spots, spot)
    for is_left in (is_left_better, not is_left_better):
        if (left if is_left else right) >= LETTER * len(words):
            return _Name((words,), spot, is_left)
    lines = textwrap.wrap(words, int(max(left, right) / LETTER), break_long_words=False)
    return _Name(tuple(lines), spot, left > right)


def _is_taken(spots: Sequence[Place], spot: Place) -> bool:
    """True where another mark stands just to the right at the same height, and none to the left."""
    beside = [x - spot[0] for x, y in spots if abs(y - spot[1]) < LINE and 0 < abs(x - spot[0]) < NEAR]
    return any(gap > 0 for gap in beside) and not any(gap < 0 for gap in beside)


def _lettered(name: _Name, top: float) -> list[str]:
    anchor = "end" if name.is_left else "start"
    return [text_at("chart-label", name.x, top + LINE * (n + 0.75), line, anchor) for n, line in enumerate(name.lines)]


def _leader(name: _Name, middle: float) -> str:
    """From a mark to its name, where they are apart."""
    (at, height) = name.mark
    is_apart = abs(middle - height) > LINE / 4
    return f"M{pixel(at)} {pixel(height)}L{pixel(name.x)} {pixel(middle)}" if is_apart else ""
