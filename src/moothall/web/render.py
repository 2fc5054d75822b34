"""Putting a view model into its page."""

from collections.abc import Callable
from typing import Any, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from moothall.errors import NoBuild
from moothall.presenters.citation import cite
from moothall.presenters.fixed_copy import IN_COPY
from moothall.web.current import current_store

OWN_PROGRAMS = {"script-src": [SELF]}
"""The policy of a page that loads programs of the site; any other page may run nothing."""

_render_with_programs = cast(Any, csp_update(OWN_PROGRAMS))(render)


def page_response(request: HttpRequest, template: str, page: Any, status: int = 200) -> HttpResponse:
    """The page of a view model; ``view`` in templates is the model, ``page`` what the frame needs."""
    head = page.head if hasattr(page, "head") else page
    context = {"view": page, "page": head, "site": _site(), "here": _here(request, head.title)}
    make = _render_with_programs if head.scripts else render
    response: HttpResponse = make(request, f"pages/{template}.html", context, status=status)
    return response


def _here(request: HttpRequest, title: str) -> dict[str, Any]:
    """The page's own address in parts, and how to cite it."""
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    try:
        citation = cite(current_store(), title, whole_address(request)(request.get_full_path()))
    except (NoBuild, DisallowedHost):
        citation = None
    return {"path": request.path.rstrip("/"), "query": query, "citation": citation}


def whole_address(request: HttpRequest) -> Callable[[str], str]:
    """What makes addresses of this site whole, as its readers have it: in a fixed copy those of the copy."""
    site = request.build_absolute_uri("/").rstrip("/")
    in_copy = request.META.get(IN_COPY)
    return lambda address: f"{site}{in_copy(address) if in_copy else address}"


def _site() -> dict[str, str]:
    try:
        return {"build_id": current_store().build_id}
    except NoBuild:
        return {}
