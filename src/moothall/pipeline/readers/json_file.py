"""JSON files: a path to a list of records, each record a row."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from moothall.errors import ReadError
from moothall.pipeline.readers.sheet import Column, Row, Sheet
from moothall.pipeline.sniff import SNIFFED_BYTES, looks_like_html


def read_json(path: Path, name: str, records: str) -> Sheet:
    """Read the list at ``records`` (keys joined by dots; empty for the document itself) in the JSON file at ``path``.

    Row 1 is the first record. A record inside a record gives columns whose keys are joined by dots. Numbers keep the
    digits of the file. Raises ReadError where the file is a web page,
    not JSON, or has no list of records there.
    """
    content = path.read_bytes()
    if looks_like_html(content[:SNIFFED_BYTES]):
        raise ReadError(f"{name} is a web page saved as a JSON file: fetch the data file itself again.")
    try:
        document = json.loads(content, parse_float=str, parse_int=str)
    except ValueError as error:
        raise ReadError(f"{name} is not whole JSON ({error}): fetch the file again.") from error
    found = [dict(_flat(record)) for record in _records_at(document, records, name)]
    keys = tuple(dict.fromkeys(key for record in found for key in record))
    columns = tuple(Column(key, path=f"{records}.{key}" if records else key) for key in keys)
    return Sheet(name, "", 0, columns, _rows(found, keys, name))


def _records_at(document: Any, path: str, name: str) -> Sequence[dict[str, Any]]:
    found = document
    for key in filter(None, path.split(".")):
        if not isinstance(found, dict) or key not in found:
            at_hand = f"it has {', '.join(map(str, found))}" if isinstance(found, dict) else "there are no keys there"
            raise ReadError(f"{name} has no {key!r} on the way to its records {path!r} ({at_hand}): correct the path.")
        found = found[key]
    if not isinstance(found, list) or not found or not all(isinstance(record, dict) for record in found):
        raise ReadError(f"{name}: what stands at {path!r} is not a list of records: correct the path in the YAML.")
    return found


def _flat(record: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _rows(records: Sequence[dict[str, Any]], keys: Sequence[str], name: str) -> Iterator[Row]:
    for number, record in enumerate(records, start=1):
        yield Row(number, [_text(record.get(key), name, number, key) for key in keys])


def _text(value: Any, name: str, number: int, key: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str | bool):
        return str(value)
    raise ReadError(f"{name}, record {number}: {key} holds {type(value).__name__}, not a single value.")
