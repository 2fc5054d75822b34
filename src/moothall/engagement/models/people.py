"""People, known by their e-mail address, and how often a sign-in link was asked for."""

import uuid
from typing import ClassVar

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

NAME_LENGTH = 100


def plain_address(text: str) -> str:
    """An e-mail address as it is kept: without blanks at its ends, in small letters."""
    return text.strip().lower()


class People(BaseUserManager["Person"]):
    """How people are found and made."""

    def with_address(self, address: str) -> "Person":
        """The person with this address; made, and not yet confirmed, where there is none.

        The database is asked the same of every address, so that no clock tells which it knew.
        """
        email = plain_address(address)
        self.bulk_create([self.model(email=email, password=make_password(None))], ignore_conflicts=True)
        return self.get(email=email)


class Person(AbstractBaseUser):
    """Somebody who takes part. ``ref`` stands for the person in the history, also after the person has gone.

    ``confirmed_at`` is when the address was first proved by a link; before that, nobody is known to read it.
    """

    email = models.EmailField(unique=True, max_length=254)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        indexes: ClassVar = [models.Index(fields=["confirmed_at", "created_at"])]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name that colleagues see; before one is given, the part of the address before the @."""
        return self.name or self.email.partition("@")[0]

    @property
    def mail_domain(self) -> str:
        """What follows the @ of the address."""
        return self.email.rpartition("@")[2]


class LinkRequest(models.Model):
    """One request for a link. The address and the machine are kept as keyed marks, and only for a day."""

    address_mark = models.CharField(max_length=64)
    client_mark = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["address_mark", "at"]), models.Index(fields=["client_mark", "at"])]

    def __str__(self) -> str:
        return f"a request at {self.at:%H:%M}"
