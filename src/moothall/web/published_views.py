"""Pages of what is published of taking part: replies of councils."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from moothall.presenters.replies_page import make_replies_page, make_reply_page
from moothall.web import find
from moothall.web.current import current_store, today
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
