"""Writing a file that a command makes: whole or not at all."""

from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in place whole; one that says the same already stays as it is, so that servers see no change."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.half")
    half.write_bytes(content)
    half.replace(path)
