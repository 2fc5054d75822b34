"""Lines over time: up to four councils told apart by colour, dash and mark, the others grey, each named at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.presenters.blocks import Column, Figure, Table, TableCell, TableRow
from moothall.presenters.charts.drawing import Scale, path, pixel, svg
from moothall.presenters.charts.end_labels import end_labels, height_of
from moothall.presenters.charts.history import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, draw_axes
from moothall.presenters.charts.spark import Point, day_scale, run_path, runs
from moothall.presenters.wording.numbers import exact_middle_text, exact_value_text, metric_value_text
from moothall.presenters.wording.words import joined

HIGHLIGHTED = ("chart-a", "chart-b", "chart-c", "chart-d")
"""The looks of the first four lines; there is no fifth, so the others are grey."""

OTHERS, MIDDLE = "chart-others", "chart-middle"
MARK = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line: whose, its figures by period, and whether it is a group's middle figure rather than a council's."""

    name: str
    points: tuple[Point, ...]
    is_middle: bool = False

    @property
    def last(self) -> Point | None:
        """The newest figure."""
        return next((point for point in reversed(self.points) if point.figure is not None), None)


def make_lines(lines: Sequence[Line], metric: Metric, table_id: str) -> Figure | None:
    """The drawing with its table; None where no two periods have a figure."""
    known = sorted({point.period for line in lines for point in line.points if point.figure is not None})
    if len(known) < 2:
        return None
    shown = [(line, look) for line, look in zip(lines, looks_of_lines(lines), strict=True) if line.last]
    caption = f"{metric.title}, {known[0].label} to {known[-1].label}"
    table = _table([line for line, _ in shown], metric, known, table_id)
    return Figure(_draw_lines([line for line, _ in shown], [look for _, look in shown], metric, known), caption, table)


def looks_of(count: int) -> list[str]:
    """A look for each of so many councils chosen, in their order: the first four are told apart, the others grey.

    A council keeps its look in every drawing of a page, also where another has no figure to draw.
    """
    return [*HIGHLIGHTED[:count], *[OTHERS] * (count - len(HIGHLIGHTED))]


def looks_of_lines(lines: Sequence[Line]) -> list[str]:
    """A look for each line: those of the councils in their order, and that of a middle figure."""
    free = iter(looks_of(len(lines)))
    return [MIDDLE if line.is_middle else next(free) for line in lines]


def _draw_lines(lines: Sequence[Line], looks: Sequence[str], metric: Metric, known: Sequence[Period]) -> Markup:
    """A drawing 640 pixels wide, as high as the names at the ends need; the grey lines lie under the others."""
    height = max(HEIGHT, TOP + BOTTOM + height_of([line.name for line in lines]))
    figures = [point.figure for line in lines for point in line.points if point.figure is not None]
    x = day_scale(known, LEFT, WIDTH - RIGHT)
    y = Scale(min(figures), max(figures), height - BOTTOM, TOP)
    order = sorted(range(len(lines)), key=lambda place: looks[place] in HIGHLIGHTED)
    parts = draw_axes(known, metric, x, y)
    parts += [_draw(lines[place], looks[place], metric, x, y) for place in order]
    endings = [(y.place(line.last.figure or 0.0), line.name) for line in lines if line.last]
    parts += end_labels(endings, WIDTH - RIGHT, y.start)
    return svg("chart", WIDTH, height, _label(lines, metric, known), parts)


def _draw(line: Line, look: str, metric: Metric, x: Scale, y: Scale) -> str:
    drawn = path(look, "".join(run_path(run, x, y) for run in runs(line.points, metric.breaks)))
    if look not in HIGHLIGHTED or line.last is None:
        return drawn
    at = x.place(line.last.period.start.toordinal()), y.place(line.last.figure or 0.0)
    return drawn + path(f"{look} chart-mark", draw_mark(look, *at))


def draw_mark(look: str, x: float, y: float) -> str:
    """A circle, a square, a triangle or a diamond: marks differ where colours may not; a circle for all others."""
    left, top, size = pixel(x - MARK), pixel(y - MARK), 2 * MARK
    return (
        f"M{left} {pixel(y)}a{MARK} {MARK} 0 1 0 {size} 0a{MARK} {MARK} 0 1 0-{size} 0z",
        f"M{left} {top}h{size}v{size}h-{size}z",
        f"M{pixel(x)} {top}l{MARK} {size}h-{size}z",
        f"M{pixel(x)} {top}l{MARK} {MARK}l-{MARK} {MARK}l-{MARK}-{MARK}z",
    )[HIGHLIGHTED.index(look) if look in HIGHLIGHTED else 0]


def _label(lines: Sequence[Line], metric: Metric, known: Sequence[Period]) -> str:
    """The drawing in one sentence: where each line ends."""
    ends = [f"{line.name} {metric_value_text(line.last.figure or 0.0, metric)}" for line in lines if line.last]
    return f"{metric.title} from {known[0].label} to {known[-1].label}; the newest figures: {joined(ends)}."


def _table(lines: Sequence[Line], metric: Metric, known: Sequence[Period], table_id: str) -> Table:
    columns = (Column("Period"), *(Column(line.name, numeric=True) for line in lines))
    by_period = [{point.period: point.figure for point in line.points} for line in lines]
    rows = tuple(
        TableRow(
            (
                TableCell(period.label),
                *(_cell(held.get(period), metric, line) for held, line in zip(by_period, lines, strict=True)),
            )
        )
        for period in reversed(known)
    )
    return Table(table_id, f"{metric.title}, each period", columns, rows)


def _cell(figure: float | None, metric: Metric, line: Line) -> TableCell:
    if figure is None:
        return TableCell("no figure", is_missing=True)
    return TableCell(exact_middle_text(figure, metric) if line.is_middle else exact_value_text(figure, metric))
