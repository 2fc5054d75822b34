"""The names of lines at their ends, pushed apart where two would touch, long ones on several lines of lettering."""

import textwrap
from collections.abc import Sequence

from moothall.presenters.charts.drawing import text_at

LINE = 24
"""The pixels from one line of lettering to the next: room for the larger letters on a phone."""

MOST_LETTERS = 14
"""A longer name goes on on the next line."""

Ending = tuple[float, str]


def height_of(names: Sequence[str]) -> int:
    """The pixels that these names take, one below the other."""
    return LINE * sum(len(_lines_of(name)) for name in names)


def end_labels(endings: Sequence[Ending], x: float, bottom: float) -> list[str]:
    """The lettering at ``x`` for lines that end at the heights of ``endings``, none below ``bottom``."""
    wanted = sorted(endings)
    lines = [_lines_of(name) for _, name in wanted]
    starts, free = [], 0.0
    for (y, _), words in zip(wanted, lines, strict=True):
        starts.append(max(y - LINE * (len(words) - 1) / 2, free))
        free = starts[-1] + LINE * len(words)
    over = max(0.0, free - LINE - bottom)
    return [
        text_at("chart-label", x, start - over + LINE * row + 5, part)
        for start, words in zip(starts, lines, strict=True)
        for row, part in enumerate(words)
    ]


def _lines_of(name: str) -> list[str]:
    return textwrap.wrap(name, MOST_LETTERS, break_long_words=False, break_on_hyphens=True)
