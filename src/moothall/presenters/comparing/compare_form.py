"""The form of the page that compares: what is chosen as tags to leave out, and selects to add one more of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from moothall.analytics.groups import ENGLAND, Group, region_group, type_group
from moothall.domain.authority import Authority, AuthorityType
from moothall.presenters.addresses import authority_address, metric_address
from moothall.presenters.blocks import ChooseForm, Link, Option, OptionGroup, SelectField
from moothall.presenters.comparing.comparison import MOST_AUTHORITIES, MOST_GROUPS, MOST_METRICS, Comparison
from moothall.presenters.figures.comparators import own_groups
from moothall.presenters.figures.reading import FigureStore, authorities_by_name, is_running, live_metrics
from moothall.presenters.similarity.similar import usual_peers
from moothall.presenters.wording.words import group_choice

FIRST_COUNCILS = 2
"""How many selects of councils an empty form has; after that one is added at a time."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What is chosen of one kind: each with its page and, as note, the address without it."""

    title: str
    items: tuple[Link, ...]


def make_compare_form(store: FigureStore, chosen: Comparison, today: date) -> ChooseForm:
    """Selects that add a council, a metric and a group, and one that chooses a theme; the rest is kept."""
    fields = [*_council_fields(store, chosen, today)]
    if len(chosen.metrics) < MOST_METRICS:
        fields.append(_metric_field(store, chosen))
    fields.append(_theme_field(store, chosen))
    if len(chosen.groups) < MOST_GROUPS:
        fields.append(_group_field(store, chosen))
    hidden = (
        *(("authority", authority.slug) for authority in chosen.authorities),
        *(("metric", metric.id) for metric in chosen.metrics),
        *(("group", group.id) for group in chosen.groups),
    )
    return ChooseForm("/compare", "Councils, metrics and groups to compare", tuple(fields), hidden, "Compare")


def make_tags(chosen: Comparison) -> tuple[Tags, ...]:
    """What is chosen, kind by kind; kinds of which nothing is chosen are left out."""
    councils = [Link(a.name, authority_address(a.slug), chosen.without(a).address) for a in chosen.authorities]
    metrics = [Link(m.title, metric_address(m.id), chosen.without(m).address) for m in chosen.metrics]
    groups = [Link(group_choice(g), None, chosen.without(g).address) for g in chosen.groups]
    kinds = (("Councils", councils), ("Metrics", metrics), ("Middle figures of", groups))
    return tuple(Tags(title, tuple(items)) for title, items in kinds if items)


def similar_link(store: FigureStore, chosen: Comparison) -> Link | None:
    """Leads to the same with the councils most like the first one, as many as there is room for; None without any."""
    room = MOST_AUTHORITIES - len(chosen.authorities)
    peers = usual_peers(store, chosen.authorities[0]) if chosen.authorities else None
    if peers is None or room < 1:
        return None
    near = [store.catalogue.authorities[code] for code in peers.codes]
    added = [authority for authority in near if authority not in chosen.authorities][:room]
    wider = replace(chosen, authorities=(*chosen.authorities, *added))
    return Link(f"Add the councils most like {chosen.authorities[0].short_name}", wider.address) if added else None


def _council_fields(store: FigureStore, chosen: Comparison, today: date) -> list[SelectField]:
    if len(chosen.authorities) >= MOST_AUTHORITIES:
        return []
    options = _councils(store, chosen.authorities, today)
    if chosen.authorities:
        return [SelectField("authority", "authority", "Add a council", options)]
    return [SelectField(f"authority-{n}", "authority", f"Council {n}", options) for n in range(1, FIRST_COUNCILS + 1)]


def _councils(store: FigureStore, taken: Sequence[Authority], today: date) -> tuple[Option, ...]:
    found = [a for a in authorities_by_name(store) if is_running(a, today) and a not in taken]
    return (Option("", "No council", True), *(Option(a.slug, a.short_name) for a in found))


def _metric_field(store: FigureStore, chosen: Comparison) -> SelectField:
    taken = {metric.id for metric in chosen.metrics}
    types = {authority.type for authority in chosen.authorities}
    offered = [m for m in live_metrics(store) if m.id not in taken and (not types or types & m.applies_to)]
    themes = [
        OptionGroup(theme.title, tuple(Option(m.id, m.title) for m in offered if m.theme == theme.id))
        for theme in store.catalogue.themes.values()
    ]
    label = "Add a metric" if chosen.metrics else "Only this metric"
    none = OptionGroup("No choice", (Option("", "No other" if chosen.metrics else "See below", True),))
    return SelectField("metric", "metric", label, groups=(none, *(group for group in themes if group.options)))


def _theme_field(store: FigureStore, chosen: Comparison) -> SelectField:
    own = chosen.theme.id if chosen.theme else ""
    themes = tuple(Option(t.id, t.title, t.id == own) for t in store.catalogue.themes.values())
    some = Option("", "Those that frameworks name", not own)
    return SelectField("theme", "theme", "Or all metrics of a theme", (some, *themes))


def _group_field(store: FigureStore, chosen: Comparison) -> SelectField:
    taken = {group.id for group in chosen.groups}
    regions = [region_group(r) for r in store.catalogue.regions.values() if r.code.startswith("E12")]
    choices: list[tuple[str, Sequence[Group]]] = [
        *((f"Like {a.short_name}", own_groups(store, a)) for a in chosen.authorities[:MOST_GROUPS]),
        ("By type", [type_group(kind) for kind in AuthorityType if kind.is_principal]),
        ("By region", regions),
        ("Whole country", [ENGLAND]),
    ]
    groups = tuple(OptionGroup(label, _group_options(found, taken)) for label, found in choices)
    words = "No other group" if taken else "Each council's own type"
    none = OptionGroup("No choice", (Option("", words, True),))
    return SelectField("group", "group", "Middle figure of", groups=(none, *(g for g in groups if g.options)))


def _group_options(groups: Sequence[Group], taken: set[str]) -> tuple[Option, ...]:
    return tuple(Option(group.id, group_choice(group)) for group in groups if group.id not in taken)
