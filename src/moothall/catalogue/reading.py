"""How a publication is read: the frozen form of ``catalogue/sources/<id>.yaml``, used by the pipeline as it stands.

Nothing about a publication stands in Python: files, sheets, headings, markers of missing figures, statuses, series and
the rows left out on purpose are all declared here, so that a new release is a change of data.
"""

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from moothall.catalogue.columns import EVERY, ColumnName, letters_of
from moothall.catalogue.fields import (
    Address,
    CellText,
    Code,
    Day,
    Entry,
    Heading,
    Id,
    RelativePath,
    Text,
    own_words,
    word_of,
)
from moothall.catalogue.files import FileDefinition
from moothall.catalogue.listing import ListDefinition
from moothall.catalogue.live import LiveFile
from moothall.catalogue.mapping import MapDefinition, PlacesDefinition
from moothall.catalogue.patterns import Wanted, WantedCell, WantedCells, has_group
from moothall.catalogue.period_reading import PeriodDefinition, PeriodLabels, PeriodStatus
from moothall.catalogue.sums import AgreementEntry, EnglandCheck, PartsCheck
from moothall.catalogue.templates import with_tables
from moothall.domain.source import LICENCES
from moothall.domain.words import Cadence, Designation, Status


class SourceState(StrEnum):
    """Whether a source has figures here."""

    WITH_FIGURES = "with-figures"
    WITH_LISTS = "with-lists"
    WITH_ACTIONS = "with-actions"
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
    PARQUET = "parquet"


class AreaKind(StrEnum):
    """What a table's column of areas holds: GSS codes, E-codes of finance returns, DfE numbers or names."""

    GSS = "gss"
    ECODE = "ecode"
    DFE = "dfe"
    NAME = "name"


class ValueFormat(StrEnum):
    """Figures that are written as something else: a date becomes its year as a decimal (2019.7863)."""

    DATE = "date"


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

    column: ColumnName
    codes: Annotated[dict[str, StatusCode], Field(min_length=1)]


class SkipRule(Entry):
    """Rows that are left out on purpose and counted under ``reason``: every named column has one of its values."""

    where: Annotated[dict[ColumnName, WantedCells], Field(min_length=1)]
    reason: Text


class EndMark(Entry):
    """The cell with which what stands below a table begins: the first row with this text in this column."""

    column: ColumnName
    text: WantedCell


def _not_nought(value: float) -> float:
    if value == 0:
        raise own_words("scale is 0, which would make every figure 0; write what a figure is multiplied by")
    return value


Scale = Annotated[float, AfterValidator(_not_nought)]
"""What a figure is multiplied by; below zero where a publisher writes income with a minus sign."""


class Remark(Entry):
    """What must be known about the figures of some rows: it stands in their note. Rows are picked as by a skip rule."""

    where: Annotated[dict[ColumnName, WantedCells], Field(min_length=1)]
    note: Text


class Recode(Entry):
    """An area code that a publisher goes on printing for a successor: from a day on, ``use`` stands in its place."""

    published: Code
    use: Code
    start: Day = Field(alias="from")
    why: Text


