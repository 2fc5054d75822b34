"""Letters that are to be sent: written with the act that causes them, sent by the worker, and then emptied."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from moothall.engagement.models.responses import REF_LENGTH, new_ref

SUBJECT_LENGTH = 200
OCCASION_LENGTH = 160
MARK_LENGTH = 40


class LetterState(models.TextChoices):
    """How far a letter has come. ``HANDED_OVER`` begins just before the mail server is given its last line."""

    WAITING = "waiting", "Waiting"
    TAKEN = "taken", "A worker is sending it"
    HANDED_OVER = "handed over", "The mail server has it, and has not yet said so"
    SENT = "sent", "Sent"
    GIVEN_UP = "given up", "Given up"


class Letter(models.Model):
    """One letter to one reader. ``ref`` names it in its Message-ID, the same at every try.

    ``blocks`` are its words (see wording.py), ``headers`` and ``calendar`` what travels with them; all three are
    emptied once it is sent. ``occasion`` names what it is about where that must be told once only.
    ``taken_by`` is the mark of the worker that has it until ``taken_until``. ``doubts`` counts the times that a worker
    ended between the server's taking the letter and our noting it. ``problem`` names a fault, and nobody.
    """

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    occasion = models.CharField(max_length=OCCASION_LENGTH, unique=True, null=True, blank=True)
    address = models.EmailField(max_length=254, db_index=True)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    blocks = models.JSONField(default=list)
    headers = models.JSONField(default=dict)
    calendar = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=LetterState.choices, default=LetterState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    doubts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    taken_by = models.CharField(max_length=MARK_LENGTH, blank=True)
    taken_until = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=SUBJECT_LENGTH, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["state", "not_before"])]

    def __str__(self) -> str:
        return f"letter {self.ref}"


class Chore(models.Model):
    """When one of the worker's regular jobs is due again."""

    name = models.CharField(max_length=SUBJECT_LENGTH, unique=True)
    due_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
