"""The table of downloads: which files each page offers, and what is in them.

A page names the files that it offers (``PageHead.files``, from ``presenters.downloads.names``); a test holds the two
against each other and opens every file.
"""

from collections.abc import Callable
from itertools import islice

from django.http import Http404, HttpRequest

from moothall.analytics.groups import Group
from moothall.domain.formal_action import ActionKind
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.presenters.addresses import claim_address, metric_address, metric_map_address
from moothall.presenters.blocks import Figure
from moothall.presenters.charts.scatter import make_scatter
from moothall.presenters.comparing.claims_page import checked_claim
from moothall.presenters.comparing.compare_page import lines_figure
from moothall.presenters.comparing.comparison import Comparison
from moothall.presenters.comparing.strips import make_strips
from moothall.presenters.downloads.checks import (
    coverage_dataset,
    flags_dataset,
    revisions_dataset,
    trails_dataset,
)
from moothall.presenters.downloads.dataset import Dataset, attributions, limits_of
from moothall.presenters.downloads.findings import (
    changed_dataset,
    claim_dataset,
    learning_dataset,
    questions_dataset,
    standing_out_dataset,
    turned_dataset,
)
from moothall.presenters.downloads.lists import (
    actions_dataset,
    gaps_dataset,
    outcomes_dataset,
    peers_dataset,
    signs_dataset,
)
from moothall.presenters.downloads.maps import map_dataset, map_drawing
from moothall.presenters.downloads.picture import Drawing
from moothall.presenters.downloads.views import (
    authority_dataset,
    compare_dataset,
    every_period_dataset,
    group_dataset,
    outcome_dataset,
)
from moothall.presenters.figures.cohort import latest_standing
from moothall.presenters.figures.reading import FigureStore, authorities_by_name, live_metrics
from moothall.presenters.metric.map_picture import BOUNDARIES, HEXAGONS
from moothall.presenters.metric.metric_page import GroupView
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.similarity.similar import similar_councils
from moothall.presenters.warning.sign_days import known_signs_on
from moothall.web import find
from moothall.web.choices import (
    MetricChoices,
    authority_choices,
    claim_choices,
    compare_choices,
    map_choices,
    metric_choices,
    metric_page_of,
    similar_choices,
    theme_choices,
)
from moothall.web.current import current_store, today
from moothall.web.downloads import PICTURES, SHEETS, Download, Make
from moothall.web.query import day_choice, word_choice


def _of_authority(make: Callable[..., Dataset]) -> Make:
    """An authority beside its group of the kind chosen."""

    def made(request: HttpRequest, address: str, slug: str) -> Dataset:
        store, subject, kind = authority_choices(request, slug)
        return make(store, address, subject, kind)

    return made


def _of_theme(request: HttpRequest, address: str, slug: str, theme_id: str) -> Dataset:
    store, subject, theme, kind = theme_choices(request, slug, theme_id)
    return authority_dataset(store, address, subject, kind, theme)


def _of_outcome(request: HttpRequest, address: str, slug: str, outcome_id: str) -> Dataset:
    store, subject, kind = authority_choices(request, slug)
    return outcome_dataset(store, address, subject, kind, find.outcome(store, outcome_id))


def _questions(request: HttpRequest, address: str, slug: str, theme_id: str) -> Dataset:
    store, subject, theme, kind = theme_choices(request, slug, theme_id)
    return questions_dataset(store, address, subject, theme, kind)


def _of_group(make: Callable[[MetricChoices, Group, Period, str], Dataset]) -> Make:
    """A metric's group at a period; 404 where the metric has no figures."""

    def made(request: HttpRequest, address: str, metric_id: str) -> Dataset:
        choices = metric_choices(request, metric_id)
        if choices.group is None or choices.period is None:
            raise Http404
        return make(choices, choices.group, choices.period, address)

    return made


