"""A file on its way in: bytes go to a .part file beside its place and are checked before they take the name."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from moothall.catalogue.files import FileDefinition
from moothall.catalogue.live import FileType
from moothall.errors import FetchError
from moothall.pipeline.sniff import SNIFFED_BYTES, looks_like_html, may_be

DEFAULT_MAX_BYTES = 200_000_000
CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that no release describes yet: only its name and format are known before it arrives."""

    path: str
    file_type: FileType
    max_bytes: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """The place of one file, of a release or new, and what is known about it."""

    source: str
    file: FileDefinition | NewFile
    target: Path

    @property
    def max_bytes(self) -> int:
        """The most bytes that are accepted."""
        return self.file.max_bytes or DEFAULT_MAX_BYTES

    @property
    def part(self) -> Path:
        """Where the bytes gather."""
        return self.target.with_name(self.target.name + ".part")

    @property
    def _tag_file(self) -> Path:
        return self.target.with_name(self.target.name + ".part.json")

    def is_here(self) -> bool:
        """True when the file is already in its place, byte for byte."""
        if isinstance(self.file, NewFile):
            return False
        return self.target.is_file() and _digest(self.target).hexdigest() == self.file.sha256

    def started(self) -> tuple[int, str]:
        """How many bytes have gathered, and the server's tag for the file they belong to; (0, "") to begin anew."""
        try:
            tag = json.loads(self._tag_file.read_text(encoding="utf-8"))["tag"]
            return self.part.stat().st_size, str(tag)
        except (OSError, ValueError, KeyError, TypeError):
            return 0, ""

    def remember(self, tag: str) -> None:
        """Note the tag under which the bytes can be asked for again."""
        self._tag_file.write_text(json.dumps({"tag": tag}), encoding="utf-8")

    def forget(self) -> None:
        """Remove what has gathered."""
        self.part.unlink(missing_ok=True)
        self._tag_file.unlink(missing_ok=True)

    def gather(self, chunks: Iterable[bytes], start: int) -> str:
        """Append chunks after the first ``start`` bytes; the sha256 of all that has gathered.

        Raises FetchError, and forgets the bytes, once there are more than the limit.
        """
        self.target.parent.mkdir(parents=True, exist_ok=True)
        digest = _digest(self.part) if start else hashlib.sha256()
        size = start
        with self.part.open("ab" if start else "wb") as out:
            for chunk in chunks:
                size += len(chunk)
                self.require_size(size)
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        return digest.hexdigest()

    def require_size(self, size: int) -> None:
        """Raise FetchError, and forget the bytes, where ``size`` is over the limit."""
        if size > self.max_bytes:
            self.forget()
            raise FetchError(
                f"{self.source}: {self.file.path} is larger than {self.max_bytes:,} bytes, the most that is accepted: "
                "if that is right, raise max_bytes in the source's YAML."
            )

    def settle(self, digest: str) -> None:
        """Give the gathered file its name in one step, if it is what the catalogue describes.

        Raises FetchError, and forgets the bytes, where it is a web page, is of another format than was looked for or
        has another sha256.
        """
        problem = self._problem(digest)
        if problem:
            self.forget()
            raise FetchError(problem)
        self.part.replace(self.target)
        self.forget()

    def _problem(self, digest: str) -> str | None:
        if isinstance(self.file, FileDefinition) and digest == self.file.sha256:
            return None
        named = f"{self.source}: {self.file.path}"
        with self.part.open("rb") as file:
            first_bytes = file.read(SNIFFED_BYTES)
        if looks_like_html(first_bytes):
            return f"{named} came as a web page, not as a data file: look at the landing page for its new address."
        if isinstance(self.file, FileDefinition):
            return self._other_than(self.file, digest)
        if not may_be(self.file.file_type, first_bytes):
            return f"{named} came as something else than a {self.file.file_type} file: look at the landing page."
        return None

    def _other_than(self, expected: FileDefinition, digest: str) -> str:
        size = self.part.stat().st_size
        return (
            f"{self.source}: {expected.path} is not the file that the catalogue describes: its sha256 is {digest} "
            f"({size:,} bytes) but {expected.sha256} ({expected.bytes:,} bytes) was expected; if the publisher revised "
            "it, add a release to the source's YAML, otherwise fetch it again."
        )


def _digest(path: Path) -> "hashlib._Hash":
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256")
