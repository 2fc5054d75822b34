"""The small files at fixed addresses: what robots may read, and the icon where browsers look for it."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from moothall.presenters.finding.sitemap import sitemap_text
from moothall.web.current import current_store


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """``/robots.txt``: everything but the endless space of searches and comparisons."""
    lines = ("User-agent: *", "Disallow: /search", "Disallow: /compare?", "Disallow: /c/")
    text = "\n".join((*lines, f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""))
    return HttpResponse(text, content_type="text/plain")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """``/sitemap.xml``: every page whose address makes no choice."""
    site = request.build_absolute_uri("/").rstrip("/")
    return HttpResponse(sitemap_text(current_store(), site), content_type="application/xml")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """``/favicon.ico``: leads to the drawing."""
    return HttpResponsePermanentRedirect(static("favicon.svg"))
