"""The route table. Every route names the addresses by which tests walk it, so that no page can dodge them."""

from django.urls import path

from moothall.analytics.groups import ENGLAND
from moothall.domain.words import MetricState
from moothall.presenters.addresses import (
    ATTEMPTED_PATHS,
    CLAIMS_ADDRESS,
    FLAGS_REPORT,
    NO_RANKING,
    SIMILARITY_REPORT,
    authorities_address,
    authority_address,
    authority_outcome_address,
    authority_questions_address,
    authority_theme_address,
    authority_trails_address,
    claim_address,
    compare_address,
    consultation_answers_address,
    consultation_page_address,
    metric_address,
    metric_map_address,
    metric_words_address,
    outcome_address,
    quality_address,
    revisions_address,
    search_address,
    similar_address,
    source_address,
    trail_address,
    who_runs_address,
)
from moothall.presenters.comparing.claims import WORDS
from moothall.presenters.comparing.comparison import MOST_AUTHORITIES, Comparison
from moothall.presenters.comparing.short_link import short_link
from moothall.presenters.figures.cohort import is_ever_eligible, latest_standing
from moothall.presenters.figures.reading import (
    FigureStore,
    authorities_by_name,
    draft_metrics,
    live_metrics,
    metrics_in_state,
)
from moothall.web import consultation_views, place_views, plain, views
from moothall.web.download_table import DOWNLOADS
from moothall.web.downloads import file_routes
from moothall.web.feed_routes import FEED_ROUTES
from moothall.web.methodology import methodology_texts
from moothall.web.no_ranking import ranking_attempt
from moothall.web.published_routes import PUBLISHED_ROUTES
from moothall.web.route import Route, always, one_of_each
from moothall.web.warning_routes import WARNING_ROUTES


def _authority_examples(store: FigureStore) -> list[str]:
    """One running authority and one ended one of each type, and the other groups for the first."""
    found = one_of_each(store)
    others = [authority_address(found[0], group=kind) for kind in ("region", "england")]
    return [*map(authority_address, found), *others]


def _authority_theme_examples(store: FigureStore) -> list[str]:
    """A theme of the first authority that has figures on it, and the same beside its region."""
    for authority in authorities_by_name(store):
        for metric in live_metrics(store):
            if latest_standing(store, metric, authority) and is_ever_eligible(store, metric, authority):
                place = (authority.slug, metric.theme)
                return [authority_theme_address(*place), authority_theme_address(*place, group="region")]
    return []


def _authority_outcome_examples(store: FigureStore) -> list[str]:
    """Two outcomes for a running authority, and one for an authority that has ended, beside all of England."""
    slugs = {a.end is None: a.slug for a in reversed(list(authorities_by_name(store)))}
    outcomes = list(store.catalogue.outcomes)[:2]
    running = [authority_outcome_address(slugs[True], outcome) for outcome in outcomes]
    ended = [authority_outcome_address(slugs[False], outcome, group="england") for outcome in outcomes[:1]]
    return [*running, *ended]


def _trails_examples(store: FigureStore) -> list[str]:
    """The first authority with figures, and one without any."""
    found: dict[bool, str] = {}
    for authority in authorities_by_name(store):
        if len(found) < 2:
            found.setdefault(bool(store.newest_cells(authority.code)), authority.slug)
    return [authority_trails_address(slug) for slug in found.values()]


def _similar_examples(store: FigureStore) -> list[str]:
    """Similar councils by each model for one authority that it covers, and with a weight of one's own."""
    found = []
    for model in store.catalogue.similarity_models.values():
        slug = next((a.slug for a in authorities_by_name(store) if a.end is None and a.type in model.types), None)
        if slug:
            own = {model.variables[0].metric: "2"}
            found += [similar_address(slug, model=model.id), similar_address(slug, model=model.id, **own)]
    return found


def _metric_examples(store: FigureStore) -> list[str]:
    """A metric with its choices made and not made, one awaited, and one of each way of being better."""
    live = live_metrics(store)
    by_polarity = {m.polarity: m for m in live}.values()
    awaited = metrics_in_state(store, MetricState.AWAITING_DATA)[:1]
    plain_ones = [metric_address(m.id) for m in (*by_polarity, *awaited, *draft_metrics(store)[:1])]
    return [*plain_ones, *(metric_address(m.id, group="england") for m in live[:1]), *_chosen_metric(store)]


def _chosen_metric(store: FigureStore) -> list[str]:
    found = []
    for metric, slug, period in _figures(store)[:1]:
        choices = {"authority": slug, "period": period}
        found += [metric_address(metric, **choices), metric_address(metric, **choices, **{"as-of": FAR_DAY})]
    return found


def _figure_words_examples(store: FigureStore) -> list[str]:
    """The words on a few figures, each beside England and beside the council's own type."""
    figures = [(m, {"authority": slug, "period": period}) for m, slug, period in _figures(store)]
    beside_type = [metric_words_address(m, **choices) for m, choices in figures]
    return [*beside_type, *(metric_words_address(m, **choices, group="england") for m, choices in figures[:1])]


