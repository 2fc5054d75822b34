"""Introductions: an officer asks to talk to another council about a metric, and its lead accepts or declines."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from moothall.engagement.models.parties import KEY_LENGTH
from moothall.engagement.models.responses import REF_LENGTH, new_ref

PERSON = settings.AUTH_USER_MODEL


class IntroductionState(models.TextChoices):
    """How far a request to talk has come."""

    ASKED = "asked", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Taken back"


class Introduction(models.Model):
    """One request, from somebody of one council to another council. It goes with the person who asked.

    ``followed_up_at`` is when both were asked what was learned; nothing of it is public.
    """

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    asking = models.CharField(max_length=KEY_LENGTH)
    asked = models.CharField(max_length=KEY_LENGTH, db_index=True)
    metric = models.CharField(max_length=KEY_LENGTH * 2)
    words = models.TextField()
    state = models.CharField(max_length=10, choices=IntroductionState.choices, default=IntroductionState.ASKED)
    by = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="introductions")
    at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    learned_by_asking = models.TextField(blank=True)
    learned_by_asked = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["asking", "asked", "metric"],
                condition=models.Q(state=IntroductionState.ASKED),
                name="one_open_introduction",
            )
        ]

    def __str__(self) -> str:
        return f"introduction {self.ref}"