class SeriesDefinition(Entry):
    """One series of figures: the column of the value and of what goes with it, in the rows that ``where`` picks.

    ``scale`` multiplies value, lower, upper and margin (100 turns a published fraction into a percentage). ``margin``
    is the published margin of error: the limits are the value less and plus it. ``heading`` is what must stand over
    ``@AB``, or the pattern of this series' columns where periods run across, as ``margin`` is there. ``period``
    replaces how the table's labels are read.
    """

    id: Id
    column: Wanted
    where: dict[ColumnName, WantedCells] = Field(default_factory=dict)
    lower: ColumnName | None = None
    upper: ColumnName | None = None
    numerator: ColumnName | None = None
    denominator: ColumnName | None = None
    margin: ColumnName | None = None
    scale: Scale = 1.0
    heading: Heading | None = None
    values: dict[str, float] = Field(default_factory=dict)
    value_format: ValueFormat | None = None
    period: PeriodLabels | None = None

    @model_validator(mode="after")
    def _heading_has_a_use(self) -> Self:
        letters = letters_of(self.column)
        if letters and letters[1] is None and self.heading is None:
            raise own_words(
                f'column "{self.column}" of {self.id} needs heading: the text that must stand there; add it'
            )
        if self.heading is not None and self.column != EVERY and not (letters and letters[1] is None):
            raise own_words(f'heading of {self.id} goes with column "@AB" or "{EVERY}" only; take it out')
        if self.heading is not None and self.column == EVERY and not has_group(self.heading):
            raise own_words(f"heading of {self.id} must be a pattern with a group around the period; mend it")
        beside = [key for key in BESIDE if getattr(self, key) is not None]
        if self.scale < 0 and (self.lower or self.upper or self.margin):
            raise own_words(
                f"scale of {self.id} is below zero, which would turn its interval round; give no lower, upper or margin"
            )
        if beside and beside != ["margin"] and self.column == EVERY:
            raise own_words(f'{beside[0]} of {self.id} cannot go with column "{EVERY}", which is many; take it out')
        return self

    @model_validator(mode="after")
    def _margin_stands_alone(self) -> Self:
        if self.margin is None:
            return self
        if self.lower or self.upper:
            raise own_words(f"{self.id} has a margin and limits; keep what the publisher gives")
        if self.column == EVERY and not has_group(self.margin):
            raise own_words(f"margin of {self.id} must be a pattern with a group around the period; mend it")
        return self


BESIDE = ("lower", "upper", "numerator", "denominator", "margin")
"""What may stand beside a figure in columns of its own."""


RowNumber = Annotated[int, Field(ge=1)]
"""A row of a file; the first is 1."""


class TableDefinition(Entry):
    """One table of a file: where its headings, areas, periods and figures stand."""

    id: Id
    file: RelativePath
    reader: Reader
    area_code: ColumnName
    period: PeriodDefinition
    series: Annotated[tuple[SeriesDefinition, ...], Field(min_length=1)]
    records: Heading | None = None
    sheet: Wanted | None = None
    header_row: RowNumber = 1
    header_rows: Annotated[tuple[RowNumber, ...], Field(min_length=1)] | None = None
    header_find: Heading | None = None
    header_rows_above: Annotated[int, Field(ge=0)] = 0
    encoding: Text | None = None
    area_kind: AreaKind = AreaKind.GSS
    area_name: ColumnName | None = None
    missing: dict[str, MissingMarker] = Field(default_factory=dict)
    statuses: StatusColumn | None = None
    period_statuses: tuple[PeriodStatus, ...] = ()
    values: dict[str, float] = Field(default_factory=dict)
    note: ColumnName | None = None
    footnote_marks: tuple[CellText, ...] = ()
    skip: tuple[SkipRule, ...] = ()
    remarks: tuple[Remark, ...] = ()
    recodes: tuple[Recode, ...] = ()
    end_at: EndMark | None = None
    parts: tuple[PartsCheck, ...] = ()
    england: EnglandCheck | None = None

    @model_validator(mode="after")
    def _has_what_its_reader_needs(self) -> Self:
        for reader, needed in NEEDED_KEY.items():
            if self.reader is reader and getattr(self, needed) is None:
                raise own_words(f'{needed} is missing from the {reader} table "{self.id}"; add it')
        for key, readers in KEYS_OF_READERS.items():
            if getattr(self, key) != type(self).model_fields[key].default and self.reader not in readers:
                raise own_words(f'{key} means nothing to the reader "{self.reader}"; take it out of table "{self.id}"')
        return self

    @model_validator(mode="after")
    def _names_its_headings_once(self) -> Self:
        ways = {"header_row": self.header_row != 1, "header_rows": self.header_rows, "header_find": self.header_find}
        named = [key for key, value in ways.items() if value]
        if len(named) > 1:
            raise own_words(f'table "{self.id}" says twice where its headings stand ({" and ".join(named)}); keep one')
        if self.header_rows_above and not self.header_find:
            raise own_words(f'header_rows_above of table "{self.id}" goes with header_find only; take it out')
        if self.header_rows and list(self.header_rows) != sorted(set(self.header_rows)):
            raise own_words(f'header_rows of table "{self.id}" are not in the order of the file; write the upper first')
        return self

    @model_validator(mode="after")
    def _periods_run_one_way(self) -> Self:
        across = self.period.heading is not None
        for series in self.series:
            if (series.column == EVERY) != across:
                remedy = f'write column: "{EVERY}"' if across else "name its column, or write period.heading"
                runs = "across" if across else "down"
                raise own_words(f'the periods of table "{self.id}" run {runs}, so for {series.id} {remedy}')
        return self


