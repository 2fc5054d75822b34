"""The small files at fixed addresses: what robots may read, and the icon where browsers look for it."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """``/robots.txt``: everything but the endless space of searches and comparisons."""
    return HttpResponse("User-agent: *\nDisallow: /search\nDisallow: /compare?\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """``/favicon.ico``: leads to the drawing."""
    return HttpResponsePermanentRedirect(static("favicon.svg"))
