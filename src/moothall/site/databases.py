"""Where taking part keeps its records: a file beside the figures, or the PostgreSQL that DATABASE_URL names."""

import os
from pathlib import Path
from typing import Any

import dj_database_url

from moothall.catalogue.places import is_demonstration
from moothall.errors import UsageError

SECONDS_TO_WAIT = 20
SECONDS_KEPT = 60
"""How long a worker keeps its connection: closing the last one makes SQLite move everything into the file each time."""
SQLITE = {
    "timeout": SECONDS_TO_WAIT,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
"""Readers never wait for a writer, and a writer takes its turn at the start instead of failing in the middle.

A commit waits for the disk, but for drafts (engagement.drafts).
"""


def engagement_database(file: Path) -> dict[str, Any]:
    """Django's description of the database; UsageError where DATABASE_URL names none that we know."""
    address = None if is_demonstration() else os.environ.get("DATABASE_URL")
    if not address:
        kept = {"CONN_MAX_AGE": SECONDS_KEPT, "CONN_HEALTH_CHECKS": True}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": SQLITE, **kept}
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(address, conn_max_age=SECONDS_KEPT, conn_health_checks=True))
    except ValueError:
        found = {}
    if "postgresql" not in found.get("ENGINE", ""):
        raise UsageError("DATABASE_URL must begin with postgresql:// (without it, records go to a file of their own).")
    return found
