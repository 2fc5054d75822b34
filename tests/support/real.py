"""The catalogue of this project, read once for all tests of a worker."""

from functools import cache
from pathlib import Path

from moothall.catalogue import Catalogue, load_catalogue

ROOT = Path(__file__).resolve().parents[2]
"""The project itself, whatever home a test has set before the catalogue is first asked for."""


@cache
def real_catalogue() -> Catalogue:
    """The catalogue of this project; nothing in it can be changed."""
    return load_catalogue(ROOT / "catalogue")
