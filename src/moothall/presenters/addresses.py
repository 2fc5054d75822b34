"""The addresses of pages, built in one place. ``web.urls`` routes the same addresses, and a test walks both."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode, urlsplit


def authority_address(slug: str, **choices: str) -> str:
    """The page of an authority: ``/authorities/leeds``."""
    return f"/authorities/{quote(slug)}{query_text(choices.items())}"


def metric_address(metric: str, **choices: str) -> str:
    """The page of a metric, with the choices made: ``/metrics/household-waste-recycling-rate?period=2021-22``."""
    return f"/metrics/{quote(metric)}{query_text(choices.items())}"


def trail_address(metric: str, slug: str, period: str) -> str:
    """The trail of one figure: ``/trail/household-waste-recycling-rate/leeds/2021-22``."""
    return f"/trail/{quote(metric)}/{quote(slug)}/{quote(period)}"


def compare_address(authorities: Iterable[str], metrics: Iterable[str] = ()) -> str:
    """Chosen authorities (slugs) side by side: ``/compare?authority=leeds&authority=bradford``."""
    return "/compare" + query_text([*(("authority", a) for a in authorities), *(("metric", m) for m in metrics)])


def source_address(source: str) -> str:
    """The page of a source: ``/sources/oflog-waste``."""
    return f"/sources/{quote(source)}"


def authorities_address(**choices: str) -> str:
    """The list of authorities, with the filters chosen: ``/authorities?type=county``."""
    return "/authorities" + query_text(choices.items())


def search_address(query: str) -> str:
    """The results of a search: ``/search?q=recycling``."""
    return "/search" + query_text([("q", query)])


def host_text(address: str) -> str:
    """Where an outside link leads, short enough to read: ``www.gov.uk`` for a long address there."""
    return urlsplit(address).netloc.removeprefix("www.")


def query_text(pairs: Iterable[tuple[str, str]]) -> str:
    """A query string with its question mark, without the choices that are empty; "" where none is left."""
    kept = [(name, value) for name, value in pairs if value]
    return "?" + urlencode(kept, safe=":,") if kept else ""
