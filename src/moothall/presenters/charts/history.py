"""The history of a group: its middle figure as a line, its middle half shaded, and one authority's own line."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.presenters.blocks import Column, Figure, Table, TableCell, TableRow
from moothall.presenters.charts.drawing import Scale, path, pixel, svg, text_at
from moothall.presenters.charts.end_labels import end_labels
from moothall.presenters.charts.spark import Point, day_scale, run_path, runs
from moothall.presenters.wording.numbers import (
    exact_middle_text,
    exact_value_text,
    limits_text,
    metric_value_text,
    middle_text,
    short_value_text,
)

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 96, 176, 14, 36
"""Pixels, with room for the larger letters on a phone: figures at the left, names at the right, periods below."""

LONG_PERIOD = 14
"""Letters; two periods with more of them would touch on a phone."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A group at one period: how many have a figure, the middle, the ends of the middle half, one own figure."""

    period: Period
    n: int
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    own: float | None = None
    own_reason: str | None = None


def draw_history(moments: Sequence[Moment], metric: Metric, own_name: str | None, label: str) -> Markup | None:
    """A drawing of 640 by 260 pixels; None where the group has a middle figure for fewer than two periods."""
    shown = [m for m in moments if m.median is not None]
    if len(shown) < 2:
        return None
    x = day_scale([m.period for m in shown], LEFT, WIDTH - RIGHT)
    y = _figure_scale(shown)
    parts = draw_axes([m.period for m in shown], metric, x, y)
    parts.append(path("chart-band", "".join(_band(run, shown, x, y) for run in _runs(shown, metric, "median"))))
    parts += [_line("chart-line", shown, metric, "median", x, y), _line("chart-self", shown, metric, "own", x, y)]
    return svg("chart", WIDTH, HEIGHT, label, [*parts, *_labels(shown, own_name, y)])


def history_table(moments: Sequence[Moment], metric: Metric, group_title: str, own_name: str | None) -> Table:
    """The history in words and figures, newest first."""
    own = (Column(own_name, numeric=True),) if own_name else ()
    heads = ("Councils with a figure", "Middle figure", "Middle half")
    columns = (Column("Period"), *(Column(head, numeric=True) for head in heads), *own)
    rows = tuple(_table_row(m, metric, bool(own_name)) for m in reversed(moments))
    return Table("history", f"{metric.title}: {group_title}, each period", columns, rows)


def make_history(moments: Sequence[Moment], metric: Metric, group_title: str, own_name: str | None) -> Figure | None:
    """The drawing with its table; None where there is too little to draw."""
    caption = f"Middle figure of {group_title}, with the middle half shaded"
    caption += f", and {own_name}" if own_name else ""
    drawing = draw_history(moments, metric, own_name, _label(moments, metric, group_title, own_name))
    return Figure(drawing, caption, history_table(moments, metric, group_title, own_name)) if drawing else None


def _label(moments: Sequence[Moment], metric: Metric, group_title: str, own_name: str | None) -> str:
    """The main message in words: from where to where the middle went, and the own figure with it."""
    known = [(m.period, m.median) for m in moments if m.median is not None]
    if not known:
        return f"{metric.title}: no middle figure for {group_title}."
    own = [(m.period, m.own) for m in moments if m.own is not None]
    middle = f"{metric.title}: the middle figure of {group_title} went from {_from_to(known, metric, middle_text)}"
    if not own_name or not own:
        return f"{middle}."
    if len(own) == 1:
        return f"{middle}; {own_name} has one figure, {metric_value_text(own[0][1], metric)} ({own[0][0].label})."
    return f"{middle}, that of {own_name} from {_from_to(own, metric, metric_value_text)}."


def _from_to(known: Sequence[tuple[Period, float]], metric: Metric, words: Callable[[float, Metric], str]) -> str:
    return " to ".join(f"{words(figure, metric)} ({period.label})" for period, figure in (known[0], known[-1]))


def _figure_scale(shown: Sequence[Moment]) -> Scale:
    figures = [f for m in shown for f in (m.median, m.lower_quartile, m.upper_quartile, m.own) if f is not None]
    return Scale(min(figures), max(figures), HEIGHT - BOTTOM, TOP)


