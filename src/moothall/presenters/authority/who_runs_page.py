"""Who runs what in a place: the county, the district, the combined authority, and the services of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from moothall.domain.authority import Authority, AuthorityType, SuccessionKind
from moothall.domain.geography import Place, PlaceKind
from moothall.domain.period import day_text
from moothall.presenters.addresses import authority_address, source_address, who_runs_address
from moothall.presenters.authority.authority_page import services_run
from moothall.presenters.blocks import LetterGroup, Link, PageHead, SearchForm
from moothall.presenters.figures.reading import (
    FigureStore,
    authorities_by_name,
    authority_with_slug,
    is_running,
    kept_by_store,
)
from moothall.presenters.wording.numbers import count_text
from moothall.presenters.wording.words import TYPE_WORDS, joined

NOTHING_OF_ITS_OWN = "What it does beside the councils is not told apart in our register."
FORM_LABEL, FORM_HINT = "Find a place", "A council, a town, a village, a ward, or a postcode"
_OVER_OTHERS = {AuthorityType.COUNTY: "county", AuthorityType.COMBINED_AUTHORITY: "combined_authority"}


@dataclass(frozen=True, slots=True)
class Body:
    """One authority of a place: its name and page, what it is, and the services that it runs."""

    link: Link
    kind: str
    services: str


@dataclass(frozen=True, slots=True)
class WhoRunsPage:
    """Everything that the page of a place shows; ``sentences`` say where it lies and what has ended."""

    head: PageHead
    title: str
    sentences: tuple[str, ...]
    bodies: tuple[Body, ...]
    within: tuple[Link, ...]
    within_title: str
    places: str
    credits: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """The list of districts and single councils by name, with the form that finds any place."""

    head: PageHead
    form: SearchForm
    groups: tuple[LetterGroup, ...]


def find_place(store: FigureStore, name: str) -> Authority | Place:
    """What an address names: an authority by its slug, or a place by its area code. UnknownName where there is none."""
    return _places_by_code(store).get(name) or authority_with_slug(store, name)


def place_of(store: FigureStore, area_code: str) -> Place:
    """The place with this area code; KeyError where there is none."""
    return _places_by_code(store)[area_code]


@kept_by_store
def _places_within(store: FigureStore) -> dict[str, list[Place]]:
    """The places of each authority, by name."""
    found: dict[str, list[Place]] = {}
    for place in store.places:
        found.setdefault(place.authority, []).append(place)
    return found


@kept_by_store
def _places_by_code(store: FigureStore) -> dict[str, Place]:
    return {place.area_code: place for place in store.places}


def make_who_runs_page(store: FigureStore, subject: Authority | Place, today: date) -> WhoRunsPage:
    """Who runs what in a place, or in an authority's area, today; an ended council leads to those that followed."""
    authority = store.catalogue.authorities[subject.authority] if isinstance(subject, Place) else subject
    name = subject.name if isinstance(subject, Place) else subject.short_name
    title = f"Who runs {name}?"
    unique = f"{title[:-1]}, {subject.kind} in {authority.short_name}?" if isinstance(subject, Place) else title
    crumbs = (("Home", "/"), ("Who runs what", who_runs_address()), (name, None))
    running = current_bodies(store, authority, today)
    within = tuple(_within(store, running, today))
    return WhoRunsPage(
        head=PageHead(unique, "authorities", crumbs, f"The councils of {name}, and the services that each runs."),
        title=title,
        sentences=tuple(_sentences(store, subject, authority, running, today)),
        bodies=tuple(_bodies(store, running, today)),
        within=within,
        within_title=f"Councils within {joined([a.short_name for a in running])}" if within else "",
        places=_places_sentence(store, running),
        credits=tuple(_credits(store)),
    )


def make_places_page(store: FigureStore, today: date) -> PlacesPage:
    """The districts and single councils that act today, by first letter."""
    crumbs = (("Home", "/"), ("Who runs what", None))
    form = SearchForm(FORM_LABEL, FORM_HINT)
    acting = [a for a in authorities_by_name(store) if a.is_active(today) and a.type not in _OVER_OTHERS]
    letters = dict.fromkeys(a.short_name[0] for a in acting)
    groups = [LetterGroup(x, tuple(_link(a) for a in acting if a.short_name[0] == x)) for x in letters]
    return PlacesPage(PageHead("Who runs what", "authorities", crumbs), form, tuple(groups))


