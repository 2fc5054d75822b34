"""What the reader hands out: plain frozen records, each with the release it came from."""

from dataclasses import dataclass
from datetime import date

from moothall.domain.observation import ReleaseFile
from moothall.domain.period import Period
from moothall.domain.words import Status


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a table's rows: ``rows_read`` = ``observations`` + the sum of ``refused`` by reason."""

    table: str
    rows_read: int
    observations: int
    refused: dict[str, int]


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A release as it was read: who published it, when, from which files, and its file in data/releases."""

    source: str
    id: str
    title: str
    publisher: str
    landing_page: str
    published_on: date
    published_precision: str
    published_note: str
    files: tuple[ReleaseFile, ...]
    path: str
    sha256: str
    accounts: tuple[Account, ...]

    def file(self, path: str) -> ReleaseFile:
        """The publisher's file of that path within this release; KeyError if it is not part of it."""
        return {file.path: file for file in self.files}[path]


@dataclass(frozen=True, slots=True)
class Vintage:
    """The same figure in another release: its value, or the reason there is none."""

    release: ReleaseRecord
    value: float | None
    reason: str | None
    status: Status


@dataclass(frozen=True, slots=True)
class Cell:
    """One observation with everything that a trail shows. ``value`` xor ``reason``; limits are 95% limits."""

    metric: str
    authority: str | None
    area_code: str
    period: Period
    value: float | None
    reason: str | None
    status: Status
    lower_95: float | None
    upper_95: float | None
    numerator: float | None
    denominator: float | None
    note: str | None
    in_lifetime: bool
    file: str
    sheet: str
    row: int
    column: str
    raw: str
    release: ReleaseRecord
    vintages: tuple[Vintage, ...]
