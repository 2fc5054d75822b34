"""One view a page: read the choices of the address, ask a presenter, render."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from moothall.analytics.groups import GroupKind, group_with_id
from moothall.domain.authority import AuthorityType
from moothall.presenters.about_page import ABOUT, ACCESSIBILITY
from moothall.presenters.authorities_page import make_authorities_page
from moothall.presenters.authority_page import make_authority_page
from moothall.presenters.compare_page import MOST_AUTHORITIES, MOST_METRICS, make_compare_page
from moothall.presenters.home_page import make_home_page
from moothall.presenters.methods_page import make_method_page, make_methods_page
from moothall.presenters.metric_page import make_metric_page, period_with_slug
from moothall.presenters.metrics_page import make_metrics_page
from moothall.presenters.search_page import make_search_page
from moothall.presenters.source_page import make_source_page, make_sources_page
from moothall.presenters.trail_page import make_trail_page
from moothall.web import find
from moothall.web.current import current_store, today
from moothall.web.methodology import methodology_texts
from moothall.web.query import known_choice, one_choice, several_choices, word_choice
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


GROUPS_OF_AN_AUTHORITY = [GroupKind.SAME_TYPE, GroupKind.REGION, GroupKind.ENGLAND]


@require_safe
def authority(request: HttpRequest, slug: str) -> HttpResponse:
    """``/authorities/leeds?group=region``"""
    store = current_store()
    subject = find.authority(store, slug)
    kind = word_choice(request, "group", GROUPS_OF_AN_AUTHORITY) or GroupKind.SAME_TYPE
    return page_response(request, "authority", make_authority_page(store, subject, today(), kind))


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """``/metrics``"""
    return page_response(request, "metrics", make_metrics_page(current_store()))


@require_safe
def metric(request: HttpRequest, metric_id: str) -> HttpResponse:
    """``/metrics/household-waste-recycling-rate?group=type:county&period=2021-22&authority=leeds``"""
    store = current_store()
    subject = find.metric(store, metric_id)
    group_id, slug, period = (one_choice(request, name) for name in ("group", "authority", "period"))
    page = make_metric_page(
        store,
        subject,
        group_with_id(group_id, store.catalogue.regions, store.catalogue.authorities) if group_id else None,
        period_with_slug(store, subject, period) if period else None,
        find.chosen_authority(store, slug) if slug else None,
    )
    return page_response(request, "metric", page)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """``/compare?authority=leeds&authority=bradford&metric=household-waste-recycling-rate``"""
    store = current_store()
    slugs = several_choices(request, "authority", MOST_AUTHORITIES)
    ids = several_choices(request, "metric", MOST_METRICS)
    chosen = [find.chosen_authority(store, slug) for slug in slugs]
    wanted = [find.chosen_metric(store, metric_id) for metric_id in ids]
    return page_response(request, "compare", make_compare_page(store, chosen, wanted, today()))


@require_safe
def trail(request: HttpRequest, metric_id: str, slug: str, period: str) -> HttpResponse:
    """``/trail/household-waste-recycling-rate/leeds/2021-22``"""
    store = current_store()
    subject, council = find.metric(store, metric_id), find.authority(store, slug)
    moment = period_with_slug(store, subject, period)
    return page_response(request, "trail", make_trail_page(store, subject, council, moment))


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
def methods(request: HttpRequest) -> HttpResponse:
    """``/methods``"""
    return page_response(request, "methods", make_methods_page(methodology_texts()))


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