def _chart(name: str, find_in: Callable[[GroupView], Figure | None]) -> Make:
    """A chart of a metric's page; 404 where there is too little to draw."""

    def made(request: HttpRequest, address: str, metric_id: str) -> Drawing:
        c = metric_choices(request, metric_id)
        page = metric_page_of(c)
        figure = find_in(page.group) if page.group else None
        if figure is None:
            raise Http404
        replies = replies_of(c.store).on_metric(c.metric.id, c.authority) if c.authority else ()
        lines = (*(one.text for one in replies), limits_of(c.metric), attributions(c.store, c.metric))
        return Drawing(figure, page.head.title, f"{c.metric.id}-{name}", lines)

    return made


def _together(request: HttpRequest, address: str) -> Drawing:
    """Two metrics of a comparison together, with what that does not show; 404 where there is too little to draw."""
    store, chosen = compare_choices(request)
    scatter = make_scatter(store, chosen)
    if scatter is None:
        raise Http404
    both = chosen.metrics[:2]
    said = (one.text for one in scatter.replies)
    lines = (*said, scatter.caution, *(line for m in both for line in (limits_of(m), attributions(store, m))))
    return Drawing(scatter.figure, scatter.figure.caption, "-and-".join(m.id for m in both), lines)


def _areas(request: HttpRequest, address: str, metric_id: str) -> Dataset:
    picture, authority = map_choices(request, metric_id)
    return map_dataset(address, picture, authority)


def _map(name: str) -> Make:
    return lambda request, address, metric_id: map_drawing(*map_choices(request, metric_id), name)


def _compared(request: HttpRequest, address: str) -> Dataset:
    store, chosen = compare_choices(request)
    return compare_dataset(store, address, chosen)


def _lines(request: HttpRequest, address: str, metric_name: str) -> Drawing:
    store, chosen = compare_choices(request)
    return _of_comparison(store, chosen, metric_name, lambda metric: lines_figure(store, chosen, metric))


def _stand(request: HttpRequest, address: str, number: int, metric_name: str) -> Drawing:
    """The strip of one metric among the group with this number, from 1; a group without middle has none."""
    store, chosen = compare_choices(request)

    def strip_of(metric: Metric) -> Figure | None:
        return next(islice(make_strips(store, chosen, metric), number - 1, None), None) if number else None

    return _of_comparison(store, chosen, metric_name, strip_of)


def _of_comparison(
    store: FigureStore, chosen: Comparison, metric_name: str, draw: Callable[[Metric], Figure | None]
) -> Drawing:
    """A drawing of one metric of a comparison; 404 where it was not chosen or there is too little to draw."""
    metric = next((metric for metric in chosen.metrics if metric.id == metric_name), None)
    figure = draw(metric) if metric else None
    if metric is None or figure is None:
        raise Http404
    held = replies_of(store)
    replies = [one.text for authority in chosen.authorities for one in held.on_metric(metric.id, authority)]
    lines = (*replies, limits_of(metric), attributions(store, metric))
    return Drawing(figure, f"{metric.title}, side by side", f"comparison-{metric.id}", lines)


def _similar(request: HttpRequest, address: str, slug: str) -> Dataset:
    store, subject, model, given = similar_choices(request, slug)
    return peers_dataset(store, address, similar_councils(store, subject, model, given))


def _claim(request: HttpRequest, address: str) -> Dataset:
    found = checked_claim(*claim_choices(request))
    if found is None:
        raise Http404
    return claim_dataset(current_store(), address, found)


def _signs(request: HttpRequest, address: str, slug: str) -> Dataset:
    store = current_store()
    known = known_signs_on(store, day_choice(request, "as-of"))
    return signs_dataset(known, address, find.authority(store, slug), today())


def _actions(request: HttpRequest, address: str) -> Dataset:
    return actions_dataset(current_store(), address, word_choice(request, "kind", list(ActionKind)))


def _outcome(request: HttpRequest, address: str, outcome_id: str) -> Dataset:
    store = current_store()
    return outcomes_dataset(store, address, find.outcome(store, outcome_id))


def _trails(request: HttpRequest, address: str, slug: str) -> Dataset:
    store = current_store()
    subject = find.authority(store, slug)
    return trails_dataset(store, address, subject, store.newest_cells(subject.code))


def _revisions(request: HttpRequest, address: str, source_id: str) -> Dataset:
    store = current_store()
    return revisions_dataset(store, address, find.source(store, source_id).source)


