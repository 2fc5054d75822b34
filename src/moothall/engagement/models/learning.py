"""Learning sets: a few councils on one metric, with a page and notes that nobody else sees."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from moothall.engagement.models.parties import KEY_LENGTH, TITLE_LENGTH, PartyKind, State
from moothall.engagement.models.responses import REF_LENGTH, new_ref

PERSON = settings.AUTH_USER_MODEL


class LearningSet(models.Model):
    """A set, and the party (a council or a body) whose lead opened it."""

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    title = models.CharField(max_length=TITLE_LENGTH)
    metric = models.CharField(max_length=KEY_LENGTH * 2)
    kind = models.CharField(max_length=10, choices=PartyKind.choices)
    key = models.CharField(max_length=KEY_LENGTH)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"learning set {self.ref}"


class LearningMember(models.Model):
    """A council in a set: asked by whoever opened it, in by its own lead's word."""

    of = models.ForeignKey(LearningSet, on_delete=models.CASCADE, related_name="members")
    authority = models.CharField(max_length=KEY_LENGTH, db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "authority"], name="a_council_is_in_a_learning_set_once")
        ]

    def __str__(self) -> str:
        return f"{self.authority} in {self.of}"


class SetNote(models.Model):
    """What somebody of a set has written for the others; ``party`` is whom they spoke for."""

    of = models.ForeignKey(LearningSet, on_delete=models.CASCADE, related_name="notes")
    party = models.CharField(max_length=KEY_LENGTH * 2)
    words = models.TextField()
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"a note in {self.of}"
