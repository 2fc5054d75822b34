"""One warning rule on one metric, for every authority and whatever the day: the figures as the rule looks at them.

The age of a figure is all that a day decides about it, so it comes last (``SignalOutcome.aged``), and everything before
it can be worked out once for a build.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.metric_series import AllSeries, MetricSeries
from moothall.analytics.register import Register
from moothall.analytics.signals import NO_COLUMN, SignalFigures, SignalOutcome, judged
from moothall.domain.derivation import Change, months_between, periods_earlier
from moothall.domain.metric import Metric
from moothall.domain.observation import TwoVintages
from moothall.domain.period import Period
from moothall.domain.signal import Signal

Revisions = Callable[[str], Iterable[TwoVintages]]
"""Every figure of a source (its id) that two successive releases give, side by side."""


@dataclass(frozen=True)
class JudgedSign:
    """What a rule says of a metric's figures, however old: ``outcome`` is [authorities], by the rows of ``index``.

    Its ``columns`` are places in ``periods``.
    """

    index: Mapping[str, int]
    periods: tuple[Period, ...]
    outcome: SignalOutcome


def judged_sign(
    signal: Signal,
    metric: Metric,
    every: AllSeries,
    denominators: NDArray[np.float64] | None,
    revisions: Revisions,
    register: Register | None = None,
) -> JudgedSign:
    """What a live rule says of one of its metrics; ``denominators`` are those of the metric's panel.

    ``register`` says who should have a figure; that of ``every`` unless another is given.
    """
    if signal.test is None:
        raise ValueError(f"the signal {signal.id} has no test")
    series, over, per = every.at(metric.id), getattr(signal.test, "over", 1), getattr(signal.test, "per", None)
    figures = SignalFigures(
        values=_comparable(signal, series, denominators),
        is_expected=(register or every.register).eligible(metric, series.authorities, [p.end for p in series.periods]),
        types=series.types,
        months_old=np.zeros(len(series.periods)),
        previous=_columns_back(series, 1),
        earlier=_columns_back(series, over),
        step=metric.reporting_step,
        denominators=denominators,
        came_late=_came_late(signal, series, revisions),
        per=_aligned(every.at(per), series) if per else None,
    )
    return JudgedSign(series.index, series.periods, judged(signal.test, figures))


def highest_figures(series: MetricSeries) -> dict[str, float]:
    """The highest figure that each authority ever had, by code; those without any are left out."""
    rows = ((code, series.values[row][~np.isnan(series.values[row])]) for code, row in series.index.items())
    return {code: float(known.max()) for code, known in rows if known.size}


def _comparable(signal: Signal, series: MetricSeries, below: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """The figures without those that the rule leaves out, those divided by too little (METHODS 3), and changes that
    span a declared break."""
    metric, values = series.metric, series.values.copy()
    if metric.minimum_denominator is not None and below is not None:
        values[below < metric.minimum_denominator] = np.nan
    if isinstance(metric.derivation, Change):
        back = [_spans_break(metric, period, metric.derivation.over) for period in series.periods]
        values[:, np.array(back, dtype=np.bool_)] = np.nan
    if left := signal.leaves_out:
        out = [left.first <= period.start <= left.last for period in series.periods]
        values[:, np.array(out, dtype=np.bool_)] = np.nan
    return values


def _spans_break(metric: Metric, period: Period, count: int) -> bool:
    """Whether a declared break lies between a period and the one ``count`` periods before it."""
    earlier = periods_earlier(period, count, months_between(period.kind, metric.cadence))
    return any(earlier.start < cut.start <= period.start for cut in metric.breaks)


def _aligned(other: MetricSeries, series: MetricSeries) -> NDArray[np.float64]:
    """Another metric's figures in the places of a series; NaN where it has none."""
    found = np.full(series.values.shape, np.nan)
    columns = {period: column for column, period in enumerate(other.periods)}
    pairs = [(own, columns[period]) for own, period in enumerate(series.periods) if period in columns]
    rows = [(own, other.index[code]) for code, own in series.index.items() if code in other.index]
    for own, there in pairs:
        found[[row for row, _ in rows], own] = other.values[[row for _, row in rows], there]
    return found


def _columns_back(series: MetricSeries, count: int) -> NDArray[np.intp]:
    """For each period of a series the column ``count`` periods back; ``NO_COLUMN`` without one, or across a break."""
    metric = series.metric
    columns = {period: column for column, period in enumerate(series.periods)}
    found = []
    for period in series.periods:
        earlier = periods_earlier(period, count, months_between(period.kind, metric.cadence))
        is_cut = _spans_break(metric, period, count)
        found.append(NO_COLUMN if is_cut else columns.get(earlier, NO_COLUMN))
    return np.array(found, dtype=np.intp)


def _came_late(signal: Signal, series: MetricSeries, revisions: Revisions) -> NDArray[np.bool_] | None:
    """Where a figure was not in an earlier release of its period; None where the rule does not ask."""
    if signal.test is None or signal.test.kind != "return-missing" or series.metric.series is None:
        return None
    late = np.zeros(series.values.shape, dtype=np.bool_)
    columns = {period.slug: column for column, period in enumerate(series.periods)}
    for pair in revisions(series.metric.series.source):
        is_late = pair.metric == series.metric.id and pair.before is None and pair.after is not None
        if is_late and pair.authority in series.index and pair.period in columns:
            late[series.index[pair.authority], columns[pair.period]] = True
    return late
