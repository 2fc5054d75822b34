"""What a build finds about its own figures: coverage, jumps, and series beside other sources and England's own row."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from moothall.analytics.groups import ENGLAND
from moothall.analytics.quality import find_jumps
from moothall.analytics.register import Register
from moothall.catalogue import Catalogue, SourceDefinition
from moothall.domain.derivation import Change, Difference, Spell
from moothall.domain.metric import Metric
from moothall.pipeline.agree import AgreementResult, compare_sources
from moothall.pipeline.check import Figure, figures
from moothall.pipeline.check_releases import declared_agreements, newest_figures
from moothall.pipeline.release import read_release
from moothall.pipeline.sums import EnglandResult, compare_england, declared_england
from moothall.store import Comparison, Coverage, FoundJump, Panel

OTHER_SOURCE, ENGLAND_ROW = "another source", "England row"
"""The kinds of comparison."""

CHANGES = (Change, Difference, Spell)
"""Operations whose figures lie about nought, so that ten times the last one says nothing."""


def coverage_rows(
    register: Register, metric: Metric, panel: Panel, summaries: Iterable[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """Rows of the coverage table: periods in which any member has a figure, counted in England's ``summaries``."""
    counted = {period: n for _, group, period, n, *_ in summaries if group == ENGLAND.id}
    found = [period for period in panel.periods if period.slug in counted]
    return [astuple(Coverage(metric.id, p.slug, p.end, counted[p.slug], register.count(metric, p.end))) for p in found]


def jump_rows(metric: Metric, panel: Panel) -> list[tuple[Any, ...]]:
    """Rows of the jump table, among figures of authorities that acted at the period; changes are apt to jump."""
    if isinstance(metric.derivation, CHANGES):
        return []
    values = np.where(panel.in_lifetime, panel.values, np.nan)
    slugs = [period.slug for period in panel.periods]
    return [
        astuple(
            FoundJump(
                metric=metric.id,
                authority=panel.authorities[jump.row],
                period=slugs[jump.column],
                earlier=slugs[jump.earlier],
                value=float(values[jump.row, jump.column]),
                before=float(values[jump.row, jump.earlier]),
                factor=jump.factor,
                looks_like_units=jump.looks_like_units,
            )
        )
        for jump in find_jumps(values, metric.reporting_step)
    ]


def compare_all(catalogue: Catalogue, folder: Path, shipped: Collection[str]) -> list[Comparison]:
    """Every declared agreement and England total, as far as the release files are among the ``shipped`` ones."""
    held = _held_figures(catalogue, folder, shipped)
    found: list[Comparison] = []
    for definition in catalogue.sources.values():
        found += _agreements(definition, held)
        found += _england_totals(catalogue, definition, held)
    return found


Held = dict[str, dict[str, list[Figure]]]
"""The figures of compared series, by source and release, the oldest release first."""


def _held_figures(catalogue: Catalogue, folder: Path, shipped: Collection[str]) -> Held:
    wanted = _compared_series(catalogue)
    return {
        source: {
            release.id: _figures(folder, release_file(catalogue.sources[source], release.id), series)
            for release in catalogue.sources[source].releases
            if release_file(catalogue.sources[source], release.id) in shipped
        }
        for source, series in wanted.items()
    }


def _compared_series(catalogue: Catalogue) -> dict[str, set[str]]:
    """The series that any comparison needs, by source."""
    wanted: dict[str, set[str]] = {}
    for source, definition in catalogue.sources.items():
        for agreement in declared_agreements(definition):
            wanted.setdefault(source, set()).add(agreement.series)
            wanted.setdefault(agreement.other_source, set()).add(agreement.other_series)
        for release in definition.releases:
            for total in declared_england(release, catalogue.authorities):
                wanted.setdefault(source, set()).update({total.series, total.weighted_by or total.series})
    return wanted


def _agreements(definition: SourceDefinition, held: Held) -> Iterator[Comparison]:
    source = definition.source.id
    for agreement in declared_agreements(definition):
        here, there = newest_figures(held[source].values()), newest_figures(held[agreement.other_source].values())
        yield _agreement(source, compare_sources(agreement, here, there))


def _agreement(source: str, result: AgreementResult) -> Comparison:
    agreed = result.agreement
    reasons = [d.why for d in result.differences if d.why is not None]
    return Comparison(
        kind=OTHER_SOURCE,
        source=source,
        series=agreed.series,
        other_source=agreed.other_source,
        other_series=agreed.other_series,
        tolerance=agreed.tolerance,
        compared=result.compared,
        differing=len(result.differences),
        explained=min(len(result.differences), len(reasons) + agreed.may_differ),
        largest=max((abs(d.value - d.other_value) for d in result.differences), default=0.0),
    )


def _england_totals(catalogue: Catalogue, definition: SourceDefinition, held: Held) -> Iterator[Comparison]:
    """One comparison a series: all releases that declare its total, added up."""
    results: dict[str, list[EnglandResult]] = {}
    for release in definition.releases:
        checked = held.get(definition.source.id, {}).get(release.id, [])
        for total in declared_england(release, catalogue.authorities):
            results.setdefault(total.series, []).append(compare_england(total, checked))
    for series, its in results.items():
        yield _england(definition.source.id, series, its)


def _england(source: str, series: str, results: Sequence[EnglandResult]) -> Comparison:
    differences = [difference for result in results for difference in result.differences]
    return Comparison(
        kind=ENGLAND_ROW,
        source=source,
        series=series,
        other_source=source,
        other_series=series,
        tolerance=max(result.total.tolerance for result in results),
        compared=sum(result.compared for result in results),
        differing=len(differences),
        explained=sum(difference.why is not None for difference in differences),
        largest=max(result.largest for result in results),
    )


def release_file(definition: SourceDefinition, release: str) -> str:
    """The name of a release's file under the folder of releases."""
    return f"{definition.source.id}/{release}.parquet"


def _figures(folder: Path, name: str, series: Collection[str]) -> list[Figure]:
    _, table = read_release(folder, name)
    return figures(table.filter(pc.is_in(table.column("series"), value_set=pa.array(sorted(series)))))
