"""Before a file is read, it is the file that the catalogue means, byte for byte."""

from pathlib import Path

from moothall.catalogue.files import FileDefinition
from moothall.errors import ReadError
from moothall.pipeline.digest import sha256_of


def find_file(folder: Path, source: str, file: FileDefinition) -> Path:
    """The path of a release's file under a source's folder.

    Raises ReadError where it is missing, or where its bytes are not those that the catalogue was written for.
    """
    path = folder / file.path
    if not path.is_file():
        raise ReadError(f"{source}: there is no file {file.path} in {folder}: run moothall fetch {source} first.")
    digest = sha256_of(path)
    if digest != file.sha256:
        raise ReadError(
            f"{source}: {file.path} is not the file that was described: its sha256 is {digest} but the catalogue "
            f"pins {file.sha256}; fetch it again, or, if the publisher revised it, add a release to the source's YAML."
        )
    return path
