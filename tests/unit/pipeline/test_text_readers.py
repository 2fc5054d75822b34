"""CSV and JSON files become rows of text that know where they stood, or one sentence."""

from pathlib import Path

import pytest

from moothall.errors import ReadError
from moothall.pipeline.readers.csv_file import read_csv
from moothall.pipeline.readers.json_file import read_json
from moothall.pipeline.readers.sheet import column_letter


def save(folder: Path, content: str | bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "header_row", "encoding", "rows"),
    [
        ("A,B\n1,2\n3,4\n", 1, None, [(2, ["1", "2"]), (3, ["3", "4"])]),
        ("\ufeffA,B\n1,2\n", 1, None, [(2, ["1", "2"])]),
        ("A,B\r\n1,2\r\n", 1, None, [(2, ["1", "2"])]),
        ('A,B\n"one\ntwo",2\n3,4\n', 1, None, [(2, ["one\ntwo", "2"]), (3, ["3", "4"])]),
        ("A,B\n\n1,2\n", 1, None, [(3, ["1", "2"])]),
        ("Title\n\nA,B\n1,2\n", 3, None, [(4, ["1", "2"])]),
        ("A,B\n1,2,,\n", 1, None, [(2, ["1", "2", "", ""])]),
        ("A,B\n£,\x0b\n".encode("cp1252"), 1, "cp1252", [(2, ["£", "\x0b"])]),
        ("A,B\nx\u2028y,2\n", 1, None, [(2, ["x\u2028y", "2"])]),
    ],
)
def test_a_csv_file_is_rows(
    tmp_path: Path, content: str | bytes, header_row: int, encoding: str | None, rows: list[tuple[int, list[str]]]
) -> None:
    sheet = read_csv(save(tmp_path, content), "file.csv", header_row, encoding)
    assert [(row.number, list(row.cells)) for row in sheet.rows] == rows
    assert [column.heading for column in sheet.columns] == ["A", "B"]
    assert [column.label for column in sheet.columns] == ["A (A)", "B (B)"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("<!DOCTYPE html><html><body>Not here</body></html>", "web page saved as a CSV file"),
        ("  \n<HTML><head></head></HTML>", "web page saved as a CSV file"),
        ("", "no headings in row 1"),
        ("A,B\n1\n", "row 2 has 1 cells but there are 2 headings"),
        ("A,B\n1,2,3\n", "row 2 has 3 cells but there are 2 headings"),
        ('A,B\n1,2\n"3,4\n', "after row 2: not well-formed CSV"),
        (b"A,B\n1,2\n\xe9,2\n", "row 3: a character that is not utf-8-sig"),
    ],
)
def test_a_broken_csv_file_is_one_sentence(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    with pytest.raises(ReadError, match=sentence) as caught:
        list(read_csv(save(tmp_path, content), "file.csv").rows)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("file.csv")


def test_json_records_are_rows_with_their_own_digits(tmp_path: Path) -> None:
    content = '{"data": {"rows": [{"code": "E1", "y": 1.50}, {"code": "E2", "z": null, "y": 12345678901234567890}]}}'
    sheet = read_json(save(tmp_path, content, "file.json"), "file.json", "data.rows")
    assert [column.label for column in sheet.columns] == ["data.rows.code", "data.rows.y", "data.rows.z"]
    assert [(row.number, list(row.cells)) for row in sheet.rows] == [
        (1, ["E1", "1.50", ""]),
        (2, ["E2", "12345678901234567890", ""]),
    ]
    assert sheet.cell(2, sheet.columns[1]) == "file.json, record 2, data.rows.y"


@pytest.mark.parametrize(
    ("content", "records", "sentence"),
    [
        ("<html></html>", "rows", "web page saved as a JSON file"),
        ('{"rows": [', "rows", "not whole JSON"),
        ('{"other": []}', "rows", "has no 'rows' on the way to its records 'rows' .it has other."),
        ('{"rows": []}', "rows", "not a list of records"),
        ('{"rows": {"a": 1}}', "rows", "not a list of records"),
        ('{"rows": [1, 2]}', "rows", "not a list of records"),
        ("[1]", "rows", "there are no keys there"),
        ('{"rows": [{"y": [1]}]}', "rows", "record 1: y holds list, not a single value"),
    ],
)
def test_a_broken_json_file_is_one_sentence(tmp_path: Path, content: str, records: str, sentence: str) -> None:
    with pytest.raises(ReadError, match=sentence):
        list(read_json(save(tmp_path, content, "file.json"), "file.json", records).rows)


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(index: int, letters: str) -> None:
    assert column_letter(index) == letters
