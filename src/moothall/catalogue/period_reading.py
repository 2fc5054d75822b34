"""How a publisher writes periods, where they stand in a table, and which of them are not final."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from moothall.catalogue.columns import ColumnName
from moothall.catalogue.fields import CellText, Entry, Id, own_words
from moothall.catalogue.patterns import Wanted, WantedCells, has_group
from moothall.domain.period import PeriodKind
from moothall.domain.words import Status


class PeriodFormat(StrEnum):
    """How a publisher writes a period, as the examples beside each word show."""

    SPLIT_YEAR = "split-year"
    """``2014-15``, ``2014/15`` or ``201415``."""
    ISO = "iso"
    """``2021-04-01/P1Y``."""
    YEAR = "year"
    """``2023``."""
    SPAN = "span"
    """``2014-16``: three years, the first and the last named."""
    DATE = "date"
    """``2024-03-31``, ``31/03/2024``, ``31 March 2024``: the day itself, else the first or last day of the period."""
    YEAR_ENDING = "year-ending"
    """``202503``, ``2025-03``, ``March 2025``: the month in which the period ends; ``2025`` where the kind fixes it."""
    QUARTER_END = "quarter-end"
    """``202503``, ``2025-03``: the last month of the quarter."""
    MON_YY = "mon-yy"
    """``Mar-24``: the last month of the period."""


class PeriodLabels(Entry):
    """Labels of one kind of period: endings that are dropped, and labels replaced by one of the format or by ISO."""

    kind: PeriodKind
    format: PeriodFormat
    drop: tuple[CellText, ...] = ()
    renamed: dict[str, CellText] = Field(default_factory=dict, alias="map")


class PeriodDefinition(PeriodLabels):
    """Where periods stand: in a ``column``, as the one ``fixed`` period of the table, or in headings (across)."""

    column: ColumnName | None = None
    fixed: Annotated[CellText, Field(min_length=1)] | None = None
    heading: Wanted | None = None

    @model_validator(mode="after")
    def _has_one_place(self) -> Self:
        places = [place for place in (self.column, self.fixed, self.heading) if place is not None]
        if len(places) != 1:
            raise own_words("period must name a column, a fixed period or a heading; write one of the three keys")
        if self.heading and not has_group(self.heading):
            raise own_words(r'period.heading must be a pattern with a group around the period, as "~^(\d{4}-\d\d)$"')
        return self


class PeriodStatus(Entry):
    """Periods, by their label or as Moothall writes them, whose figures are not final: of all series, or of some."""

    periods: Annotated[WantedCells, Field(min_length=1)]
    status: Status
    series: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _comes_with_figures(self) -> Self:
        if not self.status.has_value:
            raise own_words(f'status "{self.status}" means no figure; use provisional, revised, estimated or final')
        return self
