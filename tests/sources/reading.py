"""The real catalogue and its areas, and one table of it read from a small file made by hand."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from moothall.catalogue import SourceDefinition
from moothall.pipeline.check import Figure, figures
from moothall.pipeline.digest import sha256_of
from moothall.pipeline.read import read_sources
from moothall.pipeline.release import TableCount, read_release
from tests.support.real import ROOT, real_catalogue


def source(source_id: str) -> SourceDefinition:
    """A source of the catalogue."""
    return real_catalogue().sources[source_id]


def read_extract(source_id: str, table_id: str, path: Path) -> tuple[list[dict[str, Any]], TableCount]:
    """Read a small file by the real description of a table, as if it were the published one: its rows, in the order of
    the file, and the account of them.
    """
    catalogue, definition = real_catalogue(), source(source_id)
    release = definition.releases[-1]
    table = next(table for table in release.tables if table.id == table_id).model_copy(update={"file": path.name})
    file = release.files[0].model_copy(update={"path": path.name, "sha256": sha256_of(path)})
    alone = release.model_copy(update={"files": (file,), "tables": (table,)})
    small = replace(
        catalogue, sources={source_id: replace(definition, folder=path.parent.name, releases=(alone,))}, corrections={}
    )
    (read,) = read_sources(small, [source_id], path.parent.parent, path.parent / "releases")
    rows = read_release(path.parent / "releases", f"{source_id}/{release.id}.parquet")[1].to_pylist()
    return sorted(rows, key=lambda row: row["row"]), read.tables[0]


@cache
def shipped(source_id: str) -> tuple[Figure, ...]:
    """The figures of the last release of a source, as shipped."""
    name = f"{source_id}/{source(source_id).releases[-1].id}.parquet"
    return tuple(figures(read_release(ROOT / "data" / "releases", name)[1]))


def values(source_id: str, series: str, first_year: int) -> list[float]:
    """The shipped figures of a series for the year that begins in ``first_year``, of authorities in lifetime."""
    return [
        figure.value
        for figure in shipped(source_id)
        if figure.series == series
        and figure.period_start.year == first_year
        and figure.in_lifetime
        and figure.value is not None
    ]
