"""Who wants news by e-mail, what there is to tell, what was told to whom, and newsletters."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from moothall.engagement.models.parties import TITLE_LENGTH
from moothall.engagement.models.responses import REF_LENGTH, new_ref
from moothall.engagement.models.workshops import ADDRESS_LENGTH

ITEM_KEY_LENGTH = 250
LINE_LENGTH = 400


class Pace(models.TextChoices):
    """How often a digest comes, where there is something to tell."""

    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week"


class Subscriber(models.Model):
    """An address that wants news. Nothing is sent but the question for consent before ``confirmed_at``.

    ``choices`` is what they get now, ``asked`` what they have asked for and not yet confirmed; both have ``kinds``,
    ``watches`` ("theme:waste", "metric:...", "authority:LEEDS") and ``pace``. ``site`` is how links begin.
    """

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    email = models.EmailField(unique=True, max_length=254)
    choices = models.JSONField(default=dict)
    asked = models.JSONField(default=dict)
    site = models.CharField(max_length=ADDRESS_LENGTH)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"subscriber {self.ref}"


class NewsEntry(models.Model):
    """One thing there is to tell, with the words of the feeds. ``key`` is its name for ever.

    ``is_past``: it was there before anybody could be told, and nobody is.
    """

    key = models.CharField(max_length=ITEM_KEY_LENGTH, unique=True)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=LINE_LENGTH)
    summary = models.TextField()
    address = models.CharField(max_length=ADDRESS_LENGTH)
    metrics = models.JSONField(default=list)
    themes = models.JSONField(default=list)
    authorities = models.JSONField(default=list)
    is_past = models.BooleanField(default=False)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering: ClassVar = ["kind", "id"]

    def __str__(self) -> str:
        return self.key


class Told(models.Model):
    """That a subscriber was told of an entry: once, the database sees to it."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="told")
    entry = models.ForeignKey(NewsEntry, on_delete=models.CASCADE, related_name="told")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["subscriber", "entry"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.subscriber} of {self.entry}"


class NewsNoted(models.Model):
    """Of which build, published folder and day the news were noted last, so that it is not done again."""

    mark = models.CharField(max_length=ITEM_KEY_LENGTH)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.mark


class Newsletter(models.Model):
    """A letter that staff write to everybody who wants it. Once sent it is not changed."""

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    title = models.CharField(max_length=TITLE_LENGTH)
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    readers = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title
