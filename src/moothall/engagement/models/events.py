"""The history: what was done, by whom, about what. Rows are added and never changed; the database refuses."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from moothall.engagement.models.people import Person


class Event(models.Model):
    """One act. ``actor`` is a person's ref and no address, so that the history outlives the person without naming them.

    ``subject`` says what was acted on ("membership 7"); ``party`` whose history it belongs to ("authority:LDS").
    ``detail`` holds words from closed lists and numbers, never what somebody typed.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.UUIDField(null=True)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    party = models.CharField(max_length=100, blank=True, db_index=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


def record(actor: Person | None, verb: str, subject: str, party: str = "", **detail: Any) -> Event:
    """Add one line to the history, inside the transaction that does the act."""
    ref: uuid.UUID | None = actor.ref if actor else None
    return Event.objects.create(actor=ref, verb=verb, subject=subject, party=party, detail=detail)
