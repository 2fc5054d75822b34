"""The back-test, its worked example, the model card and the transparency record."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from moothall.analytics.risk_sets import HORIZONS
from moothall.presenters.backtest.cards import make_model_card, make_transparency_record
from moothall.presenters.backtest.pages import (
    MIDDLE_HORIZON,
    make_backtest_page,
    make_example_page,
    make_lens_page,
)
from moothall.web import find
from moothall.web.current import current_store
from moothall.web.query import known_choice, one_choice
from moothall.web.render import page_response

WITHIN = {str(months): months for months in HORIZONS}


@require_safe
def backtest(request: HttpRequest) -> HttpResponse:
    """``/early-warning/back-test``"""
    return page_response(request, "backtest", make_backtest_page(current_store()))


@require_safe
def backtest_lens(request: HttpRequest, lens_id: str) -> HttpResponse:
    """``/early-warning/back-test/resilience?within=36``"""
    store = current_store()
    lens = find.lens(store, lens_id).lens
    within = known_choice("within", one_choice(request, "within"), WITHIN.get, list(WITHIN))
    return page_response(request, "backtest_lens", make_lens_page(store, lens, within or MIDDLE_HORIZON))


@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """``/early-warning/back-test/1-october-2018``"""
    return page_response(request, "backtest_example", make_example_page(current_store()))


@require_safe
def model_card(request: HttpRequest) -> HttpResponse:
    """``/early-warning/model-card``"""
    return page_response(request, "card", make_model_card(current_store()))


@require_safe
def transparency_record(request: HttpRequest) -> HttpResponse:
    """``/early-warning/transparency-record``"""
    return page_response(request, "card", make_transparency_record(current_store()))
