"""The list of councils by letter, whole or by type and region."""

from dataclasses import dataclass
from datetime import date

from moothall.analytics.groups import TYPE_TITLES
from moothall.domain.authority import Area, Authority, AuthorityType
from moothall.domain.period import day_text
from moothall.presenters.addresses import authority_address
from moothall.presenters.blocks import FILTER_LIST, ChooseForm, LetterGroup, Link, PageHead, SelectField, chosen
from moothall.presenters.figures.reading import FigureStore, authorities_by_name, is_running
from moothall.presenters.wording.numbers import count_text


@dataclass(frozen=True, slots=True)
class AuthoritiesPage:
    """Everything that the list of councils shows."""

    head: PageHead
    title: str
    sentence: str
    form: ChooseForm
    letters: tuple[LetterGroup, ...]
    ended: tuple[Link, ...]


def make_authorities_page(
    store: FigureStore, today: date, kind: AuthorityType | None = None, region: Area | None = None
) -> AuthoritiesPage:
    """The councils of a type, in a region, or all; those that have ended stand apart, with their last day."""
    found = [a for a in authorities_by_name(store) if _is_wanted(a, kind, region)]
    running = [a for a in found if is_running(a, today)]
    ended = [a for a in found if not is_running(a, today)]
    title = _title(kind, region)
    crumbs = (("Home", "/"), ("Councils", None))
    head = PageHead(title, "authorities", crumbs, "English councils by name.", scripts=(FILTER_LIST,))
    sentence = f"{count_text(len(running), 'council')}, and {count_text(len(ended), 'council')} that ended since 2009."
    return AuthoritiesPage(head, title, sentence, _form(store, kind, region), _letters(running), _ended(ended))


def _is_wanted(authority: Authority, kind: AuthorityType | None, region: Area | None) -> bool:
    return (kind is None or authority.type is kind) and (region is None or authority.region == region.code)


def _title(kind: AuthorityType | None, region: Area | None) -> str:
    what = TYPE_TITLES[kind] if kind else "councils"
    where = f" in {region.name}" if region else ""
    return f"{what[:1].upper()}{what[1:]}{where}"


def _letters(authorities: list[Authority]) -> tuple[LetterGroup, ...]:
    letters: dict[str, list[Link]] = {}
    for authority in authorities:
        link = Link(authority.short_name, authority_address(authority.slug))
        letters.setdefault(authority.short_name[:1].upper(), []).append(link)
    return tuple(LetterGroup(letter, tuple(links)) for letter, links in letters.items())


def _ended(authorities: list[Authority]) -> tuple[Link, ...]:
    return tuple(
        Link(a.short_name, authority_address(a.slug), f"until {day_text(a.end)}") for a in authorities if a.end
    )


def _form(store: FigureStore, kind: AuthorityType | None, region: Area | None) -> ChooseForm:
    types = [("", "All types"), *((t.value, title[:1].upper() + title[1:]) for t, title in TYPE_TITLES.items())]
    regions = [("", "All of England"), *((r.code, r.name) for r in store.catalogue.regions.values())]
    fields = (
        SelectField("type", "type", "Type", chosen(types, kind.value if kind else "")),
        SelectField("region", "region", "Region", chosen(regions, region.code if region else "")),
    )
    return ChooseForm("/authorities", "Which councils to list", fields)
