"""A view's figures as CSV: UTF-8 with a mark that spreadsheets know it by, RFC 4180, one row a figure."""

import csv
import io
from collections.abc import Callable, Iterable

from moothall.presenters.downloads.dataset import Dataset
from moothall.presenters.downloads.fields import Field, Value

Whole = Callable[[str], str]
"""What makes an address of this site whole: ``/metrics`` is ``https://explorer.example.org/metrics``."""

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes the pound sign and the dash for something else."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is run by spreadsheets; an apostrophe before it keeps it a text."""


def csv_bytes(dataset: Dataset, whole: Whole) -> bytes:
    """The file; ``whole`` makes addresses of this site whole, so that trails can be followed from the file."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([field.name for field in dataset.fields])
    for row in dataset.rows:
        writer.writerow([harmless(value) for value in with_site(dataset.fields, row, whole)])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def with_site(fields: Iterable[Field], row: tuple[Value, ...], whole: Whole) -> tuple[Value, ...]:
    """The row with the addresses of this site whole."""
    pairs = zip(fields, row, strict=True)
    return tuple(whole(str(value)) if field.is_address and value else value for field, value in pairs)


def harmless(value: Value) -> Value:
    """The value as no spreadsheet will run it; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value
