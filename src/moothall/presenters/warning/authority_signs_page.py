"""The page of one council's signs: three lenses side by side, never added up, with what cannot be said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from moothall.analytics.groups import TYPE_TITLES, type_group
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import day_text
from moothall.presenters.addresses import (
    EARLY_WARNING,
    authorities_address,
    authority_address,
    authority_signs_address,
    conversation_pack_address,
    lens_address,
    metric_address,
)
from moothall.presenters.blocks import ChooseForm, DateField, Fact, Link, Notice, PageHead
from moothall.presenters.downloads.names import SIGNS, Offered
from moothall.presenters.figures.cohort import cohorts_of, latest_standing
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.warning.actions import ActionsSection, make_actions_section
from moothall.presenters.warning.lens_readings import LensReading, kept_readings
from moothall.presenters.warning.lens_words import NOT_A_FORECAST, chance_sentence
from moothall.presenters.warning.sign_cards import LensPanel, make_lens_panel
from moothall.presenters.warning.sign_history import SignHistory, make_history
from moothall.presenters.wording.numbers import metric_value_text, middle_text

CONTEXT = ("population", "population-density", "deprivation-average-score", "share-aged-65-and-over")
"""Circumstances that no council chooses, shown beside its signs."""

ADDED_UP = "The three lenses are never added up, and no page puts councils in order by them."


@dataclass(frozen=True, slots=True)
class AuthoritySignsPage:
    """Everything that the page of a council's signs shows. ``chance`` is never empty."""

    head: PageHead
    name: str
    lead: str
    chance: str
    limits: tuple[str, ...]
    panels: tuple[LensPanel, ...]
    notice: Notice | None
    history: SignHistory | None
    context: tuple[Fact, ...]
    context_note: str
    actions: ActionsSection | None
    form: ChooseForm
    links: tuple[Link, ...]


def make_authority_signs_page(store: FigureStore, authority: Authority, today: date) -> AuthoritySignsPage:
    """The signs of a council on the store's day, or today; without panels, with the reason, where it did not act."""
    day = store.day or today
    readings = lens_readings_of(store, authority, day)
    return AuthoritySignsPage(
        head=_head(authority, store.day, SIGNS if readings else ()),
        name=authority.name,
        lead=_lead(authority, day, store.day is not None),
        chance=chance_sentence(),
        limits=(NOT_A_FORECAST, ADDED_UP, _inheritance(authority)),
        panels=tuple(make_lens_panel(store, each, lens_address(each.rule.lens)) for each in readings),
        notice=None if readings else _nothing(store, authority, day),
        history=make_history(store, authority),
        context=tuple(context_facts(store, authority)),
        context_note=f"In brackets the middle figure of {TYPE_TITLES[authority.type]}.",
        actions=make_actions_section(store, authority, today),
        form=_form(authority, store.day),
        links=_links(authority),
    )


def lens_readings_of(store: FigureStore, authority: Authority, day: date) -> tuple[LensReading, ...]:
    """What each lens says of a council on a day; nothing where it did not act then, or is no principal council."""
    found = kept_readings(store, day)
    if authority.code not in found.index:
        return ()
    return tuple(found.lens_reading(lens, authority.code) for lens in found.rules)


def context_facts(store: FigureStore, authority: Authority) -> Iterator[Fact]:
    """The council's circumstances, each with its type's middle figure."""
    for metric in (store.catalogue.metrics.get(name) for name in CONTEXT):
        fact = _context_fact(store, metric, authority) if metric else None
        if fact:
            yield fact


def _context_fact(store: FigureStore, metric: Metric, authority: Authority) -> Fact | None:
    standing = latest_standing(store, metric, authority)
    if standing is None or standing.value is None:
        return None
    cohort = cohorts_of(store).at(metric.id, type_group(authority.type), standing.period)
    middle = cohort.summary.median
    beside = f" ({middle_text(middle, metric)})" if middle is not None else ""
    text = f"{metric_value_text(standing.value, metric)}{beside}, {standing.period.label}"
    replies = replies_of(store).marks(metric.id, authority, [standing.period.slug])
    return Fact(metric.title, text, metric_address(metric.id, authority=authority.slug), replies)


def _head(authority: Authority, day: date | None, files: Offered) -> PageHead:
    own, known = authority.short_name, f", as known on {day_text(day)}" if day else ""
    crumbs = (
        ("Home", "/"),
        ("Councils", authorities_address()),
        (own, authority_address(authority.slug)),
        ("Signs worth asking about", None),
    )
    description = f"What published figures of {authority.name} show through three lenses, and what to ask."
    return PageHead(f"Signs worth asking about, {own}{known}", "authorities", crumbs, description, files=files)


def _lead(authority: Authority, day: date, is_past: bool) -> str:
    when = f"On {day_text(day)}, by what had been published by then" if is_past else f"On {day_text(day)}"
    return (
        f"{when}: what the published figures of {authority.name} show through three lenses, and what is worth asking."
    )


def _inheritance(authority: Authority) -> str:
    began = f" It began on {day_text(authority.start)}." if authority.start > date(2009, 4, 1) else ""
    own = authority.short_name
    return f"Only figures of {own} itself are used: nothing is carried over from another council.{began}"


def _nothing(store: FigureStore, authority: Authority, day: date) -> Notice:
    if not authority.type.is_principal:
        return Notice("No signs are looked for here", "The rules speak of councils, not of combined authorities.")
    if not store.catalogue.lenses:
        return Notice("No signs are looked for here", "This build has no warning rules.")
    what = "ended" if authority.end and authority.end < day else "begins"
    edge = authority.end if authority.end and authority.end < day else authority.start
    text = f"{authority.name} {what} on {day_text(edge)}. Choose a day on which it acted."
    return Notice("Nothing can be said of this day", text)


def _form(authority: Authority, day: date | None) -> ChooseForm:
    field = DateField("as-of", "as-of", "As it was known on", day.isoformat() if day else "")
    return ChooseForm(authority_signs_address(authority.slug), "Another day", (field,))


def _links(authority: Authority) -> tuple[Link, ...]:
    return (
        Link("Conversation pack", conversation_pack_address(authority.slug), "questions to take to a meeting"),
        Link("How to read this", EARLY_WARNING, "what a sign is, and what it is not"),
        Link("All figures of this council", authority_address(authority.slug)),
    )
