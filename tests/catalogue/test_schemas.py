"""The JSON Schemas for editors are those of the code, and every file of the catalogue names its own."""

import json
from pathlib import Path

import pytest

from moothall.catalogue.export import FILES, export_schemas, schema_text
from moothall.catalogue.places import catalogue_folder

FOLDER = catalogue_folder() / "schema"
MARK = "# yaml-language-server: $schema="


@pytest.mark.parametrize("name", FILES)
def test_the_committed_schema_is_current(name: str) -> None:
    remedy = "run python -m moothall.catalogue.export"
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == schema_text(name), remedy


def test_no_schema_is_left_over() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(FILES)


def test_exporting_writes_every_schema(tmp_path: Path) -> None:
    export_schemas(tmp_path / "new")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(f"{name}.json" for name in FILES)


def test_a_schema_is_closed_and_knows_its_words() -> None:
    schema = json.loads(schema_text("metric"))
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Polarity"]["enum"] == ["higher-is-better", "lower-is-better", "none"]
    assert "percent" in schema["properties"]["unit"]["enum"]
    assert schema["properties"]["landing_page"]["anyOf"][0]["pattern"].startswith("^https?://")


def test_a_schema_that_a_file_names_exists() -> None:
    """A file may name its schema in its first line, for editors; where it does, the schema is there."""
    for path in catalogue_folder().rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        if first.startswith(MARK):
            assert (path.parent / first.removeprefix(MARK)).resolve().is_relative_to(FOLDER), path.name
            assert (path.parent / first.removeprefix(MARK)).is_file(), path.name
