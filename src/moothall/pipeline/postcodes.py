"""The ONS Postcode Directory: from its file, as downloaded, to the index by which a postcode finds its council."""

import csv
import io
import re
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from moothall.catalogue.reading import AreaKind
from moothall.errors import ReadError
from moothall.pipeline.areas import AreaIndex
from moothall.pipeline.digest import sha256_of
from moothall.pipeline.progress import Progress, silent
from moothall.store.postcodes import normal_postcode, write_postcodes

COLUMNS = {
    "postcode": r"pcds",
    "district": r"oslaua|laua|lad\d\dcd",
    "ended": r"doterm",
}
"""The headings that we need; the district's has changed its name over the years."""

REPORT_EVERY = 200_000
ISLANDS = ("L99999999", "M99999999")
REFUSALS = {
    "ended": "no longer in use",
    "nowhere": "no district is given",
    "islands": "the Channel Islands or the Isle of Man",
    "unknown": "an area code that the register does not have",
}


@dataclass(slots=True)
class PostcodeAccount:
    """What became of every row of the directory: ``rows_read`` = ``kept`` + the sum of ``refused`` by reason."""

    file: str
    sha256: str
    rows_read: int = 0
    kept: int = 0
    refused: Counter[str] = field(default_factory=Counter)


def read_postcodes(path: Path, builds: Path, areas: AreaIndex, progress: Progress = silent) -> PostcodeAccount:
    """Read the directory at ``path`` (a CSV file, or the ZIP file that holds it) and write its index beside the builds.

    ReadError, one sentence, where it is no such directory; the index that was there then stays.
    """
    if not path.is_file():
        raise ReadError(f"There is no file {path}: give the ONS Postcode Directory, as a CSV or ZIP file.")
    account = PostcodeAccount(path.name, sha256_of(path))
    try:
        with _opened(path) as lines:
            pairs = _kept(lines, path.name, areas, account, progress)
            write_postcodes(builds, _whole(pairs, account), {"file": path.name, "sha256": account.sha256})
    except sqlite3.IntegrityError:
        where = f"row {account.rows_read + 1}"
        raise ReadError(f"{path.name}, {where}: a postcode stands twice; take the directory as published.") from None
    except (csv.Error, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise ReadError(f"{path.name} cannot be read as a postcode directory ({error}): download it again.") from error
    return account


def _whole(pairs: Iterable[tuple[str, str]], account: PostcodeAccount) -> Iterator[tuple[str, str]]:
    """The pairs, and then a complaint where there were none: an empty index would answer wrongly."""
    yield from pairs
    if not account.kept:
        raise ReadError(f"{account.file} has no postcode of England in use: is it the ONS Postcode Directory?")


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """The rows of the file, or of the largest CSV file in a ZIP file."""
    if path.suffix.casefold() != ".zip":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield lines
        return
    with zipfile.ZipFile(path) as archive:
        tables = [each for each in archive.infolist() if each.filename.casefold().endswith(".csv")]
        if not tables:
            raise ReadError(f"{path.name} holds no CSV file: give the ONS Postcode Directory as it is published.")
        largest = max(tables, key=lambda each: each.file_size)
        with archive.open(largest) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as lines:
            yield lines


def _kept(
    lines: TextIO, name: str, areas: AreaIndex, account: PostcodeAccount, progress: Progress
) -> Iterator[tuple[str, str]]:
    rows = csv.reader(lines)
    postcode, district, ended = _places(next(rows, []), name)
    known = set(areas.known(AreaKind.GSS))
    needed = max(postcode, district, ended)
    for row in rows:
        if len(row) <= needed:
            raise ReadError(f"{name}, row {account.rows_read + 2} has only {len(row)} cells: is the file cut short?")
        account.rows_read += 1
        if account.rows_read % REPORT_EVERY == 0:
            progress("Reading postcodes", account.rows_read, None)
        reason = _refusal(row[district], row[ended], known)
        if reason:
            account.refused[reason] += 1
            continue
        text = normal_postcode(row[postcode])
        if text is None:
            raise ReadError(f"{name}, row {account.rows_read + 1}: {row[postcode]!r} is no postcode.")
        account.kept += 1
        yield text, row[district]


def _refusal(district: str, ended: str, known: set[str]) -> str | None:
    if ended.strip():
        return REFUSALS["ended"]
    if district in known:
        return None
    if not district:
        return REFUSALS["nowhere"]
    if district in ISLANDS:
        return REFUSALS["islands"]
    return AreaIndex.refusal(district) or REFUSALS["unknown"]


def _places(headings: Sequence[str], name: str) -> list[int]:
    found = []
    for what, pattern in COLUMNS.items():
        place = next((n for n, h in enumerate(headings) if re.fullmatch(pattern, h.strip().casefold())), None)
        if place is None:
            wanted = pattern.replace("|", " or ").replace(r"\d\d", "24")
            raise ReadError(f"{name} has no column {wanted} for the {what}: is it the ONS Postcode Directory?")
        found.append(place)
    return found
