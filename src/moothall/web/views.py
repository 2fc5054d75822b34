"""One view a page: read the choices of the address, ask a presenter, render."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from moothall.domain.authority import AuthorityType
from moothall.presenters.addresses import NO_RANKING
from moothall.presenters.authority.authorities_page import make_authorities_page
from moothall.presenters.authority.authority_outcome_page import make_authority_outcome_page
from moothall.presenters.authority.authority_page import make_authority_page
from moothall.presenters.authority.theme_page import make_theme_page
from moothall.presenters.comparing.compare_page import make_compare_page
from moothall.presenters.comparing.no_ranking_page import make_no_ranking_page
from moothall.presenters.comparing.short_link import long_address
from moothall.presenters.figures.views import known_on
from moothall.presenters.finding.about_page import ABOUT, ACCESSIBILITY, COPIES
from moothall.presenters.finding.components_page import make_components_page
from moothall.presenters.finding.home_page import make_home_page
from moothall.presenters.finding.names_page import make_names_page
from moothall.presenters.finding.outcomes_page import make_outcome_page, make_outcomes_page
from moothall.presenters.finding.search_page import make_search_page
from moothall.presenters.metric.group_order import is_ranking
from moothall.presenters.metric.map_page import make_map_page
from moothall.presenters.metric.map_picture import MapLayer
from moothall.presenters.metric.metric_page import period_with_slug
from moothall.presenters.metric.metrics_page import make_metrics_page
from moothall.presenters.metric.words_page import make_figure_words_page, make_words_page
from moothall.presenters.provenance.flags_page import make_flags_page
from moothall.presenters.provenance.gaps_page import make_gaps_page
from moothall.presenters.provenance.methods_page import make_method_page, make_methods_page
from moothall.presenters.provenance.quality_page import make_quality_page, make_theme_quality_page
from moothall.presenters.provenance.revisions_page import make_revisions_page
from moothall.presenters.provenance.source_page import make_source_page, make_sources_page
from moothall.presenters.provenance.trail_page import make_trail_page
from moothall.presenters.provenance.trails_page import make_trails_page
from moothall.presenters.similarity.peers import make_similar_page
from moothall.presenters.similarity.similarity_page import make_similarity_page
from moothall.web import find
from moothall.web.choices import (
    authority_choices,
    compare_choices,
    metric_choices,
    metric_page_of,
    similar_choices,
    theme_choices,
)
from moothall.web.current import current_store, today
from moothall.web.methodology import methodology_texts
from moothall.web.query import day_choice, known_choice, one_choice, word_choice
from moothall.web.render import page_response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """``/``"""
    return page_response(request, "home", make_home_page(current_store()))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """``/search?q=leeds``: goes straight to the one thing that has exactly this name."""
    page = make_search_page(current_store(), one_choice(request, "q"), today())
    return HttpResponseRedirect(page.only_href) if page.only_href else page_response(request, "search", page)


@require_safe
def authorities(request: HttpRequest) -> HttpResponse:
    """``/authorities?type=county&region=E12000003``"""
    store = current_store()
    regions = store.catalogue.regions
    kind = word_choice(request, "type", list(AuthorityType))
    region = known_choice("region", one_choice(request, "region"), regions.get, list(regions))
    return page_response(request, "authorities", make_authorities_page(store, today(), kind, region))


@require_safe
def authority(request: HttpRequest, slug: str) -> HttpResponse:
    """``/authorities/leeds?group=region``"""
    store, subject, kind = authority_choices(request, slug)
    return page_response(request, "authority", make_authority_page(store, subject, today(), kind))


@require_safe
def similar(request: HttpRequest, slug: str) -> HttpResponse:
    """``/authorities/leeds/similar?model=all-purpose&population-density=2``: weights by the metrics of the model."""
    return page_response(request, "similar", make_similar_page(*similar_choices(request, slug)))


@require_safe
def authority_theme(request: HttpRequest, slug: str, theme_id: str) -> HttpResponse:
    """``/authorities/leeds/themes/waste?group=region&as-of=2024-06-30``"""
    return page_response(
        request, "authority_theme", make_theme_page(*theme_choices(request, slug, theme_id), today=today())
    )


@require_safe
def authority_outcome(request: HttpRequest, slug: str, outcome_id: str) -> HttpResponse:
    """``/authorities/leeds/outcomes/environment?group=region``"""
    store, subject, kind = authority_choices(request, slug)
    page = make_authority_outcome_page(store, subject, find.outcome(store, outcome_id), kind)
    return page_response(request, "authority_theme", page)


@require_safe
def trails(request: HttpRequest, slug: str) -> HttpResponse:
    """``/authorities/leeds/trails``"""
    store = current_store()
    return page_response(request, "trails", make_trails_page(store, find.authority(store, slug)))


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """``/metrics``"""
    return page_response(request, "metrics", make_metrics_page(current_store()))


@require_safe
def metric(request: HttpRequest, metric_id: str) -> HttpResponse:
    """``/metrics/household-waste-recycling-rate?group=type:county&period=2021-22&authority=leeds&by=figure``"""
    choices = metric_choices(request, metric_id)
    if choices.group and is_ranking(choices.group.kind, choices.order):
        return HttpResponseRedirect(NO_RANKING)
    return page_response(request, "metric", metric_page_of(choices))


@require_safe
def metric_map(request: HttpRequest, metric_id: str) -> HttpResponse:
    """``/metrics/household-waste-recycling-rate/map?areas=counties``, and the choices of the metric's page."""
    choices = metric_choices(request, metric_id)
    group, period = (getattr(choices, name) if one_choice(request, name) else None for name in ("group", "period"))
    layer = word_choice(request, "areas", list(MapLayer))
    page = make_map_page(choices.store, choices.metric, group, period, choices.authority, layer)
    return page_response(request, "metric_map", page)


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """``/words``: every rule by which sentences are chosen."""
    return page_response(request, "words", make_words_page(current_store()))


