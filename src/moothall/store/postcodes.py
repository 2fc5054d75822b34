"""Postcodes beside the builds: a file of its own, which no build waits for; written whole, read only.

A whole postcode is looked up by its key. The beginning of one is looked up in a full-text index of its two halves, so
that ``LS1`` finds the postcodes of LS1 and not those of LS10.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

POSTCODES = "postcodes.sqlite3"

_WHOLE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")
_BEGINNING = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)(?: ([0-9][A-Z]?))?")

_TABLES = """
CREATE TABLE postcode (postcode TEXT PRIMARY KEY, area_code TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE half USING fts5(outward, inward, area_code UNINDEXED, prefix='1 2');
CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def normal_postcode(text: str) -> str | None:
    """A whole postcode as it is written, ``ls11ur`` as ``LS1 1UR``; None for anything else."""
    match = _WHOLE.fullmatch(" ".join(text.upper().split()))
    return f"{match[1]} {match[2]}" if match else None


def postcode_beginning(text: str) -> tuple[str, str] | None:
    """The halves of the beginning of a postcode: ``LS1`` and ``LS1 1``; None for anything else."""
    match = _BEGINNING.fullmatch(" ".join(text.upper().split()))
    return (match[1], match[2] or "") if match else None


class PostcodeIndex:
    """The postcodes that have been read in, each with the area code of its district."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.facts: dict[str, str] = dict(self._connection.execute("SELECT key, value FROM fact"))

    @property
    def id(self) -> str:
        """The digest of the directory that was read."""
        return self.facts["sha256"]

    def find(self, postcode: str) -> str | None:
        """The area code of a whole postcode, written ``LS1 1UR``; None where the directory does not have it."""
        query = "SELECT area_code FROM postcode WHERE postcode = ?"
        row = self._connection.execute(query, (postcode,)).fetchone()
        return str(row[0]) if row else None

    def beginning(self, outward: str, inward: str = "") -> Counter[str]:
        """How many postcodes with this beginning lie in each area: ``LS1``, or ``LS1`` and ``1``."""
        words = f'outward : "{outward}"' + (f' AND inward : "{inward}" *' if inward else "")
        query = "SELECT area_code, count(*) FROM half WHERE half MATCH ? GROUP BY area_code"
        return Counter(dict(self._connection.execute(query, (words,)).fetchall()))


def open_postcodes(builds: Path) -> PostcodeIndex | None:
    """The postcodes beside the builds, opened anew where they have been read again; None where none have."""
    path = (builds / POSTCODES).resolve()
    try:
        return _opened(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=2)
def _opened(path: Path, _changed: int) -> PostcodeIndex:
    return PostcodeIndex(path)


def write_postcodes(builds: Path, pairs: Iterable[tuple[str, str]], facts: dict[str, str]) -> Path:
    """Write (postcode, area code) pairs, whole or not at all; sqlite3.IntegrityError where one stands twice."""
    builds.mkdir(parents=True, exist_ok=True)
    part = builds / f".{POSTCODES}.unfinished"
    part.unlink(missing_ok=True)
    try:
        connection = sqlite3.connect(part)
        try:
            connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")
            connection.executemany("INSERT INTO postcode VALUES (?, ?)", pairs)
            halves = "substr(postcode, 1, instr(postcode, ' ') - 1), substr(postcode, instr(postcode, ' ') + 1)"
            connection.execute(f"INSERT INTO half SELECT {halves}, area_code FROM postcode")
            connection.executemany("INSERT INTO fact VALUES (?, ?)", facts.items())
            connection.commit()
        finally:
            connection.close()
        part.replace(builds / POSTCODES)
    finally:
        part.unlink(missing_ok=True)
    return builds / POSTCODES
