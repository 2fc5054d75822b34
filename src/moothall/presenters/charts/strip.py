"""The strip: a group's figures as ticks on a line, peers as dots, its middle as a bar, one authority as a diamond.

The axis runs from the 2nd to the 98th percentile of the group. Who lies beyond it stands at its end: the authority's
own mark with an arrow, and under the large strip the end is lettered "or less" or "or more".
What depends on the group alone (the ground) is drawn once and used for every authority of the group.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from moothall.presenters.charts.drawing import Scale, path, pixel, svg, text_at


@dataclass(frozen=True, slots=True)
class Frame:
    """The measures of a strip in pixels: the line at ``line_y``, ticks and bar this far above and below it.

    Marks stand on whole ``steps`` of a pixel, ticks on every ``step``-th pixel, each place once. Without ``has_axis``
    the stylesheet draws the line.
    """

    width: int
    height: int
    margin: int
    line_y: int
    tick: int
    bar: int
    mark: int
    text_y: int
    step: int = 1
    steps: int = 10
    has_axis: bool = True


SMALL = Frame(
    width=320, height=28, margin=8, line_y=20, tick=5, bar=8, mark=6, text_y=10, step=2, steps=1, has_axis=False
)
LARGE = Frame(width=640, height=120, margin=24, line_y=60, tick=14, bar=22, mark=10, text_y=26)


@dataclass(frozen=True, slots=True)
class Ground:
    """A group's part of a strip: drawn under (axis, ticks) and over (median) the peers, and where a figure stands."""

    frame: Frame
    scale: Scale
    under: str
    over: str


def draw_ground(
    values: Sequence[float], low: float, high: float, median: float, frame: Frame = SMALL, *, are_peers: bool = False
) -> Ground:
    """The ground of a strip for a group's ``values`` (ascending) with the axis from ``low`` to ``high``.

    ``are_peers``: all in the group are the peers of one authority, so they are drawn as such.
    """
    scale = Scale(low, high, frame.margin, frame.width - frame.margin, frame.steps)
    places = [scale.place(v) for v in values]
    members = path("strip-peers", _dots(places, frame)) if are_peers else path("strip-ticks", _ticks(places, frame))
    bar = f"M{pixel(scale.place(median))} {frame.line_y - frame.bar}v{2 * frame.bar}"
    axis = path("strip-axis", f"M0 {frame.line_y}h{frame.width}") if frame.has_axis else ""
    return Ground(frame, scale, axis + members, path("strip-median", bar))


def draw_strip(
    ground: Ground, label: str, own: float | None, own_text: str = "", peers: Iterable[float] = ()
) -> Markup:
    """A strip with one authority's own mark and its figure, over its group; ``label`` is the text alternative."""
    frame = ground.frame
    parts = [ground.under, path("strip-peers", _dots(map(ground.scale.place, peers), frame)), ground.over]
    if own is not None:
        parts += [path("strip-self", _mark(ground, own)), _own_text(ground, own, own_text)]
    return svg("strip", frame.width, frame.height, label, parts)


def marks_text(ground: Ground, figures: Iterable[float]) -> str:
    """Where each figure is drawn, in pixels across and in the order given; ``-`` for one that is NaN."""
    return " ".join("-" if math.isnan(f) else pixel(ground.scale.place(f)) for f in figures)


def draw_large_strip(
    ground: Ground,
    label: str,
    ends: tuple[str, str, str],
    own: float | None,
    own_text: str,
    peers: Iterable[float] = (),
) -> Markup:
    """The large strip, lettered under the axis with ``ends``: its low end, its middle and its high end."""
    small = str(draw_strip(ground, label, own, own_text, peers))
    return Markup(small.replace("</svg>", end_letters(ground, ends) + "</svg>"))  # noqa: S704 - its words are escaped


def end_letters(ground: Ground, ends: tuple[str, str, str]) -> str:
    """The lettering under the axis of a large strip: its low end, its middle and its high end."""
    frame, middle = ground.frame, _bar_x(ground)
    y = frame.height - 16
    letters = text_at("strip-text", 0, y + 12, ends[0]) + text_at("strip-text", frame.width, y + 12, ends[2], "end")
    return letters + text_at("strip-text", middle, y - 8, ends[1], _anchor(middle, frame, 90))


def _ticks(places: Iterable[float], frame: Frame) -> str:
    """All ticks as one path of relative moves: this keeps pages small, and ticks on every second pixel apart."""
    commands, at = [], None
    for x in sorted({frame.step * round(place / frame.step) for place in places}):
        move = f"M{x} {frame.line_y - frame.tick}" if at is None else f"m{x - at}-{2 * frame.tick}"
        commands.append(f"{move}v{2 * frame.tick}")
        at = x
    return "".join(commands)


def _dots(places: Iterable[float], frame: Frame) -> str:
    """Strokes without length, which the stylesheet draws with round ends, as relative moves: this keeps pages small."""
    found = sorted({round(place) for place in places})
    first = [f"M{x} {frame.line_y}h0" for x in found[:1]]
    return "".join([*first, *(f"m{x - before} 0h0" for before, x in pairwise(found))])


def _mark(ground: Ground, own: float) -> str:
    """A diamond, and an arrow head pointing outwards where the figure lies beyond the axis."""
    frame, scale = ground.frame, ground.scale
    x, y, r = scale.place(own), frame.line_y, frame.mark
    diamond = f"M{pixel(x)} {y - r}l{r} {r}l-{r} {r}l-{r}-{r}z"
    if own > scale.high:
        return diamond + f"M{frame.width} {y}l-{r}-{r - 2}v{2 * (r - 2)}z"
    if own < scale.low:
        return diamond + f"M0 {y}l{r}-{r - 2}v{2 * (r - 2)}z"
    return diamond


def _own_text(ground: Ground, own: float, words: str) -> str:
    x = ground.scale.place(own)
    anchor = _anchor(x, ground.frame, 34)
    at = {"start": 0.0, "middle": x, "end": float(ground.frame.width)}[anchor]
    return text_at("strip-text", at, ground.frame.text_y, words, anchor) if words else ""


def _anchor(x: float, frame: Frame, room: int) -> str:
    if x < room:
        return "start"
    return "end" if x > frame.width - room else "middle"


def _bar_x(ground: Ground) -> float:
    return float(ground.over.split('d="M')[1].split(" ")[0])
