"""Security headers that neither Django nor django-csp sets: no device, no embedding of our answers elsewhere."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class QuietHeaders:
    """Middleware: adds the headers to every answer that does not set its own."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with the headers added."""
        response = self._get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response
