"""What release files say of themselves: every place read became an observation or was refused for a reason."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from moothall.catalogue import Catalogue, SourceDefinition
from moothall.pipeline.check_releases import SourceCheck
from moothall.pipeline.quality import compare_all, release_file
from moothall.pipeline.release import METADATA_KEY, TableCount, verify_releases
from moothall.store import Comparison


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A source's accounts, the releases that have not been made, and how its figures compare with others."""

    accounts: SourceCheck
    missing: tuple[str, ...]
    comparisons: tuple[Comparison, ...]


def report_releases(catalogue: Catalogue, folder: Path) -> list[SourceReport]:
    """One report for each source with declared releases, from the release files' own accounts.

    Raises ReleaseError where a release file is missing, damaged, altered or not in the manifest.
    """
    shipped = verify_releases(folder)
    found = compare_all(catalogue, folder, shipped)
    return [
        SourceReport(
            accounts=_accounts(definition, folder, shipped),
            missing=tuple(r.id for r in definition.releases if release_file(definition, r.id) not in shipped),
            comparisons=tuple(item for item in found if item.source == definition.source.id),
        )
        for definition in catalogue.sources.values()
        if definition.releases
    ]


def _accounts(definition: SourceDefinition, folder: Path, shipped: Collection[str]) -> SourceCheck:
    names = {release.id: release_file(definition, release.id) for release in definition.releases}
    there = {release: name for release, name in names.items() if name in shipped}
    tables = [TableCount(**table) for name in there.values() for table in _said(folder / name)["tables"]]
    return SourceCheck(definition.source.id, tuple(there), tuple(tables), (), ())


def _said(path: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(pq.read_metadata(path).metadata[METADATA_KEY])
    return said
