"""All routes, and the pages for faults."""

from django.urls import include, path

urlpatterns = [path("", include("moothall.web.urls"))]

handler400 = "moothall.web.errors.bad_request"
handler404 = "moothall.web.errors.page_not_found"
handler500 = "moothall.web.errors.server_error"
