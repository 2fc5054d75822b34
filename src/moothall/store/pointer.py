"""Which build is served: a pointer file names it and is switched last, so that a failed build changes nothing."""

import os
from pathlib import Path

from moothall.errors import NoBuild

POINTER = "CURRENT"


def current_build(builds: Path) -> Path:
    """The file that the pointer names; NoBuild where there is none or it has gone."""
    try:
        build = builds / (builds / POINTER).read_text().strip()
    except FileNotFoundError:
        raise NoBuild("There is no build yet: run `moothall build` (or `make build`).") from None
    if not build.is_file():
        raise NoBuild(f"The build {build.name} has gone from {builds}: run `moothall build`.")
    return build


def has_build(builds: Path) -> bool:
    """True when there is a build to serve."""
    try:
        return current_build(builds).is_file()
    except NoBuild:
        return False


def switch_to(build: Path) -> None:
    """Point at ``build`` in one step: readers see the old name or the new one, never half of either."""
    part = build.parent / f".pointer-{os.getpid()}"
    with part.open("w") as file:
        file.write(build.name + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(build.parent / POINTER)


def builds_in(builds: Path) -> list[Path]:
    """All finished builds of a folder, newest first."""
    return sorted(builds.glob("*.duckdb"), key=lambda path: path.stat().st_mtime, reverse=True)
