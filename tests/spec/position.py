"""The specification of METHODS 2, and of METHODS 3 for published intervals. All numbers are made up to show a rule."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from moothall.analytics.interval import compare_with_median, judge
from moothall.analytics.position import position, with_minimum
from moothall.analytics.refusal import MINIMUM_FOR_BANDS, MINIMUM_FOR_MEDIAN, Refusal
from moothall.analytics.summary import IQR_TO_SIGMA, MAD_TO_SIGMA, summarise
from moothall.catalogue.load import load_words
from moothall.catalogue.places import catalogue_folder
from moothall.domain.wording import Length, Matter, first_rule
from moothall.domain.words import Polarity
from tests.spec.tables import Page, Row, Table

NONE = float("nan")
ONE_TO_11 = list(range(1, 12))
ONE_TO_12 = list(range(1, 13))
MOSTLY_FIVE = [1, 2, 3, 5, 5, 5, 5, 5, 5, 5, 8, 9]


def answer_summary(given: Mapping[str, Any]) -> Mapping[str, Any]:
    summary = summarise(np.array(given["values"], dtype=float))
    names = ("n", "median", "mad", "spread", "lower_quartile", "upper_quartile", "low", "high", "refused")
    return {name: getattr(summary, name) for name in names}


def answer_position(given: Mapping[str, Any]) -> Mapping[str, Any]:
    found = position(np.array(given["values"], dtype=float), given["own"], given["step"])
    ranks = None if found.rank_low is None else f"{found.rank_low} to {found.rank_high}"
    names = ("n", "tied", "percentile", "robust_z", "band", "side", "refused")
    return {"rank": ranks, **{name: getattr(found, name) for name in names}}


def answer_minimum(given: Mapping[str, Any]) -> Mapping[str, Any]:
    found = position(np.array(ONE_TO_12, dtype=float), given["own"], 1)
    found = with_minimum(found, given["denominator"], given["minimum"])
    return {"n": found.n, "rank": found.rank_low, "side": found.side, "refused": found.refused}


def answer_interval(given: Mapping[str, Any]) -> Mapping[str, Any]:
    verdict = compare_with_median(given["lower"], given["upper"], given["median"])
    return {"verdict": verdict, **{str(polarity): judge(verdict, polarity) for polarity in Polarity}}


def spread(why: str, values: Sequence[float], *expected: Any) -> Row:
    return Row(why, {"values": values}, dict(zip(("n", "median", "mad", "spread", "refused"), expected, strict=True)))


def edges(why: str, values: Sequence[float], *expected: Any) -> Row:
    names = ("low", "lower_quartile", "upper_quartile", "high")
    return Row(why, {"values": values}, dict(zip(names, expected, strict=True)))


def rank(why: str, values: Sequence[float], own: float, step: float, *expected: Any) -> Row:
    names = ("n", "rank", "tied", "percentile")
    return Row(why, {"values": values, "own": own, "step": step}, dict(zip(names, expected, strict=True)))


def distance(why: str, values: Sequence[float], own: float, step: float, *expected: Any) -> Row:
    given = {"values": values, "own": own, "step": step}
    return Row(why, given, dict(zip(("robust_z", "refused"), expected, strict=True)))


def small(why: str, own: float, denominator: float, minimum: float | None, *expected: Any) -> Row:
    given = {"own": own, "denominator": denominator, "minimum": minimum}
    return Row(why, given, dict(zip(("n", "rank", "side", "refused"), expected, strict=True)))


def band(why: str, values: Sequence[float], own: float, *expected: Any) -> Row:
    given = {"values": values, "own": own, "step": 1}
    return Row(why, given, dict(zip(("side", "band", "refused"), expected, strict=True)))


def interval(why: str, limits: tuple[float | None, float | None], median: float | None, *expected: str) -> Row:
    given = {"lower": limits[0], "upper": limits[1], "median": median}
    names = ("verdict", *map(str, Polarity))
    return Row(why, given, dict(zip(names, expected, strict=True)))


MIDDLE_AND_SPREAD = Table(
    "The middle and the spread",
    f"""
