"""Words of a council that staff look at before everybody reads them: each version, who wrote it, what staff decided."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

PERSON = settings.AUTH_USER_MODEL


class ReviewState(models.TextChoices):
    """How far a version has come. One that was sent back is written on as a draft; a published one is never changed."""

    DRAFT = "draft", "Draft, not sent"
    SENT = "sent", "Waits for staff"
    BACK = "back", "Sent back"
    PUBLISHED = "published", "Published"


class ReviewedText(models.Model):
    """A version: ``number`` counts from 1, ``reason`` is why staff sent it back."""

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.DRAFT)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True
        ordering: ClassVar = ["-number"]

    @property
    def name(self) -> str:
        """How the history names it: ``reply 7 version 2``."""
        raise NotImplementedError

    @property
    def whole(self) -> Any:
        """The reply or the note of which this is a version; ``withdrawn_at`` is when its council took it back."""
        raise NotImplementedError

    @property
    def written(self) -> str:
        """A mark of the words: they are written on in place, each time at another moment."""
        return str(self.at.isoformat())

    @property
    def is_open(self) -> bool:
        """Whether it may still be written on."""
        return self.state in (ReviewState.DRAFT, ReviewState.BACK)