def _map_examples(store: FigureStore) -> list[str]:
    """A metric on each layer that it has, one group, one authority; and a metric without figures."""
    live, awaited = live_metrics(store), metrics_in_state(store, MetricState.AWAITING_DATA)[:1]
    own = [metric_map_address(m, authority=slug, period=period, group="england") for m, slug, period in _figures(store)]
    groups = [metric_map_address(m.id, group=f"type:{min(m.applies_to)}") for m in live[:1]]
    plain_ones = [metric_map_address(m.id) for m in (*live[:2], *awaited)]
    return [*plain_ones, *groups, *own[:1]]


def _question_examples(store: FigureStore) -> list[str]:
    """The theme of a few figures for the council that has each; the same beside its region; one without any."""
    found = [(slug, store.catalogue.metrics[metric].theme) for metric, slug, _ in _figures(store)]
    ended = [(a.slug, theme) for a in authorities_by_name(store) if a.end for theme in list(store.catalogue.themes)[:1]]
    plain_ones = [authority_questions_address(*pair) for pair in dict.fromkeys((*found, *ended[:1]))]
    return [*plain_ones, *(authority_questions_address(*pair, group="england") for pair in found[:1])]


def _claim_examples(store: FigureStore) -> list[str]:
    """The empty form, each claim of one council's newest figure, and one of a council outside the group."""
    checked = [claim_address(slug, metric, word) for metric, slug, _ in _figures(store)[:1] for word in WORDS]
    others = [claim_address(slug, metric, "highest", group="england", period=p) for metric, slug, p in _figures(store)]
    return [CLAIMS_ADDRESS, *checked, *others]


def _who_runs_examples(store: FigureStore) -> list[str]:
    """One running and one ended authority of each type, and a parish or ward."""
    kinds = {(a.type, a.end is None): a.slug for a in authorities_by_name(store)}
    return [who_runs_address(name) for name in (*kinds.values(), *(p.area_code for p in store.places[:1]))]


FAR_DAY = "2099-12-31"
"""A day by which every release had come out."""


def _compare_examples(store: FigureStore) -> list[str]:
    """Nothing chosen, unlike councils, two on one metric and on two with a group, as many as can be chosen, with the
    longest names, a theme, a group of one's own.
    """
    running = [a for a in authorities_by_name(store) if a.end is None]
    unlike = [a.slug for a in {a.type: a for a in running}.values()][:4]
    two, theme = [m.id for m in live_metrics(store)[:2]], next(iter(store.catalogue.themes))
    metric = two[:1]
    own = "custom:" + ",".join(a.code for a in running[:3])
    longest = sorted(running, key=lambda a: -len(a.short_name))[:MOST_AUTHORITIES]
    chosen = [
        compare_address(unlike),
        compare_address(unlike[:2], metric, ["england"]),
        compare_address(unlike[:2], two, ["england"]),
        compare_address([a.slug for a in longest], two, ["england"]),
    ]
    return ["/compare", *chosen, compare_address(unlike[:1], [], [], theme), compare_address([], metric, [own])]


def _short_examples(store: FigureStore) -> list[str]:
    """A comparison of two councils on two metrics beside England."""
    running = tuple(a for a in authorities_by_name(store) if a.end is None)[:2]
    return [short_link(Comparison(running, tuple(live_metrics(store)[:2]), (ENGLAND,)))]


def _trail_examples(store: FigureStore) -> list[str]:
    return [trail_address(*figure) for figure in _figures(store)]


def _figures(store: FigureStore) -> list[tuple[str, str, str]]:
    """(metric, slug, period) of the newest row of one authority for each of a few metrics."""
    found = []
    for metric in live_metrics(store)[:3]:
        rows = ((a.slug, latest_standing(store, metric, a)) for a in authorities_by_name(store))
        slug, standing = next(((s, row) for s, row in rows if row), ("", None))
        found += [(metric.id, slug, standing.period.slug)] if standing else []
    return found


def _search_examples(store: FigureStore) -> list[str]:
    ended = next((a.short_name for a in authorities_by_name(store) if a.end), "leeds")
    return [search_address(text) for text in ("", "council", ended[:4], "qqqq zzzz")]


def _source_examples(store: FigureStore) -> list[str]:
    return [source_address(source) for source in store.catalogue.sources]


def _revision_examples(store: FigureStore) -> list[str]:
    """A source whose releases share figures, and one whose releases do not."""
    first = list(store.catalogue.sources)[:1]
    shared = [source for source in store.catalogue.sources if source in _REVISED]
    return [revisions_address(source) for source in dict.fromkeys([*first, *shared])]


_REVISED = ("mhclg-revenue-outturn-summary", "made-up")


def _outcome_examples(store: FigureStore) -> list[str]:
    return [outcome_address(outcome) for outcome in store.catalogue.outcomes]


def _consultation_examples(store: FigureStore) -> list[str]:
    return [consultation_page_address(each) for each in store.catalogue.consultations]


def _answers_examples(store: FigureStore) -> list[str]:
    return [consultation_answers_address(each) for each in store.catalogue.consultations]


