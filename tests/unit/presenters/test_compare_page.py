"""The page that compares: up to eight councils and three groups, as tags, a table, and lines over time."""

import re
from datetime import date
from itertools import combinations, pairwise

import pytest

from moothall.analytics.groups import ENGLAND, custom_group
from moothall.presenters.charts.end_labels import end_labels
from moothall.presenters.charts.lines import HIGHLIGHTED, MIDDLE, OTHERS, Line, looks_of_lines, make_lines
from moothall.presenters.charts.spark import Point
from moothall.presenters.comparing.compare_page import make_compare_page
from moothall.presenters.comparing.comparison import Comparison, metrics_shown
from moothall.presenters.figures.reading import authority_with_slug
from moothall.presenters.metric.group_notes import ended_note, group_notes, unlike_note
from tests.functional.conftest import make_example_store
from tests.support.store_builder import MET_NAMES, FakeStore

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def store() -> FakeStore:
    return make_example_store()


def chosen(store: FakeStore, *slugs: str, **others: object) -> Comparison:
    return Comparison(tuple(authority_with_slug(store, slug) for slug in slugs), **others)  # type: ignore[arg-type]


def test_the_middle_figures_of_chosen_groups_stand_last(store: FakeStore) -> None:
    page = make_compare_page(store, chosen(store, "leeds", "york", groups=(ENGLAND,)), TODAY)
    heads = [column.label for column in page.tables[0].table.columns]
    assert heads == ["Metric and period", "Leeds", "York", "Middle of councils in England"]
    assert [cell.text for cell in page.tables[0].table.rows[0].cells[1:]] == ["38.2%", "43.9%", "43.0%"]


def test_without_a_group_each_council_has_its_own_type(store: FakeStore) -> None:
    page = make_compare_page(store, chosen(store, "leeds", "york"), TODAY)
    heads = [column.label for column in page.tables[0].table.columns]
    assert heads[3:] == ["Middle of metropolitan districts", "Middle of unitary authorities"]


def test_groups_can_be_compared_without_any_council(store: FakeStore) -> None:
    own = custom_group(["LEEDS", "BRADFO", "SHEFFI"])
    page = make_compare_page(store, Comparison(groups=(own, ENGLAND)), TODAY)
    assert page.title == "Compare councils you chose and councils in England"
    assert [cell.text for cell in page.tables[0].table.rows[0].cells[1:]] == ["36.0%", "43.0%"]
    assert page.notes == ("In a group of 3 councils nobody is called lower or higher than most: that takes 10.",)


def test_what_is_chosen_can_be_left_out_one_by_one(store: FakeStore) -> None:
    metric = store.catalogue.metrics["quality-of-life"]
    page = make_compare_page(store, chosen(store, "leeds", "york", metrics=(metric,), groups=(ENGLAND,)), TODAY)
    without = {tags.title: [item.note for item in tags.items] for tags in page.tags}
    rest = "metric=quality-of-life&group=england"
    assert without["Councils"] == [f"/compare?authority=york&{rest}", f"/compare?authority=leeds&{rest}"]
    assert without["Metrics"] == ["/compare?authority=leeds&authority=york&group=england"]
    assert without["Middle figures of"] == ["/compare?authority=leeds&authority=york&metric=quality-of-life"]
    assert dict(page.form.hidden) == {"authority": "york", "metric": "quality-of-life", "group": "england"}


def test_the_form_adds_one_more_until_there_is_no_room(store: FakeStore) -> None:
    labels = [field.label for field in make_compare_page(store, Comparison(), TODAY).form.fields]
    assert labels == ["Council 1", "Council 2", "Only this metric", "Or all metrics of a theme", "Middle figure of"]
    full = chosen(store, *(name.lower() for name in MET_NAMES[:8]))
    assert "Add a council" not in [field.label for field in make_compare_page(store, full, TODAY).form.fields]


def test_similar_councils_fill_the_room_there_is(store: FakeStore) -> None:
    page = make_compare_page(store, chosen(store, "leeds"), TODAY)
    assert page.similar is not None
    assert page.similar.href is not None
    assert page.similar.href.startswith("/compare?authority=leeds&authority=")
    assert make_compare_page(store, chosen(store, "burnley"), TODAY).similar is None


def test_metrics_are_those_chosen_those_of_a_theme_or_those_that_frameworks_name(store: FakeStore) -> None:
    care = store.catalogue.themes["care"]
    leeds = chosen(store, "leeds")
    assert {m.id for m in metrics_shown(store, leeds)} == {"household-waste-recycling-rate", "quality-of-life"}
    assert [m.id for m in metrics_shown(store, chosen(store, "leeds", theme=care))] == ["quality-of-life"]
    assert metrics_shown(store, chosen(store, "burnley", theme=care)) == []


