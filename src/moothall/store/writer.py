"""The one writer of a build: everything goes into a hidden file beside the old build, which is renamed when whole."""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from moothall.domain.geography import AreaShape, Place
from moothall.domain.observation import TwoVintages
from moothall.domain.period import Period, PeriodKind
from moothall.errors import BuildError
from moothall.store.findings import FINDING_TABLE
from moothall.store.geography import GEOGRAPHY_TABLES, rows_of
from moothall.store.ledger import Ledger, load_ledger
from moothall.store.news import ADD_CHANGES, FIND_NEWS, NEWS_TABLE
from moothall.store.panel import PANEL_TABLE, Panel, load_panel, packed_panel
from moothall.store.pointer import POINTER, builds_in, switch_to
from moothall.store.records import ReleaseRecord
from moothall.store.schema import DERIVED, JOINED, SCHEMA_FACT, SCHEMA_VERSION, SORTED_COPIES, TABLES
from moothall.store.similar import SIMILAR_TABLES, MetricSkill, ModelScore
from moothall.store.vintages import known_days, pairs_of

MEMORY_LIMIT = "800MB"
"""What DuckDB may hold while it sorts; beyond that it writes beside the build."""

SPILL = ".spill"

KEPT_BUILDS = 2
"""The served build and the one before it: a worker that still reads the old one is not disturbed."""


