"""Views about places and about what people say of councils: who runs what, claims, questions to ask."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from moothall.presenters.authority.questions_page import make_questions_page
from moothall.presenters.authority.who_runs_page import make_places_page, make_who_runs_page
from moothall.presenters.comparing.claims_page import make_claims_page
from moothall.web import find
from moothall.web.choices import claim_choices, theme_choices
from moothall.web.current import current_store, today
from moothall.web.render import page_response


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """``/claims?authority=leeds&metric=household-waste-recycling-rate&claim=highest&group=similar&period=2021-22``"""
    return page_response(request, "claims", make_claims_page(*claim_choices(request)))


@require_safe
def questions(request: HttpRequest, slug: str, theme_id: str) -> HttpResponse:
    """``/authorities/leeds/questions/waste?group=region``, and the choices of the theme's own page."""
    return page_response(request, "questions", make_questions_page(*theme_choices(request, slug, theme_id)))


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """``/who-runs``"""
    return page_response(request, "places", make_places_page(current_store(), today()))


@require_safe
def who_runs(request: HttpRequest, name: str) -> HttpResponse:
    """``/who-runs/leeds``, ``/who-runs/E04000198``"""
    store = current_store()
    return page_response(request, "who_runs", make_who_runs_page(store, find.place(store, name), today()))
