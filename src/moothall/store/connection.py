"""How a build is opened for reading."""

from pathlib import Path
from typing import Any

import duckdb

READING: dict[str, Any] = {"threads": 1, "memory_limit": "64MB"}
"""One thread a worker; what a worker asks often is kept by the reader, and the kernel keeps the file's pages."""

AFTERWARDS = "SET memory_limit = '24MB'"
"""All panels are read at once, and are the most that is: the largest query after them takes less than this."""


def open_to_read(path: Path) -> duckdb.DuckDBPyConnection:
    """The build, which nobody writes to any more; duckdb.Error where it cannot be read."""
    return duckdb.connect(str(path), read_only=True, config=READING)


def give_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Let go of what was held to read the panels."""
    connection.execute(AFTERWARDS)
