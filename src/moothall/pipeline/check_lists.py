"""The verb check for what is read beside figures: lists, maps and places are whole, declared, and accounted for."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from moothall.catalogue.contents import Catalogue, SourceDefinition
from moothall.catalogue.listing import ListDefinition
from moothall.catalogue.mapping import MapDefinition, PlacesDefinition
from moothall.pipeline.gazetteer import PLACES
from moothall.pipeline.lists import LISTS, lists_account
from moothall.pipeline.maps import MAPS
from moothall.pipeline.release import MANIFEST, TableCount, verify_releases

Declared = ListDefinition | MapDefinition | PlacesDefinition


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what is read beside figures, and the words by which its files tell of it.

    ``key`` is the name of its definitions and of its accounts, ``read`` that of the count of all that was read;
    ``column`` says which definition a row belongs to, None where a file has one only.
    """

    noun: str
    key: str
    read: str
    folder: str
    column: str | None


LIST = Kind("list", "lists", "places_read", LISTS, "list")
KINDS = (LIST, Kind("map", "maps", "areas_read", MAPS, "map"), Kind("list", "places", "rows_read", PLACES, None))


@dataclass(frozen=True, slots=True)
class ListCheck:
    """What became of every place of one list or map, and what does not hold."""

    source: str
    count: TableCount
    problems: tuple[str, ...] = ()


def check_beside(catalogue: Catalogue, releases_folder: Path) -> list[ListCheck]:
    """One check for each declared list, map and list of places, in the folders beside that of the releases."""
    folder = releases_folder.parent
    return [found for kind in KINDS for found in check_lists(catalogue, folder / kind.folder, kind)]


def check_lists(catalogue: Catalogue, folder: Path, kind: Kind = LIST) -> list[ListCheck]:
    """One check for each definition of a kind.

    Raises ReleaseError where a file of lists is damaged, altered or not in the manifest.
    """
    shipped = verify_releases(folder) if (folder / MANIFEST).exists() else {}
    return [
        found
        for definition in catalogue.sources.values()
        if getattr(definition, kind.key)
        for found in _check_source(kind, definition, folder, f"{definition.source.id}.parquet" in shipped)
    ]


def _check_source(kind: Kind, definition: SourceDefinition, folder: Path, is_shipped: bool) -> Iterator[ListCheck]:
    source, declared = definition.source.id, getattr(definition, kind.key)
    if not is_shipped:
        problem = f"The file of {kind.key} {source}.parquet has not been made: run moothall read {source}."
        yield from (ListCheck(source, TableCount(each.id, 0, 0, {}), (problem,)) for each in declared)
        return
    said = {str(account["id"]): account for account in lists_account(folder, source)[kind.key]}
    rows = _rows(kind, folder / f"{source}.parquet")
    for each in declared:
        held = rows[each.id] if kind.column else rows.total()
        yield _check_list(kind, source, each, said.get(each.id), held)


def _rows(kind: Kind, path: Path) -> Counter[str]:
    """How many rows a file holds, by definition where it has a column that says so."""
    table = pq.read_table(path, columns=[kind.column] if kind.column else None)
    return Counter(table.column(kind.column or 0).to_pylist())


def _check_list(kind: Kind, source: str, declared: Declared, said: dict[str, Any] | None, rows: int) -> ListCheck:
    if said is None:
        problem = f"The {kind.noun} {declared.id} has not been made: run moothall read {source}."
        return ListCheck(source, TableCount(declared.id, 0, 0, {}), (problem,))
    count = TableCount(declared.id, said[kind.read], said["kept"], said["refused"])
    problems = []
    if count.rows_read != count.observations + sum(count.refused.values()):
        problems.append(
            f"The {kind.noun} {declared.id} does not account for every place: {count.rows_read} were read, "
            f"{count.observations} kept and {sum(count.refused.values())} left out; run moothall read {source} again."
        )
    if count.observations != rows:
        problems.append(
            f"The {kind.noun} {declared.id} says {count.observations} places and holds {rows}: read it again."
        )
    if said["file"]["sha256"] != declared.file.sha256:
        problems.append(f"The {kind.noun} {declared.id} was made from another {declared.file.path} than is declared.")
    return ListCheck(source, count, tuple(problems))
