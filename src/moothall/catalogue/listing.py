"""Lists that publishers drew up of councils like, or beside, one another: where each stands in a file.

A list is no figure: it names councils for a council, in order, or puts each council into a class.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from moothall.catalogue.fields import Day, Entry, Heading, Text, own_words
from moothall.catalogue.files import FileDefinition


class ListReader(StrEnum):
    """The shapes of file that lists come in."""

    CSV = "csv"
    WORKBOOK = "workbook"
    JSON_MEMBERS = "json-members"
    """One object: an area's code leads to a list, of which the first item is the list of members."""


class ListArea(StrEnum):
    """How a list names councils: GSS codes, DfE numbers, or the authority codes of the register."""

    GSS = "gss"
    DFE = "dfe"
    AUTHORITY = "authority"


ListId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*(:[a-z]+(-[a-z]+)*)?$")]
"""The word for the group in addresses: ``ons:global``, ``adjacent``."""


class ListDefinition(Entry):
    """One list. ``areas_on`` is a day on which its area codes were in force; ``words`` go before a council's name.

    ``members`` are the headings of the columns that name the councils for the council of ``area``, in order;
    ``label`` is that of the class instead. ``left_out`` has the codes that are no English council, by reason.
    """

    id: ListId
    title: Text
    words: Text
    edition: Text
    areas_on: Day
    published_note: Text
    file: FileDefinition
    reader: ListReader
    area_kind: ListArea = ListArea.GSS
    area: Heading | None = None
    members: tuple[Heading, ...] = ()
    label: Heading | None = None
    sheet: Heading | None = None
    header_row: Annotated[int, Field(ge=1)] = 1
    left_out: dict[Text, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_what_its_reader_needs(self) -> Self:
        if self.reader is ListReader.JSON_MEMBERS:
            if self.area or self.members or self.label:
                raise own_words(f'list "{self.id}": area, members and label mean nothing to {self.reader}; drop them')
            return self
        if self.area is None or bool(self.members) == (self.label is not None):
            raise own_words(f'list "{self.id}" needs area, and either members or label; add what is missing')
        if (self.reader is ListReader.WORKBOOK) != (self.sheet is not None):
            raise own_words(f'list "{self.id}": sheet goes with reader workbook, and only with it; mend one of the two')
        return self

    @property
    def refusals(self) -> dict[str, str]:
        """Why a code is left out, by code."""
        return {code: reason for reason, codes in self.left_out.items() for code in codes}
