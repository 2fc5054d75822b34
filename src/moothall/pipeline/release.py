"""Release files: the shipped figures with their provenance, and the manifest that notices a changed byte."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from moothall.catalogue.files import FileDefinition
from moothall.catalogue.whole_files import write_whole
from moothall.domain.observation import Observation
from moothall.errors import ReleaseError
from moothall.pipeline.digest import sha256_of

MANIFEST = "MANIFEST.json"
METADATA_KEY = b"moothall"
REPAIR = "run moothall read to make it again from the published files, or restore it from version control"

_COLUMNS: tuple[tuple[str, pa.DataType, Callable[[Observation], Any]], ...] = (
    ("series", pa.string(), attrgetter("series")),
    ("area_code", pa.string(), attrgetter("area_code")),
    ("authority", pa.string(), attrgetter("authority")),
    ("period_start", pa.date32(), attrgetter("period.start")),
    ("period_end", pa.date32(), attrgetter("period.end")),
    ("period_kind", pa.string(), attrgetter("period.kind")),
    ("breakdown", pa.string(), attrgetter("breakdown")),
    ("value", pa.float64(), attrgetter("value")),
    ("lower_95", pa.float64(), attrgetter("lower_95")),
    ("upper_95", pa.float64(), attrgetter("upper_95")),
    ("numerator", pa.float64(), attrgetter("numerator")),
    ("denominator", pa.float64(), attrgetter("denominator")),
    ("status", pa.string(), attrgetter("status")),
    ("reason", pa.string(), attrgetter("reason")),
    ("note", pa.string(), attrgetter("note")),
    ("in_lifetime", pa.bool_(), attrgetter("in_lifetime")),
    ("file", pa.string(), attrgetter("provenance.file")),
    ("sheet", pa.string(), attrgetter("provenance.sheet")),
    ("row", pa.int32(), attrgetter("provenance.row")),
    ("column", pa.string(), attrgetter("provenance.column")),
    ("raw", pa.string(), attrgetter("provenance.raw")),
)
"""The columns of a release file after source and release: name, type, and where an observation holds it."""

SCHEMA = pa.schema([("source", pa.string()), ("release", pa.string()), *((name, kind) for name, kind, _ in _COLUMNS)])


@dataclass(frozen=True, slots=True)
class TableCount:
    """What became of one table: rows_read = observations + the sum of refused, which counts by reason."""

    id: str
    rows_read: int
    observations: int
    refused: dict[str, int]


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What is known about a release beside its figures."""

    source: str
    release: str
    title: str
    publisher: str
    landing_page: str
    published_on: str
    published_precision: str
    published_note: str
    files: tuple[FileDefinition, ...]
    tables: tuple[TableCount, ...]

    @property
    def name(self) -> str:
        """The release file's path under the folder of releases."""
        return f"{self.source}/{self.release}.parquet"


def release_table(source: str, release: str, observations: Iterable[Observation]) -> pa.Table:
    """The rows of a release file, in its order."""
    ordered = sorted(observations, key=lambda o: (o.series, o.area_code, o.period.start, o.breakdown))
    columns: list[Sequence[Any]] = [[source] * len(ordered), [release] * len(ordered)]
    columns.extend([take(observation) for observation in ordered] for _, _, take in _COLUMNS)
    return pa.table(dict(zip(SCHEMA.names, columns, strict=True)), schema=SCHEMA)


def write_release(folder: Path, facts: ReleaseFacts, table: pa.Table) -> bool:
    """Write a release file and its entry in the manifest, whole or not at all; True where the content had changed.

    A file whose content is already there is left as it is, byte for byte.
    """
    return write_file(folder, facts.name, _described(facts), table)


def write_file(folder: Path, name: str, described: dict[str, Any], table: pa.Table) -> bool:
    """Write rows with what is ``described`` of them, and the entry in the folder's manifest; as ``write_release``."""
    content_sha256 = _content_sha256(described, table)
    path = folder / name
    manifest = read_manifest(folder) if (folder / MANIFEST).exists() else {}
    entry = manifest.get(name)
    if entry and entry["content_sha256"] == content_sha256 and path.exists() and sha256_of(path) == entry["sha256"]:
        return False
    metadata = json.dumps({**described, "content_sha256": content_sha256}, ensure_ascii=False, sort_keys=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, lambda part: _write_parquet(part, table, metadata))
    manifest[name] = {
        "sha256": sha256_of(path),
        "bytes": path.stat().st_size,
        "rows": table.num_rows,
        "content_sha256": content_sha256,
    }
    _write_manifest(folder, manifest)
    return True