def current_bodies(store: FigureStore, authority: Authority, today: date) -> list[Authority]:
    """The authority itself, or those that run its area today where it has ended, by name."""
    if is_running(authority, today):
        return [authority]
    edges = [s for s in store.catalogue.successions if s.predecessor == authority.code != s.successor]
    heirs = [store.catalogue.authorities[s.successor] for s in edges if s.kind is not SuccessionKind.TRANSFER]
    found = {a.code: a for heir in heirs for a in current_bodies(store, heir, today)}
    return sorted(found.values(), key=lambda a: a.short_name)


def _link(authority: Authority) -> Link:
    return Link(authority.short_name, who_runs_address(authority.slug))


def _sentences(
    store: FigureStore, subject: Authority | Place, authority: Authority, running: list[Authority], today: date
) -> Iterator[str]:
    if isinstance(subject, Place):
        yield f"{subject.name} is a {subject.kind} in the area of {authority.name}."
    if not is_running(authority, today) and authority.end:
        yield f"{authority.name} ended on {day_text(authority.end)}."
        yield from _succession_sentences(store, authority)
    if len(running) > 1:
        yield "Its area was divided, so more than one council runs it now: each part has its own."
    if authority.start > today:
        yield f"{authority.name} starts on {day_text(authority.start)}."


def _succession_sentences(store: FigureStore, authority: Authority) -> Iterator[str]:
    for edge in store.catalogue.successions:
        if edge.predecessor == authority.code != edge.successor and edge.kind is not SuccessionKind.TRANSFER:
            yield f"{store.catalogue.authorities[edge.successor].name} took over on {day_text(edge.on)}."


def _bodies(store: FigureStore, running: Iterable[Authority], today: date) -> Iterator[Body]:
    """Each running authority, then the county and the combined authority over it, each once."""
    every = store.catalogue.authorities
    over = {a.code: [every[c] for c in (a.county, a.combined_authority) if c in every] for a in running}
    wanted = {a.code: a for a in running} | {o.code: o for found in over.values() for o in found if o.is_active(today)}
    for authority in wanted.values():
        services = joined(services_run(store, authority, max(authority.start, today)))
        link = Link(authority.name, authority_address(authority.slug))
        yield Body(link, TYPE_WORDS[authority.type], f"Runs {services}." if services else NOTHING_OF_ITS_OWN)


def _within(store: FigureStore, running: list[Authority], today: date) -> Iterator[Link]:
    """The districts of a county, or the councils of a combined authority."""
    for authority in running:
        key = _OVER_OTHERS.get(authority.type)
        if key:
            yield from (
                _link(a) for a in authorities_by_name(store)
                if getattr(a, key) == authority.code and a.is_active(today)
            )  # fmt: skip


def _places_sentence(store: FigureStore, running: list[Authority]) -> str:
    """The parishes and wards within, by name, as one list of words."""
    inside = [place for a in running for place in _places_within(store).get(a.code, ())]
    parishes = dict.fromkeys(place.name for place in inside if place.kind is PlaceKind.PARISH)
    wards = dict.fromkeys(place.name for place in inside if place.kind is PlaceKind.WARD)
    told = [(count_text(len(parishes), "parish", "parishes"), parishes), (count_text(len(wards), "ward"), wards)]
    return " ".join(f"{count}: {', '.join(names)}." for count, names in told if names)


def _credits(store: FigureStore) -> Iterator[Link]:
    """Whose lists of places these are."""
    for definition in store.catalogue.sources.values():
        if definition.places:
            yield Link(definition.source.publisher, source_address(definition.source.id))


def place_detail(store: FigureStore, place: Place) -> str:
    """What a place is and where: ``Parish in Leeds``."""
    return f"{place.kind.value.capitalize()} in {store.catalogue.authorities[place.authority].short_name}"
