"""The page of a metric's maps: the true boundaries of the period shown, and one hexagon for each district."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from moothall.analytics.groups import Group, GroupKind
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.presenters.addresses import metric_address, metric_map_address, source_address
from moothall.presenters.blocks import ChooseForm, Link, PageHead, SelectField, chosen
from moothall.presenters.downloads.names import MAP
from moothall.presenters.figures.cohort import Cohort
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.figures.views import boundaries_sentence, known_sentence
from moothall.presenters.metric.map_picture import (
    DrawnMap,
    KeyRow,
    MapLayer,
    Picture,
    boundary_map,
    has_map,
    hexagon_map,
    layers_of,
    make_picture,
    map_key,
)
from moothall.presenters.metric.metric_form import make_metric_form
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.wording.figure_words import group_words, polarity_words
from moothall.presenters.wording.numbers import count_text, number_text
from moothall.presenters.wording.sentences import sentences_of, text_of
from moothall.presenters.wording.words import group_noun

NOT_A_RANKING = (
    "A map shows where figures lie. It is no ranking: the tone is an area's place within the group that is drawn, "
    "neighbouring councils may be quite unlike, and a large area does not hold more people."
)


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything that the map page of a metric shows; ``maps`` is empty for a metric without figures."""

    head: PageHead
    title: str
    cannot_say: str
    sentences: tuple[str, ...]
    form: ChooseForm | None
    key: tuple[KeyRow, ...]
    maps: tuple[DrawnMap, ...]
    links: tuple[Link, ...]
    credits: tuple[Link, ...] = ()
    replies: tuple[Link, ...] = ()


def make_map_page(
    store: FigureStore,
    metric: Metric,
    group: Group | None = None,
    period: Period | None = None,
    authority: Authority | None = None,
    layer: MapLayer | None = None,
) -> MapPage:
    """The maps of a metric for a group (all councils unless chosen) at a period (its newest unless chosen)."""
    title = f"Map: {metric.title}"
    crumbs = (("Home", "/"), ("Metrics", "/metrics"), (metric.title, metric_address(metric.id)), ("Map", None))
    if not has_map(store, metric):
        head = PageHead(title, "metrics", crumbs)
        return MapPage(head, title, metric.cannot_say, ("There are no figures to draw yet.",), None, (), (), ())
    picture = make_picture(store, metric, group, period, layer)
    cohort = picture.cohort
    head = PageHead(map_title(picture, authority), "metrics", crumbs, files=MAP)
    return MapPage(
        head=head,
        title=title,
        cannot_say=metric.cannot_say,
        sentences=tuple(_sentences(picture)),
        form=_form(picture, authority),
        key=tuple(map_key(picture)),
        maps=(boundary_map(picture, authority), hexagon_map(picture, authority)),
        links=_links(cohort, authority),
        credits=tuple(map_credits(store)),
        replies=tuple(map_replies(picture)),
    )


def map_replies(picture: Picture) -> Iterable[Link]:
    """What the councils drawn say to the figures drawn, by name."""
    held, cohort = replies_of(picture.store), picture.cohort
    return (link for member in picture.drawn for link in held.marks(cohort.metric.id, member, [cohort.period.slug]))


def map_title(picture: Picture, authority: Authority | None) -> str:
    """Metric, group, period and layer: each state of the page has a title of its own."""
    cohort, whose = picture.cohort, f", {authority.short_name}" if authority else ""
    place = f"{group_noun(cohort.group)}{whose}, {cohort.period.label}, {picture.layer}"
    return f"Map: {cohort.metric.title}, {place}"


def _sentences(picture: Picture) -> Iterable[str]:
    cohort = picture.cohort
    say = sentences_of(picture.store)
    yield text_of([group_words(say, cohort), polarity_words(say, cohort.metric)])
    yield NOT_A_RANKING
    if cohort.group.kind is GroupKind.ENGLAND:
        yield "All councils are drawn together here. To compare like with like, choose a type or similar councils."
    undrawn = len(cohort.members) - len(picture.drawn)
    if undrawn:
        other = next(layer for layer in MapLayer if layer is not picture.layer)
        yield (
            f"{count_text(undrawn, 'council')} of the group lie on the same land as others and are not drawn; the "
            f"tones are those of the {number_text(len(picture.drawn))} that are. Choose {other} to see the others."
        )
    yield from filter(None, (known_sentence(picture.store, [cohort.metric]), boundaries_sentence(picture.store)))


def _form(picture: Picture, authority: Authority | None) -> ChooseForm:
    cohort, metric = picture.cohort, picture.cohort.metric
    form = make_metric_form(picture.store, metric, cohort.group, cohort.period, authority)
    layers = [(layer.value, f"Draw {layer.value}") for layer in layers_of(metric)]
    field = SelectField("areas", "areas", "Areas", chosen(layers, picture.layer))
    fields = (*form.fields, field) if len(layers) > 1 else form.fields
    return replace(form, action=metric_map_address(metric.id), fields=fields)


def map_credits(store: FigureStore) -> Iterable[Link]:
    """Whose outlines these are, each leading to how we made them simpler."""
    for definition in store.catalogue.sources.values():
        if definition.maps:
            source = definition.source
            note = f"{source.licence.title}. {source.attribution}"
            yield Link(source.title, source_address(source.id), note)


def _links(cohort: Cohort, authority: Authority | None) -> tuple[Link, ...]:
    choices = {"group": cohort.group.id, "period": cohort.period.slug}
    if authority:
        choices["authority"] = authority.slug
    table = metric_address(cohort.metric.id, **choices)
    return (
        Link("The same figures as a table, by name", f"{table}#group-table"),
        Link(f"All about this metric: {cohort.metric.title}", metric_address(cohort.metric.id)),
    )
