"""The specification of METHODS 3 for what a judgement rests on: published limits, counts, or a funnel."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from moothall.analytics.judging import Evidence, judge_members
from moothall.domain.metric import Counted
from moothall.domain.words import CountKind, CountRule, Polarity
from tests.spec.comparator_groups import METRIC
from tests.spec.tables import Page, Row, Table

NONE = float("nan")
MIDDLE = 50.0
ALIKE = (48, 49, 50, 51, 52, 48, 49, 51, 52)
"""What nine others have of 100 each; with 50 the tenth stands in the middle."""


def answer(given: Mapping[str, Any]) -> Mapping[str, Any]:
    rule, others = given["rule"], [float(count) for count in ALIKE]
    metric = replace(
        METRIC,
        polarity=Polarity.HIGHER_IS_BETTER,
        minimum_denominator=20.0,
        counted=Counted(CountKind.PROPORTION, CountRule(rule), "Each counts once.") if rule else None,
    )
    lower, upper = given["published"] or (NONE, NONE)
    top, below = given["counts"] or (NONE, NONE)
    blank = [NONE] * len(others)
    evidence = Evidence(
        *(np.array(line) for line in (
            [*others, given["figure"]], [*blank, lower], [*blank, upper], [*others, top], [*[100.0] * 9, below]))
    )  # fmt: skip
    found = judge_members(metric, evidence, MIDDLE)[-1]
    limits = None if found.lower is None or found.upper is None else (round(found.lower, 2), round(found.upper, 2))
    return {"judgement": found.judgement, "rests_on": found.origin, "limits": limits}


def one(why: str, rule: str | None, figure: float, published: Any, counts: Any, *expected: Any) -> Row:
    given = {"rule": rule, "figure": figure, "published": published, "counts": counts}
    return Row(why, given, dict(zip(("judgement", "rests_on", "limits"), expected, strict=True)))


ORDER = Table(
    "What goes first",
    """
Ten councils on a metric in percent of which higher is better. Nine have 48 to 52 of 100 each, and the group's median
is 50. The tenth has the *figure*, with the limits that are *published* and the *counts* behind it. The *rule* is what
the metric's file declares of its counts. Published limits and those that follow from counts are held against the
median; a funnel's limits lie round the group's own figure, and the council's figure is held against them.
""",
    answer,
    [
        one("Published limits, above the median.", None, 60.0, (55.0, 65.0), None, "better", "published", (55.0, 65.0)),
        one("Published limits that take in the median.", None, 52.0, (48.0, 56.0), None,
            "similar", "published", (48.0, 56.0)),
        one("Counts do not replace what is published.", "interval", 60.0, (45.0, 75.0), (600, 1000),
            "similar", "published", (45.0, 75.0)),
        one("No limits, and nothing said of the counts: position only.", None, 60.0, None, (600, 1000),
            "cannot-say", "none", None),
        one("The interval of the counts.", "interval", 60.0, None, (600, 1000), "better", "counts", (56.93, 62.99)),
        one("The same share of few.", "interval", 60.0, None, (30, 50), "similar", "counts", (46.18, 72.39)),
        one("The funnel of the group: far above it with many.", "funnel", 65.0, None, (130, 200),
            "better", "funnel", (45.81, 59.65)),
        one("The funnel is wider for few.", "funnel", 65.0, None, (26, 40), "similar", "funnel", (35.14, 66.13)),
        one("Fewer than the metric's minimum of 20.", "interval", 60.0, None, (9, 15), "cannot-say", "none", None),
        one("Counts that do not give the published figure.", "interval", 60.0, None, (200, 1000),
            "cannot-say", "none", None),
        one("More than all.", "interval", 60.0, None, (90, 80), "cannot-say", "none", None),
        one("No figure.", "interval", NONE, None, (30, 50), "cannot-say", "none", None),
    ],
)  # fmt: skip

PAGE = Page(
    "judging",
    "Better, similar, worse: what that rests on",
    """
We call a figure better or worse only where limits say that chance does not explain it. The publisher's own come first.
Without them we use the published counts, where the metric's file says that the numerator counts independent things, and
why; an amount of money does not. Small numbers get no judgement. Everything else has a position only.
""",
    (ORDER,),
)
