"""Parquet files: columns are headings, rows are numbered from 1."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from moothall.errors import ReadError
from moothall.pipeline.readers.sheet import Column, Row, Sheet, one_line
from moothall.pipeline.readers.workbook import cell_text
from moothall.pipeline.sniff import SNIFFED_BYTES, looks_like_html

BATCH_ROWS = 1 << 16


def read_parquet(path: Path, name: str) -> Sheet:
    """Read the Parquet file at ``path``; ``name`` is what messages and provenance call it.

    Raises ReadError where it is a web page, damaged, or has a column of lists or mappings.
    """
    with path.open("rb") as file:
        if looks_like_html(file.read(SNIFFED_BYTES)):
            raise ReadError(f"{name} is a web page saved as a Parquet file: fetch the data file itself again.")
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise ReadError(f"{name} is not a whole Parquet file ({error}): fetch the file again.") from error
    nested = next((field.name for field in table.schema if pa.types.is_nested(field.type)), None)
    if nested:
        raise ReadError(f"{name}: the column {nested} holds lists or mappings, not single values: it cannot be read.")
    columns = tuple(Column(one_line(heading), path=heading) for heading in table.column_names)
    return Sheet(name, "", 0, columns, _rows(table))


def _rows(table: pa.Table) -> Iterator[Row]:
    numbers = count(1)
    for batch in table.to_batches(max_chunksize=BATCH_ROWS):
        columns = [_texts(column) for column in batch.columns]
        for cells in zip(*columns, strict=True):
            yield Row(next(numbers), cells)


def _texts(column: pa.Array) -> list[str]:
    """A column as text; equal values, of which there are many, are turned into text once."""
    encoded = column.dictionary_encode()
    texts = [_text(value) for value in encoded.dictionary.to_pylist()]
    return ["" if index is None else texts[index] for index in encoded.indices.to_pylist()]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else cell_text(value)
