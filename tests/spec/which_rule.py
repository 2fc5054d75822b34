"""The specification of METHODS 4 for which rule speaks to a series, and for what a control chart answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from moothall.analytics.change import CHART_WINDOW, chart_change, rule_of
from moothall.analytics.xmr import LEAST_TO_FIX_LIMITS
from moothall.domain.metric import Break
from moothall.domain.period import Period, PeriodKind, add_months
from moothall.domain.words import Cadence
from tests.spec.comparator_groups import METRIC
from tests.spec.tables import Page, Row, Table

NONE = float("nan")
FIRST = date(2015, 4, 1)
STEADY = (10.0, 12.0, 11.0, 13.0, 10.0, 12.0, 11.0, 13.0, 10.0, 12.0, 11.0, 13.0)
"""Twelve figures with the mean 11.5 and a mean moving range of 20/11, so that the limits lie 4.84 from the mean."""


def answer_rule(given: Mapping[str, Any]) -> Mapping[str, Any]:
    count, known = given["periods"], given["with_limits"]
    periods = [Period.starting(date(2010 + place, 4, 1), PeriodKind.FINANCIAL_YEAR) for place in range(count)]
    limits = np.array([[1.0 if place >= count - known else NONE for place in range(count)]])
    cuts = (Break(periods[given["break_at"]].start, "made up"),) if given["break_at"] is not None else ()
    found = rule_of(replace(METRIC, cadence=Cadence(given["cadence"]), breaks=cuts), periods, limits, limits + 1)
    return {"rule": found}


def answer_chart(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values = np.array([NONE if one is None else one for one in (*STEADY[: given["steady"]], *given["then"])])
    found = chart_change(values, quarters(len(values)), ())
    return {"direction": found.trend.direction, "by": found.trend.reason, "told_over": found.until - found.since}


def quarters(count: int) -> Sequence[Period]:
    return [Period.starting(add_months(FIRST, 3 * place), PeriodKind.QUARTER) for place in range(count)]


def speaks(why: str, cadence: str, periods: int, with_limits: int, break_at: int | None, rule: str | None) -> Row:
    given = {"cadence": cadence, "periods": periods, "with_limits": with_limits, "break_at": break_at}
    return Row(why, given, {"rule": rule})


def shows(why: str, steady: int, then: list[float | None], *expected: Any) -> Row:
    keys = ("direction", "by", "told_over")
    return Row(why, {"steady": steady, "then": then}, dict(zip(keys, expected, strict=True)))


WHICH = Table(
    "Which rule speaks to a series",
    """
Each series has one rule. Months and quarters have a control chart. Yearly figures have the weighted slope where the
publisher gives 95% limits for at least five periods since the last break, else the annual rule. *break at* is the
place of the period at which a break is declared.
""",
    answer_rule,
    [
        speaks("Quarters.", "quarterly", 20, 0, None, "chart"),
        speaks("Months, also with limits.", "monthly", 20, 20, None, "chart"),
        speaks("Years with limits.", "yearly", 8, 8, None, "slope"),
        speaks("Years with limits for the last four only.", "yearly", 8, 4, None, "annual"),
        speaks("A break leaves four periods.", "yearly", 8, 8, 4, "annual"),
        speaks("Years without limits.", "yearly", 8, 0, None, "annual"),
        speaks("Now and then.", "occasional", 8, 8, None, None),
    ],
)

CHART = Table(
    "What the chart answers",
    f"""
The chart looks at the last {CHART_WINDOW} figures: the first {LEAST_TO_FIX_LIMITS} fix its limits (the mean -/+ 2.66
times the mean moving range), and the last figure answers. It is rising or falling where it completes one of the four
patterns. Twelve figures between 10 and 13 come first here: their mean is 11.5 and the limits are 6.66 and 16.34. *told
over* is how many periods back the change is told from.
""",
    answer_chart,
    [
        shows("Within the limits.", 12, [12], "no-clear-change", "within-noise", 1),
        shows("Beyond the upper limit.", 12, [17], "rising", "control-chart", 1),
        shows("Beyond the lower limit.", 12, [6], "falling", "control-chart", 1),
        shows("Two of the last three near the limit.", 12, [15, 12, 15], "rising", "control-chart", 2),
        shows("Six in a row, each above the last.", 8, [10, 11, 11.5, 12, 12.5, 13, 13.5],
              "rising", "control-chart", 5),
        shows("Far out a period ago, back now.", 12, [17, 12], "no-clear-change", "within-noise", 1),
        shows("No newest figure.", 12, [17, None], "cannot-say", "no-value", 0),
        shows("A gap is left out.", 12, [None, 17], "rising", "control-chart", 2),
        shows("Twelve figures fix the limits and leave none to hold against them.", 11, [17],
              "cannot-say", "too-few-periods", 0),
        shows("Figures that never moved: any move would count.", 0, [5] * 13, "cannot-say", "too-coarse", 0),
    ],
)  # fmt: skip

PAGE = Page(
    "which-rule",
    "One answer for each series: which rule of change speaks to it",
    """
What counts as a change depends on how often figures come out and on what the publisher says of their limits. One rule
speaks to each series, and every answer says which.
""",
    (WHICH, CHART),
)
