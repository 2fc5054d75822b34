"""The list of metrics by theme and topic; those that wait for figures are marked."""

from dataclasses import dataclass

from moothall.domain.metric import Metric, Theme
from moothall.domain.words import MetricState
from moothall.presenters.addresses import metric_address, theme_feed_address
from moothall.presenters.blocks import FILTER_LIST, Link, PageHead
from moothall.presenters.figures.reading import FigureStore, draft_metrics, live_metrics, metrics_in_state
from moothall.presenters.wording.numbers import count_text


@dataclass(frozen=True, slots=True)
class TopicList:
    """The metrics of one topic."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ThemeList:
    """The topics of one theme that have metrics."""

    id: str
    title: str
    topics: tuple[TopicList, ...]


@dataclass(frozen=True, slots=True)
class MetricsPage:
    """Everything that the list of metrics shows."""

    head: PageHead
    sentence: str
    themes: tuple[ThemeList, ...]
    index: tuple[Link, ...]


def make_metrics_page(store: FigureStore) -> MetricsPage:
    """All live and awaited metrics."""
    live, awaited = live_metrics(store), metrics_in_state(store, MetricState.AWAITING_DATA)
    drafts = draft_metrics(store)
    themes = [_theme(theme, [*live, *drafts, *awaited]) for theme in store.catalogue.themes.values()]
    sentence = f"{count_text(len(live), 'metric')} with figures"
    sentence += f", and {number_waiting(len(awaited))}." if awaited else "."
    sentence += f" {count_text(len(drafts), 'draft')} to talk about stand beside them." if drafts else ""
    shown = tuple(theme for theme in themes if theme.topics)
    feeds = tuple((f"News of {theme.title}", theme_feed_address(theme.id)) for theme in shown)
    crumbs, about = (("Home", "/"), ("Metrics", None)), "What Moothall compares, by theme."
    head = PageHead("Metrics", "metrics", crumbs, about, scripts=(FILTER_LIST,), feeds=feeds)
    return MetricsPage(head, sentence, shown, tuple(Link(theme.title, f"#{theme.id}") for theme in shown))


def number_waiting(number: int) -> str:
    """How many metrics wait for figures, in words."""
    waiting = "waits for its publisher" if number == 1 else "wait for their publishers"
    return f"{count_text(number, 'metric')} that {waiting}"


def _theme(theme: Theme, metrics: list[Metric]) -> ThemeList:
    topics = [
        TopicList(topic.title, tuple(_link(m) for m in metrics if (m.theme, m.topic) == (theme.id, topic.id)))
        for topic in theme.topics
    ]
    return ThemeList(theme.id, theme.title, tuple(topic for topic in topics if topic.links))


def _link(metric: Metric) -> Link:
    note = "awaiting data" if metric.state is MetricState.AWAITING_DATA else None
    return Link(metric.title, metric_address(metric.id), note)
