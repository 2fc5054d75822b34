"""What each release brought: figures that were not there before, figures it gives otherwise, and changes they show.

Found once when a build is written, so that no feed and no letter has to compare releases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import duckdb

from moothall.domain.period import Period, PeriodKind


class NewsKind(StrEnum):
    """New figures; figures that a later release gives otherwise; changes that a rule has named."""

    FIGURES = "figures"
    REVISION = "revision"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class ReleaseNews:
    """What one release brought for one metric, of one kind. ``authorities`` are the codes of those it concerns.

    ``first`` and ``last`` are the ends of ``periods`` periods; ``figures`` counts the figures.
    """

    metric: str
    source: str
    release: str
    kind: NewsKind
    first: Period
    last: Period
    periods: int
    figures: int
    authorities: tuple[str, ...]
    published_on: date


NEWS_TABLE = """
CREATE TABLE news (
    metric VARCHAR, source VARCHAR, release VARCHAR, kind VARCHAR, period_kind VARCHAR, first DATE, last DATE,
    periods INTEGER, figures INTEGER, authorities VARCHAR[]);
"""

FIND_NEWS = """
INSERT INTO news
WITH paired AS (
    SELECT metric, authority, period_kind, period_start, source, release, value,
        lag(release) OVER earlier AS r0, lag(value) OVER earlier AS v0
    FROM observation_by_metric WHERE NOT contains(metric, '/') AND authority IS NOT NULL AND breakdown = ''
    WINDOW earlier AS (PARTITION BY metric, authority, period_start ORDER BY vintage))
SELECT metric, source, release, CASE WHEN v0 IS NULL THEN 'figures' ELSE 'revision' END AS kind,
    period_kind, min(period_start), max(period_start), count(DISTINCT period_start), count(*),
    list(DISTINCT authority ORDER BY authority)
FROM paired WHERE value IS DISTINCT FROM v0 GROUP BY metric, source, release, kind, period_kind
"""
"""As analytics.revisions has it: a figure where there was none has appeared; another or none has been revised."""

ADD_CHANGES = """
INSERT INTO news
SELECT g.metric, n.source, n.release, 'change', g.kind, g.start, g.start, 1, len(string_split(g.authorities, ' ')),
    string_split(g.authorities, ' ')
FROM (SELECT c0 AS metric, c1::DATE AS start, c2 AS kind, c3 AS authorities FROM given) g JOIN (
    SELECT metric, arg_max(source, vintage) AS source, arg_max(release, vintage) AS release
    FROM news JOIN release USING (source, release) WHERE kind = 'figures' GROUP BY metric) n USING (metric)
"""
"""A change is news of the release that brought the metric's newest figures."""

ALL = 1_000_000_000
"""More than any build has."""

_NEWS = """
SELECT metric, source, release, kind, period_kind, first, last, periods, figures,
    CASE WHEN $authority = '' THEN authorities ELSE [$authority] END, r.published_on
FROM news n JOIN release r USING (source, release)
WHERE r.known_on <= $day AND (len($metrics) = 0 OR list_contains($metrics, metric))
    AND ($authority = '' OR list_contains(authorities, $authority))
ORDER BY r.published_on DESC, metric, kind, source, release, period_kind LIMIT $most
"""


def load_news(
    connection: duckdb.DuckDBPyConnection, metrics: Sequence[str], authority: str, most: int | None, day: date
) -> tuple[ReleaseNews, ...]:
    """The ``most`` newest of some metrics (none named: of all) and of an authority ("": of all), newest first.

    The news of one authority names that one alone.
    """
    given = {"metrics": list(metrics), "authority": authority, "most": most or ALL, "day": day}
    return tuple(_news(row) for row in connection.execute(_NEWS, given).fetchall())


def _news(row: tuple[Any, ...]) -> ReleaseNews:
    metric, source, release, kind, spoken, starts, ends, periods, figures, codes, day = row
    first, last = (Period.starting(start, PeriodKind(spoken)) for start in (starts, ends))
    return ReleaseNews(metric, source, release, NewsKind(kind), first, last, periods, figures, tuple(codes), day)
