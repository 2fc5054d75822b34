"""Which metrics a council's overview shows: the frameworks' first, then every theme evenly, never by a figure."""

from typing import Any

import pytest

from moothall.domain.metric import Theme, Topic
from moothall.presenters.authority import leading_metrics as choosing
from moothall.presenters.authority.leading_metrics import fill_evenly, in_turn, leading_metrics
from moothall.presenters.figures.reading import authority_with_slug
from tests.functional.conftest import RECYCLING
from tests.support.store_builder import FakeStore, make_metric, make_store

NAMED = "household-waste-recycling-rate"
"""A metric that stands for a line of the made-up framework."""

OLD = RECYCLING.replace("2019-20", "2009-10").replace("2020-21", "2010-11").replace("2021-22", "2011-12")

EVENLY = [
    ("the least goes first", {"a": 3, "b": 0}, {"a": 9, "b": 9}, 6, {"a": 3, "b": 3}),
    ("of equals the first", {"a": 1, "b": 1}, {"a": 9, "b": 9}, 3, {"a": 2, "b": 1}),
    ("what has no more room lets others have it", {"a": 0, "b": 0}, {"a": 1, "b": 9}, 5, {"a": 1, "b": 4}),
    ("no more than there are", {"a": 0, "b": 0}, {"a": 2, "b": 1}, 50, {"a": 2, "b": 1}),
    ("those named stay, however many", {"a": 7, "b": 0}, {"a": 9, "b": 9}, 5, {"a": 7, "b": 0}),
]


@pytest.mark.parametrize(("why", "taken", "rooms", "most", "expected"), EVENLY, ids=[row[0] for row in EVENLY])
def test_themes_are_filled_evenly(
    why: str, taken: dict[str, int], rooms: dict[str, int], most: int, expected: dict[str, int]
) -> None:
    assert fill_evenly(taken, rooms, most) == expected


def order_of(topics: tuple[str, ...], **metrics: dict[str, Any]) -> list[str]:
    """The ids of metrics in the order in which they would be shown; ``old`` marks one whose newest figures are so."""
    made = {make_metric(name, **{k: v for k, v in of.items() if k != "old"}): of for name, of in metrics.items()}
    listed = {make_metric("quality-of-life", theme="care", topic="quality"): RECYCLING}
    store = make_store({metric: OLD if of.get("old") else RECYCLING for metric, of in made.items()} | listed)
    theme = Theme("waste", "Waste", tuple(Topic(topic, topic) for topic in topics))
    return [metric.id for metric in in_turn(store, theme, list(made))]


def test_a_framework_goes_first_then_topics_in_turn() -> None:
    named, first, other = ({"topic": topic} for topic in ("bins", "bins", "tips"))
    assert order_of(("bins", "tips"), a=first, b=first, c=other, **{NAMED: named}) == [NAMED, "c", "a", "b"]


def test_within_a_topic_what_says_less_of_a_council_today_stands_back() -> None:
    fields: dict[str, dict[str, Any]] = {
        "old": {"old": True},
        "circumstance": {"is_context": True},
        "total": {"is_additive": True},
        "rate": {},
    }
    assert order_of(("recycling",), **fields) == ["rate", "total", "circumstance", "old"]


def test_a_second_source_of_one_quantity_comes_last() -> None:
    fields = {"one": {"quantity": "waste"}, "other": {"quantity": "waste"}, "third": {}}
    assert order_of(("recycling",), **fields) == ["one", "third", "other"]


def many_metrics(count: int) -> FakeStore:
    return make_store({make_metric(f"rate-{n:03}"): RECYCLING for n in range(count)})


def test_all_are_shown_where_there_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "MOST_ROWS", 4)
    for count, shown in ((3, 3), (4, 4), (6, 4)):
        store = many_metrics(count)
        found = leading_metrics(store, authority_with_slug(store, "leeds"))
        assert {theme: len(metrics) for theme, metrics in found.items()} == {"waste": shown}


def test_councils_of_a_kind_have_the_same_metrics() -> None:
    store = make_store({"one": RECYCLING, "other": "       2020-21   2021-22\nLeeds  38.0   38.2\nBury  40.0   -\n"})
    leeds, bury = (leading_metrics(store, authority_with_slug(store, slug)) for slug in ("leeds", "bury"))
    assert leeds == bury
