"""A publisher's file, as a release or a list of councils names it."""

from typing import Annotated

from pydantic import Field

from moothall.catalogue.fields import Address, Entry, RelativePath, Sha256


class FileDefinition(Entry):
    """A file: path under the source's folder, digest, size in bytes, and where it may be fetched."""

    path: RelativePath
    sha256: Sha256
    bytes: Annotated[int, Field(gt=0)]
    url: Address | None = None
    max_bytes: Annotated[int, Field(gt=0)] | None = None
