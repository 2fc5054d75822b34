"""Whom a person speaks for: an authority or a representative body, in a role that somebody has confirmed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

KEY_LENGTH = 80
TITLE_LENGTH = 120


class Role(models.TextChoices):
    """What a member may do for a party: a reader reads, an officer drafts, a lead also signs off and confirms."""

    READER = "reader", "Reader"
    OFFICER = "officer", "Officer"
    LEAD = "lead", "Lead"

    @property
    def writes(self) -> bool:
        """Whether a member in this role may write for the party."""
        return self is not Role.READER

    @property
    def duties(self) -> str:
        """What a member in this role does, as it is offered and told."""
        return DUTIES[self]


DUTIES = {
    Role.READER: "Read what colleagues draft, and write nothing",
    Role.OFFICER: "Draft, with colleagues",
    Role.LEAD: "Draft, sign off, and confirm colleagues",
}


class State(models.TextChoices):
    """How far a request to belong has come."""

    ASKED = "asked", "Waiting to be confirmed"
    CONFIRMED = "confirmed", "Confirmed"
    REFUSED = "refused", "Refused"
    ENDED = "ended", "Ended"


class PartyKind(models.TextChoices):
    """The two kinds of party. An authority's key is its code in the catalogue, a body's is its slug."""

    AUTHORITY = "authority", "Council"
    BODY = "body", "Representative body"


class Body(models.Model):
    """A representative body, such as a network of districts. Whoever has a mail address there may ask to join it."""

    slug = models.SlugField(max_length=KEY_LENGTH, unique=True)
    title = models.CharField(max_length=TITLE_LENGTH)
    mail_domain = models.CharField(max_length=TITLE_LENGTH)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title


class BodyMember(models.Model):
    """An authority that a body speaks for. The body asks; a lead of the authority confirms."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="members")
    authority = models.CharField(max_length=KEY_LENGTH)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "authority"], name="a_body_has_an_authority_once")
        ]

    def __str__(self) -> str:
        return f"{self.authority} in {self.body}"


class Membership(models.Model):
    """A person's role for a party. A person has one for each party, whatever its state."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    kind = models.CharField(max_length=10, choices=PartyKind.choices)
    key = models.CharField(max_length=KEY_LENGTH)
    role = models.CharField(max_length=10, choices=Role.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "key"], name="one_membership_for_each_party")
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "key", "state"])]

    def __str__(self) -> str:
        return f"{self.role} of {self.key}"
