"""Writing a file that a command makes: whole or not at all."""

from pathlib import Path

from moothall.catalogue.whole_files import write_whole


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in place whole; one that says the same already stays as it is, so that servers see no change."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, lambda part: part.write_bytes(content))
