"""What the addresses of the explorer's pages choose: read once for a page and for the files that it offers."""

from dataclasses import dataclass

from django.http import HttpRequest

from moothall.analytics.groups import Group, GroupKind
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Theme
from moothall.domain.period import Period
from moothall.domain.similarity import SimilarityModel
from moothall.presenters.comparing.claims import read_word
from moothall.presenters.comparing.claims_page import Chosen
from moothall.presenters.comparing.comparison import MOST_AUTHORITIES, MOST_GROUPS, MOST_METRICS, Comparison
from moothall.presenters.figures.cohort import newest_period
from moothall.presenters.figures.comparators import named_group
from moothall.presenters.figures.periods_up_to import UP_TO, last_day, up_to
from moothall.presenters.figures.reading import FigureStore, live_metrics
from moothall.presenters.figures.views import Boundaries, known_on, on_boundaries
from moothall.presenters.metric.group_order import Order
from moothall.presenters.metric.map_picture import MapLayer, Picture, has_map, make_picture
from moothall.presenters.metric.metric_page import (
    MetricPage,
    default_group,
    has_figures,
    make_metric_page,
    period_with_slug,
)
from moothall.web import find
from moothall.web.current import current_store, today
from moothall.web.query import day_choice, known_choice, one_choice, several_choices, word_choice

GROUPS_OF_AN_AUTHORITY = [GroupKind.SAME_TYPE, GroupKind.REGION, GroupKind.ENGLAND, GroupKind.SIMILAR]


@dataclass(frozen=True, slots=True)
class MetricChoices:
    """A metric's view: ``store`` as of the chosen day and boundaries; no group or period where it has no figures."""

    store: FigureStore
    metric: Metric
    group: Group | None
    period: Period | None
    authority: Authority | None
    order: Order = Order.NAME


def authority_choices(request: HttpRequest, slug: str) -> tuple[FigureStore, Authority, GroupKind | None]:
    """``/authorities/leeds?group=region&up-to=2023-03-31``"""
    store = up_to(current_store(), day_choice(request, UP_TO))
    return store, find.authority(store, slug), word_choice(request, "group", GROUPS_OF_AN_AUTHORITY)


def theme_choices(
    request: HttpRequest, slug: str, theme_id: str
) -> tuple[FigureStore, Authority, Theme, GroupKind | None]:
    """``/authorities/leeds/themes/waste?group=region&as-of=2024-06-30``"""
    store, subject, kind = authority_choices(request, slug)
    theme = find.theme(store, theme_id)
    of_theme = [m for m in live_metrics(store) if m.theme == theme.id]
    known = known_on(store.whole, day_choice(request, "as-of"), of_theme)
    return up_to(known, last_day(store)), subject, theme, kind


def metric_choices(request: HttpRequest, metric_id: str) -> MetricChoices:
    """``/metrics/household-waste-recycling-rate?group=type:county&period=2021-22&authority=leeds``

    Also ``as-of=2024-06-30`` (as it was known) and ``boundaries=now`` (past figures on today's boundaries).
    """
    store = current_store()
    subject = find.metric(store, metric_id)
    group_id, slug, period = (one_choice(request, name) for name in ("group", "authority", "period"))
    chosen = find.chosen_authority(store, slug) if slug else None
    known = known_on(store, day_choice(request, "as-of"), [subject])
    seen = on_boundaries(known, word_choice(request, "boundaries", list(Boundaries)), subject)
    group = named_group(store, group_id, chosen) if group_id else None
    moment = period_with_slug(seen, subject, period) if period else None
    if not has_figures(seen, subject):
        return MetricChoices(seen, subject, None, None, chosen)
    group = group or default_group(seen, subject, chosen)
    order = word_choice(request, "by", list(Order)) or Order.NAME
    return MetricChoices(seen, subject, group, moment or newest_period(seen, subject, group), chosen, order)


def metric_page_of(choices: MetricChoices) -> MetricPage:
    """The page of these choices."""
    chosen = (choices.group, choices.period, choices.authority)
    return make_metric_page(choices.store, choices.metric, *chosen, today=today(), order=choices.order)


def map_choices(request: HttpRequest, metric_id: str) -> tuple[Picture, Authority | None]:
    """``/metrics/household-waste-recycling-rate/map?areas=counties``, and the choices of the metric's page.

    NotHere where the metric has no figures.
    """
    c = metric_choices(request, metric_id)
    if not has_map(c.store, c.metric):
        raise find.NotHere(f"There are no figures of {c.metric.title} to draw.", metric_id)
    group, period = (getattr(c, name) if one_choice(request, name) else None for name in ("group", "period"))
    return make_picture(c.store, c.metric, group, period, word_choice(request, "areas", list(MapLayer))), c.authority


def similar_choices(request: HttpRequest, slug: str) -> tuple[FigureStore, Authority, SimilarityModel, dict[str, str]]:
    """``/authorities/leeds/similar?model=all-purpose&population-density=2``: weights by the metrics of the model."""
    store = current_store()
    subject = find.authority(store, slug)
    model = find.similarity_model(store, subject, one_choice(request, "model"))
    return store, subject, model, {name: text for name in model.weights if (text := one_choice(request, name))}


def claim_choices(request: HttpRequest) -> tuple[FigureStore, Chosen]:
    """``/claims?authority=leeds&metric=household-waste-recycling-rate&claim=highest&group=similar&period=2021-22``"""
    store = current_store()
    slug, metric_id, claim, group, period = (one_choice(request, name) for name in CHOICES_OF_A_CLAIM)
    authority = find.chosen_authority(store, slug) if slug else None
    metric = find.chosen_metric(store, metric_id) if metric_id else None
    return store, Chosen(
        authority,
        metric,
        named_group(store, group or GroupKind.SAME_TYPE, authority) if authority else None,
        period_with_slug(store, metric, period) if metric and period else None,
        read_word(claim) if claim else None,
        group,
    )


CHOICES_OF_A_CLAIM = ("authority", "metric", "claim", "group", "period")


def compare_choices(request: HttpRequest) -> tuple[FigureStore, Comparison]:
    """``/compare?authority=leeds&authority=bradford&metric=household-waste-recycling-rate&group=similar``

    A group such as ``similar`` is that of the first council. Also ``theme=waste``: all metrics of a theme.
    """
    store = current_store()
    slugs = several_choices(request, "authority", MOST_AUTHORITIES)
    ids = several_choices(request, "metric", MOST_METRICS)
    groups = several_choices(request, "group", MOST_GROUPS)
    theme = one_choice(request, "theme")
    authorities = [find.chosen_authority(store, slug) for slug in slugs]
    named = (named_group(store, text, authorities[0] if authorities else None) for text in groups)
    metrics = tuple(find.chosen_metric(store, metric_id) for metric_id in ids)
    chosen_theme = known_choice("theme", theme, store.catalogue.themes.get, list(store.catalogue.themes))
    return store, Comparison(tuple(authorities), metrics, tuple(dict.fromkeys(named)), chosen_theme)
