"""Where things lie on disk: one function for each folder, all under one home."""

import os
from pathlib import Path

HOME_VARIABLE = "MOOTHALL_HOME"
BUILDS_VARIABLE = "MOOTHALL_BUILDS"
ENGAGEMENT_VARIABLE = "MOOTHALL_ENGAGEMENT_DB"
OUTBOX_VARIABLE = "MOOTHALL_OUTBOX"
PUBLISHED_VARIABLE = "MOOTHALL_PUBLISHED"
DEMO_VARIABLE = "MOOTHALL_DEMO"

PROJECT = Path(__file__).resolve().parents[3]
"""The project this file belongs to."""


def _place(named: str) -> Path:
    """A folder or file as a variable names it. Every page asks: links on the way are not followed, which takes long."""
    return Path(named).expanduser().absolute()


def home() -> Path:
    """The folder that holds ``catalogue/`` and ``data/``: MOOTHALL_HOME, else the project."""
    named = os.environ.get(HOME_VARIABLE)
    return _place(named) if named else PROJECT


def catalogue_folder() -> Path:
    """The definitions: themes, metrics, sources, authorities."""
    return home() / "catalogue"


def releases_folder() -> Path:
    """The shipped figures: one folder a source, one file a release."""
    return home() / "data" / "releases"


def raw_folder() -> Path:
    """The publishers' files as fetched, never edited and never committed."""
    return home() / "data" / "raw"


def builds_folder() -> Path:
    """The databases named by the hash of their inputs: MOOTHALL_BUILDS, else ``data/build`` under the home."""
    named = os.environ.get(BUILDS_VARIABLE)
    return _place(named) if named else home() / "data" / "build"


def is_demonstration() -> bool:
    """Whether this program shows made-up respondents (MOOTHALL_DEMO=1): it then knows no records but those."""
    return os.environ.get(DEMO_VARIABLE) == "1"


def _of_taking_part(variable: str, name: str) -> Path:
    """What a variable names, else ``name`` under ``data``; of a demonstration always a place of its own."""
    if is_demonstration():
        return home() / "data" / "demonstration" / name
    named = os.environ.get(variable)
    return _place(named) if named else home() / "data" / name


def engagement_file() -> Path:
    """The database of taking part, where no other is named: MOOTHALL_ENGAGEMENT_DB, else under ``data``."""
    return _of_taking_part(ENGAGEMENT_VARIABLE, "engagement.sqlite3")


def outbox_folder() -> Path:
    """The letters that are written to files instead of being sent: MOOTHALL_OUTBOX, else under ``data``."""
    return _of_taking_part(OUTBOX_VARIABLE, "outbox")


def published_folder() -> Path:
    """What staff have published of taking part, for the explorer to read: MOOTHALL_PUBLISHED, else under ``data``."""
    return _of_taking_part(PUBLISHED_VARIABLE, "published")


def secret_file() -> Path:
    """The key that signs sessions and links, made at the first start and read by nobody else."""
    return home() / "data" / "secret-key"
