"""Where authorities lie: shapes to draw, and places that people know by name."""

from dataclasses import dataclass
from enum import StrEnum

MAP_WIDTH = 1140
MAP_HEIGHT = 1300
"""The frame in whole steps in which every map of England is drawn: about half a kilometre each."""


class PlaceKind(StrEnum):
    """The kinds of place by which people find who runs what."""

    PARISH = "parish"
    WARD = "ward"


@dataclass(frozen=True, slots=True)
class AreaShape:
    """The outline of one authority's area on one map, as the commands of an SVG path within the frame.

    ``area_code`` is the code under which the map's file has it: an authority whose area code has changed has several.
    """

    map: str
    authority: str
    area_code: str
    path: str


@dataclass(frozen=True, slots=True)
class Place:
    """A parish or ward: its name, its area code, and the code of the authority that runs its local services."""

    name: str
    kind: PlaceKind
    area_code: str
    authority: str
