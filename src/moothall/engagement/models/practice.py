"""Practice notes: what a council did, with evidence, in every version."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from moothall.engagement.models.parties import KEY_LENGTH, TITLE_LENGTH
from moothall.engagement.models.replies import ADDRESS_LENGTH
from moothall.engagement.models.responses import REF_LENGTH, new_ref
from moothall.engagement.models.reviewed import ReviewedText


class Note(models.Model):
    """A practice note of one council."""

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    authority = models.CharField(max_length=KEY_LENGTH, db_index=True)
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"practice note {self.ref}"


class NoteText(ReviewedText):
    """One version of a note. ``contact`` is an address of a role and is shown only where ``shows_contact``."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(max_length=TITLE_LENGTH)
    metrics = models.JSONField(default=list)
    done = models.TextField()
    began = models.CharField(max_length=TITLE_LENGTH)
    cost = models.TextField()
    changed = models.TextField()
    evidence = models.CharField(max_length=ADDRESS_LENGTH)
    contact = models.EmailField(blank=True)
    shows_contact = models.BooleanField(default=False)

    class Meta(ReviewedText.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["note", "number"], name="a_note_has_a_version_once")]

    def __str__(self) -> str:
        return f"{self.note} version {self.number}"

    @property
    def name(self) -> str:
        """``practice note 7 version 2``"""
        return f"practice note {self.note_id} version {self.number}"

    @property
    def whole(self) -> Note:
        """The practice note of which this is a version."""
        return self.note
