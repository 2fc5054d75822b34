"""Practice notes: what an authority did, with evidence, for others to learn from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PracticeNote:
    """A note as staff published it. ``contact`` is an address of a role, and only there where its author says so.

    ``done``, ``began``, ``cost`` and ``changed`` are the authority's own words; ``evidence`` is an https address.
    """

    id: str
    version: int
    authority: str
    title: str
    metrics: tuple[str, ...]
    done: str
    began: str
    cost: str
    changed: str
    evidence: str
    contact: str | None
    published_on: date
