"""What the reader hands out: plain frozen records, each with the release it came from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

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
    """A release as it was read: who published it, when, from which files, and its file in data/releases.

    ``known_on`` is the last day on which it can have come out (``store.vintages``); None outside a build.
    """

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
    known_on: date | None = None

    @classmethod
    def from_row(
        cls,
        row: dict[str, Any],
        files: dict[tuple[str, str], list[ReleaseFile]],
        accounts: dict[tuple[str, str], list[Account]],
    ) -> "ReleaseRecord":
        """A release from its row in a build; ``files`` and ``accounts`` are those of all releases."""
        key = (row["source"], row["release"])
        plain = {name: value for name, value in row.items() if name not in ("release", "vintage")}
        return cls(id=row["release"], files=tuple(files.get(key, ())), accounts=tuple(accounts.get(key, ())), **plain)

    def file(self, path: str) -> ReleaseFile:
        """The publisher's file of that path within this release; KeyError if it is not part of it."""
        return {file.path: file for file in self.files}[path]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the ``members`` responsible on the last day of a period (its slug), how many have a figure."""

    metric: str
    period: str
    period_end: date
    figures: int
    members: int


@dataclass(frozen=True, slots=True)
class FoundJump:
    """A figure ten times or more the one before, or a tenth or less; ``factor`` is how many times, either way."""

    metric: str
    authority: str
    period: str
    earlier: str
    value: float
    before: float
    factor: float
    looks_like_units: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A series beside another source's, or beside its own England row (``kind``), as far as both go.

    ``differing`` figures lie further apart than ``tolerance``; ``explained`` of those have a declared reason.
    ``tolerance`` and ``largest``, the largest difference, are in the series' unit beside another source, and a share
    of England's own figure beside that.
    """

    kind: str
    source: str
    series: str
    other_source: str
    other_series: str
    tolerance: float
    compared: int
    differing: int
    explained: int
    largest: float


@dataclass(frozen=True, slots=True)
class Quality:
    """What the build found about its own figures; ``coverage`` by metric, oldest period first."""

    coverage: dict[str, tuple[Coverage, ...]]
    jumps: tuple[FoundJump, ...]
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Vintage:
    """The same figure in another release: its value, or the reason there is none."""

    release: ReleaseRecord
    value: float | None
    reason: str | None
    status: Status


@dataclass(frozen=True, slots=True)
class Cell:
    """One observation with everything that a trail shows. ``value`` xor ``reason``; limits are 95% limits.

    A derived figure has ``operands``: the cells that it was worked out from, each with the ``role`` that it plays
    (``numerator``, ``earlier figure``); its own release, file and cell are those of the operand published last. An
    operand that no metric publishes has its source and series as ``metric``: ``source/series``.
    """

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
    operands: tuple["Cell", ...] = ()
    role: str = ""
