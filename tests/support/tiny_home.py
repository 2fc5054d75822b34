"""A whole home made for a test: a tiny catalogue, a publisher's files, release files and a build, all real.

The publisher is made up. Two releases of one source: the second one revises Westbay's figure of 2021-22.
"""

import hashlib
import shutil
from pathlib import Path
from typing import Any

from moothall.catalogue import load_catalogue
from moothall.catalogue.places import catalogue_folder
from moothall.pipeline.build import build
from moothall.pipeline.read import read_sources
from tests.support.catalogue_builder import METRIC, SOURCE, Files, metric, release, tiny_catalogue, write_catalogue

HEADINGS = "Code,Year,Item,Kind,Flag,Rate\n"

FIRST = """
E06000001,2021-22,Recycling,Council,,0.405
E06000002,2020-21,Recycling,Council,,0.401
E06000002,2021-22,Recycling,Council,p,0.413
E07000001,2020-21,Recycling,Council,,
E92000001,2021-22,Recycling,Total,,0.41
"""

SECOND = """
E06000001,2021-22,Recycling,Council,,0.405
E06000001,2022-23,Recycling,Council,,0.452*
E06000002,2020-21,Recycling,Council,,0.401
E06000002,2021-22,Recycling,Council,,0.424
E06000002,2022-23,Recycling,Council,,0.432
E07000001,2020-21,Recycling,Council,,
E92000001,2021-22,Recycling,Total,,0.41
"""


def make_home(folder: Path, files: Files | None = None, second: str = SECOND) -> Path:
    """Write a catalogue and the publisher's two files under ``folder``, with their digests; returns ``folder``."""
    content = files or tiny_catalogue()
    content[METRIC] = metric("recycling-rate", breaks=[], questions=["What lies behind it?"])
    content[SOURCE]["releases"] = [
        published(folder, "2023-02", "2023-02-28", FIRST),
        published(folder, "2024-02", "2024-02-29", second),
    ]
    write_catalogue(folder, content)
    shutil.copytree(catalogue_folder() / "words", folder / "catalogue" / "words", dirs_exist_ok=True)
    return folder


def published(folder: Path, id_: str, on: str, rows: str) -> dict[str, Any]:
    """Write a publisher's file into the mirror of ``folder`` and describe its release."""
    path = folder / "mirror" / "waste-returns" / f"returns-{id_}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    data = (HEADINGS + rows.strip() + "\n").encode()
    path.write_bytes(data)
    described = {**release(id_), "published_on": on}
    described["files"] = [{"path": path.name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}]
    described["tables"] = [{**table, "file": path.name} for table in described["tables"]]
    return described


def read_home(folder: Path) -> None:
    """Read the mirror's files into release files."""
    releases = folder / "data" / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    read_sources(load_catalogue(folder / "catalogue"), None, folder / "mirror", releases)


def build_home(folder: Path) -> str:
    """Build from the release files; returns the build's id."""
    return build(folder / "catalogue", folder / "data" / "releases", folder / "data" / "build")
