"""A view's figures as CSV: UTF-8 with a mark that spreadsheets know it by, RFC 4180, one row a figure."""

import csv
import io
from collections.abc import Iterable

from moothall.presenters.downloads.dataset import Dataset
from moothall.presenters.downloads.fields import Field, Value

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes the pound sign and the dash for something else."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is run by spreadsheets; an apostrophe before it keeps it a text."""


def csv_bytes(dataset: Dataset, site: str) -> bytes:
    """The file; ``site`` is the address before every path, so that trails can be followed from the file."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([field.name for field in dataset.fields])
    for row in dataset.rows:
        writer.writerow([harmless(value) for value in with_site(dataset.fields, row, site)])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def with_site(fields: Iterable[Field], row: tuple[Value, ...], site: str) -> tuple[Value, ...]:
    """The row with the addresses of this site whole."""
    pairs = zip(fields, row, strict=True)
    return tuple(f"{site}{value}" if field.is_address and value else value for field, value in pairs)


def harmless(value: Value) -> Value:
    """The value as no spreadsheet will run it; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value
