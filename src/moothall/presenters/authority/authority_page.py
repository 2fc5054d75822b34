"""The page of one authority: who it is, what it runs, and every metric it is or was eligible for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from moothall.analytics.groups import Group, GroupKind
from moothall.domain.authority import Authority, AuthorityType, Responsibility, Succession, SuccessionKind
from moothall.domain.period import day_text
from moothall.presenters.addresses import (
    authorities_address,
    authority_address,
    authority_feed_address,
    authority_trails_address,
    compare_address,
    news_address,
    who_runs_address,
)
from moothall.presenters.authority.authority_context import context_facts
from moothall.presenters.authority.cannot_say import CannotSay, make_cannot_say
from moothall.presenters.authority.lessons import Lessons, lessons_for
from moothall.presenters.authority.standing_out_section import StandingOutSection, make_standing_out_section
from moothall.presenters.authority.theme_sections import ThemeSection, make_sections
from moothall.presenters.authority.worth_asking import WorthAsking, make_worth_asking
from moothall.presenters.blocks import ChooseForm, Fact, Link, Notice, PageHead, SelectField, chosen
from moothall.presenters.downloads.names import FIGURES, LEARNING, STANDING_OUT, Offered
from moothall.presenters.figures.cohort import shown_metrics
from moothall.presenters.figures.comparators import default_kind, kinds_of, named_group
from moothall.presenters.figures.periods_up_to import NOT_FOR_THE_PAST, last_day, up_to_choice, up_to_field, up_to_words
from moothall.presenters.figures.reading import FigureStore, is_running
from moothall.presenters.finding.outcomes_page import outcome_links
from moothall.presenters.similarity.peers import PeersSection, make_peers_section
from moothall.presenters.warning.actions import ActionsSection, make_actions_section
from moothall.presenters.warning.sign_cards import signs_links
from moothall.presenters.wording.numbers import count_text, number_text
from moothall.presenters.wording.words import TYPE_WORDS, capital_first, group_noun, joined, lower_first

NOTHING_HERE = "None of the metrics that we have figures for covers this council."
ENDS = (Link("Questions worth asking", "#worth-asking"), Link("What we cannot say, and why", "#cannot-say"))
NOTHING_COMBINED = "The metrics that we have figures for compare councils. Those in this area have pages of their own."

GROUP_CHOICES = {
    GroupKind.SIMILAR: "similar councils",
    GroupKind.SAME_TYPE: "councils of the same type",
    GroupKind.REGION: "councils in the same region",
    GroupKind.ENGLAND: "all councils in England",
}


BESIDE = {
    GroupKind.SIMILAR: ", beside similar councils",
    GroupKind.SAME_TYPE: ", beside its type",
    GroupKind.REGION: ", beside its region",
    GroupKind.ENGLAND: ", beside all of England",
}
"""What a title adds for a group that is not the usual one: each state of a page has a title of its own."""


@dataclass(frozen=True, slots=True)
class AuthorityPage:
    """Everything that the page of an authority shows."""

    head: PageHead
    name: str
    facts: tuple[Fact, ...]
    runs: str
    runs_word: str
    county_runs: str | None
    county: Link | None
    districts: tuple[Link, ...]
    notices: tuple[Notice, ...]
    predecessors: tuple[Link, ...]
    note: str | None
    form: ChooseForm
    known: str
    lead: str
    sections: tuple[ThemeSection, ...]
    compare_href: str
    trails_href: str
    who_runs: Link
    index: tuple[Link, ...]
    outcomes: tuple[Link, ...]
    empty: Notice
    peers: PeersSection | None
    actions: ActionsSection | None
    signs: tuple[Link, ...]
    standing_out: StandingOutSection | None
    lessons: Lessons | None
    worth_asking: WorthAsking | None
    cannot_say: CannotSay | None


def make_authority_page(
    store: FigureStore, authority: Authority, today: date, kind: GroupKind | None = None
) -> AuthorityPage:
    """The page of an authority beside its group of this kind (None: its default); UsageError where it has none."""
    whole, is_newest = store.whole, last_day(store) is None
    group, usual = chosen_group(whole, authority, kind), default_kind(whole, authority)
    kind = kind or usual
    shown = shown_metrics(store, authority)
    choices = {"group": "" if kind is usual else kind.value, **up_to_choice(store)}
    sections = tuple(make_sections(store, authority, group, choices))
    rows = [row for section in sections for row in section.rows]
    beside = "" if kind is usual else BESIDE[kind]
    county = store.catalogue.authorities.get(authority.county or "")
    day = _service_day(authority, today)
    standing_out = make_standing_out_section(store, authority, group) if sections and is_newest else None
    lessons = lessons_for(store, authority, group) if sections and is_newest else None
    return AuthorityPage(
        head=_head(authority, f"{beside}{up_to_words(store)}", _files(sections, standing_out, lessons)),
        name=authority.name,
        facts=(*_facts(store, authority, today), *context_facts(whole, authority, group)),
        runs_word="Runs" if is_running(authority, today) else "Ran",
        runs=joined(services_run(store, authority, day)),
        county_runs=joined(services_run(store, county, day)) if county else None,
        county=Link(county.name, authority_address(county.slug)) if county else None,
        districts=tuple(_districts(store, authority, today)),
        notices=tuple(_notices(store, authority, today)),
        predecessors=tuple(_predecessors(store, authority)),
        note=authority.note,
        form=_form(store, authority, kind, today),
        known="" if is_newest else f"{capital_first(up_to_words(store)[2:])}. {NOT_FOR_THE_PAST}",
        lead=_lead(len(rows), len(shown), group),
        sections=sections,
        compare_href=compare_address([authority.slug]),
        trails_href=authority_trails_address(authority.slug),
        who_runs=Link(f"Who runs what in {authority.short_name}", who_runs_address(authority.slug)),
        index=(*(Link(s.title, f"#{s.id}") for s in sections), *ENDS),
        outcomes=outcome_links(store, authority),
        empty=_nothing_here(authority),
        peers=make_peers_section(whole, authority),
        actions=make_actions_section(store, authority, today),
        signs=signs_links(authority),
        standing_out=standing_out,
        lessons=lessons,
        worth_asking=make_worth_asking(store, authority, group, is_newest) if sections else None,
        cannot_say=make_cannot_say(store, authority, rows, shown, day) if sections else None,
    )


def _lead(count: int, every: int, group: Group) -> str:
    """How many rows of how many metrics there are, which these are, and beside whom they stand."""
    beside = f"beside {group_noun(group)}"
    if count == every:
        return f"{count_text(every, 'metric')} {beside}."
    return (
        f"{number_text(count)} of {count_text(every, 'metric')} {beside}: those that a public framework names, then as "
        "many of each theme. Each theme has a page with all of them."
    )


def _nothing_here(authority: Authority) -> Notice:
    text = NOTHING_HERE if authority.type.is_principal else NOTHING_COMBINED
    return Notice("Nothing to compare yet", text, (("All metrics", "/metrics"),))


def services_run(store: FigureStore, authority: Authority, day: date) -> list[str]:
    """The names of the services that an authority runs on a day."""
    services = (r for r in store.catalogue.responsibilities.values() if not _is_everyones(r))
    return [lower_first(r.name) for r in services if r.is_run_by(authority, day)]


def _is_everyones(service: Responsibility) -> bool:
    """True for what every council has, such as its own finances and its area: naming it would say nothing."""
    return frozenset(t for t in AuthorityType if t.is_principal) <= frozenset().union(
        *(rule.types for rule in service.run_by)
    )


def successor_links(store: FigureStore, authority: Authority) -> tuple[tuple[str, str], ...]:
    """Who took over from an authority: (text, address) for each successor that is another body."""
    edges = [s for s in store.catalogue.successions if _is_end_of(s, authority)]
    known = [store.catalogue.authorities[s.successor] for s in edges if s.successor in store.catalogue.authorities]
    return tuple((f"{a.name} took over", authority_address(a.slug)) for a in dict.fromkeys(known))


def _files(
    sections: Sequence[ThemeSection], standing_out: StandingOutSection | None, lessons: Lessons | None
) -> Offered:
    """The figures, and what is said of them where something is."""
    lists = STANDING_OUT if standing_out and standing_out.lists else ()
    return (*(FIGURES if sections else ()), *lists, *(LEARNING if lessons and lessons.lines else ()))


def _head(authority: Authority, beside: str, files: Offered) -> PageHead:
    crumbs = (("Home", "/"), ("Councils", "/authorities"), (authority.short_name, None))
    description = f"The published figures of {authority.name} beside those of councils like it."
    feeds = ((f"News of {authority.name}", authority_feed_address(authority.slug)),)
    return PageHead(
        f"{authority.name}{beside}",
        "authorities",
        crumbs,
        description,
        files=files,
        feeds=feeds,
        follow=news_address(authority=authority.slug),
    )


def _facts(store: FigureStore, authority: Authority, today: date) -> list[Fact]:
    region = store.catalogue.regions.get(authority.region)
    found = [Fact("Type", TYPE_WORDS[authority.type], authorities_address(type=authority.type.value))]
    if region:
        found.append(Fact("Region", region.name, authorities_address(region=region.code)))
    combined = store.catalogue.authorities.get(authority.combined_authority or "")
    if combined:
        found.append(Fact("Part of", combined.name, authority_address(combined.slug)))
    if authority.ecode:
        found.append(Fact("Codes", f"{authority.area_code_on(_service_day(authority, today))}, {authority.ecode}"))
    else:
        found.append(Fact("Code", authority.area_code_on(_service_day(authority, today))))
    if authority.website and is_running(authority, today):
        found.append(Fact("Website", authority.website.split("//")[-1].removeprefix("www."), authority.website))
    return found


def _service_day(authority: Authority, today: date) -> date:
    return authority.end if authority.end and authority.end < today else max(authority.start, today)


def _districts(store: FigureStore, authority: Authority, today: date) -> list[Link]:
    if authority.type not in (AuthorityType.COUNTY, AuthorityType.COMBINED_AUTHORITY):
        return []
    field = "county" if authority.type is AuthorityType.COUNTY else "combined_authority"
    day = _service_day(authority, today)
    found = [
        a for a in store.catalogue.authorities.values() if getattr(a, field) == authority.code and a.is_active(day)
    ]
    return [Link(a.short_name, authority_address(a.slug)) for a in sorted(found, key=lambda a: a.short_name)]


def _notices(store: FigureStore, authority: Authority, today: date) -> list[Notice]:
    if authority.end is None:
        return [Notice(f"This council starts on {day_text(authority.start)}.")] if authority.start > today else []
    verb = "ended" if authority.end < today else "ends"
    text = "Its figures stay as they were published; nothing is carried over to those that followed."
    return [Notice(f"This council {verb} on {day_text(authority.end)}.", text, successor_links(store, authority))]


def _is_end_of(edge: Succession, authority: Authority) -> bool:
    is_other = edge.successor != authority.code
    return edge.predecessor == authority.code and is_other and edge.kind is not SuccessionKind.TRANSFER


def _predecessors(store: FigureStore, authority: Authority) -> list[Link]:
    edges = [s for s in store.catalogue.successions if s.successor == authority.code != s.predecessor]
    pairs = [(store.catalogue.authorities.get(s.predecessor), s) for s in edges]
    found = sorted(((a, s) for a, s in pairs if a), key=lambda pair: (pair[1].on, pair[0].short_name))
    return [Link(a.name, authority_address(a.slug), _until(a, s)) for a, s in found]


def _until(authority: Authority, edge: Succession) -> str:
    if authority.end is None or edge.kind is SuccessionKind.TRANSFER:
        return f"gave up part of its area on {day_text(edge.on)}"
    return f"until {day_text(authority.end)}"


def chosen_group(store: FigureStore, authority: Authority, kind: GroupKind | None) -> Group:
    """The authority's group of this kind, or its default; UsageError where it has none."""
    return named_group(store, (kind or default_kind(store, authority)).value, authority)


def group_form(store: FigureStore, authority: Authority, kind: GroupKind, address: str) -> ChooseForm:
    """The form that chooses whom to compare an authority with, on the page at ``address``."""
    choices = [(offered.value, GROUP_CHOICES[offered]) for offered in kinds_of(store, authority)]
    field = SelectField("group", "group", "Compared with", chosen(choices, kind.value))
    return ChooseForm(address, "Who to compare with", (field,), button="Compare")


def _form(store: FigureStore, authority: Authority, kind: GroupKind, today: date) -> ChooseForm:
    form = group_form(store.whole, authority, kind, authority_address(authority.slug))
    return replace(form, label="Who to compare with, and when", fields=(*form.fields, up_to_field(store, today)))