@require_safe
def figure_words(request: HttpRequest, metric_id: str) -> HttpResponse:
    """``/metrics/household-waste-recycling-rate/words?authority=leeds``: the rules behind the words on one figure."""
    choices = metric_choices(request, metric_id)
    if choices.authority is None or choices.group is None or choices.period is None:
        return HttpResponseRedirect("/words")
    page = make_figure_words_page(choices.store, choices.metric, choices.authority, choices.group, choices.period)
    return page_response(request, "figure_words", page)


@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    """``/outcomes``"""
    return page_response(request, "outcomes", make_outcomes_page(current_store()))


@require_safe
def outcome(request: HttpRequest, outcome_id: str) -> HttpResponse:
    """``/outcomes/environment``"""
    store = current_store()
    return page_response(request, "outcome", make_outcome_page(store, find.outcome(store, outcome_id)))


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """``/gaps``"""
    return page_response(request, "gaps", make_gaps_page(current_store()))


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """``/quality``"""
    return page_response(request, "quality", make_quality_page(current_store(), today()))


@require_safe
def theme_quality(request: HttpRequest, theme_id: str) -> HttpResponse:
    """``/quality/waste``"""
    store = current_store()
    return page_response(request, "quality_theme", make_theme_quality_page(store, find.theme(store, theme_id)))


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """``/compare?authority=leeds&authority=bradford&metric=household-waste-recycling-rate``"""
    return page_response(request, "compare", make_compare_page(*compare_choices(request), today()))


@require_safe
def trail(request: HttpRequest, metric_id: str, slug: str, period: str) -> HttpResponse:
    """``/trail/household-waste-recycling-rate/leeds/2021-22?as-of=2024-06-30``"""
    store = current_store()
    subject, council = find.metric(store, metric_id), find.authority(store, slug)
    known = known_on(store, day_choice(request, "as-of"), [subject])
    moment = period_with_slug(known, subject, period)
    return page_response(request, "trail", make_trail_page(known, subject, council, moment))


@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """``/c/LDS.BRD~aB3x~england~~k2Xa``: leads to the comparison that it stands for."""
    return HttpResponseRedirect(long_address(current_store().catalogue, code))


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """``/sources``"""
    return page_response(request, "sources", make_sources_page(current_store()))


@require_safe
def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """``/sources/oflog-waste``"""
    store = current_store()
    return page_response(request, "source", make_source_page(store, find.source(store, source_id)))


@require_safe
def revisions(request: HttpRequest, source_id: str) -> HttpResponse:
    """``/sources/oflog-waste/revisions?page=2``"""
    store = current_store()
    page = make_revisions_page(store, find.source(store, source_id).source, one_choice(request, "page"))
    return page_response(request, "revisions", page)


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """``/methods``"""
    return page_response(request, "methods", make_methods_page(methodology_texts()))


@require_safe
def no_ranking(request: HttpRequest) -> HttpResponse:
    """``/methods/why-no-league-table``"""
    return page_response(request, "no_ranking", make_no_ranking_page(current_store(), today()))


@require_safe
def flags(request: HttpRequest) -> HttpResponse:
    """``/methods/how-good-our-flags-are``"""
    return page_response(request, "flags", make_flags_page(current_store()))


@require_safe
def similarity(request: HttpRequest) -> HttpResponse:
    """``/methods/how-far-similarity-carries``"""
    return page_response(request, "similarity", make_similarity_page(current_store()))


@require_safe
def method(request: HttpRequest, name: str) -> HttpResponse:
    """``/methods/position``: a page of docs/methodology."""
    texts = methodology_texts()
    if name not in texts:
        raise Http404
    return page_response(request, "method", make_method_page(name, texts[name]))


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """``/about``"""
    return page_response(request, "about", ABOUT)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """``/accessibility``"""
    return page_response(request, "accessibility", ACCESSIBILITY)


@require_safe
def copies(request: HttpRequest) -> HttpResponse:
    """``/copies``"""
    return page_response(request, "copies", COPIES)


@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """``/names``"""
    return page_response(request, "names", make_names_page(current_store(), today()))


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """``/about/components``"""
    return page_response(request, "components", make_components_page())
