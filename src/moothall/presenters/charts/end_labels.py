"""The names of lines at their ends, pushed apart where two would touch, long ones on several lines of lettering."""

import textwrap
from collections.abc import Sequence

from moothall.presenters.charts.drawing import path, pixel, spread_apart, text_at

LINE = 24
"""The pixels from one line of lettering to the next: room for the larger letters on a phone."""

MOST_LETTERS = 14
"""A longer name goes on on the next line."""

GAP = 18
"""The pixels from the end of a line to its name."""

Ending = tuple[float, str]


def height_of(names: Sequence[str]) -> int:
    """The pixels that these names take, one below the other."""
    return LINE * sum(len(_lines_of(name)) for name in names)


def end_labels(endings: Sequence[Ending], end: float, bottom: float) -> list[str]:
    """The lettering for lines that end at ``end`` and the heights of ``endings``, none below ``bottom``.

    A thin line leads to each name that does not stand beside its own end.
    """
    wanted = sorted(endings)
    lines = [_lines_of(name) for _, name in wanted]
    centred = [y - LINE * (len(words) - 1) / 2 for (y, _), words in zip(wanted, lines, strict=True)]
    starts = spread_apart(centred, [LINE * len(words) for words in lines], bottom + LINE)
    pairs = zip(wanted, starts, centred, strict=True)
    leaders = "".join(_leader(end, y, y + start - middle) for (y, _), start, middle in pairs)
    return [
        path("chart-leader", leaders),
        *(
            text_at("chart-label", end + GAP, start + LINE * row + 5, part)
            for start, words in zip(starts, lines, strict=True)
            for row, part in enumerate(words)
        ),
    ]


def _leader(end: float, y: float, name: float) -> str:
    """From the end of a line to its name, where they are apart."""
    return f"M{pixel(end + 7)} {pixel(y)}L{pixel(end + GAP - 3)} {pixel(name)}" if abs(name - y) > LINE / 4 else ""


def _lines_of(name: str) -> list[str]:
    return textwrap.wrap(name, MOST_LETTERS, break_long_words=False, break_on_hyphens=True)