def _theme_examples(store: FigureStore) -> list[str]:
    return [quality_address(theme) for theme in store.catalogue.themes]


def _method_examples(store: FigureStore) -> list[str]:
    return [f"/methods/{name}" for name in methodology_texts()]


def _authorities_examples(store: FigureStore) -> list[str]:
    region = next(iter(store.catalogue.regions))
    return [authorities_address(), authorities_address(type="county"), authorities_address(region=region)]


PAGES = (
    Route("", views.home, "home", always("/")),
    Route("search", views.search, "search", _search_examples),
    Route("authorities", views.authorities, "authorities", _authorities_examples),
    Route("authorities/<slug:slug>", views.authority, "authority", _authority_examples),
    Route(
        "authorities/<slug:slug>/themes/<slug:theme_id>",
        views.authority_theme,
        "authority-theme",
        _authority_theme_examples,
    ),
    Route(
        "authorities/<slug:slug>/outcomes/<slug:outcome_id>",
        views.authority_outcome,
        "authority-outcome",
        _authority_outcome_examples,
    ),
    Route("authorities/<slug:slug>/trails", views.trails, "trails", _trails_examples),
    Route("authorities/<slug:slug>/questions/<slug:theme_id>", place_views.questions, "questions", _question_examples),
    Route("authorities/<slug:slug>/similar", views.similar, "similar", _similar_examples),
    Route("metrics", views.metrics, "metrics", always("/metrics")),
    Route("metrics/<slug:metric_id>", views.metric, "metric", _metric_examples),
    Route("metrics/<slug:metric_id>/words", views.figure_words, "figure-words", _figure_words_examples),
    Route("words", views.words, "words", always("/words")),
    Route("metrics/<slug:metric_id>/map", views.metric_map, "metric-map", _map_examples),
    Route("consultations", consultation_views.consultations, "consultations", always("/consultations")),
    Route("consultations/<slug:id_>", consultation_views.consultation, "consultation", _consultation_examples),
    Route("consultations/<slug:id_>/answers", consultation_views.answers, "consultation-answers", _answers_examples),
    *FEED_ROUTES,
    Route("outcomes", views.outcomes, "outcomes", always("/outcomes")),
    Route("outcomes/<slug:outcome_id>", views.outcome, "outcome", _outcome_examples),
    Route("gaps", views.gaps, "gaps", always("/gaps")),
    Route("quality", views.quality, "quality", always("/quality")),
    Route("quality/<slug:theme_id>", views.theme_quality, "theme-quality", _theme_examples),
    Route("claims", place_views.claims, "claims", _claim_examples),
    Route("who-runs", place_views.places, "places", always("/who-runs")),
    Route("who-runs/<slug:name>", place_views.who_runs, "who-runs", _who_runs_examples),
    Route("compare", views.compare, "compare", _compare_examples),
    Route("c/<str:code>", views.short_link, "short-link", _short_examples, is_page=False),
    Route("trail/<slug:metric_id>/<slug:slug>/<slug:period>", views.trail, "trail", _trail_examples),
    *WARNING_ROUTES,
    *PUBLISHED_ROUTES,
    Route("sources", views.sources, "sources", always("/sources")),
    Route("sources/<slug:source_id>", views.source, "source", _source_examples),
    Route("sources/<slug:source_id>/revisions", views.revisions, "revisions", _revision_examples),
    Route("methods", views.methods, "methods", always("/methods")),
    Route("methods/why-no-league-table", views.no_ranking, "no-ranking", always(NO_RANKING)),
    Route("methods/how-good-our-flags-are", views.flags, "flags", always(FLAGS_REPORT)),
    Route("methods/how-far-similarity-carries", views.similarity, "similarity", always(SIMILARITY_REPORT)),
    Route("methods/<slug:name>", views.method, "method", _method_examples),
    Route("about", views.about, "about", always("/about")),
    Route("about/components", views.components, "components", always("/about/components")),
    Route("copies", views.copies, "copies", always("/copies")),
    Route("names", views.names, "names", always("/names")),
    Route("accessibility", views.accessibility, "accessibility", always("/accessibility")),
    *(Route(path, ranking_attempt, path, always(f"/{path}"), is_page=False) for path in ATTEMPTED_PATHS),
    Route("robots.txt", plain.robots, "robots", always("/robots.txt"), is_page=False),
    Route("sitemap.xml", plain.sitemap, "sitemap", always("/sitemap.xml"), is_page=False),
    Route("favicon.ico", plain.favicon, "favicon", always("/favicon.ico"), is_page=False),
)

ROUTES = (*PAGES, *file_routes({route.name: route for route in PAGES}, DOWNLOADS))

urlpatterns = [path(route.pattern, route.view, name=route.name) for route in ROUTES]


def example_addresses(store: FigureStore, is_page: bool = True) -> dict[str, list[str]]:
    """The addresses of whole pages (or of all that is none), by route name: what every test of all pages walks."""
    return {route.name: list(route.examples(store)) for route in ROUTES if route.is_page is is_page}
