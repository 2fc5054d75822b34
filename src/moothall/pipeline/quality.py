"""What a build finds about its own figures: coverage, jumps, and series beside other sources and England's own row."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from moothall.analytics.groups import ENGLAND, members
from moothall.analytics.quality import find_jumps
from moothall.catalogue import Catalogue, SourceDefinition
from moothall.domain.metric import Metric
from moothall.pipeline.agree import AgreementResult, compare_sources
from moothall.pipeline.check import Figure, figures
from moothall.pipeline.check_releases import declared_agreements
from moothall.pipeline.release import read_release
from moothall.pipeline.sums import EnglandResult, compare_england, declared_england
from moothall.store import Comparison, Coverage, FoundJump, Panel

OTHER_SOURCE, ENGLAND_ROW = "another source", "England row"
"""The kinds of comparison."""


class Responsible:
    """How many authorities are responsible on a day: one count for all metrics of a service and the same types."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: dict[tuple[Any, ...], int] = {}

    def count(self, metric: Metric, day: date) -> int:
        """The number of authorities for which the metric can be compared on ``day``."""
        key = (metric.responsibility, metric.applies_to, day)
        if key not in self._known:
            service = self._catalogue.responsibilities[metric.responsibility]
            everyone = self._catalogue.authorities.values()
            self._known[key] = len(members(ENGLAND, metric, service, everyone, day))
        return self._known[key]


def coverage_rows(
    responsible: Responsible, metric: Metric, panel: Panel, summaries: Iterable[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """Rows of the coverage table: periods in which any member has a figure, counted in England's ``summaries``."""
    counted = {period: n for _, group, period, n, *_ in summaries if group == ENGLAND.id}
    found = [period for period in panel.periods if period.slug in counted]
    return [
        astuple(Coverage(metric.id, p.slug, p.end, counted[p.slug], responsible.count(metric, p.end))) for p in found
    ]


def jump_rows(metric: Metric, panel: Panel) -> list[tuple[Any, ...]]:
    """Rows of the jump table, among figures of authorities that acted at the period."""
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
    found: list[Comparison] = []
    for definition in catalogue.sources.values():
        found += _agreements(catalogue, definition, folder, shipped)
        found += _england_totals(catalogue, definition, folder, shipped)
    return found


def _agreements(
    catalogue: Catalogue, definition: SourceDefinition, folder: Path, shipped: Collection[str]
) -> Iterator[Comparison]:
    for agreement in declared_agreements(definition):
        other = catalogue.sources[agreement.other_source]
        here = _newest(definition, agreement.series, folder, shipped)
        there = _newest(other, agreement.other_series, folder, shipped)
        if here and there:
            yield _agreement(definition.source.id, compare_sources(agreement, here, there))


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


def _england_totals(
    catalogue: Catalogue, definition: SourceDefinition, folder: Path, shipped: Collection[str]
) -> Iterator[Comparison]:
    """One comparison a series: all releases that declare its total, added up."""
    results: dict[str, list[EnglandResult]] = {}
    for release in definition.releases:
        name = release_file(definition, release.id)
        totals = list(declared_england(release, catalogue.authorities)) if name in shipped else []
        checked = _figures(folder, name, {total.series for total in totals}) if totals else []
        for total in totals:
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
        largest=max((abs(difference.own - difference.added) for difference in differences), default=0.0),
    )


def release_file(definition: SourceDefinition, release: str) -> str:
    """The name of a release's file under the folder of releases."""
    return f"{definition.source.id}/{release}.parquet"


def _newest(definition: SourceDefinition, series: str, folder: Path, shipped: Collection[str]) -> list[Figure]:
    """The figures of one series from the last release that has it."""
    for release in reversed(definition.releases):
        name = release_file(definition, release.id)
        found = _figures(folder, name, {series}) if name in shipped else []
        if found:
            return found
    return []


def _figures(folder: Path, name: str, series: Collection[str]) -> list[Figure]:
    _, table = read_release(folder, name)
    return figures(table.filter(pc.is_in(table.column("series"), value_set=pa.array(sorted(series)))))
