"""What is published of a submission: the words as staff have cleared them, under the name that was agreed to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from moothall.engagement.models.responses import Submission


class Publication(models.Model):
    """One submission as everybody may read it. ``content`` has its lines with personal words taken out.

    It goes with the submission: whoever deletes their answer deletes this too.
    """

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="publication")
    content = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["submission__response__kind", "at"]

    def __str__(self) -> str:
        return f"{self.submission} as published"
