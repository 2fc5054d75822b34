"""The results of a search over councils (also by former names), metrics, places and postcodes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from moothall.catalogue.names import Hit, Kind, NameIndex
from moothall.domain.authority import Authority
from moothall.domain.geography import Place, PlaceKind
from moothall.domain.metric import Metric
from moothall.domain.period import day_text
from moothall.domain.words import MetricState
from moothall.presenters.addresses import authority_address, metric_address, who_runs_address
from moothall.presenters.authority.authority_page import successor_links
from moothall.presenters.authority.who_runs_page import place_detail, place_of
from moothall.presenters.blocks import Link, PageHead, SearchForm, SearchResult
from moothall.presenters.figures.reading import FigureStore, is_running, kept_by_store
from moothall.presenters.finding.postcode_answer import PostcodeAnswer, answer_postcode
from moothall.presenters.wording.numbers import count_text
from moothall.presenters.wording.words import TYPE_WORDS, joined

MOST_RESULTS = 40
MOST_PLACES = 20
FEWEST_LETTERS = 2
"""With fewer letters than this, places are not searched: hundreds begin with each."""
MOST_SUGGESTIONS = 6


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything that the search page shows; ``only_href`` is set where just one thing has exactly that name."""

    head: PageHead
    form: SearchForm
    sentence: str
    councils: tuple[SearchResult, ...]
    metrics: tuple[SearchResult, ...]
    places: tuple[SearchResult, ...]
    postcode: PostcodeAnswer | None
    suggestions: tuple[Link, ...]
    only_href: str | None


class Finder:
    """The names of one open build, indexed once."""

    def __init__(self, store: FigureStore) -> None:
        shown = (m for m in store.catalogue.metrics.values() if m.state is not MetricState.WITHDRAWN)
        self._names = NameIndex(store.catalogue.authorities.values(), shown)
        self._places = NameIndex((), (), _each_once(store.places))
        self.search = lru_cache(maxsize=512)(self._search)

    def _search(self, text: str) -> tuple[Hit, ...]:
        """Councils and metrics, then places; misspelt ones only where nothing is spelt as it is written."""
        return self._found(text, can_be_misspelt=False) or self._found(text, can_be_misspelt=True)

    def _found(self, text: str, can_be_misspelt: bool) -> tuple[Hit, ...]:
        places: list[Hit] = []
        if len(text.strip()) >= FEWEST_LETTERS:
            places = self._places.search(text, MOST_PLACES, can_be_misspelt)
        return (*self._names.search(text, MOST_RESULTS, can_be_misspelt), *places)


def _each_once(places: Iterable[Place]) -> list[Place]:
    """The places without wards that have the name of a parish in the same district."""
    found: dict[tuple[str, str], Place] = {}
    for place in sorted(places, key=lambda p: p.kind is not PlaceKind.PARISH):
        found.setdefault((place.name, place.authority), place)
    return list(found.values())


@kept_by_store
def finder_of(store: FigureStore) -> Finder:
    """The index kept for this open build."""
    return Finder(store)


def hits_for(store: FigureStore, text: str) -> tuple[Hit, ...]:
    """What a build has under a name, best first."""
    return finder_of(store).search(text) if text.strip() else ()


def make_search_page(store: FigureStore, text: str, today: date) -> SearchPage:
    """The page for a search; without words it is the empty form."""
    hits = hits_for(store, text)
    councils = tuple(_council(store, hit, today) for hit in hits if hit.kind is Kind.AUTHORITY)
    metrics = tuple(_metric(store, hit) for hit in hits if hit.kind is Kind.METRIC)
    places = tuple(_place(store, hit) for hit in hits if hit.kind is Kind.PLACE)
    postcode = answer_postcode(store, text, today)
    title = f"Search: {text}" if text.strip() else "Search"
    return SearchPage(
        head=PageHead(title, breadcrumbs=(("Home", "/"), ("Search", None)), query=text),
        form=SearchForm("Find a council, a metric or a place", "For example Leeds, Otley, LS1 1UR or recycling", text),
        sentence=_sentence(text, councils, metrics, places, postcode),
        councils=councils,
        metrics=metrics,
        places=places,
        postcode=postcode,
        suggestions=() if hits or postcode else tuple(suggested_links(store, text)),
        only_href=None if postcode else _only(text, hits),
    )


def suggested_links(store: FigureStore, text: str) -> list[Link]:
    """Things whose name is close to a word of a mistaken address or search: ``northamton-shire``."""
    words = [word for word in text.replace("-", " ").replace("_", " ").split() if len(word) > 2]
    found = [hit for query in (" ".join(words), *words) for hit in hits_for(store, query)]
    hits = list(dict.fromkeys(found))[:MOST_SUGGESTIONS]
    return [Link(hit.title, _address(hit)) for hit in hits]


def _address(hit: Hit) -> str:
    if hit.kind is Kind.PLACE:
        return who_runs_address(hit.slug)
    return authority_address(hit.slug) if hit.kind is Kind.AUTHORITY else metric_address(hit.id)


def _only(text: str, hits: tuple[Hit, ...]) -> str | None:
    """The address of the one hit that bears exactly the name searched for, if no other does.

    A place is gone to only where nothing else was found: its name may be the beginning of a council's.
    """
    wanted = text.strip().casefold()
    exact = [hit for hit in hits if wanted in (hit.matched_name.casefold(), hit.title.casefold())]
    is_sure = len(exact) == 1 and (len(hits) == 1 or exact[0].kind is not Kind.PLACE)
    return _address(exact[0]) if is_sure else None


def _sentence(
    text: str,
    councils: tuple[SearchResult, ...],
    metrics: tuple[SearchResult, ...],
    places: tuple[SearchResult, ...],
    postcode: PostcodeAnswer | None,
) -> str:
    if not text.strip() or (postcode and not (councils or metrics or places)):
        return ""
    if not councils and not metrics and not places:
        return f"Nothing here is called “{text}”. Try fewer words, or the name of the district or county."
    found = [count_text(len(councils), "council")] if councils else []
    found += [count_text(len(metrics), "metric")] if metrics else []
    found += [count_text(len(places), "place")] if places else []
    return f"{joined(found)} found for “{text}”."


def _place(store: FigureStore, hit: Hit) -> SearchResult:
    place = place_of(store, hit.id)
    return SearchResult(f"Who runs {place.name}?", who_runs_address(place.area_code), place_detail(store, place))


def _council(store: FigureStore, hit: Hit, today: date) -> SearchResult:
    authority = store.catalogue.authorities[hit.id]
    return SearchResult(
        authority.name,
        authority_address(authority.slug),
        TYPE_WORDS[authority.type],
        _detail(store, authority, hit, today),
    )


def _detail(store: FigureStore, authority: Authority, hit: Hit, today: date) -> str | None:
    parts = [] if hit.matched_name in _current_names(authority) else [f"Also known as {hit.matched_name}."]
    if not is_running(authority, today) and authority.end:
        after = joined([words for words, _ in successor_links(store, authority)])
        parts.append(f"Ended on {day_text(authority.end)}. {after}{'.' if after else ''}")
    return " ".join(parts) or None


def _current_names(authority: Authority) -> tuple[str, str, str]:
    return authority.name, authority.short_name, authority.slug


def _metric(store: FigureStore, hit: Hit) -> SearchResult:
    metric: Metric = store.catalogue.metrics[hit.id]
    theme = store.catalogue.themes[metric.theme].title
    waiting = " Awaiting data." if metric.state is MetricState.AWAITING_DATA else ""
    return SearchResult(metric.title, metric_address(metric.id), f"Metric: {theme}", f"{metric.definition}{waiting}")
