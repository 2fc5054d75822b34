"""A route: a pattern with its view, and the addresses by which tests walk it, so that no page can dodge them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpResponse

from moothall.domain.authority import AuthorityType
from moothall.presenters.figures.reading import FigureStore, authorities_by_name

Examples = Callable[[FigureStore], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Route:
    """A pattern, its view and name, and the addresses by which tests walk it; ``is_page`` for whole HTML pages."""

    pattern: str
    view: Callable[..., HttpResponse]
    name: str
    examples: Examples
    is_page: bool = True


def always(*addresses: str) -> Examples:
    """The same addresses whatever the store holds."""
    return lambda store: addresses


def one_of_each(store: FigureStore) -> list[str]:
    """The slugs of one running authority and one ended one of each type."""
    found: dict[tuple[AuthorityType, bool], str] = {}
    for authority in authorities_by_name(store):
        found.setdefault((authority.type, authority.end is None), authority.slug)
    return list(found.values())