NEEDED_KEY = {Reader.JSON: "records", Reader.WORKBOOK: "sheet"}
"""The key without which a reader cannot find its table."""

KEYS_OF_READERS = {
    "records": {Reader.JSON},
    "sheet": {Reader.WORKBOOK},
    "header_row": {Reader.CSV, Reader.WORKBOOK},
    "header_rows": {Reader.CSV, Reader.WORKBOOK},
    "header_find": {Reader.CSV, Reader.WORKBOOK},
    "encoding": {Reader.CSV},
}
"""Keys that only some readers use."""


class ChangeEntry(Entry):
    """Series that differ from the last release in coverage or size, or are gone, for a known reason."""

    series: Annotated[tuple[Id, ...], Field(min_length=1)]
    why: Text


class ReleaseDefinition(Entry):
    """One publication event: its date, its files and the tables in them, its own and those of a template.

    ``publisher`` and ``landing_page`` stand only where they differ from the source's.
    """

    id: Id
    title: Text
    published_on: Day
    published_precision: Precision
    published_note: Text
    files: Annotated[tuple[FileDefinition, ...], Field(min_length=1)]
    tables: tuple[TableDefinition, ...] = ()
    template: Id | None = None
    words: dict[str, CellText] = Field(default_factory=dict, alias="with")
    changes: tuple[ChangeEntry, ...] = ()
    publisher: Text | None = None
    landing_page: Address | None = None

    @model_validator(mode="after")
    def _has_tables(self) -> Self:
        if not self.tables:
            raise own_words(f"release {self.id} has no tables; add tables, or name a template")
        if self.words and not self.template:
            raise own_words(f"with of release {self.id} fills a template, but none is named; add template")
        return self


class TemplateEntry(Entry):
    """Tables described once, with placeholders; they are checked in each release that names the template."""

    tables: Annotated[tuple[dict[str, Any], ...], Field(min_length=1)]


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
    agrees_with: tuple[AgreementEntry, ...] = ()
    releases: tuple[ReleaseDefinition, ...] = ()
    live: tuple[LiveFile, ...] = ()
    not_live: Text | None = None
    lists: tuple[ListDefinition, ...] = ()
    maps: tuple[MapDefinition, ...] = ()
    places: tuple[PlacesDefinition, ...] = ()
    templates: dict[Id, TemplateEntry] = Field(default_factory=dict)
    area_names: dict[str, Code] = Field(default_factory=dict)
    not_authorities: dict[WantedCell, Text] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _fill_templates(cls, content: Any) -> Any:
        return with_tables(content)

    @model_validator(mode="after")
    def _has_releases_when_it_says_so(self) -> Self:
        if self.status is SourceState.WITH_FIGURES and not self.releases:
            raise own_words("status is with-figures but there is no release; add one or write awaiting-data")
        if self.status is not SourceState.WITH_FIGURES and self.releases:
            raise own_words(f"status is {self.status} but there are releases; write with-figures")
        if self.status is SourceState.WITH_LISTS and not (self.lists or self.maps or self.places):
            raise own_words("status is with-lists but there is no list, map or places; add one or write awaiting-data")
        if self.live and self.not_live:
            raise own_words("not_live says why there is no live rule, but live has one; take one of the two out")
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
