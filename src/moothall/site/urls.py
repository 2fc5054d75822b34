"""All routes, and the pages for faults."""

from django.urls import include, path

from moothall.presenters.addresses import TAKE_PART

urlpatterns = [
    path(f"{TAKE_PART.lstrip('/')}", include("moothall.engagement.urls")),
    path("", include("moothall.web.urls")),
]

handler400 = "moothall.web.errors.bad_request"
handler404 = "moothall.web.errors.page_not_found"
handler500 = "moothall.web.errors.server_error"
