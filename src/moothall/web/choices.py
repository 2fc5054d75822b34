"""What the addresses of the explorer's pages choose: read once for a page and for the files that it offers."""

from dataclasses import dataclass

from django.http import HttpRequest

from moothall.analytics.groups import Group, GroupKind
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Theme
from moothall.domain.period import Period
from moothall.presenters.comparators import named_group
from moothall.presenters.comparison import MOST_AUTHORITIES, MOST_GROUPS, MOST_METRICS, Comparison
from moothall.presenters.metric_page import (
    MetricPage,
    default_group,
    has_figures,
    make_metric_page,
    newest_period,
    period_with_slug,
)
from moothall.presenters.reading import FigureStore, live_metrics
from moothall.presenters.views import Boundaries, known_on, on_boundaries
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


def authority_choices(request: HttpRequest, slug: str) -> tuple[FigureStore, Authority, GroupKind | None]:
    """``/authorities/leeds?group=region``"""
    store = current_store()
    return store, find.authority(store, slug), word_choice(request, "group", GROUPS_OF_AN_AUTHORITY)


def theme_choices(
    request: HttpRequest, slug: str, theme_id: str
) -> tuple[FigureStore, Authority, Theme, GroupKind | None]:
    """``/authorities/leeds/themes/waste?group=region&as-of=2024-06-30``"""
    store, subject, kind = authority_choices(request, slug)
    theme = find.theme(store, theme_id)
    known = known_on(store, day_choice(request, "as-of"), [m for m in live_metrics(store) if m.theme == theme.id])
    return known, subject, theme, kind


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
    return MetricChoices(seen, subject, group, moment or newest_period(seen, subject, group), chosen)


def metric_page_of(choices: MetricChoices) -> MetricPage:
    """The page of these choices."""
    chosen = (choices.group, choices.period, choices.authority)
    return make_metric_page(choices.store, choices.metric, *chosen, today=today())


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