The *median* is the middle figure. The *MAD* is the median distance of the figures from it. The *spread* is
{MAD_TO_SIGMA} times the MAD; where the MAD is 0, because more than half of the figures are the same, it is the
interquartile range divided by {IQR_TO_SIGMA}. All are in the metric's unit, worked out from the figures as published,
without rounding. There is no median below {MINIMUM_FOR_MEDIAN} figures. A member without a figure is not counted.
""",
    answer_summary,
    [
        spread("One figure far out moves neither the median nor the MAD.", [1, 2, 3, 4, 100], 5, 3, 1, 1.4826, None),
        spread("With an even number, halfway between the middle two.", [1, 2, 3, 4], 4, 2.5, 1, 1.4826, None),
        spread("A member without a figure is not counted.", [10, NONE, 20, 60], 3, 20, 10, 14.826, None),
        spread("Two figures have no middle.", [10, 20], 2, None, None, None, "group-too-small"),
        spread("A member without a figure does not make up the number.", [10, 20, NONE], 2, None, None, None,
               "group-too-small"),
        spread("Most are the same, so the MAD is 0: the quartiles 4.25 and 5 give the spread.",
               [1, 2, 5, 5, 5, 5, 5, 9], 8, 5, 0, 0.5559674, None),
        spread("All are the same: there is no spread.", [5, 5, 5, 5], 4, 5, 0, 0, None),
        spread("The noise of binary arithmetic is taken off: 0.1, not 0.09999999999999998.",
               [0.1, 0.2, 0.3], 3, 0.2, 0.1, 0.14826, None),
    ],
)  # fmt: skip

QUARTILES = Table(
    "Quartiles and the ends of a strip",
    """
Half of the figures lie between the quartiles. A strip is drawn from *low* to *high*, the 2nd and the 98th
percentile. The rule is that of QUARTILE.INC and PERCENTILE.INC in a spreadsheet: the lowest figure stands at 0, the
highest at 1, the others at equal distances, and between two of them the straight line is read off.
""",
    answer_summary,
    [
        edges("Five figures: the quartiles are the second and the fourth.", [1, 2, 3, 4, 5], 1.08, 2, 4, 4.92),
        edges("Four figures: the quartiles lie between two of them.", [1, 2, 3, 4], 1.06, 1.75, 3.25, 3.94),
        edges("The order in which councils are listed does not matter.", [3, 1, 4, 2], 1.06, 1.75, 3.25, 3.94),
        edges("Equal figures have nothing between them.", [7, 7, 7], 7, 7, 7, 7),
        edges("Too few for a median, too few for quartiles.", [7, 8], None, None, None, None),
    ],
)

RANKS = Table(
    "Rank and percentile",
    """
Rank 1 is the highest figure, whatever the polarity. Figures that are the same when rounded to the published decimals
(the *step*; halves away from zero) are tied, because a reader sees the same number; a tie is written as a range.
*Tied* counts the members that share the figure, the council itself included. The *percentile* is the share of the
group that is lower, plus half of those tied. The council itself counts in the group and as tied with itself, so a
lone highest of four stands at 0.875 and a lone lowest at 0.125. Median and rank are taken over the same figures, and
neither is given for fewer than 3.
""",
    answer_position,
    [
        rank("Two are lower: (2 + 0.5) / 4.", [10, 20, 30, 40], 30, 1, 4, "2 to 2", 1, 0.625),
        rank("The highest.", [10, 20, 30, 40], 40, 1, 4, "1 to 1", 1, 0.875),
        rank("The lowest.", [10, 20, 30, 40], 10, 1, 4, "4 to 4", 1, 0.125),
        rank("Two share second place: (1 + 1) / 4.", [10, 20, 20, 40], 20, 1, 4, "2 to 3", 2, 0.5),
        rank("All share every place.", [20, 20, 20], 20, 1, 3, "1 to 3", 3, 0.5),
        rank("Published to one decimal, 41.96 and 42.04 are both 42.0.",
             [40, 41.96, 42.04, 43], 42.04, 0.1, 4, "2 to 3", 2, 0.5),
        rank("Published to two decimals they differ.", [40, 41.96, 42.04, 43], 42.04, 0.01, 4, "2 to 2", 1, 0.625),
        rank("0.285 rounds up although a computer holds a little less.",
             [0.1, 0.285, 0.29], 0.29, 0.01, 3, "1 to 2", 2, 0.6666667),
        rank("Below zero, halves round away from zero too.", [-3, -2.5, 1], -3, 1, 3, "2 to 3", 2, 0.3333333),
        rank("A member without a figure has no place.", [10, NONE, 20, 30], 20, 1, 3, "2 to 2", 1, 0.5),
        rank("No figure, no rank.", [10, 20, 30, NONE], NONE, 1, 3, None, 0, None),
        rank("Too few for a median, too few for a rank.", [10, 20], 20, 1, 2, None, 0, None),
    ],
)  # fmt: skip

DISTANCES = Table(
    "Robust z, and figures too coarse to tell",
    """
