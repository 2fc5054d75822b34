"""Feeds for feed readers, and the page that lists them. They come from the build and from what staff have published."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from moothall.presenters.news.atom import CONTENT_TYPE, Feed, atom_bytes
from moothall.presenters.news.feeds import (
    authority_feed,
    consultations_feed,
    make_feeds_page,
    metric_feed,
    theme_feed,
    workshops_feed,
)
from moothall.web import find
from moothall.web.current import current_store, today
from moothall.web.render import page_response, whole_address


def atom_response(request: HttpRequest, feed: Feed) -> HttpResponse:
    """A feed, with addresses as this site is reached."""
    base = request.build_absolute_uri("/").rstrip("/")
    return HttpResponse(atom_bytes(feed, base, whole_address(request)), content_type=CONTENT_TYPE)


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """``/feeds``"""
    return page_response(request, "feeds", make_feeds_page(current_store()))


@require_safe
def of_metric(request: HttpRequest, metric_id: str) -> HttpResponse:
    """``/metrics/household-waste-recycling-rate/news.atom``"""
    store = current_store()
    return atom_response(request, metric_feed(store, find.metric(store, metric_id)))


@require_safe
def of_authority(request: HttpRequest, slug: str) -> HttpResponse:
    """``/authorities/leeds/news.atom``"""
    store = current_store()
    return atom_response(request, authority_feed(store, find.authority(store, slug)))


@require_safe
def of_theme(request: HttpRequest, theme_id: str) -> HttpResponse:
    """``/themes/waste/news.atom``"""
    store = current_store()
    return atom_response(request, theme_feed(store, find.theme(store, theme_id)))


@require_safe
def of_consultations(request: HttpRequest) -> HttpResponse:
    """``/consultations.atom``"""
    return atom_response(request, consultations_feed(current_store(), today()))


@require_safe
def of_workshops(request: HttpRequest) -> HttpResponse:
    """``/workshops.atom``"""
    return atom_response(request, workshops_feed(current_store()))