def remove_release(folder: Path, name: str) -> None:
    """Take a release that is no longer declared out of the manifest, then out of the folder."""
    manifest = read_manifest(folder)
    manifest.pop(name, None)
    _write_manifest(folder, manifest)
    (folder / name).unlink(missing_ok=True)


def read_release(folder: Path, name: str) -> tuple[dict[str, Any], pa.Table]:
    """The metadata and the rows of a release file. Raises ReleaseError where it is missing or damaged."""
    try:
        with pq.ParquetFile(folder / name) as file:
            return json.loads(file.metadata.metadata[METADATA_KEY]), file.read()
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise ReleaseError(f"The release file {name} cannot be read: it is missing or damaged; {REPAIR}.") from error


def read_manifest(folder: Path) -> dict[str, dict[str, Any]]:
    """The manifest: sha256, bytes, rows and content_sha256 by release file. Raises ReleaseError where it is damaged."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ReleaseError(f"There is no {MANIFEST} in {folder}: {REPAIR}.") from error
    except ValueError as error:
        raise ReleaseError(f"{folder / MANIFEST} is not whole ({error}): {REPAIR}.") from error
    if not isinstance(manifest, dict):
        raise ReleaseError(f"{folder / MANIFEST} does not list release files: {REPAIR}.")
    return manifest


def verify_releases(folder: Path) -> dict[str, dict[str, Any]]:
    """The manifest, once every release file was found whole and as it was written, and no other file beside them.

    Raises ReleaseError naming the first file that is missing, cut short, altered or unlisted.
    """
    manifest = read_manifest(folder)
    for name, entry in manifest.items():
        _verify(folder, name, entry)
    for path in sorted(folder.rglob("*.parquet")):
        name = path.relative_to(folder).as_posix()
        if name not in manifest:
            raise ReleaseError(f"The release file {name} is not in {MANIFEST}: remove it, or {REPAIR}.")
    return manifest


def _verify(folder: Path, name: str, entry: dict[str, Any]) -> None:
    path = folder / name
    if not path.is_file():
        raise ReleaseError(f"The release file {name} is missing: {REPAIR}.")
    size = path.stat().st_size
    if size != entry.get("bytes"):
        raise ReleaseError(f"The release file {name} has {size} bytes but {entry.get('bytes')} were written: {REPAIR}.")
    digest = sha256_of(path)
    if digest != entry.get("sha256"):
        raise ReleaseError(
            f"The release file {name} was altered: its sha256 is {digest} but "
            f"{entry.get('sha256')} was written; {REPAIR}."
        )


def _described(facts: ReleaseFacts) -> dict[str, Any]:
    return {
        "source": facts.source,
        "release": facts.release,
        "title": facts.title,
        "publisher": facts.publisher,
        "landing_page": facts.landing_page,
        "published_on": facts.published_on,
        "published_precision": facts.published_precision,
        "published_note": facts.published_note,
        "files": [{"path": file.path, "sha256": file.sha256, "bytes": file.bytes} for file in facts.files],
        "tables": [
            {
                "id": table.id,
                "rows_read": table.rows_read,
                "observations": table.observations,
                "refused": dict(sorted(table.refused.items())),
            }
            for table in facts.tables
        ],
    }


def _content_sha256(described: dict[str, Any], table: pa.Table) -> str:
    """A digest of what the file says, whichever library version wrote its bytes."""
    digest = hashlib.sha256(json.dumps(described, sort_keys=True).encode())
    days = [column.name for column in table.schema if column.type == pa.date32()]
    for name in days:
        table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(pa.string()))
    for batch in table.to_batches(max_chunksize=20_000):
        digest.update(json.dumps(batch.to_pydict()).encode())
    return digest.hexdigest()


def _write_parquet(path: Path, table: pa.Table, metadata: str) -> None:
    with pq.ParquetWriter(path, table.schema, compression="zstd", compression_level=9) as writer:
        writer.write_table(table, row_group_size=1 << 20)
        writer.add_key_value_metadata({METADATA_KEY: metadata})


def _write_manifest(folder: Path, manifest: dict[str, dict[str, Any]]) -> None:
    text = json.dumps(dict(sorted(manifest.items())), indent=2) + "\n"
    write_whole(folder / MANIFEST, lambda part: part.write_text(text, encoding="utf-8"))
