"""The routes of feeds, with the addresses by which tests walk them."""

from moothall.presenters.addresses import (
    CONSULTATIONS_FEED,
    FEEDS,
    WORKSHOPS_FEED,
    authority_feed_address,
    metric_feed_address,
    theme_feed_address,
)
from moothall.presenters.figures.reading import FigureStore
from moothall.web import feed_views
from moothall.web.route import Route, always, one_of_each


def _metric_examples(store: FigureStore) -> list[str]:
    return [metric_feed_address(id_) for id_ in list(store.catalogue.metrics)[:2]]


def _authority_examples(store: FigureStore) -> list[str]:
    return [authority_feed_address(slug) for slug in one_of_each(store)[:3]]


def _theme_examples(store: FigureStore) -> list[str]:
    return [theme_feed_address(id_) for id_ in list(store.catalogue.themes)[:2]]


def _file(pattern: str, view: object, name: str, examples: object) -> Route:
    """A route that answers with a feed."""
    return Route(pattern, view, name, examples, is_page=False)  # type: ignore[arg-type]


FEED_ROUTES: tuple[Route, ...] = (
    Route("feeds", feed_views.feeds, "feeds", always(FEEDS)),
    _file("metrics/<slug:metric_id>/news.atom", feed_views.of_metric, "metric-feed", _metric_examples),
    _file("authorities/<slug:slug>/news.atom", feed_views.of_authority, "authority-feed", _authority_examples),
    _file("themes/<slug:theme_id>/news.atom", feed_views.of_theme, "theme-feed", _theme_examples),
    _file("consultations.atom", feed_views.of_consultations, "consultations-feed", always(CONSULTATIONS_FEED)),
    _file("workshops.atom", feed_views.of_workshops, "workshops-feed", always(WORKSHOPS_FEED)),
)
