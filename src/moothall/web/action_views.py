"""The register of formal actions: pages, file and feed."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from moothall.domain.formal_action import ActionKind
from moothall.presenters.warning.actions_files import actions_feed
from moothall.presenters.warning.actions_page import make_action_page, make_actions_page
from moothall.web import find
from moothall.web.current import current_store, today
from moothall.web.feed_views import atom_response
from moothall.web.query import word_choice
from moothall.web.render import page_response


@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """``/actions?kind=section-114-notice``"""
    kind = word_choice(request, "kind", list(ActionKind))
    return page_response(request, "actions", make_actions_page(current_store(), today(), kind))


@require_safe
def action(request: HttpRequest, action_id: str) -> HttpResponse:
    """``/actions/croydon-section-114-notice-2020-11-11``"""
    store = current_store()
    return page_response(request, "action", make_action_page(store, find.formal_action(store, action_id), today()))


@require_safe
def actions_file(request: HttpRequest) -> HttpResponse:
    """``/actions.csv``, the file's address until it came in more than one kind."""
    return HttpResponsePermanentRedirect("/actions/formal-actions.csv")


@require_safe
def actions_atom(request: HttpRequest) -> HttpResponse:
    """``/actions.atom``"""
    return atom_response(request, actions_feed(current_store(), today()))
