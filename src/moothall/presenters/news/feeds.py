"""The feeds of the site, each about one metric, authority or theme, about consultations, or about workshops."""

from dataclasses import dataclass
from datetime import date

from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Theme
from moothall.presenters.addresses import (
    ACTIONS_FEED,
    CONSULTATIONS_FEED,
    TAKE_PART,
    WORKSHOPS_FEED,
    authority_address,
    authority_feed_address,
    metric_address,
    metric_feed_address,
    theme_feed_address,
)
from moothall.presenters.blocks import Link, PageHead
from moothall.presenters.figures.reading import FigureStore, live_metrics
from moothall.presenters.news.atom import FEED_LENGTH, Entry, Feed
from moothall.presenters.news.news import NewsItem, consultation_items, release_items, workshop_items


@dataclass(frozen=True, slots=True)
class FeedsPage:
    """The page of all feeds: those of themes, and those that are about no metric."""

    head: PageHead
    themes: tuple[Link, ...]
    others: tuple[Link, ...]


def make_feeds_page(store: FigureStore) -> FeedsPage:
    """Where the feeds are."""
    used = {metric.theme for metric in live_metrics(store)}
    themes = [theme for theme in store.catalogue.themes.values() if theme.id in used]
    others = (
        Link("Consultations", CONSULTATIONS_FEED),
        Link("Workshops", WORKSHOPS_FEED),
        Link("Formal actions on record", ACTIONS_FEED),
    )
    head = PageHead("Feeds", "about", (("Home", "/"), ("Feeds", None)), "What is new, for feed readers.")
    return FeedsPage(head, tuple(Link(theme.title, theme_feed_address(theme.id)) for theme in themes), others)


def metric_feed(store: FigureStore, metric: Metric) -> Feed:
    """What releases brought for a metric."""
    own, items = metric_feed_address(metric.id), release_items(store, [metric], None, FEED_LENGTH)
    return Feed(metric.title, own, metric_address(metric.id), _entries(own, items))


def theme_feed(store: FigureStore, theme: Theme) -> Feed:
    """What releases brought for the metrics of a theme."""
    own, metrics = theme_feed_address(theme.id), [m for m in live_metrics(store) if m.theme == theme.id]
    items = release_items(store, metrics, None, FEED_LENGTH) if metrics else []
    return Feed(theme.title, own, f"/metrics#{theme.id}", _entries(own, items))


def authority_feed(store: FigureStore, authority: Authority) -> Feed:
    """What releases brought for an authority."""
    own = authority_feed_address(authority.slug)
    items = release_items(store, [], authority, FEED_LENGTH)
    return Feed(authority.name, own, authority_address(authority.slug), _entries(own, items))


def consultations_feed(store: FigureStore, today: date) -> Feed:
    """The consultations that have opened, and what came of them."""
    items = consultation_items(store, today)
    return Feed("Consultations", CONSULTATIONS_FEED, "/consultations", _entries(CONSULTATIONS_FEED, items))


def workshops_feed(store: FigureStore) -> Feed:
    """Workshops, as they are planned, changed and written about."""
    items = workshop_items(store)
    return Feed("Workshops", WORKSHOPS_FEED, f"{TAKE_PART}/workshops", _entries(WORKSHOPS_FEED, items))


def _entries(own: str, items: list[NewsItem]) -> list[Entry]:
    """Items as entries. The name of one is the feed's address with the item's key, so that it is one for ever."""
    return [
        Entry(f"{own}#{item.key}", item.title, item.updated, item.address, item.summary) for item in items[:FEED_LENGTH]
    ]