@pytest.mark.parametrize(
    ("slugs", "unlike", "ended"),
    [
        (["leeds", "bradford"], "", ""),
        (["leeds", "york"], "These councils are unlike (unitary authorities and metropolitan districts)", ""),
        (["leeds", "allerdale"], "These councils are unlike", "Some councils have an end: Allerdale on 31 March 2023."),
    ],
)
def test_what_is_odd_about_a_choice_is_said(store: FakeStore, slugs: list[str], unlike: str, ended: str) -> None:
    members = [authority_with_slug(store, slug) for slug in slugs]
    assert unlike_note(members).startswith(unlike)
    assert bool(unlike_note(members)) == bool(unlike)
    assert ended_note(members).startswith(ended)
    assert bool(ended_note(members)) == bool(ended)


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        (["LEEDS"], "A group of 1 council has no middle figure and no rank: choose 3 or more."),
        (["LEEDS", "BRADFO"], "A group of 2 councils has no middle figure and no rank: choose 3 or more."),
        (["LEEDS", "BRADFO", "BURY"], "In a group of 3 councils nobody is called lower or higher than most"),
    ],
)
def test_a_small_group_of_ones_own_is_told_what_it_lacks(store: FakeStore, codes: list[str], sentence: str) -> None:
    assert group_notes(store, custom_group(codes))[0].startswith(sentence)
    assert group_notes(store, ENGLAND) == ()


def test_a_line_keeps_its_look_whether_or_not_another_has_figures(store: FakeStore) -> None:
    periods = store.panel("household-waste-recycling-rate").periods
    with_figures = tuple(Point(period, 40.0 + n) for n, period in enumerate(periods))
    without = tuple(Point(period, None) for period in periods)
    lines = [Line(str(n), without if n == 1 else with_figures) for n in range(5)]
    lines.append(Line("middle figure", with_figures, is_middle=True))
    assert looks_of_lines(lines) == [*HIGHLIGHTED, OTHERS, MIDDLE]
    figure = make_lines(lines, store.catalogue.metrics["household-waste-recycling-rate"], "lines")
    assert figure is not None
    assert HIGHLIGHTED[1] not in figure.svg
    assert figure.table is not None
    assert [column.label for column in figure.table.columns] == ["Period", "0", "2", "3", "4", "middle figure"]


def test_names_at_the_ends_of_lines_never_touch(store: FakeStore) -> None:
    metric = store.catalogue.metrics["household-waste-recycling-rate"]
    lines = make_compare_page(store, chosen(store, "leeds", "bradford", "york", "bury", metrics=(metric,)), TODAY).lines
    places = sorted(float(y) for y in re.findall(r'x="482" y="([\d.]+)"', lines[0].svg))
    assert len(places) == 5
    assert min(b - a for a, b in pairwise(places)) >= 17.9


def test_a_long_name_goes_on_on_the_next_line() -> None:
    _, *labels = end_labels([(40.0, "Bath and North East Somerset"), (42.0, "Leeds")], 476, 200)
    assert [re.sub("<.*?>", "", label) for label in labels] == ["Bath and North", "East Somerset", "Leeds"]
    heights = [float(re.findall(r'y="([\d.]+)"', label)[0]) for label in labels]
    assert [b - a for a, b in pairwise(heights)] == [24, 24]


def test_a_strip_for_each_group_marks_the_councils_chosen(store: FakeStore) -> None:
    metric = store.catalogue.metrics["household-waste-recycling-rate"]
    page = make_compare_page(store, chosen(store, "leeds", "york", metrics=(metric,), groups=(ENGLAND,)), TODAY)
    assert len(page.strips) == 1
    strip = page.strips[0]
    assert "each line is one of" in strip.caption
    assert "no figure to mark" not in strip.caption
    assert re.findall(">(Leeds|York)</text>", strip.svg) == ["Leeds", "York"]
    label = re.findall('aria-label="(.*?)"', strip.svg)[0]
    assert label.startswith("Leeds 38.2% and York 43.9% among ")
    assert "middle figure 43.0%" in label
    assert [words for _, words in page.head.files if "where each stands" in words] == [
        f"{metric.title}, where each stands as SVG",
        f"{metric.title}, where each stands as PNG",
    ]


def test_nobody_without_a_figure_is_marked_and_a_type_without_figures_has_no_strip(store: FakeStore) -> None:
    metric = store.catalogue.metrics["household-waste-recycling-rate"]
    page = make_compare_page(store, chosen(store, "leeds", "lancashire", metrics=(metric,)), TODAY)
    assert len(page.strips) == 1
    assert page.strips[0].caption.endswith("; no figure to mark for Lancashire")
    assert ">Lancashire</text>" not in page.strips[0].svg


def test_names_on_a_strip_never_touch(store: FakeStore) -> None:
    metric = store.catalogue.metrics["household-waste-recycling-rate"]
    near = chosen(store, "leeds", "bradford", "york", "bury", "bolton", metrics=(metric,), groups=(ENGLAND,))
    svg = make_compare_page(store, near, TODAY).strips[0].svg
    named = re.findall(r'class="strip-text" x="([\d.]+)" y="([\d.-]+)" text-anchor="middle">([^<]+)<', svg)
    boxes = [
        (float(x) - 6 * len(words), float(x) + 6 * len(words), float(y))
        for x, y, words in named
        if "middle" not in words
    ]
    assert len(boxes) == 5
    touching = [(a, b) for a, b in combinations(boxes, 2) if a[2] == b[2] and a[0] < b[1] and b[0] < a[1]]
    assert touching == []


def test_lines_need_two_periods(store: FakeStore) -> None:
    metric = store.catalogue.metrics["household-waste-recycling-rate"]
    period = store.panel(metric.id).periods[0]
    assert make_lines([Line("Leeds", (Point(period, 1.0),))], metric, "lines") is None
