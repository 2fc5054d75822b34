"""The specification of METHODS 4 for which rule speaks to a series, and for what a control chart answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from moothall.analytics.change import rule_of
from moothall.analytics.chart_change import SeasonalChanges, chart_side
from moothall.analytics.series import calendar_of
from moothall.analytics.xmr import LEAST_TO_FIX_LIMITS
from moothall.domain.metric import Break
from moothall.domain.period import Period, PeriodKind, add_months
from moothall.domain.words import Cadence
from tests.spec.comparator_groups import METRIC
from tests.spec.tables import Page, Row, Table

NONE = float("nan")
FIRST = date(2015, 4, 1)
STEADY = (10.0, 20.0, 12.0, 18.0, 11.0, 21.0, 13.0, 19.0) * 2
"""Four years of quarters that go up and down by 1: their centres are 10.5, 20.5, 12.5, 18.5, the limits 2.66 off."""

SIDES = {1.0: "above", -1.0: "below", 0.0: "neither"}
OTHERS = 40


def answer_rule(given: Mapping[str, Any]) -> Mapping[str, Any]:
    count, known = given["periods"], given["with_limits"]
    periods = [Period.starting(date(2010 + place, 4, 1), PeriodKind.FINANCIAL_YEAR) for place in range(count)]
    limits = np.array([[1.0 if place >= count - known else NONE for place in range(count)]])
    cuts = (Break(periods[given["break_at"]].start, "made up"),) if given["break_at"] is not None else ()
    found = rule_of(replace(METRIC, cadence=Cadence(given["cadence"]), breaks=cuts), periods, limits, limits + 1)
    return {"rule": found}


def answer_chart(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values = np.array([[NONE if one is None else one for one in (*STEADY[: given["steady"]], *given["then"])]])
    side = float(chart_side(values, min(16, values.shape[1] - 1), 4)[0])
    return {"marked": "no chart" if np.isnan(side) else SIDES[side]}


def answer_both(given: Mapping[str, Any]) -> Mapping[str, Any]:
    moves, rise = given["moves"], given["others_rise"]
    own = np.array(STEADY) + 0.0
    own = np.concatenate([own, own[12:] + moves[0], own[12:] + moves[1]])
    others = np.tile([np.tile(STEADY, 2)[: own.size]], (OTHERS, 1))
    years = np.arange(own.size) // 4
    others += np.linspace(-0.6, 0.6, OTHERS)[:, None] * years + rise * np.maximum(years - 3, 0)
    values, periods = np.vstack([own, others]), quarters(own.size)
    seasonal = SeasonalChanges(values, calendar_of(periods, (), Cadence.QUARTERLY), ["made"] * len(values), 0.1,
                               Cadence.QUARTERLY)  # fmt: skip
    (found,) = seasonal.at(own.size - 1, np.array([0]))
    return {"direction": found.trend.direction, "by": found.trend.reason, "told_over": found.until - found.since}


def quarters(count: int) -> Sequence[Period]:
    return [Period.starting(add_months(FIRST, 3 * place), PeriodKind.QUARTER) for place in range(count)]


def speaks(why: str, cadence: str, periods: int, with_limits: int, break_at: int | None, rule: str | None) -> Row:
    given = {"cadence": cadence, "periods": periods, "with_limits": with_limits, "break_at": break_at}
    return Row(why, given, {"rule": rule})


def marks(why: str, steady: int, then: list[float | None], marked: str) -> Row:
    return Row(why, {"steady": steady, "then": then}, {"marked": marked})


def told(why: str, moves: tuple[float, float], others_rise: float, *expected: Any) -> Row:
    keys = ("direction", "by", "told_over")
    return Row(why, {"moves": moves, "others_rise": others_rise}, dict(zip(keys, expected, strict=True)))


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
    "What the chart marks",
    f"""
A quarter is held against the same quarter of the four years before, of whose figures at least {LEAST_TO_FIX_LIMITS}
must be known. Its centre is their mean, and the limits lie 2.66 times the mean distance between successive figures of
one quarter from it. Here four years come first (*steady* is how many of their figures are known) in which every figure
goes up and down by 1 from year to year, so that the limits are 2.66 from the centres 10.5, 20.5, 12.5 and 18.5.
""",
    answer_chart,
    [
        marks("As in other years.", 16, [10], "neither"),
        marks("Beyond the upper limit, 13.16.", 16, [13.2], "above"),
        marks("On the limit's inner side.", 16, [13.1], "neither"),
        marks("Beyond the lower limit, 7.84.", 16, [7.8], "below"),
        marks("The season's rise is no change: 20 in the second quarter.", 16, [10, 20], "neither"),
        marks("The first quarter's usual figure is too low for a second quarter.", 16, [10, 10], "below"),
        marks("Two of the last three near the limit (1.77 from the centre).", 16, [12.5, 20, 14.5], "above"),
        marks("Six in a row, each further above its own quarter than the last.", 16,
              [10.2, 20.3, 12.4, 18.6, 10.8, 21], "above"),
        marks("Eight in a row above their quarters: the last year, and this one.", 16, [11, 21, 13, 19], "above"),
        marks("A gap breaks a pattern.", 16, [12.5, None, None, 20.5], "neither"),
        marks("Far out a quarter ago, back now.", 16, [13.2, 20], "neither"),
        marks("No newest figure.", 16, [13.2, None], "no chart"),
        marks("Eleven figures do not fix the limits.", 11, [13.2], "no chart"),
        marks("Figures that never moved: any move would count.", 0, [5] * 17, "no chart"),
    ],
)  # fmt: skip

BOTH = Table(
    "When a quarter or a month is said to have changed",
    """
The chart alone would name every council when all councils rise, and the annual rule alone a council whose figures
always jump. So both must agree: the chart marks the figure, and the [annual rule](change.md), asked of the same quarter
of every year, finds a change on the same side. *moves* are what the council's quarters move by in the two years after
the four steady ones, *others rise* what all others move by in each of them. *told over* is in quarters.
""",
    answer_both,
    [
        told("Nothing happens.", (0, 0), 0, "no-clear-change", "within-noise", 4),
        told("It rises twice, the others stay.", (4, 8), 0, "rising", "control-chart", 8),
        told("It falls twice, the others stay.", (-4, -8), 0, "falling", "control-chart", 8),
        told("All rise alike: its chart marks it, and the group does not.", (4, 8), 4,
             "no-clear-change", "within-noise", 4),
        told("Only the others rise: the group would mark it, its chart does not.", (0, 0), 8,
             "no-clear-change", "within-noise", 4),
    ],
)  # fmt: skip

PAGE = Page(
    "which-rule",
    "One answer for each series: which rule of change speaks to it",
    """
What counts as a change depends on how often figures come out and on what the publisher says of their limits. One rule
speaks to each series, and every answer says which.
""",
    (WHICH, CHART, BOTH),
)
