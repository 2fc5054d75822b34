"""What is answered: responses, their answers with every version of the words, submissions, and what is shared."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from moothall.engagement.models.parties import KEY_LENGTH, Body

REF_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
REF_LENGTH = 12
PERSON = settings.AUTH_USER_MODEL


def new_ref() -> str:
    """A reference that can be read out over the telephone and not be guessed: 60 random bits."""
    return "".join(secrets.choice(REF_LETTERS) for _ in range(REF_LENGTH))


class ResponseState(models.TextChoices):
    """A response is a draft until its lead, or its person, has sent it."""

    DRAFT = "draft", "Draft, not sent"
    SUBMITTED = "submitted", "Sent"


class Consent(models.TextChoices):
    """Whether what was sent may be published once the consultation has closed."""

    NAMED = "named", "With the name of the council or body"
    ANONYMOUS = "anonymous", "Without a name"
    NO = "no", "Not at all"


class Response(models.Model):
    """What one council, body or person answers to one consultation. ``key`` is a party's key or a person's ref.

    ``version`` counts what was sent; 0 before anything was.
    """

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    consultation = models.CharField(max_length=KEY_LENGTH)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=KEY_LENGTH)
    state = models.CharField(max_length=10, choices=ResponseState.choices, default=ResponseState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "kind", "key"], name="one_response_for_each_respondent")
        ]

    def __str__(self) -> str:
        return f"response {self.ref}"


class Answer(models.Model):
    """The present answer to one question about one metric ("" for the whole). ``revision`` rises with each save."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    metric = models.CharField(max_length=KEY_LENGTH, blank=True)
    question = models.CharField(max_length=KEY_LENGTH)
    choices = models.JSONField(default=list)
    words = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "metric", "question"], name="one_answer_to_each_question")
        ]

    def __str__(self) -> str:
        return f"answer to {self.question}"


class AnswerVersion(models.Model):
    """Everything that was ever written in an answer, who wrote it and when.

    ``is_set_aside``: it arrived after somebody else had saved, and was kept here instead of taking the other's place.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="versions")
    revision = models.PositiveIntegerField()
    choices = models.JSONField(default=list)
    words = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_set_aside = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"version {self.revision}"


class Submission(models.Model):
    """One version as it was sent, whole and never changed. ``content`` has every question with its answer in words."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="submissions")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    consent = models.CharField(max_length=10, choices=Consent.choices, default=Consent.NO)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["response", "version"], name="a_version_is_sent_once")]

    def __str__(self) -> str:
        return f"{self.response} version {self.version}"


class Share(models.Model):
    """A council lets a body read its answers as they were at that moment. The body never sees what follows."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="shares")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    content = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["response", "body"], name="shared_once_with_a_body")]

    def __str__(self) -> str:
        return f"{self.response} shared"


class Agreement(models.Model):
    """A council that a body speaks for agrees to the body's answers; ``mark`` tells to which wording."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="agreements")
    authority = models.CharField(max_length=KEY_LENGTH)
    mark = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "authority"], name="a_council_agrees_once")
        ]

    def __str__(self) -> str:
        return f"{self.authority} agrees"
