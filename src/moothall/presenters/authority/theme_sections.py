"""A theme's metrics of one authority, as both its overview and its theme pages show them.

The overview has the metrics that the two public frameworks name, so that it stays a page that can be read; every theme
has a page with all of them (ADR 0006).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from moothall.analytics.groups import Group
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Theme
from moothall.presenters.addresses import authority_theme_address, metric_address
from moothall.presenters.authority.rows import MetricRow, make_row, with_replies
from moothall.presenters.blocks import Link
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.wording.numbers import count_text

FEWEST_ROWS = 4
"""A theme of which the frameworks name fewer metrics is filled up to so many rows, services before context."""


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """A theme of a page: its rows, what is worth asking about them, and where the rest of the theme is."""

    id: str
    title: str
    rows: tuple[MetricRow, ...]
    questions: tuple[Link, ...]
    limits: tuple[tuple[str, str], ...]
    rest: Link | None


def make_sections(
    store: FigureStore, authority: Authority, group: Group, metrics: Sequence[Metric], choices: dict[str, str]
) -> list[ThemeSection]:
    """The overview's sections; ``choices`` are those of the page, handed on to the themes' own pages."""
    by_theme: dict[str, list[Metric]] = {}
    for metric in metrics:
        by_theme.setdefault(metric.theme, []).append(metric)
    themes = [theme for theme in store.catalogue.themes.values() if theme.id in by_theme]
    return [_overview(store, authority, group, theme, by_theme[theme.id], choices) for theme in themes]


def _overview(
    store: FigureStore,
    authority: Authority,
    group: Group,
    theme: Theme,
    metrics: Sequence[Metric],
    choices: dict[str, str],
) -> ThemeSection:
    chosen = leading_metrics(store, metrics)
    href = authority_theme_address(authority.slug, theme.id, **choices)
    text = f"All {count_text(len(metrics), 'metric')} of {theme.title}"
    rest = Link(text, href) if len(chosen) < len(metrics) else None
    return make_section(store, authority, group, theme, chosen, rest)


def make_section(
    store: FigureStore, authority: Authority, group: Group, theme: Theme, metrics: Sequence[Metric], rest: Link | None
) -> ThemeSection:
    """A section with these metrics of a theme, by topic."""
    topics = {topic.id: number for number, topic in enumerate(theme.topics)}
    ordered = sorted(metrics, key=lambda m: topics.get(m.topic, len(topics)))
    rows = [make_row(store, metric, authority, group) for metric in ordered]
    replies = replies_of(store)
    if replies:
        pairs = zip(rows, ordered, strict=True)
        code = authority.code
        rows = [with_replies(replies, row, m, authority) if replies.has_any(m.id, code) else row for row, m in pairs]
    return ThemeSection(
        id=theme.id,
        title=theme.title,
        rows=tuple(rows),
        questions=tuple(Link(q, metric_address(m.id), m.title) for m in ordered for q in m.questions[:1]),
        limits=tuple((m.title, m.cannot_say) for m in ordered),
        rest=rest,
    )


def leading_metrics(store: FigureStore, metrics: Sequence[Metric]) -> list[Metric]:
    """Of a theme's metrics those that a framework names, filled up to a few where it names hardly any."""
    named = named_metrics(store)
    ordered = sorted(metrics, key=lambda metric: (metric.id not in named, metric.is_context))
    count = sum(metric.id in named for metric in metrics)
    return ordered[: max(count, FEWEST_ROWS)]


@kept_by_store
def named_metrics(store: FigureStore) -> frozenset[str]:
    """The metrics that stand for a line of a public framework."""
    lines = (line for framework in store.catalogue.frameworks.values() for line in framework.metrics)
    return frozenset(line.metric for line in lines if line.metric)
