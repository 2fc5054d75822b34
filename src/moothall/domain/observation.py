"""Observations, releases and provenance: one value, or one reason for its absence, that can be walked to a cell."""

from dataclasses import dataclass
from datetime import date

from moothall.domain.period import Period
from moothall.domain.words import Status

WHOLE = ""
"""The breakdown of an observation that is not subdivided."""


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """One file of a release as it was fetched: path under the source's folder, digest and size in bytes."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Release:
    """One publication event of a source. ``published_precision`` is ``day``, ``month`` or ``unknown``."""

    source: str
    id: str
    title: str
    published_on: date
    published_precision: str
    published_note: str
    files: tuple[ReleaseFile, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value stood: release, file, sheet (empty for text files), row (1 is the first) and column or path."""

    release: str
    file: str
    sheet: str
    row: int
    column: str
    raw: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A value xor a reason for a series, an area and a period, with its release and cell."""

    series: str
    area_code: str
    authority: str | None
    period: Period
    status: Status
    value: float | None
    reason: str | None
    provenance: Provenance
    lower_95: float | None = None
    upper_95: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    breakdown: str = WHOLE
    note: str | None = None
    in_lifetime: bool = True

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("an observation has a value or a reason, never both and never neither")
        if self.status.has_value != (self.value is not None):
            raise ValueError(f"the status {self.status} does not fit an observation with value {self.value}")


@dataclass(frozen=True, slots=True)
class TwoVintages:
    """One figure in two successive releases of its source; a value is None where the release says why there is none."""

    metric: str
    authority: str | None
    area_code: str
    period: str
    earlier: str
    later: str
    before: float | None
    after: float | None
    status_before: Status
    status_after: Status
