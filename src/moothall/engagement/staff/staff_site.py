"""Django's admin as staff may use it: every record to look at, few to act on, none to write over.

It lies behind this room's own gate. What changes a record is one of the acts that the room's pages have too, so that
the same rules hold and each stands in the history. Nothing can be added, edited or deleted here.
"""

from collections.abc import Callable
from typing import Any, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path

from moothall.engagement.models import (
    Decision,
    Letter,
    LetterState,
    Membership,
    NoteText,
    ReplyText,
    Role,
    State,
)
from moothall.engagement.models.reviewed import ReviewState
from moothall.engagement.pages.render import signed_in
from moothall.engagement.people.access import Access, RoomView, guarded
from moothall.presenters.addresses import TAKE_PART

STAFF = f"{TAKE_PART}/staff"
ADMIN = f"{TAKE_PART}/admin"
NOT_HERE = {"login", "logout", "password_change", "password_change_done", "autocomplete", "view_on_site"}
"""Pages of Django's that this room has of its own, or needs none of."""

OWN_PROGRAMS = {"script-src": [SELF]}
"""Django's pages may run Django's own files, and nothing that stands in a page."""


class StaffSite(admin.AdminSite):
    """The site, for staff only: others get the answer for a page that does not exist."""

    site_header = site_title = "Records of taking part"
    index_title = "Records"
    site_url = STAFF
    enable_nav_sidebar = False
    index_template = "admin/records.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff that are signed in."""
        person = signed_in(request)
        return person is not None and person.is_staff

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The first page: what waits for staff, and every kind of record."""
        return super().index(request, {**(extra_context or {}), "work": waiting_work()})

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Every page of the site behind the rule for staff."""
        inside = super().admin_view(view, cacheable)
        return guarded(cast(RoomView, csp_update(OWN_PROGRAMS)(inside)), Access.STAFF)


def waiting_work() -> list[tuple[str, str, int]]:
    """What waits for staff: (words, the page on which it is done, how many)."""
    leads = Membership.objects.filter(role=Role.LEAD, state=State.ASKED).count()
    texts = sum(kind.objects.filter(state=ReviewState.SENT).count() for kind in (ReplyText, NoteText))
    lost = Letter.objects.filter(state=LetterState.GIVEN_UP).count()
    decided = Decision.objects.filter(published_at=None).count()
    return [
        ("Leads to confirm", STAFF, leads),
        ("Replies and practice notes to look at", f"{STAFF}/review", texts),
        ("Letters that were given up", f"{STAFF}/letters", lost),
        ("Decisions that are not published", STAFF, decided),
    ]


site = StaffSite(name="admin")


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # Django cannot subscript it when it runs
    """Records that are looked at: nothing is added, changed or deleted, and no search puts words into an address."""

    list_per_page = 50
    show_full_result_count = False
    actions_on_bottom = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever has come this far is staff."""
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever has come this far is staff."""
        return self.admin_site.has_permission(request)


def _to_the_site(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(f"{ADMIN}/")


def staff_site_patterns() -> list[URLPattern | URLResolver]:
    """The routes of the site under this room's path."""
    from moothall.engagement.staff import staff_records  # noqa: F401  its import registers what staff may look at

    kept = [each for each in site.get_urls() if getattr(each, "name", None) not in NOT_HERE]
    return [path("/admin", guarded(_to_the_site, Access.STAFF)), path("/admin/", (kept, "admin", site.name))]
