"""How many rows a second each reader takes in, beside a plain pandas read of the same file of the mirror."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from moothall.catalogue import Catalogue, SourceDefinition, load_catalogue
from moothall.catalogue.places import catalogue_folder, home
from moothall.catalogue.reading import Reader, ReleaseDefinition, TableDefinition
from moothall.pipeline.read import open_table, read_sources

TIMES = 2
"""How often a plain read is timed; the fastest counts. A read into checked figures is timed once."""


@dataclass(frozen=True)
class Sample:
    """A published file whose table is read, and the format it stands for."""

    format: str
    source: str
    file: str
    table: str


SAMPLES = (
    Sample("csv", "mhclg-revenue-outturn-service-expenditure", "RSX_2023-24_data_by_LA.csv", "services"),
    Sample("json", "oflog-waste", "testData.json", "waste"),
    Sample("xls", "mhclg-capital-outturn", "COR4_2014-15.xls", "prudential"),
    Sample("xlsx", "mhclg-capital-outturn", "COR_B_2018-19.xlsx", "financing"),
    Sample("ods", "defra-local-authority-collected-waste", "LA_collection.ods", "rates"),
    Sample("parquet", "dfe-local-authority-interactive-tool", "bds_long_0.parquet", "long-table"),
)


def find_mirror() -> Path | None:
    """The folder of published files; None where there is none on this machine."""
    named = os.environ.get("MOOTHALL_MIRROR")
    folder = Path(named) if named else home().parent / "shared" / "sources"
    return folder if (folder / "MANIFEST.csv").is_file() else None


def reader_rows() -> list[tuple[str, float, float | None, str]]:
    """For each format the rows a second that our reader and pandas take in, and that become checked figures."""
    mirror = find_mirror()
    if mirror is None:
        return []
    catalogue = load_catalogue(catalogue_folder())
    return [row for sample in SAMPLES for row in _sample_rows(sample, catalogue, mirror)]


def _sample_rows(sample: Sample, catalogue: Catalogue, mirror: Path) -> Iterator[tuple[str, float, float | None, str]]:
    definition = catalogue.sources[sample.source]
    release, table = _described(definition, sample)
    path = mirror / definition.folder / sample.file
    sheet = open_table(path, table)
    rows = sum(1 for _ in sheet.rows)
    ours = rows / _fastest(path, lambda copy: list(open_table(copy, table).rows))
    theirs = rows / _fastest(path, lambda copy: _read_with_pandas(copy, table, sheet.name))
    yield f"{sample.format}, {rows:,} rows: read (target: pandas)", ours, round(theirs), "rows/s"
    alone = release.model_copy(update={"tables": (table,), "changes": ()})
    small = {sample.source: replace(definition, releases=(alone,), lists=())}
    whole = replace(catalogue, sources=small, corrections={})
    seconds = _fastest(path, lambda copy: read_sources(whole, None, mirror, copy.parent / "releases"), 1)
    yield f"{sample.format}, {rows:,} rows: read, conformed, checked, written", rows / seconds, None, "rows/s"


def _described(definition: SourceDefinition, sample: Sample) -> tuple[ReleaseDefinition, TableDefinition]:
    found = ((release, table) for release in definition.releases for table in release.tables)
    return next(pair for pair in found if (pair[1].file, pair[1].id) == (sample.file, sample.table))


def _fastest(path: Path, read: Callable[[Path], object], times: int = TIMES) -> float:
    """Seconds of the fastest of several reads, each of a fresh copy, so that nothing kept from the last one helps."""
    spent = []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(shutil.copy(path, folder))
            started = time.perf_counter()
            read(copy)
            spent.append(time.perf_counter() - started)
    return min(spent)


def _read_with_pandas(path: Path, table: TableDefinition, sheet: str) -> object:
    import pandas as pd

    match table.reader:
        case Reader.CSV:
            return pd.read_csv(path, skiprows=table.header_row - 1, encoding=table.encoding, low_memory=False)
        case Reader.JSON:
            return pd.json_normalize(pd.read_json(path, typ="series")[table.records])
        case Reader.WORKBOOK:
            return pd.read_excel(path, sheet_name=sheet, header=None, engine="calamine")
        case Reader.PARQUET:
            return pd.read_parquet(path)