*Robust z* is the distance from the median in spreads. Where one reporting step exceeds half of the MAD, most
differences are no wider than the rounding, and we say that the figures are too coarse to tell. Where the MAD is 0 the
MAD that the quartiles imply (the spread divided by 1.4826) takes its place; where that is 0 too there is nothing to
tell apart. Rank and percentile are given all the same.
""",
    answer_position,
    [
        distance("Median 6, MAD 3: (9 - 6) / (1.4826 x 3).", ONE_TO_11, 9, 1, 0.6744908, None),
        distance("A step of exactly half the MAD will do.", ONE_TO_11, 9, 1.5, 0.6744908, None),
        distance("A wider step will not.", ONE_TO_11, 9, 2, None, "too-coarse"),
        distance("Exactly half of the MAD, whatever binary arithmetic makes of it.",
                 [0.53, 1.06, 1.59, 2.12, 2.65, 3.18, 3.71, 4.24, 4.77, 5.3, 5.83], 4.77, 0.795, 0.6744908, None),
        distance("The MAD is 0; the quartiles 4.5 and 5 give a spread of 0.371 and stand for a MAD of 0.25.",
                 MOSTLY_FIVE, 8, 0.1, 8.094, None),
        distance("In steps of 1 the same figures are too coarse.", MOSTLY_FIVE, 8, 1, None, "too-coarse"),
        distance("All are the same.", [5] * 12, 5, 0.1, None, "too-coarse"),
        distance("Fewer than ten: robust z is known, a band is not given.",
                 [1, 2, 3, 4, 100], 4, 0.5, 0.6744908, "too-few-for-bands"),
        distance("No figure.", [*ONE_TO_11, NONE], NONE, 1, None, "no-value"),
        distance("Too small a group.", [1, 2], 2, 1, None, "group-too-small"),
    ],
)  # fmt: skip

BANDS = Table(
    "Lower than most, about the middle, higher than most",
    f"""
A percentile below 0.25 is *lower than most*, above 0.75 *higher than most*, between them and on the edges *about the
middle*. Nothing is said in a group of fewer than {MINIMUM_FOR_BANDS}. Tied figures share one band or have none: where
the lowest and the highest of them, told apart, would stand in two bands, we cannot say. A band is a position only; it
is not better or worse.
""",
    answer_position,
    [
        band("2.5 / 12 = 0.21.", ONE_TO_12, 3, "lower", "lower-than-most", None),
        band("3.5 / 12 = 0.29.", ONE_TO_12, 4, "similar", "about-the-middle", None),
        band("8.5 / 12 = 0.71.", ONE_TO_12, 9, "similar", "about-the-middle", None),
        band("9.5 / 12 = 0.79.", ONE_TO_12, 10, "higher", "higher-than-most", None),
        band("2.5 / 10 = 0.25: the edge belongs to the middle.", list(range(1, 11)), 3, "similar", "about-the-middle",
             None),
        band("7.5 / 10 = 0.75: so does the other edge.", list(range(1, 11)), 8, "similar", "about-the-middle", None),
        band("Nine are too few.", list(range(1, 10)), 1, "cannot-say", None, "too-few-for-bands"),
        band("Both of a tie stand in the lowest quarter.", [1, 1, *range(3, 13)], 1, "lower", "lower-than-most", None),
        band("One of a tie would stand in the lowest quarter, the other in the middle.",
             [1, 2, 3, 3, *range(5, 13)], 3, "cannot-say", None, "tie-straddles-band"),
        band("A tie in the middle stays there.",
             [1, 2, 3, 4, 6, 6, 6, 6, 9, 10, 11, 12], 6, "similar", "about-the-middle", None),
        band("Too coarse comes before a tie.", [5] * 12, 5, "cannot-say", None, "too-coarse"),
    ],
)  # fmt: skip

MINIMUM = Table(
    "Small denominators",
    """
