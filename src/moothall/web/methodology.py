"""The long pages on methods: Markdown files of docs/methodology, read once."""

from functools import cache
from pathlib import Path

from moothall.catalogue.places import home


def methodology_folder() -> Path:
    """Where the long pages lie: made from the tests that specify the methods."""
    return home() / "docs" / "methodology"


@cache
def methodology_texts() -> dict[str, str]:
    """The text of each page by its name in addresses; empty where the folder is not there."""
    return _texts(methodology_folder())


def _texts(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("[a-z]*.md"))}
