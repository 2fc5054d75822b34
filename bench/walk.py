"""The memory of one worker of the real server on a walk over the whole site: its start, and how it grows."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from bench.stopwatch import Running, fetch, requests_a_second, running_server, worker_megabytes, worker_resident

MEGABYTES = 300
CHOSEN_PAGES = 2000
"""Pages that depend on choices (comparisons, themes, earlier days), taken evenly from all that the walk can name."""

YEARS = range(2019, 2026)
"""The ends of financial years up to which authorities are asked for."""

_COUNCIL = re.compile(r'href="(/authorities/[\w-]+)"')
_METRIC = re.compile(r'href="(/metrics/[\w-]+)"')
_THEME = re.compile(r'href="(/authorities/[\w-]+/themes/[\w-]+)"')

Rows = list[tuple[str, float, float | None, str]]


def walk_rows(builds: Path) -> Rows:
    """The memory of a worker that has just begun, and after each leg of the walk; no answer is kept."""
    with running_server(builds, MOOTHALL_KEPT_PAGES_MB="0", WEB_CONCURRENCY="1") as server:
        rows = [_now(server, "at its start")]
        councils = _named(server, ["/authorities"], _COUNCIL)
        themes = _named(server, councils, _THEME)
        rows.append(_now(server, f"after {len(councils):,} pages of authorities"))
        metrics = _named(server, ["/metrics"], _METRIC)
        requests_a_second(server, metrics, 1)
        rows.append(_now(server, f"after {len(metrics):,} pages of metrics"))
        chosen = list(_spread(_chosen(councils, themes), CHOSEN_PAGES))
        requests_a_second(server, chosen, 1)
        rows.append(_now(server, f"after {len(chosen):,} comparisons, themes and earlier days"))
        rows.append(("memory of a worker, the most on the walk", max(worker_megabytes(server)), MEGABYTES, "MB"))
    return rows


def _now(server: Running, when: str) -> tuple[str, float, float | None, str]:
    return f"memory of a worker {when}", max(worker_resident(server)), MEGABYTES, "MB"


def _named(server: Running, paths: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    """What the links of some pages hold, each once."""
    return sorted({found for path in paths for found in pattern.findall(fetch(server, path))})


def _chosen(councils: Sequence[str], themes: Sequence[str]) -> list[str]:
    """Addresses with choices: two councils beside England, the themes of each, each in earlier years."""
    slugs = [council.rpartition("/")[2] for council in councils]
    pairs = zip(slugs, slugs[len(slugs) // 2 :], strict=False)
    compared = [f"/compare?authority={one}&authority={other}&group=england" for one, other in pairs]
    earlier = [f"{council}?up-to={year}-03-31" for council, year in product(councils, YEARS)]
    return [*compared, *themes, *earlier]


def _spread(addresses: Sequence[str], most: int) -> Iterator[str]:
    """So many of the addresses, evenly spaced."""
    step = max(1.0, len(addresses) / most)
    yield from (addresses[int(number * step)] for number in range(min(most, len(addresses))))
