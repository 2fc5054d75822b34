"""The verb check: the release files are whole, account for every row, and agree with what the catalogue declares."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moothall.catalogue.contents import Catalogue, SourceDefinition
from moothall.pipeline import check
from moothall.pipeline.agree import Agreement, AgreementResult, compare_sources
from moothall.pipeline.progress import Progress, silent
from moothall.pipeline.read import changed_series
from moothall.pipeline.release import TableCount, read_release, verify_releases
from moothall.pipeline.sums import explained, failing_sums


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What a source's release files hold: counts by table, comparisons with other sources, and problems."""

    source: str
    releases: tuple[str, ...]
    tables: tuple[TableCount, ...]
    agreements: tuple[AgreementResult, ...]
    problems: tuple[str, ...]

    @property
    def rows_read(self) -> int:
        """Places where a figure could stand."""
        return sum(table.rows_read for table in self.tables)

    @property
    def observations(self) -> int:
        """Figures and reasons for their absence."""
        return sum(table.observations for table in self.tables)

    @property
    def refused(self) -> dict[str, int]:
        """Places left out, by reason, most first."""
        by_reason: dict[str, int] = {}
        for table in self.tables:
            for reason, count in table.refused.items():
                by_reason[reason] = by_reason.get(reason, 0) + count
        return dict(sorted(by_reason.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the check of all release files found."""

    sources: tuple[SourceCheck, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """Every problem, one sentence each, led by its source."""
        return tuple(f"{source.source}: {problem}" for source in self.sources for problem in source.problems)


@dataclass(frozen=True, slots=True)
class _Shipped:
    """One release file in memory."""

    release: str
    metadata: Mapping[str, Any]
    figures: Sequence[check.Figure]


def check_releases(catalogue: Catalogue, releases_folder: Path, progress: Progress = silent) -> CheckReport:
    """Check every release file against the catalogue; problems are reported, not raised.

    Raises ReleaseError where a release file is missing, damaged, altered or not in the manifest.
    """
    manifest = verify_releases(releases_folder)
    shipped: dict[str, list[_Shipped]] = {}
    missing: dict[str, list[str]] = {}
    for definition in catalogue.sources.values():
        source_id = definition.source.id
        progress(f"Checking {source_id}", len(shipped), len(catalogue.sources))
        names = {release.id: f"{source_id}/{release.id}.parquet" for release in definition.releases}
        shipped[source_id] = [_read(releases_folder, i, name) for i, name in names.items() if name in manifest]
        missing[source_id] = [name for name in names.values() if name not in manifest]
    return CheckReport(
        tuple(
            _check_source(catalogue, definition, shipped, missing[definition.source.id])
            for definition in catalogue.sources.values()
            if definition.releases
        )
    )


def _read(folder: Path, release: str, name: str) -> _Shipped:
    metadata, table = read_release(folder, name)
    return _Shipped(release, metadata, check.figures(table))


def _check_source(
    catalogue: Catalogue,
    definition: SourceDefinition,
    shipped: Mapping[str, Sequence[_Shipped]],
    missing: Sequence[str],
) -> SourceCheck:
    source_id = definition.source.id
    mine = shipped[source_id]
    tables = tuple(TableCount(**table) for release in mine for table in release.metadata["tables"])
    newest = newest_figures(release.figures for release in mine)
    results = tuple(
        compare_sources(
            agreement, newest, newest_figures(release.figures for release in shipped.get(agreement.other_source, ()))
        )
        for agreement in declared_agreements(definition)
    )
    problems = [f"The release file {name} has not been made: run moothall read {source_id}." for name in missing]
    problems += _release_problems(catalogue, definition, mine)
    problems += [problem for result in results for problem in result.problems]
    return SourceCheck(source_id, tuple(release.release for release in mine), tables, results, tuple(problems))


def _release_problems(catalogue: Catalogue, definition: SourceDefinition, mine: Sequence[_Shipped]) -> list[str]:
    source_id = definition.source.id
    declared = {release.id: release for release in definition.releases}
    problems: list[str] = []
    earlier: list[tuple[str, Sequence[check.Figure]]] = []
    for release in mine:
        problems += check.figure_problems(source_id, release.figures, catalogue.metrics.values())
        description = declared[release.release]
        problems += check.beside_last_release(release.figures, earlier, changed_series(description))
        problems += failing_sums(description, catalogue.authorities, release.figures)
        problems += _account_problems(release)
        earlier.append((release.release, release.figures))
    return problems


def _account_problems(release: _Shipped) -> list[str]:
    counts = [TableCount(**table) for table in release.metadata["tables"]]
    problems = [
        f"The table {count.id} of {release.release} does not account for every row: {count.rows_read} places were "
        f"read, {count.observations} kept and {sum(count.refused.values())} left out; run moothall read again."
        for count in counts
        if count.rows_read != count.observations + sum(count.refused.values())
    ]
    if sum(count.observations for count in counts) != len(release.figures):
        problems.append(f"{release.release} has another number of rows than its tables gave: run moothall read again.")
    return problems


def newest_figures(releases: Iterable[Sequence[check.Figure]]) -> list[check.Figure]:
    """The newest figure of each series, area and period; ``releases`` hold figures, the oldest release first."""
    newest: dict[tuple[object, ...], check.Figure] = {}
    for figures in releases:
        newest.update({(f.series, f.area_code, f.period_start, f.period_end, f.breakdown): f for f in figures})
    return list(newest.values())


def declared_agreements(definition: SourceDefinition) -> tuple[Agreement, ...]:
    """What the source's YAML says its figures agree with."""
    return tuple(
        Agreement(
            series=entry.series,
            other_source=entry.other_source,
            other_series=entry.other_series,
            tolerance=entry.tolerance,
            explained=explained(entry.explained),
            may_differ=entry.differing.at_most if entry.differing else 0,
        )
        for entry in definition.agrees_with
    )
