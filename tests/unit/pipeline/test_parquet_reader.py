"""Parquet files become rows of text that know where they stood, or one sentence."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from moothall.errors import ReadError
from moothall.pipeline.readers.parquet_file import read_parquet
from tests.unit.pipeline.making import csv_table, publish


def parquet(folder: Path, columns: dict[str, list[Any]]) -> Path:
    path = folder / "file.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def test_a_parquet_file_is_rows_of_text(tmp_path: Path) -> None:
    path = parquet(
        tmp_path, {"LA Number": [301.0, None, 302.5], "a\n b": ["x", " y", None], "d": [date(2024, 3, 31)] * 3}
    )
    sheet = read_parquet(path, "file.parquet")
    assert [column.heading for column in sheet.columns] == ["LA Number", "a b", "d"]
    assert [(row.number, list(row.cells)) for row in sheet.rows] == [
        (1, ["301", "x", "2024-03-31"]),
        (2, ["", " y", "2024-03-31"]),
        (3, ["302.5", "", "2024-03-31"]),
    ]
    assert sheet.cell(2, sheet.columns[0]) == "file.parquet, record 2, LA Number"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<!doctype html><html></html>", "file.parquet is a web page saved as a Parquet file"),
        (b"PAR1 and no more", "file.parquet is not a whole Parquet file"),
        (b"", "file.parquet is not a whole Parquet file"),
    ],
)
def test_a_broken_parquet_file_is_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "file.parquet"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=sentence):
        read_parquet(path, "file.parquet")


def test_a_column_of_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="the column x holds lists or mappings"):
        read_parquet(parquet(tmp_path, {"x": [[1], [2]]}), "file.parquet")


def test_a_parquet_file_is_read_by_the_same_description(tmp_path: Path) -> None:
    columns = {"Code": ["E06000002"], "Name": ["Westbay"], "Year": ["2021-22"], "Rate": [40.5]}
    table = csv_table(reader="parquet", file="returns.parquet")
    made = publish(tmp_path, parquet(tmp_path, columns).read_bytes(), name="returns.parquet", table=table)
    made.read()
    (row,) = made.rows()
    assert (row["value"], row["raw"], row["row"], row["column"], row["sheet"]) == (40.5, "40.5", 1, "Rate", "")
