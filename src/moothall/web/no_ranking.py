"""Every attempt at a ranking leads to the page that says why there is none."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from moothall.presenters.addresses import NO_RANKING

ATTEMPTED_CHOICES = frozenset(
    {"sort", "sort-by", "sort_by", "sortby", "order", "order-by", "order_by", "orderby", "rank", "ranking", "top",
     "bottom", "best", "worst", "score"}
)  # fmt: skip
"""Choices by which somebody may try to put councils in order on any page; no form or link of ours makes one."""

View = Callable[[HttpRequest], HttpResponse]


@require_safe
def ranking_attempt(request: HttpRequest) -> HttpResponse:
    """``/rankings`` and its like."""
    return HttpResponseRedirect(NO_RANKING)


class NoRanking:
    """Middleware: an address that asks for an order, such as ``?sort=value``, gets the reason why there is none."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or lead to the page that explains."""
        is_attempt = request.method in ("GET", "HEAD") and not ATTEMPTED_CHOICES.isdisjoint(request.GET)
        return HttpResponseRedirect(NO_RANKING) if is_attempt else self._get_response(request)
