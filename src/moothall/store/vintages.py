"""When a release was known: what "as of a day" may use."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

import duckdb

from moothall.domain.observation import TwoVintages
from moothall.domain.words import Status
from moothall.store import queries
from moothall.store.records import ReleaseRecord

_KNOWN = """
(SELECT * FROM observation_by_metric WHERE known_on <= $day
QUALIFY row_number() OVER (
    PARTITION BY metric, coalesce(authority, area_code), period_start, breakdown ORDER BY vintage DESC) = 1)
"""


def newest_rows(day: date | None) -> tuple[str, dict[str, date]]:
    """The relation of the newest row of each figure, and its parameters: of all there is, or as known on a day."""
    if day is None:
        return "(SELECT * FROM observation_by_metric WHERE is_latest)", {}
    return _KNOWN, {"day": day}


def pairs_of(connection: duckdb.DuckDBPyConnection, source: str, day: date) -> tuple[TwoVintages, ...]:
    """Every figure of a source that two successive releases give, side by side, of those known by ``day``."""
    rows = connection.execute(queries.PAIRS, {"source": source, "day": day}).fetchall()
    return tuple(
        TwoVintages(metric, authority, area, period, before, after, old, new, Status(old_status), Status(status))
        for metric, authority, area, period, after, new, status, before, old, old_status in rows
    )


def known_days(releases: Iterable[ReleaseRecord]) -> dict[tuple[str, str], date]:
    """The last day on which each release can have come out, by (source, release id).

    The day itself where it is known; the end of the month where only the month is. Where even that is not known,
    ``published_on`` is the earliest day it can have been, and the last is the day of the newest release that we hold:
    nothing shows that it was there sooner, so a view as of an earlier day leaves it out.
    """
    held = list(releases)
    newest = max((_end(release) for release in held), default=date.min)
    return {
        (release.source, release.id): newest if release.published_precision == "unknown" else _end(release)
        for release in held
    }


def _end(release: ReleaseRecord) -> date:
    day = release.published_on
    if release.published_precision != "month":
        return day
    return day.replace(day=monthrange(day.year, day.month)[1])
