"""A folder of publishers' files beside the catalogue: each file is read, or the catalogue says why not."""

from collections.abc import Iterator
from pathlib import Path

from moothall.catalogue import Catalogue
from moothall.catalogue.check_unread import unexplained_files
from moothall.errors import FetchError


def require_mirror(mirror: Path) -> None:
    """Raise FetchError where there is no such folder."""
    if not mirror.is_dir():
        raise FetchError(f"There is no mirror at {mirror}: give the folder that holds one folder for each source.")


def mirror_files(mirror: Path) -> Iterator[tuple[str, str]]:
    """Each file under the folders of the mirror as (folder, path in it), sorted.

    Raises FetchError where there is no such mirror.
    """
    require_mirror(mirror)
    for path in sorted(mirror.rglob("*")):
        folder, *rest = path.relative_to(mirror).parts
        if rest and path.is_file():
            yield folder, "/".join(rest)


def mirror_problems(catalogue: Catalogue, mirror: Path) -> list[str]:
    """A sentence for each file of the mirror that no source reads and nothing explains."""
    return [
        f"{name} is neither read by a source nor explained: declare it under catalogue/sources, or say under "
        "catalogue/files-not-read.yaml why it is not read."
        for name in unexplained_files(catalogue, mirror_files(mirror))
    ]
