"""What staff look at in the site of records, and the acts that they have there."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from moothall.engagement.consultations.publishing import withdraw
from moothall.engagement.models import (
    Body,
    BodyMember,
    Decision,
    Event,
    Letter,
    LetterState,
    Membership,
    Person,
    Publication,
    State,
    Submission,
    Theme,
)
from moothall.engagement.models.events import record
from moothall.engagement.pages.render import signed_in
from moothall.engagement.people.held import end_sessions
from moothall.engagement.people.memberships import can_decide, decide
from moothall.engagement.people.parties import find_party
from moothall.engagement.post.delivery import retry_letter
from moothall.engagement.staff.staff_site import ReadOnly, site
from moothall.engagement.views.staff import STAFF


def _acting(request: HttpRequest) -> Person:
    person = signed_in(request)
    assert person is not None
    return person


@admin.register(Membership, site=site)
class MembershipRecords(ReadOnly):
    """Who asks to belong: leads wait for staff, officers for their lead."""

    list_display = ("person_name", "party", "role", "state", "asked_at")
    list_filter = ("state", "role", "kind")
    ordering = ("-asked_at",)
    actions = ("confirm", "refuse", "end")

    @admin.display(description="Person")
    def person_name(self, each: Membership) -> str:
        """The name that colleagues see, and the address."""
        return f"{each.person.shown_name} ({each.person.email})"

    @admin.display(description="For")
    def party(self, each: Membership) -> str:
        """The council or body."""
        found = find_party(each.kind, each.key)
        return found.title if found else each.key

    @admin.action(description="Confirm (ring the council first)")
    def confirm(self, request: HttpRequest, chosen: QuerySet[Membership]) -> None:
        """Confirm the leads among the chosen."""
        self._decide(request, chosen, State.CONFIRMED)

    @admin.action(description="Refuse")
    def refuse(self, request: HttpRequest, chosen: QuerySet[Membership]) -> None:
        """Refuse the leads among the chosen."""
        self._decide(request, chosen, State.REFUSED)

    @admin.action(description="End")
    def end(self, request: HttpRequest, chosen: QuerySet[Membership]) -> None:
        """End the leads' memberships among the chosen."""
        self._decide(request, chosen, State.ENDED)

    def _decide(self, request: HttpRequest, chosen: QuerySet[Membership], state: State) -> None:
        """Decide where staff may: about leads. The others are left to their own lead, and counted."""
        person, done = _acting(request), 0
        for each in chosen.select_related("person"):
            party = find_party(each.kind, each.key)
            if party and each.state != state and can_decide(person, each, party, state):
                decide(person, each, party, state)
                done += 1
        left = chosen.count() - done
        self.message_user(request, f"{state.label}: {done}. Left as they were, as a lead decides: {left}.")


@admin.register(Person, site=site)
class PersonRecords(ReadOnly):
    """People, and whether they may sign in."""

    list_display = ("email", "name", "is_staff", "is_active", "confirmed_at", "last_login")
    list_filter = ("is_staff", "is_active")
    fields = ("email", "name", "is_staff", "is_active", "created_at", "confirmed_at", "last_login")
    ordering = ("email",)
    actions = ("shut_out", "let_in")

    @admin.action(description="Shut out: end sessions, send no more links")
    def shut_out(self, request: HttpRequest, chosen: QuerySet[Person]) -> None:
        """Nobody shuts out themselves or other staff."""
        person = _acting(request)
        for each in chosen.filter(is_active=True, is_staff=False).exclude(pk=person.pk):
            with transaction.atomic():
                Person.objects.filter(pk=each.pk).update(is_active=False)
                end_sessions(each)
                record(person, "shut somebody out", f"person {each.pk}")
        if chosen.filter(is_staff=True).exists():
            self.message_user(request, "Staff cannot be shut out here: take that back first.", messages.WARNING)

    @admin.action(description="Let in again")
    def let_in(self, request: HttpRequest, chosen: QuerySet[Person]) -> None:
        """They may ask for links again."""
        person = _acting(request)
        for each in chosen.filter(is_active=False):
            with transaction.atomic():
                Person.objects.filter(pk=each.pk).update(is_active=True)
                record(person, "let somebody in again", f"person {each.pk}")


@admin.register(Submission, site=site)
class SubmissionRecords(ReadOnly):
    """What was sent, with the way to clear and publish it."""

    list_display = ("__str__", "kind", "version", "consent", "at", "to_clear")
    list_filter = ("consent", "response__consultation", "response__kind")
    ordering = ("-at",)

    @admin.display(description="Who answered")
    def kind(self, each: Submission) -> str:
        """A council, a body or a person."""
        return each.response.kind

    @admin.display(description="Publish")
    def to_clear(self, each: Submission) -> SafeString:
        """The page on which its words are cleared."""
        href = f"{STAFF}/results/{each.response.consultation}/publish/{each.response.ref}"
        return format_html('<a href="{}">Clear {}</a>', href, each.response.ref)


@admin.register(Publication, site=site)
class PublicationRecords(ReadOnly):
    """What everybody reads."""

    list_display = ("__str__", "at")
    ordering = ("-at",)
    actions = ("take_back",)

    @admin.action(description="Take back from the public pages")
    def take_back(self, request: HttpRequest, chosen: QuerySet[Publication]) -> None:
        """It is gone from the public pages; what was sent stays."""
        for each in chosen.select_related("submission"):
            withdraw(_acting(request), each.submission)


@admin.register(Decision, site=site)
class DecisionRecords(ReadOnly):
    """Every decision about a metric, the earlier ones too."""

    list_display = ("metric", "outcome", "on", "consultation", "published_at")
    list_filter = ("consultation", "outcome")


@admin.register(Event, site=site)
class EventRecords(ReadOnly):
    """The history: people under numbers."""

    list_display = ("at", "verb", "subject", "party", "actor")
    list_filter = ("verb",)


@admin.register(Theme, site=site)
class ThemeRecords(ReadOnly):
    """Names that staff have given to themes."""

    list_display = ("name", "consultation", "metric", "at")


@admin.register(Letter, site=site)
class LetterRecords(ReadOnly):
    """What became of letters. Their words are shown to nobody: one may hold a link that signs its reader in."""

    list_display = ("ref", "subject", "state", "attempts", "doubts", "problem", "created_at")
    list_filter = ("state",)
    fields = ("ref", "subject", "state", "attempts", "doubts", "problem", "not_before", "created_at", "ended_at")
    actions = ("send_again",)

    @admin.action(description="Send again")
    def send_again(self, request: HttpRequest, chosen: QuerySet[Letter]) -> None:
        """Letters that were given up wait for the worker with all their tries before them."""
        for letter in chosen.filter(state=LetterState.GIVEN_UP):
            retry_letter(_acting(request), letter.ref)


@admin.register(Body, site=site)
class BodyRecords(ReadOnly):
    """Representative bodies. They are opened on the page for staff."""

    list_display = ("title", "mail_domain", "created_at")


@admin.register(BodyMember, site=site)
class BodyMemberRecords(ReadOnly):
    """The councils that bodies speak for."""

    list_display = ("body", "authority", "state", "asked_at")
    list_filter = ("state", "body")
