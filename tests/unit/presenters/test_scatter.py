"""Two metrics together: who is drawn, who is left out and why, and that nothing is claimed of the two."""

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from moothall.analytics.groups import ENGLAND
from moothall.domain.authority import AuthorityType
from moothall.presenters.charts.lines import looks_of
from moothall.presenters.charts.mark_names import LETTER, LINE, Field, mark_names
from moothall.presenters.charts.scatter import NO_CAUSE, Scatter, make_scatter
from moothall.presenters.comparing.compare_page import make_compare_page
from moothall.presenters.comparing.comparison import Comparison
from moothall.presenters.figures.reading import authority_with_slug
from tests.support.store_builder import FakeStore, make_metric, make_store

RATE = """
              2020-21      2021-22
Leeds         39.0         38.0
Bradford      35.0         36.0
Sheffield     31.0         33.0
Wakefield     suppressed   41.0
York          43.0         43.0
Burnley       27.0         28.0
"""
VISITS = """
              2021-22
Leeds         610
Bradford      suppressed
Sheffield     590
Wakefield     480
York          500
"""
TWO = """
              2021-22
Leeds         610
York          500
"""
CLAIMS = re.compile(r"correlat|because of|leads to|drives|trend line|the more .* the more", re.IGNORECASE)


@pytest.fixture(scope="module")
def store() -> FakeStore:
    every = frozenset(AuthorityType)
    rate = make_metric("rate", title="Recycling rate", applies_to=every)
    visits = make_metric("visits", title="Visits", applies_to=every)
    return make_store({rate: RATE, visits: VISITS})


def scatter(store: FakeStore, slugs: str, metrics: tuple[str, ...] = ("rate", "visits")) -> Scatter | None:
    chosen = tuple(authority_with_slug(store, slug) for slug in slugs.split())
    return make_scatter(store, Comparison(chosen, tuple(store.catalogue.metrics[m] for m in metrics), (ENGLAND,)))


def test_the_words_count_sides_and_place_each_chosen_council(store: FakeStore) -> None:
    found = scatter(store, "leeds sheffield")
    assert found is not None
    assert found.sentence.startswith("Of 4 councils in England with both figures, ")
    assert "Leeds: 38.0% across and 610.0% up; Sheffield: 33.0% across and 590.0% up." in found.sentence
    counted = [int(n) for n in re.findall(r"(\d+) (?:stand|below|above|on a)", found.sentence)]
    assert sum(counted) == 4
    assert found.figure.svg.count(found.sentence) == 1, "the text alternative is the main message"


def test_whoever_is_not_drawn_is_listed_with_the_reason(store: FakeStore) -> None:
    found = scatter(store, "leeds bradford burnley")
    assert found is not None
    assert [line.partition(":")[0] for line in found.left_out[:2]] == ["Bradford, Visits", "Burnley, Visits"]
    assert found.figure.table is not None
    assert [row.cells[0].text for row in found.figure.table.rows] == ["Leeds", "Sheffield", "Wakefield", "York"]
    assert [row.is_self for row in found.figure.table.rows] == [True, False, False, False]
    alone = scatter(store, "leeds")
    assert alone is not None
    assert [one.partition(" ")[0] for one in (*alone.left_out, *found.left_out[2:])] == ["11", "9"]


def test_the_group_is_one_path_and_the_chosen_are_marked_and_named(store: FakeStore) -> None:
    found = scatter(store, "leeds york")
    assert found is not None
    drawn = str(found.figure.svg)
    dots = re.search(r'class="scatter-dots" d="([^"]+)"', drawn)
    assert dots
    assert dots[1].count("h0") == 2
    assert re.findall(r'class="([\w-]+) chart-mark"', drawn) == ["chart-a", "chart-b"]
    assert re.findall(r">(Leeds|York)<", drawn) == ["Leeds", "York"]


def test_a_council_has_the_same_look_in_every_drawing(store: FakeStore) -> None:
    slugs = "bradford leeds wakefield burnley york sheffield"
    chosen = tuple(authority_with_slug(store, slug) for slug in slugs.split())
    metrics = tuple(store.catalogue.metrics[id_] for id_ in ("rate", "visits"))
    page = make_compare_page(store, Comparison(chosen, metrics, (ENGLAND,)), date(2026, 11, 1))
    assert page.scatter is not None
    looks = [re.findall(r'class="([\w-]+) chart-mark"', str(f.svg)) for f in (page.scatter.figure, *page.strips)]
    assert looks[0] == ["chart-b", "chart-c", "chart-others", "chart-others"], "Bradford and Burnley are not drawn"
    assert sorted(looks[2]) == sorted(looks[0])
    assert sorted(looks[1]) == ["chart-a", "chart-b", "chart-c", "chart-d", "chart-others", "chart-others"]
    assert looks_of(6) == ["chart-a", "chart-b", "chart-c", "chart-d", "chart-others", "chart-others"]
    assert looks_of(2) == ["chart-a", "chart-b"]


LONGEST = "Bournemouth, Christchurch and Poole"
FIELD = Field(84, 476, 16, 364)


@pytest.mark.parametrize("at", [92.0, 180.0, 280.0, 380.0, 456.0])
@pytest.mark.parametrize("height", [24.0, 200.0, 356.0])
def test_a_name_stays_within_the_axes_in_the_letters_of_a_phone(at: float, height: float) -> None:
    names = (LONGEST, "Bath and North East Somerset", "Leeds")
    leaders, *drawn = mark_names([((at, height), name) for name in names], FIELD)
    found = [ElementTree.fromstring(line) for line in drawn]
    for text in found:
        width, x = LETTER * len(text.text or ""), float(text.attrib["x"])
        left = x - {"start": 0.0, "end": width}[text.get("text-anchor", "start")]
        assert FIELD.left < left
        assert left + width <= FIELD.right
    heights = [float(text.attrib["y"]) for text in found]
    assert FIELD.top <= heights[0] - LINE / 2
    assert heights[-1] <= FIELD.foot
    assert all(b - a >= LINE for a, b in pairwise(heights)), "no two touch"
    assert leaders.count("M") >= 2, "whoever does not stand beside the mark is led to it"
    assert sorted(" ".join(text.text or "" for text in found).split()) == sorted(" ".join(names).split())


def test_a_name_with_room_stands_beside_its_mark_without_a_line() -> None:
    assert mark_names([((100.0, 50.0), "Leeds"), ((400.0, 90.0), "York")], FIELD) == [
        "",
        '<text class="chart-label" x="112" y="55">Leeds</text>',
        '<text class="chart-label" x="388" y="95" text-anchor="end">York</text>',
    ]


def test_nothing_is_claimed_of_how_the_two_go_together(store: FakeStore) -> None:
    found = scatter(store, "leeds")
    assert found is not None
    assert found.caution == NO_CAUSE
    assert "does not show that one causes the other" in NO_CAUSE
    assert not CLAIMS.search(f"{found.sentence} {found.figure.caption}")


@pytest.mark.parametrize(("slugs", "metrics"), [("leeds", ("rate",)), ("leeds", ())])
def test_fewer_than_two_metrics_are_no_scatter(store: FakeStore, slugs: str, metrics: tuple[str, ...]) -> None:
    assert scatter(store, slugs, metrics) is None


def test_two_councils_with_both_figures_are_too_few() -> None:
    few = make_store({make_metric("rate"): RATE, make_metric("visits"): TWO})
    assert scatter(few, "leeds") is None
