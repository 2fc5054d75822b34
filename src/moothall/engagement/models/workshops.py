"""Workshops about metrics, their sessions, and who has booked a place."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from moothall.engagement.models.parties import KEY_LENGTH, TITLE_LENGTH
from moothall.engagement.models.people import NAME_LENGTH
from moothall.engagement.models.responses import REF_LENGTH, new_ref

PLACE_LENGTH = 300
ADDRESS_LENGTH = 500


class Workshop(models.Model):
    """A topic tied to metrics of the catalogue, which may be held more than once."""

    slug = models.SlugField(max_length=KEY_LENGTH, unique=True)
    title = models.CharField(max_length=TITLE_LENGTH)
    about = models.TextField()
    metrics = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """One time at which a workshop is held: online where ``link`` is given, else at ``place``.

    ``link`` is shown to those with a place only. ``sequence`` rises when the time, the place or the state changes, as
    calendar programs expect. ``notes`` and ``actions`` are published once ``published_at`` is set.
    ``updated_at`` is when something changed last that everybody may read.
    """

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    link = models.URLField(max_length=ADDRESS_LENGTH, blank=True)
    capacity = models.PositiveIntegerField()
    is_cancelled = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)
    notes = models.TextField(blank=True)
    actions = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]

    def __str__(self) -> str:
        return f"session {self.ref}"


class BookingState(models.TextChoices):
    """A place, a turn on the waiting list, or neither any more."""

    BOOKED = "booked", "Has a place"
    WAITING = "waiting", "On the waiting list"
    CANCELLED = "cancelled", "Cancelled"


class Booking(models.Model):
    """A place, or a turn, for the person with this address. ``booked_by`` may be a colleague.

    ``needs`` is seen by staff and by those two only, and is emptied when the booking is cancelled and some time after
    the session. ``sequence`` counts the calendar files sent for it; ``site`` is how links in letters begin.
    ``turn_at`` orders the waiting list.
    """

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="bookings")
    email = models.EmailField(max_length=254, db_index=True)
    name = models.CharField(max_length=NAME_LENGTH)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="bookings"
    )
    state = models.CharField(max_length=10, choices=BookingState.choices)
    needs = models.TextField(blank=True)
    has_attended = models.BooleanField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    site = models.CharField(max_length=ADDRESS_LENGTH)
    turn_at = models.DateTimeField(default=timezone.now)
    place_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["turn_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "email"],
                condition=models.Q(state__in=["booked", "waiting"]),
                name="one_place_for_each_person",
            )
        ]

    def __str__(self) -> str:
        return f"booking {self.ref}"
