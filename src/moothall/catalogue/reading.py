"""How a publication is read: the frozen form of ``catalogue/sources/<id>.yaml``, used by the pipeline as it stands.

Nothing about a publication stands in Python: files, sheets, headings, markers of missing figures, statuses, series and
the rows left out on purpose are all declared here, so that a new release is a change of data.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from moothall.catalogue.fields import (
    Address,
    CellText,
    CellTexts,
    Day,
    Entry,
    Heading,
    Id,
    RelativePath,
    Sha256,
    Text,
    own_words,
    word_of,
)
from moothall.domain.period import PeriodKind
from moothall.domain.source import LICENCES
from moothall.domain.words import Cadence, Designation, Status


class SourceState(StrEnum):
    """Whether a source has figures here."""

    WITH_FIGURES = "with-figures"
    AWAITING_DATA = "awaiting-data"


class Precision(StrEnum):
    """How exactly the day of publication is known."""

    DAY = "day"
    MONTH = "month"
    UNKNOWN = "unknown"


class Reader(StrEnum):
    """The file formats that the pipeline reads."""

    CSV = "csv"
    JSON = "json"
    WORKBOOK = "workbook"


class PeriodFormat(StrEnum):
    """How a publisher writes a period: ``2014-15`` or ``2014/15``; ``2021-04-01/P1Y``; ``2023``."""

    SPLIT_YEAR = "split-year"
    ISO = "iso"
    YEAR = "year"


class FileDefinition(Entry):
    """A file of a release: path under the source's folder, digest, size in bytes, and where it may be fetched."""

    path: RelativePath
    sha256: Sha256
    bytes: Annotated[int, Field(gt=0)]
    url: Address | None = None
    max_bytes: Annotated[int, Field(gt=0)] | None = None


class PeriodDefinition(Entry):
    """Where a row's period stands (``column``), or the one period of the whole table (``fixed``)."""

    kind: PeriodKind
    format: PeriodFormat
    column: Heading | None = None
    fixed: Annotated[CellText, Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _has_one_place(self) -> Self:
        if (self.column is None) == (self.fixed is None):
            raise own_words("period must name either a column or a fixed period; write one of the two keys")
        return self


class MissingMarker(Entry):
    """What a publisher's marker in place of a figure means."""

    status: Status
    reason: Text

    @model_validator(mode="after")
    def _has_no_value(self) -> Self:
        if self.status.has_value:
            words = "suppressed, not-available, not-applicable or not-yet-published"
            raise own_words(f'status "{self.status}" belongs to a figure, but this marks a missing one; use {words}')
        return self


class StatusCode(Entry):
    """What a code in a publisher's status column means; the reason is there exactly when the code means no figure."""

    status: Status
    reason: Text | None = None

    @model_validator(mode="after")
    def _has_reason_where_needed(self) -> Self:
        if self.status.has_value and self.reason:
            raise own_words(f'status "{self.status}" comes with a figure, so it has no reason; leave the reason out')
        if not self.status.has_value and not self.reason:
            raise own_words(f'status "{self.status}" needs a reason; say why there is no figure')
        return self


class StatusColumn(Entry):
    """The column that carries a status, and the publisher's codes in it."""

    column: Heading
    codes: Annotated[dict[str, StatusCode], Field(min_length=1)]


class SkipRule(Entry):
    """Rows that are left out on purpose and counted under ``reason``: every named column has one of its values."""

    where: Annotated[dict[str, CellTexts], Field(min_length=1)]
    reason: Text


class SeriesDefinition(Entry):
    """One series of figures: the column of the value and of what goes with it, in the rows that ``where`` picks.

    ``scale`` multiplies value, lower and upper (100 turns a published fraction into a percentage).
    """

    id: Id
    column: Heading
    where: dict[str, CellTexts] = Field(default_factory=dict)
    lower: Heading | None = None
    upper: Heading | None = None
    numerator: Heading | None = None
    denominator: Heading | None = None
    scale: Annotated[float, Field(gt=0)] = 1.0


class TableDefinition(Entry):
    """One table of a file: where its headings, areas, periods and figures stand."""

    id: Id
    file: RelativePath
    reader: Reader
    area_code: Heading
    period: PeriodDefinition
    series: Annotated[tuple[SeriesDefinition, ...], Field(min_length=1)]
    records: Heading | None = None
    sheet: Heading | None = None
    header_row: Annotated[int, Field(ge=1)] = 1
    encoding: Text | None = None
    area_name: Heading | None = None
    missing: dict[str, MissingMarker] = Field(default_factory=dict)
    statuses: StatusColumn | None = None
    note: Heading | None = None
    footnote_marks: tuple[CellText, ...] = ()
    skip: tuple[SkipRule, ...] = ()

    @model_validator(mode="after")
    def _has_what_its_reader_needs(self) -> Self:
        for reader, needed in NEEDED_KEY.items():
            if self.reader is reader and getattr(self, needed) is None:
                raise own_words(f'{needed} is missing from the {reader} table "{self.id}"; add it')
        for key, readers in KEYS_OF_READERS.items():
            if getattr(self, key) != type(self).model_fields[key].default and self.reader not in readers:
                raise own_words(f'{key} means nothing to the reader "{self.reader}"; take it out of table "{self.id}"')
        return self


NEEDED_KEY = {Reader.JSON: "records", Reader.WORKBOOK: "sheet"}
"""The key without which a reader cannot find its table."""

KEYS_OF_READERS = {
    "records": {Reader.JSON},
    "sheet": {Reader.WORKBOOK},
    "header_row": {Reader.CSV, Reader.WORKBOOK},
    "encoding": {Reader.CSV},
}
"""Keys that only some readers use."""


class ReleaseDefinition(Entry):
    """One publication event: its date, its files and the tables in them.

    ``publisher`` and ``landing_page`` stand only where they differ from the source's.
    """

    id: Id
    title: Text
    published_on: Day
    published_precision: Precision
    published_note: Text
    files: Annotated[tuple[FileDefinition, ...], Field(min_length=1)]
    tables: Annotated[tuple[TableDefinition, ...], Field(min_length=1)]
    publisher: Text | None = None
    landing_page: Address | None = None


class SourceEntry(Entry):
    """One publication as its YAML file states it."""

    id: Id
    title: Text
    publisher: Text
    landing_page: Address
    licence: Annotated[str, word_of(LICENCES), Field(json_schema_extra={"enum": list(LICENCES)})]
    attribution: Text
    designation: Designation
    cadence: Cadence
    description: Text
    status: SourceState
    folder: RelativePath
    releases: tuple[ReleaseDefinition, ...] = ()

    @model_validator(mode="after")
    def _has_releases_when_it_says_so(self) -> Self:
        if self.status is SourceState.WITH_FIGURES and not self.releases:
            raise own_words("status is with-figures but there is no release; add one or write awaiting-data")
        if self.status is SourceState.AWAITING_DATA and self.releases:
            raise own_words("status is awaiting-data but there are releases; write with-figures")
        return self


class CorrectionEntry(Entry):
    """A declared patch of one published cell, which fails once the publisher's text is no longer ``expect``."""

    release: Id
    series: Id
    area_code: Heading
    period: CellText
    expect: CellText
    why: Text
    reported: Text
    value: float | None = None
    status: Status | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def _has_value_or_reason(self) -> Self:
        is_missing = self.status is not None and not self.status.has_value
        if (self.value is None) != is_missing or (self.reason is not None) != is_missing:
            raise own_words("a correction gives either a value or a status without a figure and its reason; keep one")
        return self
