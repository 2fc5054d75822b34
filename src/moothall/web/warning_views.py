"""Warning signs: how to read them, the lenses, the rules, and one council's reading and conversation pack."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from moothall.presenters.warning.authority_signs_page import make_authority_signs_page
from moothall.presenters.warning.conversation_pack import make_conversation_pack
from moothall.presenters.warning.early_warning_page import make_early_warning_page, make_lens_page, make_signal_page
from moothall.presenters.warning.sign_days import known_signs_on
from moothall.web import find
from moothall.web.current import current_store, today
from moothall.web.query import day_choice
from moothall.web.render import page_response


@require_safe
def early_warning(request: HttpRequest) -> HttpResponse:
    """``/early-warning``"""
    return page_response(request, "early_warning", make_early_warning_page(current_store()))


@require_safe
def lens(request: HttpRequest, lens_id: str) -> HttpResponse:
    """``/early-warning/resilience``"""
    store = current_store()
    return page_response(request, "lens", make_lens_page(store, find.lens(store, lens_id), today()))


@require_safe
def signal(request: HttpRequest, signal_id: str) -> HttpResponse:
    """``/early-warning/signals/reserves-low-for-type``"""
    store = current_store()
    return page_response(request, "signal", make_signal_page(store, find.signal(store, signal_id)))


@require_safe
def authority_signs(request: HttpRequest, slug: str) -> HttpResponse:
    """``/authorities/leeds/early-warning?as-of=2018-10-01``"""
    store = current_store()
    authority = find.authority(store, slug)
    known = known_signs_on(store, day_choice(request, "as-of"))
    return page_response(request, "authority_signs", make_authority_signs_page(known, authority, today()))


@require_safe
def conversation_pack(request: HttpRequest, slug: str) -> HttpResponse:
    """``/authorities/leeds/conversation-pack``"""
    store = current_store()
    page = make_conversation_pack(store, find.authority(store, slug), today())
    return page_response(request, "conversation_pack", page)
