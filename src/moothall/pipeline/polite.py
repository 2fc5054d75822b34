"""Manners towards the servers that we fetch from: one request a second to each, and patience when they are busy."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SECONDS_BETWEEN_REQUESTS = 1.0
MOST_ATTEMPTS = 5
FIRST_PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 120.0

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which it is worth asking again."""


@dataclass(slots=True)
class Pace:
    """Spaces out requests to each host. ``clock`` and ``sleep`` count in seconds and can be replaced in tests."""

    between_seconds: float = SECONDS_BETWEEN_REQUESTS
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)

    def wait_for(self, host: str) -> None:
        """Return once this host may be asked again."""
        if host in self._last:
            rest = self._last[host] + self.between_seconds - self.clock()
            if rest > 0:
                self.sleep(rest)
        self._last[host] = self.clock()


def pause_seconds(attempt: int, retry_after: str | None = None) -> float:
    """How long to wait after failed attempt number ``attempt`` (1 is the first): what the server asks for, else
    twice as long each time; never more than LONGEST_PAUSE_SECONDS.
    """
    asked = _asked_seconds(retry_after) if retry_after else None
    pause = FIRST_PAUSE_SECONDS * 2 ** (attempt - 1) if asked is None else asked
    return min(max(pause, 0.0), LONGEST_PAUSE_SECONDS)


def _asked_seconds(retry_after: str) -> float | None:
    """The seconds that a Retry-After header names, as a number or as a date; None where it is neither."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return None
