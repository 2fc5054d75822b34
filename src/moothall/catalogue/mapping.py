"""Maps and places that publishers drew up: the shapes of areas, and the names of parishes and wards within them."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from moothall.catalogue.fields import Day, Entry, Heading, Text, own_words
from moothall.catalogue.files import FileDefinition
from moothall.domain.geography import PlaceKind


class MapReader(StrEnum):
    """The shapes of file that maps come in."""

    TOPOJSON = "topojson"
    """Arcs that areas share, so that borders fit; layers of areas made of them."""
    HEXJSON = "hexjson"
    """One hexagon for each area, by column and row."""


MapId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]


class MapDefinition(Entry):
    """One map. ``areas_on`` is a day on which the area codes were in force that carry no years of their own.

    ``layers`` are those of a TopoJSON file that are drawn; ``not_drawn`` has the others, each with the reason.
    """

    id: MapId
    title: Text
    edition: Text
    areas_on: Day
    published_note: Text
    file: FileDefinition
    reader: MapReader
    layers: tuple[Heading, ...] = ()
    not_drawn: dict[Heading, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_what_its_reader_needs(self) -> Self:
        if (self.reader is MapReader.TOPOJSON) != bool(self.layers):
            raise own_words(f'map "{self.id}": layers go with reader topojson, and only with it; mend one of the two')
        return self


class PlacesDefinition(Entry):
    """One list of places: ``kinds`` leads from the first letters of an area code to what it is."""

    id: MapId
    title: Text
    edition: Text
    areas_on: Day
    published_note: Text
    file: FileDefinition
    kinds: Annotated[dict[Text, PlaceKind], Field(min_length=1)]
