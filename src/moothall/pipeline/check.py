"""Checks on figures: possible values, intervals that hold them, coverage and magnitude beside the last release.

Each check returns its problems as sentences; an empty list means that all is well.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from typing import Any, NamedTuple

import pyarrow as pa

from moothall.domain.metric import Metric
from moothall.domain.words import MetricState
from moothall.pipeline.check_order import FEWEST_AREAS, Span, reordered_areas

LARGEST_RATIO = 3.0
"""Figures that are typically more than this many times those of the last release, or less than this part of them."""

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
    columns = (_listed(table.column(name)) for name in Figure._fields)
    return [Figure(*values) for values in zip(*columns, strict=True)]


def _listed(column: pa.ChunkedArray) -> list[Any]:
    """A column's values; of texts and days, which repeat, each is made once."""
    if not (pa.types.is_string(column.type) or pa.types.is_date(column.type)):
        return list(column.to_pylist())
    encoded = column.combine_chunks().dictionary_encode()
    values = [*encoded.dictionary.to_pylist(), None]
    return [values[index] for index in encoded.indices.fill_null(-1).to_pylist()]


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
    releases, so a release that shares none says nothing. Series declared as ``changed`` are left out.
    """
    for release, last in reversed(earlier):
        if not {figure.series for figure in last}.isdisjoint(figure.series for figure in checked):
            now, before = _without(checked, changed), _without(last, changed)
            found = shrunken_coverage(now, before, release) + lost_periods(now, before, release)
            return found + changed_magnitude(now, before, release) + reordered_areas(now, before, release)
    return []


def _without(checked: Sequence[Figure], changed: Collection[str]) -> Sequence[Figure]:
    return [figure for figure in checked if figure.series not in changed] if changed else checked


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


def lost_periods(checked: Sequence[Figure], last: Sequence[Figure], last_release: str) -> list[str]:
    """Problems where a series that goes on from the last release lacks periods that it had there.

    A release of a new year alone shares no period with the last one and loses none, and one that goes on to a newer
    period may drop its oldest.
    """
    now, before = (_spans(figures) for figures in (checked, last))
    return [
        f"{series} has no figures for the period from {lost[0][0]}, which the release {last_release} has: the file "
        "may be cut short; if the publisher left the period out, say so under changes in the source's YAML."
        for series in sorted(now.keys() & before.keys())
        if (lost := _lost(now[series], before[series]))
    ]


def _lost(now: set[Span], before: set[Span]) -> list[Span]:
    if not now & before:
        return []
    goes_on = max(now) > max(before)
    return sorted(span for span in before - now if span > min(now) or not goes_on)


def _spans(checked: Iterable[Figure]) -> dict[str, set[Span]]:
    """The periods of each series, but for days on which single areas were inspected."""
    by_series: dict[str, Counter[Span]] = defaultdict(Counter)
    for figure in checked:
        if figure.value is not None and figure.in_lifetime and figure.authority:
            by_series[figure.series][figure.period_start, figure.period_end] += 1
    return {series: {span for span, n in spans.items() if n >= FEWEST_AREAS} for series, spans in by_series.items()}


def _coverage(checked: Iterable[Figure]) -> Counter[tuple[str, date]]:
    return Counter(
        (figure.series, figure.period_start)
        for figure in checked
        if figure.value is not None and figure.in_lifetime and figure.authority
    )


def changed_magnitude(checked: Sequence[Figure], last: Sequence[Figure], last_release: str) -> list[str]:
    """Problems where the figures of a series have moved so far since the last release that the unit must have changed.

    Both the median and the typical area beside itself must have moved: areas that come and go move only the first.
    """
    now, before = _newest_sizes(checked), _newest_sizes(last)
    return [
        f"The median of {series} is {_typical(now[series]):g} but was {_typical(before[series]):g} in the release "
        f"{last_release}: check whether the publisher changed the unit, then correct scale in the source's YAML."
        for series in sorted(now.keys() & before.keys())
        if _is_far(now[series], before[series])
    ]


def _newest_sizes(checked: Iterable[Figure]) -> dict[str, dict[str, float]]:
    """For each series the sizes of its figures in its newest period, by area."""
    by_series: dict[str, list[Figure]] = defaultdict(list)
    for figure in checked:
        if figure.value is not None:
            by_series[figure.series].append(figure)
    return {series: _sizes_of_newest(its) for series, its in by_series.items()}


def _sizes_of_newest(its: Sequence[Figure]) -> dict[str, float]:
    newest = max(figure.period_start for figure in its)
    return {
        figure.authority or figure.area_code: abs(figure.value)
        for figure in its
        if figure.period_start == newest and figure.value is not None
    }


def _typical(sizes: Mapping[str, float]) -> float:
    """The median of those that are not nought."""
    return median([size for size in sizes.values() if size] or [0.0])


def _is_far(now: Mapping[str, float], before: Mapping[str, float]) -> bool:
    ratios = [now[area] / before[area] for area in now.keys() & before.keys() if now[area] and before[area]]
    sizes = _typical(now), _typical(before)
    if min(sizes) == 0:
        return max(sizes) > 0
    moved = [sizes[0] / sizes[1], *([median(ratios)] if ratios else [])]
    return all(not 1 / LARGEST_RATIO <= ratio <= LARGEST_RATIO for ratio in moved)
