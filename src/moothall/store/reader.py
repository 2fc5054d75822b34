"""The read-only reader of a build: panels, cells, summaries and releases. No YAML is read while serving."""

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

import duckdb

from moothall.catalogue import Catalogue
from moothall.catalogue.bundle import load
from moothall.domain.observation import ReleaseFile
from moothall.domain.period import Period, PeriodKind
from moothall.domain.words import Status
from moothall.errors import NoBuild
from moothall.store.panel import Panel, load_panel
from moothall.store.pointer import current_build
from moothall.store.records import Account, Cell, ReleaseRecord, Vintage

_CELL = """
SELECT authority, area_code, period_start, period_kind, value, reason, status, lower_95, upper_95, numerator,
    denominator, note, in_lifetime, file, sheet, row, "column", raw, source, release
FROM observation_by_metric
WHERE metric = $metric AND authority = $authority AND period = $period AND breakdown = ''
ORDER BY is_latest DESC, in_lifetime DESC, vintage DESC
"""

_REASONS = """
SELECT authority, period, reason FROM observation_by_metric
WHERE metric = $metric AND is_latest AND reason IS NOT NULL AND authority IS NOT NULL
"""

_COUNTS = """
SELECT count(*) AS observations, count(value) AS figures, count(DISTINCT metric) AS metrics,
    count(DISTINCT authority) AS authorities, count(DISTINCT (source, release)) AS releases
FROM observation_by_metric
"""

_BY_METRIC = "SELECT metric, count(value) FROM observation_by_metric WHERE is_latest GROUP BY metric"


class Store:
    """An open build. Cheap to ask again: panels and summaries are kept for as long as the store is open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = duckdb.connect(str(path), read_only=True, config={"threads": 1})
        self.panel = lru_cache(maxsize=None)(self._panel)
        self.reasons = lru_cache(maxsize=None)(self._reasons)

    @classmethod
    def open(cls, builds: Path) -> Self:
        """Open the build that the pointer names; NoBuild where there is none or it cannot be read."""
        path = current_build(builds)
        try:
            return cls(path)
        except duckdb.Error as error:
            cause = str(error).splitlines()[0]
            raise NoBuild(f"The build {path.name} cannot be read: run `moothall build`. The cause: {cause}") from None

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    @cached_property
    def build_id(self) -> str:
        """The hash of the inputs that this build was made of (12 hexadecimal digits)."""
        return self._fact("build_id")

    @cached_property
    def catalogue(self) -> Catalogue:
        """The definitions as they were when the build was made."""
        return load(self._fact("catalogue"))

    @cached_property
    def counts(self) -> dict[str, int]:
        """How much is in the build: observations, figures, metrics, authorities, releases."""
        return self._dicts(_COUNTS)[0]

    @cached_property
    def figures_by_metric(self) -> dict[str, int]:
        """How many figures (observations with a value) each metric has in its latest vintages."""
        return dict(self._rows(_BY_METRIC))

    @cached_property
    def releases(self) -> dict[tuple[str, str], ReleaseRecord]:
        """All releases in the build by (source, release id), oldest first."""
        files, accounts = self._release_files(), self._accounts()
        return {
            (row["source"], row["release"]): _release(row, files, accounts)
            for row in self._dicts("SELECT * FROM release ORDER BY vintage")
        }

    @cached_property
    def _summaries(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        rows = self._dicts("SELECT * FROM summary")
        return {(row.pop("metric"), row.pop("group_id"), row.pop("period")): row for row in rows}

    def summary(self, metric: str, group: str, period: str) -> dict[str, Any] | None:
        """The summary (fields of ``analytics.position.Summary``) of a group for a period's slug, or None."""
        return self._summaries.get((metric, group, period))

    def cell(self, metric: str, authority: str, period: str) -> Cell | None:
        """The newest figure of an authority for a period's slug, with its release and earlier vintages, or None."""
        parameters = {"metric": metric, "authority": authority, "period": period}
        rows = self._dicts(_CELL, parameters)
        return self._cell(metric, rows) if rows else None

    def _cell(self, metric: str, rows: list[dict[str, Any]]) -> Cell:
        newest = rows[0]
        return Cell(
            metric=metric,
            period=Period.starting(newest.pop("period_start"), PeriodKind(newest.pop("period_kind"))),
            status=Status(newest.pop("status")),
            release=self.releases[newest.pop("source"), newest.pop("release")],
            vintages=tuple(self._vintage(row) for row in rows[1:]),
            **newest,
        )

    def _vintage(self, row: dict[str, Any]) -> Vintage:
        release = self.releases[row["source"], row["release"]]
        return Vintage(release, row["value"], row["reason"], Status(row["status"]))

    def _panel(self, metric: str) -> Panel:
        """The panel of a metric; empty where no release has figures for it."""
        return load_panel(self._connection, metric)

    def _reasons(self, metric: str) -> dict[tuple[str, str], str]:
        """Why there is no value, by (authority code, period slug)."""
        rows = self._rows(_REASONS, {"metric": metric})
        return {(authority, period): reason for authority, period, reason in rows}

    def _release_files(self) -> dict[tuple[str, str], list[ReleaseFile]]:
        files: dict[tuple[str, str], list[ReleaseFile]] = {}
        for source, release, *file in self._rows("SELECT * FROM release_file ORDER BY path"):
            files.setdefault((source, release), []).append(ReleaseFile(*file))
        return files

    def _accounts(self) -> dict[tuple[str, str], list[Account]]:
        refused: dict[tuple[str, str, str], dict[str, int]] = {}
        for source, release, table, reason, n in self._rows("SELECT * FROM refusal ORDER BY reason"):
            refused.setdefault((source, release, table), {})[reason] = n
        accounts: dict[tuple[str, str], list[Account]] = {}
        for source, release, table, read, kept in self._rows("SELECT * FROM account ORDER BY table_id"):
            account = Account(table, read, kept, refused.get((source, release, table), {}))
            accounts.setdefault((source, release), []).append(account)
        return accounts

    def _fact(self, key: str) -> str:
        return str(self._rows("SELECT value FROM fact WHERE key = $key", {"key": key})[0][0])

    def _rows(self, query: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, parameters).fetchall()

    def _dicts(self, query: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        cursor = self._connection.execute(query, parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _release(
    row: dict[str, Any],
    files: dict[tuple[str, str], list[ReleaseFile]],
    accounts: dict[tuple[str, str], list[Account]],
) -> ReleaseRecord:
    key = (row["source"], row["release"])
    plain = {name: value for name, value in row.items() if name not in ("release", "vintage")}
    return ReleaseRecord(
        id=row["release"], files=tuple(files.get(key, ())), accounts=tuple(accounts.get(key, ())), **plain
    )
