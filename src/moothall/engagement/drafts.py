"""Committing what somebody is still writing: without waiting for the disk, which has it about a second later (ADR 23).

A program that ends, or is killed, loses nothing by that. A machine that loses its power may lose the last second.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

SOON = "PRAGMA synchronous=NORMAL"
AT_ONCE = "PRAGMA synchronous=FULL"
SOON_POSTGRESQL = "SET LOCAL synchronous_commit TO OFF"


@contextmanager
def draft_commit() -> Iterator[None]:
    """A transaction for drafts. Inside another one it is a part of that, and is committed as that one is."""
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
    elif connection.vendor == "sqlite":
        with _without_waiting(), transaction.atomic():
            yield
    else:
        with transaction.atomic():
            _tell(SOON_POSTGRESQL)
            yield


@contextmanager
def _without_waiting() -> Iterator[None]:
    """SQLite says how it commits for a connection, not for a transaction: all others wait for the disk again."""
    _tell(SOON)
    try:
        yield
    finally:
        _tell(AT_ONCE)


def _tell(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)


def write_drafts_to_disk() -> None:
    """Have the disk take what was committed without waiting for it. PostgreSQL does so by itself."""
    if connection.vendor != "sqlite":
        return
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    if log.is_file():
        _write_to_disk(log)


def _write_to_disk(file: Path) -> None:
    """Closing this file drops no lock of ours: SQLite keeps its locks on two others."""
    opened = os.open(file, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
