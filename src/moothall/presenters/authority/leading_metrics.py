"""Which metrics a council's overview shows: those of the public frameworks, then every theme filled evenly (ADR 0024).

No metric is chosen by its figures, and none for one council: what a council of the same kind has, it has too.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from moothall.analytics.tested import OLDEST_YEARS
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Theme
from moothall.domain.period import Period, add_months
from moothall.presenters.figures.cohort import shown_metrics
from moothall.presenters.figures.reading import FigureStore, kept_by_store, newest_day

MOST_ROWS = 150
"""So many rows of an overview keep to 3,000 elements with all that stands around them, for every council."""

KEPT_CHOICES = 512


def leading_metrics(store: FigureStore, authority: Authority) -> dict[str, tuple[Metric, ...]]:
    """The metrics of an authority's overview by theme, themes in their order; all of them where there are few."""
    return _choices_of(store)(authority.code)


@kept_by_store
def named_metrics(store: FigureStore) -> frozenset[str]:
    """The metrics that stand for a line of a public framework."""
    lines = (line for framework in store.catalogue.frameworks.values() for line in framework.metrics)
    return frozenset(line.metric for line in lines if line.metric)


@kept_by_store
def _choices_of(store: FigureStore) -> Callable[[str], dict[str, tuple[Metric, ...]]]:
    authorities = store.catalogue.authorities
    return lru_cache(maxsize=KEPT_CHOICES)(lambda code: _choice(store, authorities[code]))


def _choice(store: FigureStore, authority: Authority) -> dict[str, tuple[Metric, ...]]:
    shown = shown_metrics(store, authority)
    queues = {
        theme.id: in_turn(store, theme, mine)
        for theme in store.catalogue.themes.values()
        if (mine := [metric for metric in shown if metric.theme == theme.id])
    }
    named = {theme: sum(m.id in named_metrics(store) for m in queue) for theme, queue in queues.items()}
    rooms = {theme: len(queue) for theme, queue in queues.items()}
    return {theme: queues[theme][:count] for theme, count in fill_evenly(named, rooms, MOST_ROWS).items() if count}


def fill_evenly(taken: dict[str, int], rooms: dict[str, int], most: int) -> dict[str, int]:
    """Counts raised one by one while all are under ``most``: the least that has room, and of equals the first."""
    counts = dict(taken)
    while sum(counts.values()) < most and (open_ones := [name for name in counts if counts[name] < rooms[name]]):
        counts[min(open_ones, key=counts.__getitem__)] += 1
    return counts


def in_turn(store: FigureStore, theme: Theme, metrics: Sequence[Metric]) -> tuple[Metric, ...]:
    """A theme's metrics: those of a framework, then one of each topic in turn, beginning with the least shown."""
    by_name = named_metrics(store)
    named = [metric for metric in metrics if metric.id in by_name]
    told = {metric.quantity for metric in named} - {None}
    rest = sorted((m for m in metrics if m.id not in by_name), key=lambda m: _standing_back(store, m))
    return (*named, *_topic_by_topic(theme, named, [*_each_quantity_once(rest, told)]))


def _standing_back(store: FigureStore, metric: Metric) -> tuple[bool, bool, bool]:
    """What is too old to test, what a council does not run, and what only grows with its size come later."""
    periods = store.panel(metric.id).periods
    return not periods or is_too_old(store, periods[-1]), metric.is_context, metric.is_total


def is_too_old(store: FigureStore, period: Period) -> bool:
    """True where figures of a period say nothing of today any more."""
    return period.end < add_months(newest_day(store), -12 * OLDEST_YEARS)


def _each_quantity_once(metrics: Sequence[Metric], told: set[str | None]) -> Iterator[Metric]:
    """The metrics in their order, but what tells a quantity again at the end."""
    again = []
    for metric in metrics:
        if metric.quantity in told:
            again.append(metric)
            continue
        told = told | ({metric.quantity} - {None})
        yield metric
    yield from again


def _topic_by_topic(theme: Theme, named: Sequence[Metric], rest: Sequence[Metric]) -> Iterator[Metric]:
    topics = [topic.id for topic in theme.topics]
    queues = {topic: [metric for metric in rest if metric.topic == topic] for topic in topics}
    counts = {topic: sum(metric.topic == topic for metric in named) for topic in topics}
    while waiting := [topic for topic in topics if queues[topic]]:
        topic = min(waiting, key=counts.__getitem__)
        counts[topic] += 1
        yield queues[topic].pop(0)