def _theme_coverage(request: HttpRequest, address: str, theme_id: str) -> Dataset:
    store = current_store()
    return coverage_dataset(store, address, find.theme(store, theme_id))


def _a_metric(store: FigureStore) -> list[str]:
    """The first live metric beside all of England, where there is enough to draw."""
    return [metric_address(m.id, group="england") for m in live_metrics(store)[:1]]


def _a_map(store: FigureStore) -> list[str]:
    return [metric_map_address(m.id) for m in live_metrics(store)[:1]]


def _a_claim(store: FigureStore) -> list[str]:
    """A claim about the first council that has a figure of the first live metric."""
    found = (
        (m, a) for m in live_metrics(store)[:1] for a in authorities_by_name(store) if latest_standing(store, m, a)
    )
    return [claim_address(a.slug, m.id, "highest") for m, a in list(found)[:1]]


DOWNLOADS = (
    Download("authority", "figures", SHEETS, _of_authority(authority_dataset)),
    Download("authority", "stands-out", SHEETS, _of_authority(standing_out_dataset)),
    Download("authority", "learn-from", SHEETS, _of_authority(learning_dataset)),
    Download("authority-theme", "figures", SHEETS, _of_theme),
    Download("authority-outcome", "figures", SHEETS, _of_outcome),
    Download("questions", "questions", SHEETS, _questions),
    Download("similar", "similar", SHEETS, _similar),
    Download("trails", "trails", SHEETS, _trails),
    Download("authority-signs", "signs", SHEETS, _signs),
    Download("conversation-pack", "signs", SHEETS, _signs),
    Download(
        "metric",
        "figures",
        SHEETS,
        _of_group(
            lambda c, group, period, address: group_dataset(c.store, address, c.metric, group, period, c.authority)
        ),
        _a_metric,
    ),
    Download(
        "metric",
        "every-period",
        SHEETS,
        _of_group(lambda c, group, period, address: every_period_dataset(c.store, address, c.metric, group)),
        _a_metric,
    ),
    Download(
        "metric",
        "changed",
        SHEETS,
        _of_group(lambda c, group, period, address: changed_dataset(c.store, address, c.metric, group, period)),
        _a_metric,
    ),
    Download(
        "metric",
        "turned-round",
        SHEETS,
        _of_group(lambda c, group, period, address: turned_dataset(c.store, address, c.metric, group, c.authority)),
        _a_metric,
    ),
    Download("metric", "spread", PICTURES, _chart("spread", lambda view: view.strip), _a_metric),
    Download("metric", "history", PICTURES, _chart("history", lambda view: view.history), _a_metric),
    Download("metric-map", "areas", SHEETS, _areas, _a_map),
    Download("metric-map", BOUNDARIES, PICTURES, _map(BOUNDARIES), _a_map),
    Download("metric-map", HEXAGONS, PICTURES, _map(HEXAGONS), _a_map),
    Download("claims", "claim", SHEETS, _claim, _a_claim),
    Download("compare", "figures", SHEETS, _compared),
    Download("compare", "together", PICTURES, _together),
    Download("compare", "lines-<slug:metric_name>", PICTURES, _lines),
    Download("compare", "strip-<int:number>-<slug:metric_name>", PICTURES, _stand),
    Download("outcomes", "metrics", SHEETS, lambda _, address: outcomes_dataset(current_store(), address, None)),
    Download("outcome", "metrics", SHEETS, _outcome),
    Download("gaps", "metrics", SHEETS, lambda _, address: gaps_dataset(current_store(), address)),
    Download("quality", "coverage", SHEETS, lambda _, address: coverage_dataset(current_store(), address, None)),
    Download("theme-quality", "coverage", SHEETS, _theme_coverage),
    Download("revisions", "revisions", SHEETS, _revisions),
    Download("flags", "flags", SHEETS, lambda _, address: flags_dataset(current_store(), address)),
    Download("actions", "formal-actions", SHEETS, _actions),
)
"""Every download. There is none of all councils over several metrics, nor of the signs of all councils."""
