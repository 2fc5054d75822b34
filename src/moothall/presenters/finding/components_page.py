"""What the page of components needs drawn: rows in each state, a strip, a map of one area. All of it is made up."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from moothall.domain.period import Period, PeriodKind
from moothall.presenters.authority.rows import MetricRow
from moothall.presenters.blocks import FILTER_LIST, STRIP_WALK, Crumbs, PageHead
from moothall.presenters.charts.map_drawing import MapArea, Tone, draw_map, draw_swatch
from moothall.presenters.charts.spark import Point, draw_spark
from moothall.presenters.charts.strip import LARGE, SMALL, draw_ground, draw_large_strip, draw_strip

WHAT = "What the pages are made of, each part with its states."
ADDRESS = "/about/components"
CRUMBS: Crumbs = (("Home", "/"), ("About", "/about"), ("Components", None))
FIGURES = (31.0, 34.5, 36.0, 38.2, 40.1, 41.0, 43.7, 49.4)
OWN, MIDDLE = 38.2, 39.15
SERIES = (36.0, 36.8, None, 39.0, 38.2)


@dataclass(frozen=True, slots=True)
class ComponentsPage:
    """The drawn parts; the words of the other components stand in the template."""

    head: PageHead
    rows: tuple[MetricRow, ...]
    section: dict[str, Any]
    strip: Markup
    map_svg: Markup
    map_key: tuple[dict[str, Any], ...]
    sheet: dict[str, Any]


def make_components_page() -> ComponentsPage:
    """Each component that needs a drawing, in each of its states."""
    ground = draw_ground(FIGURES, FIGURES[0], FIGURES[-1], MIDDLE, LARGE)
    ends = ("31.0%", "middle 39.15%", "49.4%")
    area = MapArea("M10 10h80v60h-80z", Tone.MIDDLE, "Ashby: 38.2%, middle fifth", ADDRESS)
    return ComponentsPage(
        head=PageHead("Components", "about", CRUMBS, WHAT, scripts=(FILTER_LIST, STRIP_WALK)),
        rows=example_rows(),
        section=_section(),
        strip=draw_large_strip(ground, "Ashby: 38.2% among eight made-up councils.", ends, OWN, "Ashby 38.2%"),
        map_svg=draw_map("A map of one made-up area.", [area], "", "", has_patterns=True),
        map_key=tuple(
            {"swatch": draw_swatch(tone), "meaning": tone.value.replace("-", " "), "count": "1 council"}
            for tone in Tone
        ),
        sheet=_sheet(),
    )


def example_rows() -> tuple[MetricRow, ...]:
    """A row in each state: placed, judged, provisional beyond the axis, without polarity, refused, missing."""
    placed = _placed_row()
    neither = replace(placed, metric_title="Neither end is better", low_label="lower", high_label="higher")
    bare = replace(placed, words="", change="", strip_svg=None, low_label="", high_label="")
    return (
        placed,
        replace(placed, metric_title="Judged by limits", words="Better than the middle of similar councils"),
        _row_beyond(placed),
        neither,
        replace(bare, metric_title="Refused", refusal="We do not compare this figure: a group of 2 is too small."),
        _row_without_figure(bare),
    )


def _placed_row() -> MetricRow:
    return MetricRow(
        metric_title="Placed in its group",
        metric_href=ADDRESS,
        value_text=f"{OWN}%",
        value_is_missing=False,
        period_text="2022-23",
        status_text="",
        words="Lower than most similar councils (position only)",
        change="No clear change",
        strip_svg=_strip(OWN),
        low_label="",
        high_label="better",
        refusal=None,
        spark_svg=_spark(False),
        trail_href=ADDRESS,
        source_short="file and cell",
    )


def _row_beyond(placed: MetricRow) -> MetricRow:
    title, change = "Beyond the axis, provisional", "Rising, and getting worse"
    said = replace(placed, metric_title=title, value_text="60.0%", status_text="provisional", change=change)
    return replace(said, strip_svg=_strip(60.0), spark_svg=_spark(True))


def _row_without_figure(bare: MetricRow) -> MetricRow:
    reason = "Held back by the publisher because the numbers are small."
    said = replace(bare, metric_title="Missing", value_text="No figure", value_is_missing=True, refusal=reason)
    return replace(said, spark_svg=None, trail_href=None)


def _strip(own: float) -> Markup:
    ground = draw_ground(FIGURES, FIGURES[0], FIGURES[-1], MIDDLE, SMALL)
    return draw_strip(ground, f"Ashby: {own}% among eight made-up councils.", own, f"{own}%", peers=FIGURES[2:5])


def _spark(is_provisional: bool) -> Markup | None:
    periods = [Period.starting(date(2018 + n, 4, 1), PeriodKind.FINANCIAL_YEAR) for n in range(len(SERIES))]
    points = [Point(p, f, is_provisional and p is periods[-1]) for p, f in zip(periods, SERIES, strict=True)]
    return draw_spark(points, (), "Ashby: from 36.0% to 38.2%, with a gap.")


def _section() -> dict[str, Any]:
    link = {"text": "All metrics of this theme", "href": ADDRESS}
    question = {"text": "What would change it?", "href": ADDRESS, "note": "The metric"}
    limits = [("The metric", "It cannot say why.")]
    rows = example_rows()[:1]
    return {
        "id": "example-theme",
        "title": "A theme",
        "rows": rows,
        "questions": [question],
        "limits": limits,
        "links": [link],
    }


def _sheet() -> dict[str, Any]:
    cells = [{"text": "Ashby"}, {"text": "0.382", "is_quoted": True}]
    return {
        "id": "example-sheet",
        "caption": "A publisher's cell with its neighbours",
        "column_names": ["A", "B"],
        "rows": [{"name": "12", "cells": cells}],
    }
