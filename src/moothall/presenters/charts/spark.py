"""The sparkline: one authority's figures over time, with a gap where one is missing or the series breaks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from moothall.domain.metric import Break
from moothall.domain.period import Period
from moothall.presenters.charts.drawing import Scale, path, pixel, svg

WIDTH, HEIGHT, MARGIN = 96, 28, 4
STEPS = 2
"""A finer drawing would look no different and make a page of 150 rows a kilobyte larger."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a series at a period; None where there is none."""

    period: Period
    figure: float | None
    is_provisional: bool = False


def runs(points: Sequence[Point], breaks: Iterable[Break]) -> list[list[Point]]:
    """A series cut into unbroken runs: at each missing figure and at each declared break."""
    cuts = sorted(b.start for b in breaks)
    found: list[list[Point]] = [[]]
    before: date | None = None
    for point in points:
        if before is not None and any(before < cut <= point.period.start for cut in cuts):
            found.append([])
        found[-1].append(point) if point.figure is not None else found.append([])
        before = point.period.start
    return [run for run in found if run]


def draw_spark(points: Sequence[Point], breaks: Iterable[Break], label: str) -> Markup | None:
    """A sparkline of 96 by 28 pixels; None where fewer than two figures leave nothing to see."""
    known = [point for point in points if point.figure is not None]
    if len(known) < 2:
        return None
    x, y = _scales(known)
    line = "".join(run_path(run, x, y) for run in runs(points, breaks))
    last = known[-1]
    centre = f'cx="{pixel(x.place(_day(last)))}" cy="{pixel(y.place(last.figure or 0.0))}"'
    dot = f'<circle class="{"spark-provisional" if last.is_provisional else "spark-dot"}" {centre} r="3"/>'
    return svg("spark", WIDTH, HEIGHT, label, [path("spark-line", line), dot])


def run_path(run: Sequence[Point], x: Scale, y: Scale) -> str:
    """One unbroken run as path commands; a lone figure is a short dash."""
    places = [(x.place(_day(p)), y.place(p.figure)) for p in run if p.figure is not None]
    if len(places) == 1:
        return f"M{pixel(places[0][0] - 1.5)} {pixel(places[0][1])}h3"
    return "M" + "L".join(f"{pixel(a)} {pixel(b)}" for a, b in places)


def day_scale(periods: Sequence[Period], start: float, end: float, steps: int = 10) -> Scale:
    """A scale from the days on which periods begin to pixels, each cut into ``steps``."""
    return Scale(periods[0].start.toordinal(), periods[-1].start.toordinal(), start, end, steps)


def _scales(known: Sequence[Point]) -> tuple[Scale, Scale]:
    figures = [p.figure for p in known if p.figure is not None]
    across = day_scale([p.period for p in known], MARGIN, WIDTH - MARGIN, STEPS)
    return across, Scale(min(figures), max(figures), HEIGHT - MARGIN, MARGIN, STEPS)


def _day(point: Point) -> float:
    return point.period.start.toordinal()
