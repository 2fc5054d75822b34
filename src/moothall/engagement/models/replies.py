"""Replies of councils to figures, sentences and signs, with every version."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from moothall.engagement.models.parties import KEY_LENGTH
from moothall.engagement.models.responses import REF_LENGTH, new_ref
from moothall.engagement.models.reviewed import ReviewedText

ADDRESS_LENGTH = 500


class CouncilReply(models.Model):
    """What one council says to one thing; ``lapse_told`` is the number of the version of whose lapse its leads know."""

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    authority = models.CharField(max_length=KEY_LENGTH)
    about = models.CharField(max_length=10)
    key = models.CharField(max_length=KEY_LENGTH * 2)
    when = models.CharField(max_length=KEY_LENGTH)
    rule = models.CharField(max_length=KEY_LENGTH * 2, blank=True)
    group = models.CharField(max_length=KEY_LENGTH * 2, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    lapse_told = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "about", "key", "when", "rule", "group"], name="one_reply_of_a_council_to_a_thing"
            )
        ]

    def __str__(self) -> str:
        return f"reply {self.ref}"


class ReplyText(ReviewedText):
    """One version of a reply. ``mark`` is what it was written about, as ``domain.reply.FigureMark`` has it."""

    reply = models.ForeignKey(CouncilReply, on_delete=models.CASCADE, related_name="texts")
    stance = models.CharField(max_length=10)
    words = models.TextField()
    evidence = models.CharField(max_length=ADDRESS_LENGTH, blank=True)
    mark = models.JSONField()

    class Meta(ReviewedText.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["reply", "number"], name="a_reply_has_a_version_once")]

    def __str__(self) -> str:
        return f"{self.reply} version {self.number}"

    @property
    def name(self) -> str:
        """``reply 7 version 2``"""
        return f"reply {self.reply_id} version {self.number}"

    @property
    def whole(self) -> CouncilReply:
        """The reply of which this is a version."""
        return self.reply