class BuildWriter:
    """Writes one build. Use as ``with BuildWriter.begin(builds, build_id) as writer: ...``."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.panel = cache(self._panel)
        self._packed: list[tuple[Any, ...]] = []

    @classmethod
    @contextmanager
    def begin(cls, builds: Path, build_id: str) -> Iterator["BuildWriter"]:
        """Yield a writer; when the block ends well the file is renamed and the pointer switched, else nothing is.

        Raises BuildError where another build is under way or the disk refuses.
        """
        builds.mkdir(parents=True, exist_ok=True)
        with _only_one(builds):
            _clear_leftovers(builds)
            unfinished = builds / f".{build_id}.unfinished"
            try:
                yield from cls._written(unfinished)
                _finish(unfinished, builds / f"{build_id}.duckdb")
            except (duckdb.Error, OSError) as error:
                raise BuildError(_why(builds, error)) from error
            finally:
                _clear_leftovers(builds)

    @classmethod
    def _written(cls, path: Path) -> Iterator["BuildWriter"]:
        connection = duckdb.connect(str(path))
        connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        connection.execute("SET temp_directory = $folder", {"folder": str(path.with_suffix(SPILL))})
        try:
            connection.execute(TABLES)
            connection.execute(SIMILAR_TABLES)
            connection.execute(GEOGRAPHY_TABLES)
            connection.execute(PANEL_TABLE)
            connection.execute(FINDING_TABLE)
            connection.execute(NEWS_TABLE)
            writer = cls(connection)
            writer.add_facts({SCHEMA_FACT: str(SCHEMA_VERSION)})
            yield writer
            writer._insert("panel", writer._packed)
            connection.execute("CHECKPOINT")
        finally:
            connection.close()

    def add_facts(self, facts: dict[str, str]) -> None:
        """Keep named texts with the build (its id, the catalogue as it was)."""
        self._insert("fact", list(facts.items()))

    def add_releases(self, releases: Sequence[ReleaseRecord]) -> None:
        """Register releases, oldest first by publication: a later one supersedes an earlier one's figures."""
        ordered = sorted(releases, key=lambda release: (release.published_on, release.id))
        days = known_days(releases)
        dated = [replace(release, known_on=days[release.source, release.id]) for release in ordered]
        self._insert("release", [_release_row(release, vintage) for vintage, release in enumerate(dated)])
        for release in releases:
            own = (release.source, release.id)
            self._insert("release_file", [(*own, file.path, file.sha256, file.bytes) for file in release.files])
            self._insert("account", [(*own, a.table, a.rows_read, a.observations) for a in release.accounts])
            self._insert("refusal", [(*own, a.table, *item) for a in release.accounts for item in a.refused.items()])

    def add_observations(self, series_of_metric: Iterable[tuple[str, str, str]], paths: Sequence[Path]) -> None:
        """Copy the series that metrics name, and those that stand behind derived ones, out of the release files.

        ``series_of_metric`` has (metric, source, series) triples; an operand has ``SeriesRef.key`` for its metric.
        """
        self._insert("metric_series", list(series_of_metric))
        names = [str(path) for path in paths]
        self._insert("period", self._periods(names))
        self._connection.execute(JOINED, {"paths": names})

    def ledger(self, key: str) -> Ledger:
        """All vintages of a metric or operand series that has been added."""
        return load_ledger(self._connection, key)

    def add_derived(self, metric: str, rows: Any) -> None:
        """Add a derived metric's figures: ``rows`` is an Arrow table with the columns of ``DERIVED``."""
        self._connection.register("derived", rows)
        self._connection.execute(DERIVED, {"metric": metric}).fetchall()
        self._connection.unregister("derived")

    def sort_observations(self) -> int:
        """Keep everything added, sorted twice; returns how many rows. Panels can be read from here on."""
        self._connection.execute(SORTED_COPIES)
        self._connection.execute(FIND_NEWS).fetchall()
        row = self._connection.execute("SELECT count(*) FROM observation_by_metric").fetchall()[0]
        return int(row[0])

    def _periods(self, names: list[str]) -> list[tuple[date, str, str]]:
        distinct = "SELECT DISTINCT period_start, period_kind FROM read_parquet($paths)"
        rows = self._connection.execute(distinct, {"paths": names}).fetchall()
        return [(start, kind, Period.starting(start, PeriodKind(kind)).slug) for start, kind in rows]

    def _panel(self, metric: str) -> Panel:
        """The panel of a metric whose observations have been sorted. Those asked for are kept with the build."""
        panel = load_panel(self._connection, metric)
        self._packed.append(packed_panel(panel))
        return panel

    def revisions(self, source: str) -> tuple[TwoVintages, ...]:
        """Every figure of a source that two successive releases give, once observations are sorted."""
        return pairs_of(self._connection, source, date.max)

    def add_summaries(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Keep group summaries: rows in the order of the summary table's columns."""
        self._insert("summary", rows)

    def add_quality(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Keep findings: rows in the order of the columns of coverage, jump or comparison."""
        self._insert(table, rows)

    def add_findings(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Keep what analytics found: rows of ``findings.finding_row``."""
        self._insert("finding", rows)

    def add_changes(self, rows: Sequence[tuple[str, str, str, str]]) -> None:
        """Keep whose change a rule has named: rows of metric, first day and kind of the period, codes."""
        if rows:
            self._given(rows)
            self._connection.execute(ADD_CHANGES).fetchall()
            self._connection.unregister("given")

    def add_lists(self, rows: Sequence[tuple[str, str, int, str | None, str | None]]) -> None:
        """Keep published lists: rows of list, authority, place, peer, label."""
        self._insert("listing", rows)

    def add_geography(self, shapes: Sequence[AreaShape], places: Sequence[Place]) -> None:
        """Keep the shapes of maps, and the places within authorities."""
        self._insert("shape", rows_of(shapes))
        self._insert("place", rows_of(places))

    def add_similarity_report(self, scores: Sequence[ModelScore], skills: Sequence[MetricSkill]) -> None:
        """Keep how good each model of similarity is, over all and for each metric."""
        self._insert("similarity_score", [astuple(score) for score in scores])
        self._insert("similarity_skill", [astuple(skill) for skill in skills])

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows through an Arrow table: ten times as fast as values in a statement."""
        if rows:
            self._given(rows)
            self._connection.execute(f"INSERT INTO {table} SELECT * FROM given").fetchall()
            self._connection.unregister("given")

    def _given(self, rows: Sequence[tuple[Any, ...]]) -> None:
        import pyarrow as pa  # late: readers import this room too, and have no use for 25 MB of it

        columns = zip(*rows, strict=True)
        self._connection.register("given", pa.table({f"c{n}": list(column) for n, column in enumerate(columns)}))


def _release_row(release: ReleaseRecord, vintage: int) -> tuple[Any, ...]:
    return (
        release.source,
        release.id,
        release.title,
        release.publisher,
        release.landing_page,
        release.published_on,
        release.published_precision,
        release.published_note,
        release.path,
        release.sha256,
        release.known_on,
        vintage,
    )


@contextmanager
def _only_one(builds: Path) -> Iterator[None]:
    with (builds / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BuildError(f"Another build is being written in {builds}: wait for it to end.") from None
        yield


def _clear_leftovers(builds: Path) -> None:
    for path in (*builds.glob(".*.unfinished*"), *builds.glob(".pointer-*")):
        path.unlink(missing_ok=True)
    for folder in builds.glob(f".*{SPILL}"):
        shutil.rmtree(folder, ignore_errors=True)


def _finish(unfinished: Path, build: Path) -> None:
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(build)
    switch_to(build)
    for old in builds_in(build.parent)[KEPT_BUILDS:]:
        old.unlink(missing_ok=True)


def _why(builds: Path, error: Exception) -> str:
    still = "the last build still serves" if (builds / POINTER).exists() else "there is still no build"
    cause = str(error).strip().splitlines()[0]
    return f"The build could not be written in {builds}; {still}. The cause: {cause}"