Where the catalogue sets a minimum for what a metric is divided by, a figure that is divided by less has no rank and
no band: a handful of cases, or of pounds, would place it. It stays in the group, whose median it hardly moves. The
figures here are 1 to 12.
""",
    answer_minimum,
    [
        small("One below the minimum.", 12, 19, 20, 12, None, "cannot-say", "denominator-too-small"),
        small("The minimum itself will do.", 12, 20, 20, 12, 1, "higher", None),
        small("A denominator below zero is small.", 12, -5, 20, 12, None, "cannot-say", "denominator-too-small"),
        small("A denominator that is not published is not called small.", 12, NONE, 20, 12, 1, "higher", None),
        small("The metric has no minimum.", 12, 1, None, 12, 1, "higher", None),
        small("No figure comes first.", NONE, 1, 20, 12, None, "cannot-say", "no-value"),
    ],
)  # fmt: skip

INTERVALS = Table(
    "With a published 95% interval: better, similar or worse",
    """
Only where the publisher gives a 95% interval, and the whole of it lies on one side of the group's median, is a figure
called better or worse; a limit that equals the median overlaps it. The metric's polarity decides which word is used;
a metric without polarity keeps lower and higher. Where there is no interval nothing is put in its place.
""",
    answer_interval,
    [
        interval("All of it above.", (42.1, 44.0), 41.95, "above", "better", "worse", "higher"),
        interval("All of it below.", (38.0, 41.9), 41.95, "below", "worse", "better", "lower"),
        interval("It holds the median.", (40.0, 44.0), 41.95, "overlaps", *["similar"] * 3),
        interval("It touches the median.", (41.95, 44.0), 41.95, "overlaps", *["similar"] * 3),
        interval("Halfway between 0.2 and 0.4 is 0.3, whatever binary arithmetic makes of it.",
                 (0.1, 0.3), (0.2 + 0.4) / 2, "overlaps", *["similar"] * 3),
        interval("No upper limit.", (42.1, None), 41.95, *["cannot-say"] * 4),
        interval("A limit that is no number.", (NONE, 44.0), 41.95, *["cannot-say"] * 4),
        interval("The group has no median.", (42.1, 44.0), None, *["cannot-say"] * 4),
    ],
)  # fmt: skip

_RULES = load_words(catalogue_folder())[Matter.REFUSAL]


def _said(refusal: Refusal) -> str:
    """What is said of a council with a figure, in a group of 2 of 5."""
    rule = first_rule(_RULES, {"refusal": refusal.value, "known": 2, "members": 5})
    assert rule is not None
    known = {"known": "2", "all": "the 5 county councils", "period": "2023-24", "least-for-bands": MINIMUM_FOR_BANDS}
    return rule.texts[Length.PART].format_map(known)


_REFUSALS = "\n".join(f"- {_said(refusal)}" for refusal in Refusal)

PAGE = Page(
    "position",
    "Position: where a figure stands in its group",
    f"""
A figure is placed among the figures of its [comparator group](comparator-groups.md): how many are higher and lower,
how far it is from the middle, and whether most of the group is on one side of it. The examples are made up to show
the rules; "none" is a missing figure or an answer that is not given.

What we say where we cannot compare:

{_REFUSALS}
""",
    (MIDDLE_AND_SPREAD, QUARTILES, RANKS, DISTANCES, BANDS, MINIMUM, INTERVALS),
)