def round_steps(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round figures between ``low`` and ``high`` at which to letter an axis: steps of 1, 2 or 5 and tens of them."""
    if high <= low:
        return [low]
    rough = (high - low) / wanted
    ten = 10.0 ** math.floor(math.log10(rough))
    step = next(size * ten for size in (1, 2, 5, 10) if size * ten >= rough)
    first = math.ceil(low / step)
    return [k * step for k in range(first, math.floor(high / step) + 1)]


def draw_axes(periods: Sequence[Period], metric: Metric, x: Scale, y: Scale) -> list[str]:
    """The two axes with round figures at the left, and the first and last of ``periods`` below."""
    steps = round_steps(y.low, y.high)
    lines = "".join(f"M{LEFT} {pixel(y.place(s))}h-5" for s in steps)
    axis = path("chart-axis", f"M{LEFT} {TOP}V{pixel(y.start)}H{WIDTH - RIGHT}{lines}")
    texts = [(s, short_value_text(s, metric.unit, metric.decimals)) for s in steps]
    letters = [text_at("chart-label", LEFT - 9, y.place(s) + 5, words, "end") for s, words in texts]
    return [axis, *letters, *_period_letters(periods, x, y.start + BOTTOM - 8)]


def _period_letters(periods: Sequence[Period], x: Scale, foot: float) -> list[str]:
    """The first period at the left, the last at the right end of its line or, if it is long, a little beyond."""
    first, last = periods[0].label, periods[-1].label
    beyond = RIGHT / 2 if len(last) > LONG_PERIOD else 0
    return [text_at("chart-label", x.start, foot, first), text_at("chart-label", x.end + beyond, foot, last, "end")]


def _points(shown: Sequence[Moment], field: str) -> list[Point]:
    return [Point(m.period, getattr(m, field)) for m in shown]


def _runs(shown: Sequence[Moment], metric: Metric, field: str) -> list[list[Point]]:
    return runs(_points(shown, field), metric.breaks)


def _line(css_class: str, shown: Sequence[Moment], metric: Metric, field: str, x: Scale, y: Scale) -> str:
    return path(css_class, "".join(run_path(run, x, y) for run in _runs(shown, metric, field)))


def _band(run: Sequence[Point], shown: Sequence[Moment], x: Scale, y: Scale) -> str:
    by_period = {m.period: m for m in shown}
    moments = [by_period[p.period] for p in run]
    known = [m for m in moments if m.lower_quartile is not None and m.upper_quartile is not None]
    upper = [(x.place(m.period.start.toordinal()), y.place(m.upper_quartile or 0.0)) for m in known]
    lower = [(x.place(m.period.start.toordinal()), y.place(m.lower_quartile or 0.0)) for m in reversed(known)]
    if len(known) < 2:
        return ""
    return "M" + "L".join(f"{pixel(a)} {pixel(b)}" for a, b in upper + lower) + "z"


def _labels(shown: Sequence[Moment], own_name: str | None, y: Scale) -> list[str]:
    """Names at the right ends of the lines."""
    own = next((m.own for m in reversed(shown) if m.own is not None), None)
    endings = [(y.place(shown[-1].median or 0.0), "middle figure")]
    endings += [(y.place(own), own_name)] if own is not None and own_name else []
    return end_labels(endings, WIDTH - RIGHT, y.start)


def _table_row(moment: Moment, metric: Metric, has_own: bool) -> TableRow:
    cells = [TableCell(moment.period.label), TableCell(f"{moment.n:,}"), _middle_cell(moment, metric)]
    cells.append(_half_cell(moment, metric))
    if has_own:
        cells.append(_own_cell(moment, metric))
    return TableRow(tuple(cells))


def _middle_cell(moment: Moment, metric: Metric) -> TableCell:
    if moment.median is None:
        return TableCell("cannot say: too few figures", is_missing=True)
    return TableCell(exact_middle_text(moment.median, metric))


def _half_cell(moment: Moment, metric: Metric) -> TableCell:
    if moment.lower_quartile is None or moment.upper_quartile is None:
        return TableCell("cannot say: too few figures", is_missing=True)
    return TableCell(limits_text(moment.lower_quartile, moment.upper_quartile, metric))


def _own_cell(moment: Moment, metric: Metric) -> TableCell:
    if moment.own is None:
        return TableCell(moment.own_reason or "no figure", is_missing=True)
    return TableCell(exact_value_text(moment.own, metric))
