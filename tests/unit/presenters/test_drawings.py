"""Drawings: few nodes, classes only, clipped axes, gaps where a series breaks, a sentence for those who do not see."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from moothall.domain.metric import Break
from moothall.domain.period import Period, PeriodKind
from moothall.presenters.charts.drawing import spread_apart
from moothall.presenters.charts.history import Moment, draw_history, history_table, round_steps
from moothall.presenters.charts.lines import Line, make_lines
from moothall.presenters.charts.spark import Point, draw_spark, runs
from moothall.presenters.charts.strip import LARGE, SMALL, draw_ground, draw_large_strip, draw_strip
from tests.support.store_builder import make_metric

FIGURES = [float(n) for n in range(101)]
FRAMES = (SMALL, LARGE)
GROUND = draw_ground(FIGURES, 2.0, 98.0, 50.0)


def years(*figures: float | None) -> list[Point]:
    starts = (date(2015 + n, 4, 1) for n in range(len(figures)))
    return [
        Point(Period.starting(start, PeriodKind.FINANCIAL_YEAR), figure)
        for start, figure in zip(starts, figures, strict=True)
    ]


def nodes(svg: str) -> int:
    return sum(1 for _ in ElementTree.fromstring(svg).iter())


def path_of(svg: str, css_class: str) -> str:
    found = re.search(rf'class="{css_class}" d="([^"]*)"', svg)
    return found[1] if found else ""


def test_strip_is_small_and_carries_no_look() -> None:
    svg = draw_strip(GROUND, "Leeds 38.2% & more.", 38.2, "38.2%", peers=(40.0, 45.0))
    assert nodes(svg) <= 8
    assert 'role="img"' in svg
    assert 'aria-label="Leeds 38.2% &amp; more."' in svg
    for look in ("style=", "fill=", "stroke=", "#"):
        assert look not in svg
    assert len(svg) < 3000


def test_strip_puts_figures_in_proportion() -> None:
    assert path_of(draw_strip(GROUND, "x", None), "strip-median") == "M160 12v16"
    assert GROUND.scale.place(2.0) == 8
    assert GROUND.scale.place(98.0) == 312


@pytest.mark.parametrize(("own", "where", "arrow"), [(99.5, "M312 14", "M320 20l-"), (0.0, "M8 14", "M0 20l6-")])
def test_a_mark_beyond_the_axis_stands_at_its_end_with_an_arrow(own: float, where: str, arrow: str) -> None:
    mark = path_of(draw_strip(GROUND, "x", own, "x"), "strip-self")
    assert mark.startswith(where)
    assert arrow in mark


def test_a_mark_within_the_axis_has_no_arrow() -> None:
    assert path_of(draw_strip(GROUND, "x", 50.0, "x"), "strip-self").count("M") == 1


def test_who_lies_beyond_the_axis_stands_at_its_ends_and_each_place_is_drawn_once() -> None:
    figures = [0.0, 1.0, 50.0, 50.0, 100.0]
    ticks = path_of(draw_strip(draw_ground(figures, 2.0, 98.0, 50.0), "x", None), "strip-ticks")
    assert ticks == "M8 15v10m152-10v10m152-10v10"
    dots = path_of(draw_strip(draw_ground(figures, 2.0, 98.0, 50.0, are_peers=True), "x", None), "strip-peers")
    assert dots == "M8 20h0m152 0h0m152 0h0"


def test_ticks_of_a_small_strip_stand_apart_and_those_of_a_large_one_on_each_pixel() -> None:
    figures = [float(n) for n in range(0, 101, 10)] + [50.2, 50.5]
    small, large = (path_of(draw_strip(draw_ground(figures, 0, 100, 50, f), "x", None), "strip-ticks") for f in FRAMES)
    assert [small.count("v"), large.count("v")] == [12, 13]
    assert {int(step) % 2 for step in re.findall(r"m(\d+)-", small)} == {0}


def test_the_line_of_a_small_strip_is_left_to_the_stylesheet() -> None:
    drawn = [draw_strip(draw_ground(FIGURES, 2.0, 98.0, 50.0, frame), "x", None) for frame in FRAMES]
    assert [path_of(svg, "strip-axis") for svg in drawn] == ["", "M0 60h640"]


def test_a_group_without_spread_stands_in_the_middle() -> None:
    ground = draw_ground([7.0, 7.0, 7.0], 7.0, 7.0, 7.0)
    assert ground.scale.place(7.0) == 160


def test_large_strip_letters_its_ends_and_stays_one_drawing() -> None:
    ground = draw_ground(FIGURES, 2.0, 98.0, 50.0, LARGE)
    svg = draw_large_strip(ground, "A group.", ("2%", "middle 50%", "98%"), 38.2, "Leeds 38.2%")
    words = [element.text for element in ElementTree.fromstring(svg).iter("text")]
    assert words == ["Leeds 38.2%", "2%", "98%", "middle 50%"]


def test_series_is_cut_at_missing_figures_and_at_breaks() -> None:
    points = years(1.0, 2.0, None, 4.0, 5.0, 6.0)
    method = Break(date(2019, 4, 1), "counted anew")
    assert [[p.figure for p in run] for run in runs(points, [])] == [[1.0, 2.0], [4.0, 5.0, 6.0]]
    assert [[p.figure for p in run] for run in runs(points, [method])] == [[1.0, 2.0], [4.0], [5.0, 6.0]]


def test_a_break_before_or_after_the_series_cuts_nothing() -> None:
    far = [Break(date(2001, 4, 1), "x"), Break(date(2015, 4, 1), "x"), Break(date(2031, 4, 1), "x")]
    assert len(runs(years(1.0, 2.0, 3.0), far)) == 1


def test_spark_has_a_gap_and_marks_a_provisional_end() -> None:
    points = years(1.0, 2.0, None, 4.0, 5.0)
    svg = draw_spark([*points[:-1], Point(points[-1].period, 5.0, is_provisional=True)], [], "From 1 to 5.")
    assert svg is not None
    assert nodes(svg) <= 5
    assert path_of(svg, "spark-line").count("M") == 2
    assert 'class="spark-provisional"' in svg


def test_points_of_a_spark_stand_on_half_pixels() -> None:
    svg = str(draw_spark(years(1.0, 1.37, 2.11, 3.0), [], "x"))
    places = re.findall(r"[\d.]+", path_of(svg, "spark-line"))
    assert len(places) == 8
    assert {float(place) % 0.5 for place in places} == {0.0}


@pytest.mark.parametrize("figures", [(), (1.0,), (None, 1.0, None)])
def test_one_figure_is_no_line(figures: tuple[float | None, ...]) -> None:
    assert draw_spark(years(*figures), [], "x") is None


def moments(*medians: float | None) -> list[Moment]:
    points = years(*medians)
    return [
        Moment(p.period, 12, p.figure, p.figure - 1, p.figure + 1, own=p.figure)
        if p.figure is not None
        else Moment(p.period, 2, None, None, None)
        for p in points
    ]


def test_history_draws_band_line_and_own_line_with_their_names() -> None:
    svg = draw_history(moments(40.0, 41.0, 42.0), make_metric(), "Leeds", "The middle rose.")
    assert svg is not None
    for css_class in ("chart-axis", "chart-band", "chart-line", "chart-self"):
        assert path_of(svg, css_class), css_class
    words = [element.text for element in ElementTree.fromstring(svg).iter("text")]
    assert {"Leeds", "middle figure", "2015-16", "2017-18"} <= set(words)


def test_names_of_lines_do_not_touch() -> None:
    svg = draw_history(moments(40.0, 41.0, 42.0), make_metric(), "Leeds", "x")
    heights = dict(re.findall(r'y="([\d.]+)">(Leeds|middle figure)<', str(svg)))
    levels = [float(y) for y in heights]
    assert abs(levels[0] - levels[1]) >= 16


def test_history_of_one_period_is_no_line() -> None:
    assert draw_history(moments(40.0), make_metric(), None, "x") is None


def test_history_table_is_newest_first_and_gives_reasons() -> None:
    table = history_table(moments(40.0, None), make_metric(), "metropolitan districts", "Leeds")
    assert [row.cells[0].text for row in table.rows] == ["2016-17", "2015-16"]
    assert [cell.text for cell in table.rows[1].cells[1:]] == ["12", "40.0%", "39.0% to 41.0%", "40.0%"]
    assert table.rows[0].cells[2].is_missing


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [(0, 10, [0, 5, 10]), (36, 47, [40, 45]), (-3, 3, [-2, 0, 2]), (5, 5, [5])],
)
def test_round_steps(low: float, high: float, steps: list[float]) -> None:
    assert round_steps(low, high) == pytest.approx(steps)


@pytest.mark.parametrize(
    ("wanted", "sizes", "placed"),
    [
        ([], [], []),
        ([50.0, 80.0], [20.0, 20.0], [50.0, 80.0]),
        ([50.0, 50.0], [20.0, 20.0], [40.0, 60.0]),
        ([50.0, 50.0], [40.0, 20.0], [30.0, 70.0]),
        ([40.0, 50.0, 51.0], [20.0, 20.0, 20.0], [27.0, 47.0, 67.0]),
        ([-9.0, 1.0], [20.0, 20.0], [0.0, 20.0]),
        ([90.0, 95.0], [20.0, 20.0], [60.0, 80.0]),
    ],
)
def test_names_stand_apart_and_near_to_where_they_belong(
    wanted: list[float], sizes: list[float], placed: list[float]
) -> None:
    assert spread_apart(wanted, sizes, 100.0) == pytest.approx(placed)


@pytest.mark.parametrize(("bradford", "leaders"), [(46.0, 0), (40.1, 2)])
def test_a_name_that_was_pushed_away_is_led_to_from_its_line(bradford: float, leaders: int) -> None:
    newest = {"Wigan": 30.0, "Leeds": 40.0, "Bradford": bradford, "York": 52.0}
    lines = [Line(name, tuple(years(40.0, figure))) for name, figure in newest.items()]
    figure = make_lines(lines, make_metric("rate"), "lines")
    assert figure is not None
    assert path_of(figure.svg, "chart-leader").count("L") == leaders
