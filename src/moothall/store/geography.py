"""What a build keeps of where authorities lie: the shapes of maps, and the places by which people find a council."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

import duckdb

from moothall.domain.geography import AreaShape, Place, PlaceKind

GEOGRAPHY_TABLES = """
CREATE TABLE shape (map VARCHAR, authority VARCHAR, area_code VARCHAR, path VARCHAR);
CREATE TABLE place (name VARCHAR, kind VARCHAR, area_code VARCHAR, authority VARCHAR);
"""

Shapes = Mapping[str, Mapping[str, tuple[AreaShape, ...]]]
"""By map, then by authority code: the shapes that an authority has had."""


def rows_of(things: Sequence[AreaShape] | Sequence[Place]) -> list[tuple[Any, ...]]:
    """Shapes or places as rows of their table."""
    return [astuple(thing) for thing in things]


def load_shapes(connection: duckdb.DuckDBPyConnection) -> Shapes:
    """All shapes of a build by map and authority."""
    found: dict[str, dict[str, tuple[AreaShape, ...]]] = {}
    for row in connection.execute("SELECT * FROM shape ORDER BY map, authority, area_code").fetchall():
        shape = AreaShape(*row)
        own = found.setdefault(shape.map, {})
        own[shape.authority] = (*own.get(shape.authority, ()), shape)
    return found


def load_places(connection: duckdb.DuckDBPyConnection) -> tuple[Place, ...]:
    """All places of a build, by name."""
    rows = connection.execute("SELECT * FROM place ORDER BY name, area_code").fetchall()
    return tuple(Place(name, PlaceKind(kind), area, authority) for name, kind, area, authority in rows)
