"""What lists, maps and places have in common: rows in a form of our own, and what became of every row of a file."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from moothall.pipeline.release import TableCount


def count_kept(id_: str, kept: int, refused: Counter[str]) -> TableCount:
    """How many rows or areas were read, how many of them kept, and the refused ones by reason."""
    return TableCount(id_, kept + refused.total(), kept, dict(refused))


def table_of(schema: pa.Schema, rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Rows, each in the order of the schema, as a table; a table without rows where there are none."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table(dict(zip(schema.names, map(list, columns), strict=True)), schema=schema)
