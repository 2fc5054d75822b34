"""What is usual in a council's circumstances, in words: always beside its figure as published (METHODS 3)."""

from typing import Any

from moothall.analytics.interval import Verdict, compare_with_median
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.wording import Length, Matter
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.wording.figure_words import OwnFigure
from moothall.presenters.wording.numbers import metric_value_text
from moothall.presenters.wording.sentences import Said, Sentences

LIES = {Verdict.BELOW: "above", Verdict.OVERLAPS: "inside", Verdict.ABOVE: "below"}
"""Where the figure lies against the interval: the opposite of where the interval lies against the figure."""


def expected_words(store: FigureStore, say: Sentences, own: OwnFigure) -> Said | None:
    """Whether a figure lies within what is usual, or that circumstances explain too little; None where nobody looked.

    The build looks at the newest full period of a metric. A figure of another period is compared with nothing.
    """
    metric, value = own.cohort.metric, own.standing.value
    found = store.expected(metric.id)
    if found is None or value is None or found.period != own.standing.period.slug:
        return None
    if not found.explains:
        return say.say(Matter.EXPECTED, Length.PART, {"lies": "unexplained"}, {"low": "", "high": ""})
    if own.authority.code not in found.figures:
        return None
    _, lower, upper = found.figures[own.authority.code]
    facts = {"lies": LIES[compare_with_median(lower, upper, value)]}
    low, high = (metric_value_text(_possible(metric, end), metric) for end in (lower, upper))
    return say.say(Matter.EXPECTED, Length.PART, facts, {"low": low, "high": high})


def expected_record(store: FigureStore, metric: Metric, authority: Authority, period: Period) -> dict[str, Any] | None:
    """What is usual as plain facts, with how good the regression is; None where nobody looked at this period."""
    found = store.expected(metric.id)
    if found is None or found.period != period.slug:
        return None
    usual, lower, upper = found.figures.get(authority.code, (None, None, None))
    names = ("explains", "model", "n", "error", "median_error")
    return {"usual": usual, "lower": lower, "upper": upper, **{name: getattr(found, name) for name in names}}


def _possible(metric: Metric, end: float) -> float:
    """An end of the interval, no further than figures of the metric can lie."""
    floor = metric.lowest if metric.lowest is not None else metric.unit.lowest
    ceiling = metric.highest if metric.highest is not None else metric.unit.highest
    raised = end if floor is None else max(end, floor)
    return raised if ceiling is None else min(raised, ceiling)
