"""Every name on one page: councils with their former names, metrics with the other words for them."""

from dataclasses import dataclass
from datetime import date

from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import day_text
from moothall.presenters.addresses import authority_address, metric_address
from moothall.presenters.blocks import Link, PageHead
from moothall.presenters.figures.reading import FigureStore, authorities_by_name, live_metrics
from moothall.presenters.wording.words import joined

TITLE = "All names"


@dataclass(frozen=True, slots=True)
class NamesPage:
    """Everything that the page shows: two lists, each by name."""

    head: PageHead
    sentence: str
    councils: tuple[Link, ...]
    metrics: tuple[Link, ...]


def make_names_page(store: FigureStore, today: date) -> NamesPage:
    """The councils that are or were, and the metrics with figures."""
    return NamesPage(
        head=PageHead(TITLE, "authorities", (("Home", "/"), (TITLE, None)), "Every council and every metric by name."),
        sentence="Every council that is or was since 2009, and every metric. Search in the page for a word.",
        councils=tuple(_council(a, today) for a in authorities_by_name(store)),
        metrics=tuple(_metric(m) for m in live_metrics(store)),
    )


def _council(authority: Authority, today: date) -> Link:
    former = f"formerly {joined(authority.former_names)}" if authority.former_names else ""
    ended = f"until {day_text(authority.end)}" if authority.end and authority.end < today else ""
    note = ", ".join(filter(None, (former, ended)))
    return Link(authority.short_name, authority_address(authority.slug), note or None)


def _metric(metric: Metric) -> Link:
    return Link(metric.title, metric_address(metric.id), joined(metric.synonyms) or None)
