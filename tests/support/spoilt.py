"""A publisher's file taken apart into rows, spoilt in one way, and written back in its own format.

The rows are read from the mirror when a test runs and go to a temporary folder: nothing of them is kept.
"""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from moothall.catalogue.reading import Reader, TableDefinition
from moothall.pipeline.layout import Layout
from moothall.pipeline.numbers import parse_number
from moothall.pipeline.read import open_table
from moothall.pipeline.readers.workbook import cell_text
from tests.support.written import WRITERS, plain

Cells = list[list[Any]]
Keep = Callable[[dict[str, Any]], bool]


@dataclass
class Copy:
    """The rows of one table, where its headings, codes, names and figures stand, and how they become a file again."""

    table: TableDefinition
    ending: str
    title: str
    rows: Cells
    header: int
    code: int
    name: int | None
    values: list[int]
    records: str = ""
    others: dict[str, Cells] = field(default_factory=dict)
    share: float = 1.0
    """How much of the written file is kept, from its beginning."""

    @property
    def headings(self) -> list[Any]:
        return self.rows[self.header - 1]

    @property
    def data(self) -> Cells:
        """The rows below the headings that have a code."""
        return [row for row in self.rows[self.header :] if str(row[self.code]).strip()]

    def change_values(self, change: Callable[[float], Any], columns: list[int] | None = None) -> None:
        """Replace every figure by what ``change`` makes of it; cells without a number stay."""
        for row in self.data:
            for index in self.values if columns is None else columns:
                number = parse_number(str(row[index]))
                if number is not None:
                    row[index] = change(float(number))

    def write(self, path: Path) -> None:
        """Write the file, cut short where it shall be."""
        self._write(path)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * self.share)])

    def _write(self, path: Path) -> None:
        if self.ending == ".csv":
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(self.rows)
            path.write_text(text.getvalue(), encoding="utf-8")
        elif self.ending == ".json":
            records = [dict(zip(self.headings, row, strict=True)) for row in self.rows[1:]]
            path.write_text(json.dumps({self.records: records} if self.records else records), encoding="utf-8")
        elif self.ending == ".parquet":
            texts = zip(*(map(str, row) for row in self.rows[1:]), strict=True)
            pq.write_table(pa.table(dict(zip(map(str, self.headings), map(pa.array, texts), strict=True))), path)
        else:
            WRITERS[self.ending](path, {**self.others, self.title: self.rows})


def take_apart(path: Path, table: TableDefinition, keep: Keep | None = None) -> Copy:
    """The rows of a table in a file, without those that ``keep`` refuses."""
    sheet = open_table(path, table)
    layout = Layout(sheet, table)
    rows = _rows(path, table, sheet.name)
    header = max(sheet.header_row, 1)
    if keep:
        kept = (dict(zip(rows[header - 1], row, strict=True)) for row in rows[header:])
        rows = rows[:header] + [list(record.values()) for record in kept if keep(record)]
    return Copy(
        table=table,
        ending=path.suffix,
        title=sheet.name,
        rows=rows,
        header=header,
        code=layout.area,
        name=layout.name,
        values=layout.value_columns,
        records=table.records or "",
    )


def _rows(path: Path, table: TableDefinition, title: str) -> Cells:
    match table.reader:
        case Reader.WORKBOOK:
            found = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(title).to_python(skip_empty_area=False)
            return [[plain(cell) for cell in row] for row in found]
        case Reader.CSV:
            return list(csv.reader(io.StringIO(path.read_bytes().decode(table.encoding or "utf-8-sig"))))
        case Reader.JSON:
            records = json.loads(path.read_bytes())[table.records]
            return [list(records[0]), *[list(record.values()) for record in records]]
        case Reader.PARQUET:
            content = pq.read_table(path)
            return [content.column_names, *[[cell_text(cell) for cell in row.values()] for row in content.to_pylist()]]
