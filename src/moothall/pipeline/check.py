"""Checks on figures: possible values, intervals that hold them, coverage and magnitude beside the last release.

Each check returns its problems as sentences; an empty list means that all is well.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

import pyarrow as pa

from moothall.domain.metric import Metric
from moothall.domain.words import MetricState

LARGEST_RATIO = 3.0
"""A median that is more than this many times that of the last release, or less than this part of it, is a problem."""

MOST_LISTED = 5
"""How many cells a problem names; the rest are counted."""


class Figure(NamedTuple):
    """The columns of a release file that checks look at."""

    series: str
    area_code: str
    authority: str | None
    period_start: date
    period_end: date
    period_kind: str
    breakdown: str
    value: float | None
    lower_95: float | None
    upper_95: float | None
    in_lifetime: bool
    file: str
    sheet: str
    row: int
    column: str

    @property
    def place(self) -> str:
        """The cell in words."""
        return f"{self.file}{f', sheet {self.sheet}' if self.sheet else ''}, row {self.row}, {self.column}"


def figures(table: pa.Table) -> list[Figure]:
    """The rows of a release file as the checks want them."""
    columns = (table.column(name).to_pylist() for name in Figure._fields)
    return [Figure(*values) for values in zip(*columns, strict=True)]


def figure_problems(source: str, checked: Sequence[Figure], metrics: Iterable[Metric]) -> list[str]:
    """Every problem that the figures of one release of ``source`` have by themselves."""
    return repeated_keys(checked) + impossible_values(source, checked, metrics) + broken_intervals(checked)


def repeated_keys(checked: Iterable[Figure]) -> list[str]:
    """Problems where one authority (or region) has two figures of a series and period, from two tables of a release."""
    keys = Counter((f.series, f.authority or f.area_code, f.period_start, f.period_end, f.breakdown) for f in checked)
    return [
        f"{series} of {area} for the period from {start} stands {count} times: name it in one table only."
        for (series, area, start, _, _), count in keys.items()
        if count > 1
    ]


def impossible_values(source: str, checked: Sequence[Figure], metrics: Iterable[Metric]) -> list[str]:
    """Problems where a figure lies outside the bounds that a metric, or its unit, declares."""
    by_series: dict[str, list[Figure]] = defaultdict(list)
    for figure in checked:
        by_series[figure.series].append(figure)
    problems = []
    for metric in metrics:
        if metric.state is MetricState.LIVE and metric.series is not None and metric.series.source == source:
            problems.extend(_outside(metric, by_series.get(metric.series.series, [])))
    return problems


def _outside(metric: Metric, checked: Sequence[Figure]) -> list[str]:
    low = metric.lowest if metric.lowest is not None else metric.unit.lowest
    high = metric.highest if metric.highest is not None else metric.unit.highest
    outside = [
        figure
        for figure in checked
        if figure.value is not None
        and ((low is not None and figure.value < low) or (high is not None and figure.value > high))
    ]
    if not outside:
        return []
    listed = "; ".join(f"{figure.value} ({figure.area_code}, {figure.place})" for figure in outside[:MOST_LISTED])
    problem = (
        f"{metric.id} has {len(outside)} figures outside {_bounds_text(low, high)} {metric.unit.name}: {listed}: "
        "check the scale and unit in the source's YAML, or declare a correction."
    )
    return [problem]


def _bounds_text(low: float | None, high: float | None) -> str:
    if high is None:
        return f"{low:g} and more,"
    return f"{low:g} to {high:g}" if low is not None else f"{high:g} and less,"


def broken_intervals(checked: Iterable[Figure]) -> list[str]:
    """Problems where a published 95% interval does not hold its own figure."""
    broken = [
        figure
        for figure in checked
        if figure.value is not None
        and (
            (figure.lower_95 is not None and figure.lower_95 > figure.value)
            or (figure.upper_95 is not None and figure.upper_95 < figure.value)
        )
    ]
    if not broken:
        return []
    listed = "; ".join(f"{f.value} in {f.lower_95} to {f.upper_95} ({f.place})" for f in broken[:MOST_LISTED])
    return [f"{len(broken)} figures lie outside their own 95% interval: {listed}: check the columns of the interval."]


def beside_last_release(
    checked: Sequence[Figure], earlier: Sequence[tuple[str, Sequence[Figure]]], changed: Collection[str] = ()
) -> list[str]:
    """Problems beside the newest earlier release that shares a series with this one.

    ``earlier`` holds release ids and their figures, oldest first. A source may bring out different series in different
    releases, so a release that shares none says nothing. Series declared as ``changed`` may differ, and must.
    """
    for release, last in reversed(earlier):
        if not {figure.series for figure in last}.isdisjoint(figure.series for figure in checked):
            rest = _differences(_without(checked, changed), _without(last, changed), release)
            return rest + [problem for series in changed for problem in _idle_change(series, checked, last, release)]
    return []


def _without(checked: Sequence[Figure], changed: Collection[str]) -> Sequence[Figure]:
    return [figure for figure in checked if figure.series not in changed] if changed else checked


def _differences(checked: Sequence[Figure], last: Sequence[Figure], release: str) -> list[str]:
    return shrunken_coverage(checked, last, release) + changed_magnitude(checked, last, release)


def _idle_change(series: str, checked: Sequence[Figure], last: Sequence[Figure], release: str) -> list[str]:
    now, before = ([figure for figure in figures if figure.series == series] for figures in (checked, last))
    if _differences(now, before, release):
        return []
    return [f"{series} is declared as changed since the release {release}, but it is not: take it out of changes."]


def shrunken_coverage(checked: Sequence[Figure], last: Sequence[Figure], last_release: str) -> list[str]:
    """Problems where a series is gone, or has fewer authorities in a period that both releases have."""
    now, before = _coverage(checked), _coverage(last)
    gone = sorted({series for series, _ in before} - {series for series, _ in now})
    problems = [
        f"The series {series} of the release {last_release} is gone: declare it again, or withdraw its metric."
        for series in gone
    ]
    for (series, start), count in sorted(before.items()):
        if 0 < now[(series, start)] < count:
            problems.append(
                f"{series} has figures for {now[(series, start)]} authorities in the period from {start}, but the "
                f"release {last_release} has {count}: find out why authorities were lost."
            )
    return problems


def _coverage(checked: Iterable[Figure]) -> Counter[tuple[str, date]]:
    return Counter(
        (figure.series, figure.period_start)
        for figure in checked
        if figure.value is not None and figure.in_lifetime and figure.authority
    )


def changed_magnitude(checked: Sequence[Figure], last: Sequence[Figure], last_release: str) -> list[str]:
    """Problems where the median of a series has moved so far from the last release that the unit must have changed."""
    now, before = _typical_sizes(checked), _typical_sizes(last)
    return [
        f"The median of {series} is {now[series]:g} but was {before[series]:g} in the release {last_release}: "
        "check whether the publisher changed the unit, then correct scale in the source's YAML."
        for series in sorted(now.keys() & before.keys())
        if _is_far(now[series], before[series])
    ]


def _typical_sizes(checked: Iterable[Figure]) -> dict[str, float]:
    """The median size of the figures of each series in its newest period, of those that are not nought."""
    by_series: dict[str, list[Figure]] = defaultdict(list)
    for figure in checked:
        if figure.value is not None:
            by_series[figure.series].append(figure)
    return {series: _typical_size(its) for series, its in by_series.items()}


def _typical_size(its: Sequence[Figure]) -> float:
    newest = max(figure.period_start for figure in its)
    sizes = [abs(figure.value) for figure in its if figure.period_start == newest and figure.value]
    return median(sizes) if sizes else 0.0


def _is_far(now: float, before: float) -> bool:
    if min(now, before) == 0:
        return max(now, before) > 0
    return max(now / before, before / now) > LARGEST_RATIO
