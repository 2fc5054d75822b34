"""The sitemap: the addresses of pages that make no choice, as search engines read them (sitemaps.org, 0.9)."""

from collections.abc import Iterator
from html import escape

from moothall.domain.reply import Reply
from moothall.presenters.addresses import (
    PRACTICE,
    REPLIES,
    authority_address,
    authority_theme_address,
    consultation_page_address,
    metric_address,
    note_address,
    outcome_address,
    quality_address,
    reply_address,
    source_address,
)
from moothall.presenters.figures.cohort import shown_metrics
from moothall.presenters.figures.reading import FigureStore, authorities_by_name
from moothall.presenters.shared_by_councils.practice import known_notes

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LISTS = (
    "/",
    "/authorities",
    "/metrics",
    "/names",
    "/outcomes",
    "/sources",
    "/quality",
    "/gaps",
    "/methods",
    "/about",
    "/consultations",
)


def sitemap_text(store: FigureStore, site: str) -> str:
    """The file; ``site`` is the address before every path."""
    found = "".join(f"<url><loc>{escape(site + address)}</loc></url>\n" for address in plain_addresses(store))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{NAMESPACE}">\n{found}</urlset>\n'


def plain_addresses(store: FigureStore) -> Iterator[str]:
    """The lists, then each authority with its themes, each metric, outcome, source and theme's quality."""
    catalogue = store.catalogue
    yield from LISTS
    yield from (REPLIES, PRACTICE)
    yield from (note_address(note.id) for note in known_notes(store))
    yield from (reply_address(reply.id) for reply in store.publications.of(Reply))
    for authority in authorities_by_name(store):
        yield authority_address(authority.slug)
        shown = {metric.theme for metric in shown_metrics(store, authority)}
        yield from (authority_theme_address(authority.slug, theme) for theme in catalogue.themes if theme in shown)
    yield from map(metric_address, catalogue.metrics)
    yield from map(consultation_page_address, catalogue.consultations)
    yield from map(outcome_address, catalogue.outcomes)
    yield from map(source_address, catalogue.sources)
    yield from map(quality_address, catalogue.themes)
