"""Consultations on the explorer's side: what was asked, what came of it, and the answers that were published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from moothall.domain.consultation import Consultation
from moothall.presenters.shared_by_councils.consultation_page import (
    make_answers_page,
    make_consultation_page,
    make_consultations_page,
)
from moothall.web.current import current_store, today
from moothall.web.render import page_response


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """``/consultations``"""
    return page_response(request, "consultations", make_consultations_page(current_store(), today()))


@require_safe
def consultation(request: HttpRequest, id_: str) -> HttpResponse:
    """``/consultations/first-drafts-2026``"""
    page = make_consultation_page(current_store(), _find(id_), today())
    return page_response(request, "consultation", page)


@require_safe
def answers(request: HttpRequest, id_: str) -> HttpResponse:
    """``/consultations/first-drafts-2026/answers``"""
    return page_response(request, "consultation_answers", make_answers_page(current_store(), _find(id_)))


def _find(id_: str) -> Consultation:
    found = current_store().catalogue.consultations.get(id_)
    if found is None:
        raise Http404
    return found
