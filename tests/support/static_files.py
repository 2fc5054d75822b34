"""The list of static files, made once for all tests of a worker.

Each test client loads the middlewares anew, and WhiteNoise then lists every static file again: a tenth of a second for
each client, where a server pays it once.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
from whitenoise.base import WhiteNoise
from whitenoise.middleware import WhiteNoiseMiddleware

Scan = Callable[..., None]


def list_static_files_once(patch: pytest.MonkeyPatch) -> None:
    """Let every WhiteNoise of this worker take the files that the first one found in the same place."""
    for kind, name in ((WhiteNoise, "update_files_dictionary"), (WhiteNoiseMiddleware, "add_files_from_finders")):
        patch.setattr(kind, name, _once(getattr(kind, name)))


def _once(scan: Scan) -> Scan:
    """A scan that adds what it found the first time it was asked for the same place."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}

    @wraps(scan)
    def scan_once(self: WhiteNoise, *place: str) -> None:
        if place not in found:
            before, self.files = self.files, {}
            scan(self, *place)
            found[place], self.files = self.files, before
        self.files.update(found[place])

    return scan_once
