"""The specification of METHODS 4 for monthly and quarterly series: the XmR chart."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from moothall.analytics.xmr import LEAST_TO_FIX_LIMITS, LIMIT_FACTOR, natural_limits, xmr_chart
from tests.spec.tables import Page, Row, Table

FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
STEADY = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12]


def answer_limits(given: Mapping[str, Any]) -> Mapping[str, Any]:
    found = natural_limits(np.array(given["figures"], dtype=float))
    names = ("mean", "mean_range", "lower", "upper")
    return {name: round(getattr(found, name), 2) for name in names}


def answer_rules(given: Mapping[str, Any]) -> Mapping[str, Any]:
    chart = xmr_chart(np.array([*STEADY, *given["then"]], dtype=float))
    assert chart is not None
    return {"last": list(chart.rules[-1]) or "none", "earlier": sum(map(bool, chart.rules[:-1]))}


def pattern(why: str, then: Sequence[float], *expected: Any) -> Row:
    return Row(why, {"then": then}, dict(zip(("last", "earlier"), expected, strict=True)))


LIMITS = Table(
    "Limits",
    f"""
The limits lie {LIMIT_FACTOR} mean moving ranges from the mean, a moving range being the distance between successive
figures. The row is the worked example of the NIST/SEMATECH e-Handbook of Statistical Methods (6.3.2.2, flow rates),
which prints 50.81, 1.8778, 45.8159 and 55.8041 with 3 / 1.128 in place of 2.66. On a page, limits are fixed on at
least {LEAST_TO_FIX_LIMITS} figures, and with fewer there is no chart.
""",
    answer_limits,
    [
        Row("The handbook's flow rates.", {"figures": FLOW},
            {"mean": 50.81, "mean_range": 1.88, "lower": 45.82, "upper": 55.8}),
        Row("A level that never moves.", {"figures": [5, 5, 5]},
            {"mean": 5, "mean_range": 0, "lower": 5, "upper": 5}),
    ],
)  # fmt: skip

RULES = Table(
    "The four rules",
    """
Twelve figures that alternate between 10 and 12 fix the mean at 11 and the limits at 5.68 and 16.32; then follow the
figures of the row. *Last* names the rules that the last of them completes, *earlier* counts the figures before it that
complete any. The rules: beyond a limit; eight in a row on one side of the mean; six in a row of which each is higher,
or each lower, than the one before; two of three that are more than two thirds of the way to the same limit.
""",
    answer_rules,
    [
        pattern("Nothing unusual.", [10, 12], "none", 0),
        pattern("Beyond the upper limit.", [16.4], ["beyond-limit"], 0),
        pattern("On the limit's inner side.", [16.3], "none", 0),
        pattern("Eight in a row above the mean (the last of the twelve is one).", [12, 12, 12, 12, 12, 12, 12],
                ["run-on-one-side"], 0),
        pattern("Seven are not enough.", [12, 12, 12, 12, 12, 12], "none", 0),
        pattern("Six in a row, each higher.", [7, 8, 9, 10, 11, 12], ["steady-trend"], 0),
        pattern("Two of three near the upper limit (14.55 and more).", [15, 11, 15], ["near-limit"], 0),
        pattern("Near opposite limits is not near one.", [15, 11, 7], "none", 0),
    ],
)  # fmt: skip

PAGE = Page(
    "control-chart",
    "Monthly and quarterly series: the XmR chart",
    """
Month by month every series goes up and down. The chart takes the usual size of these movements from the series itself
and marks only what is more. The plain chart of this page knows no season and no trend of the group, and it is cut at a
declared break. Pages hold a quarter against the same quarter of other years, and its change against that of the type:
see [which rule](which-rule.md).
""",
    (LIMITS, RULES),
)
