"""What the owner of a consultation makes of it: names for themes in what was written, and decisions about metrics."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from moothall.domain.words import MetricState
from moothall.engagement.models.parties import KEY_LENGTH, TITLE_LENGTH

PERSON = settings.AUTH_USER_MODEL


class Theme(models.Model):
    """A name that staff have given to some words (``terms``) in what was written about a metric ("" for the whole)."""

    consultation = models.CharField(max_length=KEY_LENGTH)
    metric = models.CharField(max_length=KEY_LENGTH, blank=True)
    name = models.CharField(max_length=TITLE_LENGTH)
    terms = models.JSONField(default=list)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "metric", "name"], name="a_theme_has_its_own_name")
        ]

    def __str__(self) -> str:
        return self.name


class Outcome(models.TextChoices):
    """What becomes of a metric after a consultation."""

    LIVE = MetricState.LIVE.value, "It becomes live, as it is"
    REVISED = MetricState.REVISED.value, "It is revised, and stays a draft until the change has been made"
    WITHDRAWN = MetricState.WITHDRAWN.value, "It is withdrawn"


class Decision(models.Model):
    """One decision about one metric, with what was said and the reason. Rows are added: the newest holds.

    ``on`` is the day from which it counts. ``published_at`` is None while only staff can read it.
    """

    consultation = models.CharField(max_length=KEY_LENGTH)
    metric = models.CharField(max_length=KEY_LENGTH)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    said = models.TextField()
    reason = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["consultation", "metric"])]

    def __str__(self) -> str:
        return f"{self.metric}: {self.outcome}"
