"""Pages of what is published of taking part: replies of councils, and their practice notes."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from moothall.presenters.shared_by_councils.practice import make_note_page, make_practice_page
from moothall.presenters.shared_by_councils.replies_page import make_replies_page, make_reply_page
from moothall.web import find
from moothall.web.current import current_store, today
from moothall.web.query import known_choice, one_choice
from moothall.web.render import page_response


@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    """``/replies``"""
    return page_response(request, "replies", make_replies_page(current_store(), today()))


@require_safe
def reply(request: HttpRequest, reply_id: str) -> HttpResponse:
    """``/replies/7KQ2M9XWBH4T``"""
    store = current_store()
    return page_response(request, "reply", make_reply_page(store, find.reply(store, reply_id), today()))


@require_safe
def practice(request: HttpRequest) -> HttpResponse:
    """``/practice?theme=waste``, ``/practice?metric=household-waste-recycling-rate``"""
    store = current_store()
    themes, name = store.catalogue.themes, one_choice(request, "metric")
    theme = known_choice("theme", one_choice(request, "theme"), themes.get, list(themes))
    metric = find.chosen_metric(store, name) if name else None
    return page_response(request, "practice", make_practice_page(store, theme, metric))


@require_safe
def note(request: HttpRequest, note_id: str) -> HttpResponse:
    """``/practice/7KQ2M9XWBH4T``"""
    store = current_store()
    return page_response(request, "note", make_note_page(store, find.note(store, note_id)))
