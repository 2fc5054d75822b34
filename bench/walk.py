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

_COUNCIL = re.compile(r'href="/authorities/([\w-]+)"')
_METRIC = re.compile(r'href="/metrics/([\w-]+)"')
_THEME = re.compile(r'/themes/([\w-]+)"')

Rows = list[tuple[str, float, float | None, str]]


def walk_rows(builds: Path) -> Rows:
    """The memory of a worker that has just begun, and after each leg of the walk; no answer is kept."""
    with running_server(builds, MOOTHALL_KEPT_PAGES_MB="0", WEB_CONCURRENCY="1") as server:
        rows: Rows = [("memory of a worker, at its start", max(worker_resident(server)), MEGABYTES, "MB")]
        for name, pages in _legs(server):
            requests_a_second(server, pages, 1)
            resident = max(worker_resident(server))
            rows.append((f"memory of a worker after {len(pages):,} {name}", resident, MEGABYTES, "MB"))
        rows.append(("memory of a worker, the most on the walk", max(worker_megabytes(server)), MEGABYTES, "MB"))
    return rows


def _legs(server: Running) -> Iterator[tuple[str, Sequence[str]]]:
    councils, metrics = _named(server, "/authorities", _COUNCIL), _named(server, "/metrics", _METRIC)
    yield "pages of authorities", [f"/authorities/{council}" for council in councils]
    yield "pages of metrics", [f"/metrics/{metric}" for metric in metrics]
    themes = _named(server, "/authorities/leeds", _THEME)
    yield "comparisons, themes and earlier days", list(_spread(_chosen(councils, themes), CHOSEN_PAGES))


def _named(server: Running, path: str, pattern: re.Pattern[str]) -> list[str]:
    """The names that the links of a page hold, each once."""
    return sorted(set(pattern.findall(fetch(server, path))))


def _chosen(councils: Sequence[str], themes: Sequence[str]) -> list[str]:
    """Addresses with choices, in an order that wanders over all of them."""
    beside = councils[len(councils) // 2 :]
    compared = [f"/compare?authority={a}&authority={b}&group=england" for a, b in zip(councils, beside, strict=False)]
    by_theme = [f"/authorities/{council}/themes/{theme}" for theme, council in product(themes, councils)]
    earlier = [f"/authorities/{council}?up-to={year}-03-31" for council, year in product(councils, YEARS)]
    return [*compared, *by_theme, *earlier]


def _spread(addresses: Sequence[str], most: int) -> Iterator[str]:
    """So many of the addresses, evenly spaced."""
    step = max(1.0, len(addresses) / most)
    yield from (addresses[int(number * step)] for number in range(min(most, len(addresses))))


def main() -> None:
    """Walk on the build that there is."""
    from bench.__main__ import print_rows
    from moothall.catalogue.places import builds_folder

    print_rows(walk_rows(builds_folder()))


if __name__ == "__main__":
    main()
