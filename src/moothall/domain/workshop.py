"""Workshops as everybody may know of them."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")
"""The clock by which sessions are told."""


@dataclass(frozen=True, slots=True)
class WorkshopSession:
    """One session of a workshop: what it is about, when and where. ``updated_at`` is when one of these changed last."""

    id: str
    workshop: str
    title: str
    about: str
    metrics: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    place: str
    is_cancelled: bool
    has_notes: bool
    updated_at: datetime
