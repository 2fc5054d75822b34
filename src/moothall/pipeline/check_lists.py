"""The verb check for lists of councils: their files are whole, are those declared, and account for every place."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from moothall.catalogue.contents import Catalogue, SourceDefinition
from moothall.catalogue.listing import ListDefinition
from moothall.pipeline.lists import lists_account
from moothall.pipeline.release import MANIFEST, TableCount, verify_releases


@dataclass(frozen=True, slots=True)
class ListCheck:
    """What became of every place of one list, and what does not hold."""

    source: str
    count: TableCount
    problems: tuple[str, ...] = ()


def check_lists(catalogue: Catalogue, folder: Path) -> list[ListCheck]:
    """One check for each declared list.

    Raises ReleaseError where a file of lists is damaged, altered or not in the manifest.
    """
    shipped = verify_releases(folder) if (folder / MANIFEST).exists() else {}
    return [
        found
        for definition in catalogue.sources.values()
        if definition.lists
        for found in _check_source(definition, folder, f"{definition.source.id}.parquet" in shipped)
    ]


def _check_source(definition: SourceDefinition, folder: Path, is_shipped: bool) -> Iterator[ListCheck]:
    source = definition.source.id
    if not is_shipped:
        problem = f"The file of lists {source}.parquet has not been made: run moothall read {source}."
        yield from (ListCheck(source, TableCount(each.id, 0, 0, {}), (problem,)) for each in definition.lists)
        return
    said = {str(account["id"]): account for account in lists_account(folder, source)["lists"]}
    rows = pq.read_table(folder / f"{source}.parquet", columns=["list"]).column("list").to_pylist()
    for each in definition.lists:
        yield _check_list(source, each, said.get(each.id), rows.count(each.id))


def _check_list(source: str, declared: ListDefinition, said: dict[str, Any] | None, rows: int) -> ListCheck:
    if said is None:
        problem = f"The list {declared.id} has not been made: run moothall read {source}."
        return ListCheck(source, TableCount(declared.id, 0, 0, {}), (problem,))
    count = TableCount(declared.id, said["places_read"], said["kept"], said["refused"])
    problems = []
    if count.rows_read != count.observations + sum(count.refused.values()):
        problems.append(
            f"The list {declared.id} does not account for every place: {count.rows_read} were read, "
            f"{count.observations} kept and {sum(count.refused.values())} left out; run moothall read {source} again."
        )
    if count.observations != rows:
        problems.append(f"The list {declared.id} says {count.observations} places and holds {rows}: read it again.")
    if said["file"]["sha256"] != declared.file.sha256:
        problems.append(f"The list {declared.id} was made from another {declared.file.path} than is declared.")
    return ListCheck(source, count, tuple(problems))
