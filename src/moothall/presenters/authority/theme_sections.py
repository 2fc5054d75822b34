"""A theme's metrics of one authority, as both its overview and its theme pages show them.

The overview has as many as a cheap phone can draw at once (ADR 0024); every theme has a page with all of them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from moothall.analytics.groups import Group
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Theme
from moothall.presenters.addresses import authority_questions_address, authority_theme_address, metric_address
from moothall.presenters.authority.leading_metrics import leading_metrics
from moothall.presenters.authority.rows import MetricRow, make_row, with_replies
from moothall.presenters.blocks import Link
from moothall.presenters.figures.cohort import shown_metrics
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.wording.numbers import count_text


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """A theme of a page: its rows, what they cannot say, and either questions about them or links to more."""

    id: str
    title: str
    rows: tuple[MetricRow, ...]
    questions: tuple[Link, ...]
    limits: tuple[tuple[str, str], ...]
    links: tuple[Link, ...] = ()


def make_sections(
    store: FigureStore, authority: Authority, group: Group, choices: dict[str, str]
) -> list[ThemeSection]:
    """The overview's sections; ``choices`` are those of the page, handed on to the themes' own pages."""
    counts = Counter(metric.theme for metric in shown_metrics(store, authority))
    themes = store.catalogue.themes
    return [
        _overview(store, authority, group, themes[theme], chosen, counts[theme], choices)
        for theme, chosen in leading_metrics(store, authority).items()
    ]


def _overview(
    store: FigureStore,
    authority: Authority,
    group: Group,
    theme: Theme,
    chosen: Sequence[Metric],
    count: int,
    choices: dict[str, str],
) -> ThemeSection:
    every = authority_theme_address(authority.slug, theme.id, **choices)
    asked = authority_questions_address(authority.slug, theme.id)
    rest = [Link(f"All {count_text(count, 'metric')} of {theme.title}", every)] if len(chosen) < count else []
    links = (*rest, Link(f"Questions to ask on {theme.title}, to print", asked))
    return replace(make_section(store, authority, group, theme, chosen), questions=(), links=links)


def make_section(
    store: FigureStore, authority: Authority, group: Group, theme: Theme, metrics: Sequence[Metric]
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
    )
