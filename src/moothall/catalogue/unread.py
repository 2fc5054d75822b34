"""Files beside those of the sources from which no figure is read, and why (catalogue/files-not-read.yaml)."""

from typing import Annotated

from pydantic import Field

from moothall.catalogue.fields import Entry, Id, Text
from moothall.catalogue.patterns import WantedCells, matches


class UnreadFiles(Entry):
    """Files of one folder, by path in it or by pattern: what they are, and why no figure is taken from them."""

    folder: Id
    files: Annotated[WantedCells, Field(min_length=1)]
    what: Text
    why: Text

    def names(self, folder: str, path: str) -> bool:
        """True where the file at ``path`` in ``folder`` is one of these."""
        return folder == self.folder and any(matches(wanted, path) for wanted in self.files)


class UnreadFilesFile(Entry):
    """catalogue/files-not-read.yaml"""

    files_not_read: tuple[UnreadFiles, ...]
