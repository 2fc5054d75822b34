"""How a build is opened for reading."""

from pathlib import Path
from typing import Any

import duckdb

MOST, LEAST = "96MB", "24MB"
"""What DuckDB may take, and what it keeps once the panels are read: what a worker asks often is kept by the reader, and
the kernel keeps the file's pages. The largest query sorts all that one source ever published, in less than the most."""

READING: dict[str, Any] = {"threads": 1, "memory_limit": MOST}


def open_to_read(path: Path) -> duckdb.DuckDBPyConnection:
    """The build, which nobody writes to any more; duckdb.Error where it cannot be read."""
    return duckdb.connect(str(path), read_only=True, config=READING)


def give_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Let go of what was held to read the panels: a limit below it drops it, and then holds no later query back."""
    for limit in (LEAST, MOST):
        connection.execute(f"SET memory_limit = '{limit}'")
