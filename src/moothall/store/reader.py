"""The read-only reader of a build: panels, cells, summaries and releases. No YAML is read while serving."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from sys import intern
from typing import Any, Self

import duckdb

from moothall.catalogue import Catalogue
from moothall.catalogue.bundle import load
from moothall.catalogue.published import published_now
from moothall.domain.backtest import BacktestResult
from moothall.domain.derivation import Link, links_of
from moothall.domain.geography import Place
from moothall.domain.observation import ReleaseFile, TwoVintages
from moothall.domain.period import Period, PeriodKind
from moothall.domain.published import Published
from moothall.domain.words import Status
from moothall.errors import NoBuild
from moothall.store import queries
from moothall.store.backtest import FACT as BACKTEST_FACT
from moothall.store.backtest import load_result
from moothall.store.connection import open_to_read
from moothall.store.findings import (
    ChangeFindings,
    ExpectedFindings,
    HeldFindings,
    HighestFindings,
    SignFindings,
    StandingOutFindings,
    held_findings,
    read_finding,
)
from moothall.store.geography import Shapes, load_places, load_shapes
from moothall.store.news import ReleaseNews, load_news
from moothall.store.panel import Panel, PanelRow, held_panels, load_panel, unpacked_panel
from moothall.store.pointer import current_build
from moothall.store.postcodes import PostcodeIndex, open_postcodes
from moothall.store.records import Account, Cell, Comparison, Coverage, FoundJump, Quality, ReleaseRecord, Vintage
from moothall.store.schema import SCHEMA_FACT, SCHEMA_VERSION
from moothall.store.similar import Listing, SimilarityReport, load_listings, load_similarity_report
from moothall.store.vintages import newest_rows, pairs_of

KEPT_SUMMARIES = 256
"""Of how many groups of a metric the summaries of all periods are kept."""

KEPT_EXPECTED = 16
"""Of how many metrics what is usual is kept, up to 80 kB each: a page asks for the same again with every group."""


class Store:
    """An open build. Cheap to ask again: panels and summaries are kept for as long as the store is open."""

    day: date | None = None
    """The day as of which the store answers; None for all there is."""

    boundaries: date | None = None
    """The day whose boundaries its figures have; None: those of each period, as they were published."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self.path = path
        self._connection = connection or open_to_read(path)
        self.panel = lru_cache(maxsize=None)(self._panel)
        self.reasons = lru_cache(maxsize=None)(self._reasons)
        self._changes = lru_cache(maxsize=None)(self._read_changes)
        self._expected = lru_cache(maxsize=KEPT_EXPECTED)(self._read_expected)
        self._summaries = lru_cache(maxsize=KEPT_SUMMARIES)(self._read_summaries)

    @classmethod
    def open(cls, builds: Path) -> Self:
        """Open the build that the pointer names; NoBuild where there is none, or none that we can read."""
        path = current_build(builds)
        try:
            store = cls(path)
        except duckdb.Error as error:
            cause = str(error).splitlines()[0]
            raise NoBuild(f"The build {path.name} cannot be read: run `moothall build`. The cause: {cause}") from None
        if store._layout != str(SCHEMA_VERSION):
            store.close()
            raise NoBuild(f"The build {path.name} was made by another version of Moothall: run `moothall build`.")
        return store

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    @property
    def whole(self) -> "Store":
        """The build itself, whatever the view."""
        return self

    @property
    def undated(self) -> tuple[ReleaseRecord, ...]:
        """Releases left out only because nothing shows that they had come out by the day: none of the whole build."""
        return ()

    def as_of(self, day: date) -> "StoreView":
        """The same build as it was known at the end of ``day``: only releases that had come out by then.

        A release of which only the month is known counts from the last day of that month; one whose day is not known
        at all counts only from the day of the newest release held (``undated`` lists them).
        """
        return StoreView(self, self._connection, day)

    @cached_property
    def build_id(self) -> str:
        """The hash of the inputs that this build was made of (12 hexadecimal digits)."""
        return self._fact("build_id")

    @cached_property
    def catalogue(self) -> Catalogue:
        """The definitions as they were when the build was made."""
        return load(self._fact("catalogue"))

    @cached_property
    def backtest(self) -> BacktestResult | None:
        """What the last back-test found, as it was when the build was made; None where none was kept."""
        return load_result(self._fact(BACKTEST_FACT))

    @cached_property
    def counts(self) -> dict[str, int]:
        """How much is in the build: observations, figures, metrics, authorities, releases."""
        return self._dicts(queries.COUNTS, {"day": self._last_day})[0]

    @cached_property
    def figures_by_metric(self) -> dict[str, int]:
        """How many figures (observations with a value) each metric has in its latest vintages."""
        newest, parameters = newest_rows(self.day)
        return dict(self._rows(queries.BY_METRIC.format(newest=newest), parameters))

    @cached_property
    def releases(self) -> dict[tuple[str, str], ReleaseRecord]:
        """All releases in the build by (source, release id), oldest first."""
        files, accounts = self._release_files(), self._accounts()
        rows = self._dicts("SELECT * FROM release WHERE known_on <= $day ORDER BY vintage", {"day": self._last_day})
        return {(row["source"], row["release"]): ReleaseRecord.from_row(row, files, accounts) for row in rows}

    @cached_property
    def quality(self) -> Quality:
        """What the build found about its own figures: coverage, jumps, comparisons."""
        coverage: dict[str, list[Coverage]] = {}
        for row in self._dicts("SELECT * FROM coverage ORDER BY metric, period_end"):
            coverage.setdefault(row["metric"], []).append(Coverage(**row))
        return Quality(
            {metric: tuple(rows) for metric, rows in coverage.items()},
            tuple(
                FoundJump(**row)
                for row in self._dicts("SELECT * FROM jump ORDER BY factor DESC, metric, authority, period")
            ),
            tuple(Comparison(**row) for row in self._dicts("SELECT * FROM comparison ORDER BY ALL")),
        )

    @cached_property
    def lists(self) -> dict[str, Listing]:
        """The published lists of councils that are alike, or that border one another, by id."""
        return load_listings(self._connection)

    @cached_property
    def shapes(self) -> Shapes:
        """The outlines of authorities, by map and authority code."""
        return load_shapes(self._connection)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Parishes and wards, each with the authority that runs its local services, by name."""
        return load_places(self._connection)

    @property
    def postcodes(self) -> PostcodeIndex | None:
        """The postcodes that have been read in beside the builds; None where none have."""
        return open_postcodes(self.path.parent)

    @property
    def publications(self) -> Published:
        """What staff have published of taking part, beside any build: read anew when it changes."""
        return published_now()

    @cached_property
    def similarity_report(self) -> SimilarityReport:
        """How good each model of similarity was found to be when the build was made."""
        return load_similarity_report(self._connection)

    def changes(self, metric: str) -> ChangeFindings | None:
        """What changed in a metric by its newest period; None where the build has not looked. Read once."""
        return self._changes(metric)

    def _read_changes(self, metric: str) -> ChangeFindings | None:
        return read_finding(ChangeFindings, self._findings, metric)

    def expected(self, metric: str) -> ExpectedFindings | None:
        """What is usual for a metric in each council's circumstances; None where that cannot be said."""
        return self._expected(metric)

    def _read_expected(self, metric: str) -> ExpectedFindings | None:
        return read_finding(ExpectedFindings, self._findings, metric)

    def standing_out(self, authority: str, group: str) -> StandingOutFindings | None:
        """What stands out for an authority in a group (its id); None where the build has not looked."""
        return read_finding(StandingOutFindings, self._findings, f"{authority} {group}")

    def signs(self, signal: str, metric: str) -> SignFindings | None:
        """What a rule says of one of its metrics, whatever the day; None where the build has not looked."""
        return read_finding(SignFindings, self._findings, f"{signal} {metric}")

    def highest(self, metric: str) -> HighestFindings | None:
        """The highest figures of a metric that a rule asks for; None where the build has not looked."""
        return read_finding(HighestFindings, self._findings, metric)

    @cached_property
    def _findings(self) -> HeldFindings:
        return held_findings(self._connection)

    @property
    def _last_day(self) -> date:
        return self.day or date.max

    def summary(self, metric: str, group: str, period: str) -> dict[str, Any] | None:
        """The summary (fields of ``analytics.position.Summary``) of a group for a period's slug, or None."""
        return self._summaries(metric, group).get(period)

    def _read_summaries(self, metric: str, group: str) -> dict[str, dict[str, Any]]:
        """The summaries of a group by period: a page shows all periods of one, and all groups would fill a worker."""
        return {row.pop("period"): row for row in self._dicts(queries.SUMMARIES, {"metric": metric, "group": group})}

    def cell(self, metric: str, authority: str, period: str) -> Cell | None:
        """The newest figure of an authority for a period's slug, with its release and earlier vintages, or None.

        ``metric`` may be an operand's key (``source/series``). A derived figure comes with its operands' cells.
        """
        starts = self._rows(queries.STARTS, {"metric": metric, "period": period})
        return self._cell(metric, authority, starts[0][0], starts[0][0]) if starts else None

    def newest_cells(self, authority: str) -> tuple[Cell, ...]:
        """The newest figure of each metric of an authority in its lifetime, by metric id.

        They come without their vintages and operands: ``cell`` has those.
        """
        areas = [area.code for area in self.catalogue.authorities[authority].area_codes]
        rows = self._dicts(queries.NEWEST_CELLS, {"areas": areas, "authority": authority, "day": self._last_day})
        return tuple(self._bare_cell(row) for row in rows)

    def _bare_cell(self, row: dict[str, Any]) -> Cell:
        period = Period.starting(row.pop("period_start"), PeriodKind(row.pop("period_kind")))
        status, release = Status(row.pop("status")), self.releases[row.pop("source"), row.pop("release")]
        return Cell(period=period, status=status, release=release, vintages=(), **row)

    def _cell(self, metric: str, authority: str, first: date, last: date, role: str = "") -> Cell | None:
        """The newest figure of the last period that starts between two days."""
        days = {"first": first, "last": last, "day": self._last_day}
        rows = self._dicts(queries.CELL, {"metric": metric, "authority": authority, **days})
        if not rows:
            return None
        newest, start = rows[0], rows[0]["period_start"]
        earlier = tuple(self._vintage(row) for row in rows[1:] if row["period_start"] == start)
        period = Period.starting(newest.pop("period_start"), PeriodKind(newest.pop("period_kind")))
        return Cell(
            metric=metric,
            period=period,
            status=Status(newest.pop("status")),
            release=self.releases[newest.pop("source"), newest.pop("release")],
            vintages=earlier,
            operands=tuple(self._operands(metric, authority, period, newest["value"])),
            role=role,
            **newest,
        )

    def _operands(self, metric: str, authority: str, period: Period, value: float | None) -> Iterator[Cell]:
        definition = self.catalogue.metrics.get(metric)
        if definition is None or definition.derivation is None:
            return
        for link in links_of(definition.derivation, period, definition.cadence, value):
            first, last = _span(link)
            cell = self._cell(link.operand.key, authority, first, last, link.role)
            if cell:
                yield cell

    def _vintage(self, row: dict[str, Any]) -> Vintage:
        release = self.releases[row["source"], row["release"]]
        return Vintage(release, row["value"], row["reason"], Status(row["status"]))

    def revisions(self, source: str) -> tuple[TwoVintages, ...]:
        """Every figure of a source that two successive releases give, side by side; ``analytics.revisions`` ranks them.

        Of the source's series these are the ones in the build: those that a metric is, or is derived from.
        """
        return pairs_of(self._connection, source, self._last_day)

    def news(
        self, metrics: Sequence[str] = (), authority: str = "", most: int | None = None
    ) -> tuple[ReleaseNews, ...]:
        """What releases brought for some metrics (none named: all) and for an authority ("": all), newest first."""
        return load_news(self._connection, metrics, authority, most, self._last_day)

    def _panel(self, metric: str) -> Panel:
        """The panel of a metric; empty where no release has figures for it."""
        row = self._held.get(metric)
        return unpacked_panel(row) if row else load_panel(self._connection, metric)

    @cached_property
    def _held(self) -> dict[str, PanelRow]:
        """The panels that the build holds: those of metrics, not of series that only stand behind derived ones."""
        return held_panels(self._connection)

    def _reasons(self, metric: str) -> dict[tuple[str, str], str]:
        """Why there is no value, by (authority code, period slug); words that come again are held once."""
        newest, parameters = newest_rows(self.day)
        rows = self._rows(queries.REASONS.format(newest=newest), {"metric": metric, **parameters})
        return {(intern(code), intern(period)): intern(reason) for code, period, reason in rows if code}

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

    @property
    def _layout(self) -> str:
        try:
            return self._fact(SCHEMA_FACT)
        except (IndexError, duckdb.CatalogException):
            return ""

    def _fact(self, key: str) -> str:
        return str(self._rows("SELECT value FROM fact WHERE key = $key", {"key": key})[0][0])

    def _rows(self, query: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, parameters).fetchall()

    def _dicts(self, query: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        cursor = self._connection.execute(query, parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class StoreView(Store):
    """A build as it was known on a day, asked in the same way. Made by ``Store.as_of``; shares its connection."""

    def __init__(self, whole: Store, connection: duckdb.DuckDBPyConnection, day: date) -> None:
        self.day = day
        self._whole = whole
        super().__init__(whole.path, connection)

    def close(self) -> None:
        """Nothing: the whole store lets the file go."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """The definitions of the build: today's, whatever the day."""
        return self._whole.catalogue

    @property
    def whole(self) -> Store:
        """The build of which this is a view."""
        return self._whole

    def as_of(self, day: date) -> "StoreView":
        """The build on another day."""
        return self._whole.as_of(day)

    @property
    def undated(self) -> tuple[ReleaseRecord, ...]:
        """Releases left out only because nothing shows that they had come out by then."""
        held = self._whole.releases.values()
        unknown = (release for release in held if release.published_precision == "unknown")
        return tuple(r for r in unknown if (r.source, r.id) not in self.releases and r.published_on <= self._last_day)

    @cached_property
    def _findings(self) -> HeldFindings:
        """None: what the build found rests on the newest figures."""
        return {}

    def _panel(self, metric: str) -> Panel:
        return load_panel(self._connection, metric, self.day)

    def summary(self, metric: str, group: str, period: str) -> dict[str, Any] | None:  # noqa: ARG002
        """None: summaries are kept for the newest figures only, so whoever asks makes one from the view's panel."""
        return None


def _span(link: Link) -> tuple[date, date]:
    """Between which days the link's period starts."""
    return link.period.start, link.period.end if link.is_within else link.period.start
