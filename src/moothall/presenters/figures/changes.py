"""The series of an open build, and what changed in them: as the build found it, or worked out where it has not."""

import numpy as np

from moothall.analytics.change import Change, ChangeRule
from moothall.analytics.learning import TurnedRound, TurnedRoundAll
from moothall.analytics.metric_series import AllSeries, Figures, MetricSeries
from moothall.analytics.trend import Direction, Trend, TrendReason
from moothall.presenters.figures.reading import FigureStore, kept_by_store


@kept_by_store
def series_of(store: FigureStore) -> AllSeries:
    """The series kept for this open build."""
    return AllSeries(store.panel, store.catalogue, store.boundaries)


def change_of(store: FigureStore, series: MetricSeries, row: int, column: int) -> Change | None:
    """What the rule of a series says of one authority up to a column; None where no rule speaks to it.

    The numbers that the rule read are not always with it: of a whole build they would fill a worker.
    """
    found = store.changes(series.metric.id)
    if found is None or found.column != column:
        is_annual = series.rule(column) is ChangeRule.ANNUAL
        return Change.annual(series.told, row, column) if is_annual else series.change(row, column)
    if not found.rules[row]:
        return None
    trend = Trend(Direction(found.directions[row]), TrendReason(found.reasons[row]))
    return Change(ChangeRule(found.rules[row]), trend, found.since[row], column)


def turned_round_by(store: FigureStore, series: MetricSeries, column: int) -> TurnedRoundAll:
    """Who turned it round by the period of a column."""
    found = store.changes(series.metric.id)
    if found is None or found.column != column:
        return series.until(column).turned_round
    return TurnedRoundAll(tuple(TurnedRound(*one) for one in found.turned), found.eligible, found.by_chance)


def noise_at(store: FigureStore, series: MetricSeries, column: int) -> Figures:
    """A standard error of a column's figures where they have no interval: [authorities]."""
    found = store.changes(series.metric.id)
    return series.until(column).noise if found is None or found.column != column else np.array(found.noise)
