"""Putting a view model into its page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from moothall.errors import NoBuild
from moothall.web.current import current_store


def page_response(request: HttpRequest, template: str, page: Any, status: int = 200) -> HttpResponse:
    """The page of a view model; ``view`` in templates is the model, ``page`` what the frame needs."""
    context = {"view": page, "page": page.head if hasattr(page, "head") else page, "site": _site()}
    return render(request, f"pages/{template}.html", context, status=status)


def _site() -> dict[str, str]:
    try:
        return {"build_id": current_store().build_id}
    except NoBuild:
        return {}
