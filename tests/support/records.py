"""Records of taking part for programs that a test starts: a file of SQLite, or a database of PostgreSQL."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

SQLITE, POSTGRESQL = "sqlite", "postgresql"
SECONDS_TO_WAIT = 30.0


@dataclass(frozen=True)
class Records:
    """The kind of the records, and the variables by which programs find them; both kinds understand the same SQL."""

    kind: str
    variables: dict[str, str]

    def ask(self, words: str) -> list[tuple[Any, ...]]:
        """The rows that a question is answered with."""
        if self.kind == POSTGRESQL:
            with psycopg.connect(self.variables["DATABASE_URL"]) as opened:
                return opened.execute(words.encode()).fetchall()
        with closing(self._file()) as opened_file:
            return opened_file.execute(words).fetchall()

    def change(self, *statements: str) -> None:
        """Carry out statements, all or none."""
        if self.kind == POSTGRESQL:
            with psycopg.connect(self.variables["DATABASE_URL"]) as opened:
                for words in statements:
                    opened.execute(words.encode())
            return
        with closing(self._file()) as opened_file, opened_file:
            for words in statements:
                opened_file.execute(words)

    def _file(self) -> sqlite3.Connection:
        return sqlite3.connect(self.variables["MOOTHALL_ENGAGEMENT_DB"], timeout=SECONDS_TO_WAIT)


def file_records(folder: Path) -> Records:
    """Records in a file of this folder, which a program makes when it starts."""
    return Records(SQLITE, {"MOOTHALL_ENGAGEMENT_DB": str(folder / "records.sqlite3")})


def database_records(server: str, name: str) -> Records:
    """Records in a new, empty database of a server, whose address names its first database."""
    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute(f"CREATE DATABASE {name}".encode())
    return Records(POSTGRESQL, {"DATABASE_URL": server.rpartition("/")[0] + f"/{name}"})
