"""The specification of the claim checker: what is true, what is false, what nobody can say; made-up figures."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from moothall.analytics.claims import Claim, Loaded, Spans, check_change, check_place, meaning_of
from moothall.analytics.interval import Judgement
from moothall.analytics.position import position, summarise
from moothall.analytics.trend import TrendReason, make_trend
from moothall.domain.words import Polarity
from tests.spec.tables import Page, Row, Table

TEN = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]


def answer_place(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values = np.array(given["figures"], dtype=np.float64)
    place = position(values, given["own"], 1.0)
    found = check_place(Claim(given["claim"]), place, given["unknown"], Judgement.CANNOT_SAY)
    return {"answer": found.answer, "ground": found.ground}


def place_row(why: str, claim: Claim, own: float, answer: str, ground: str, unknown: int = 0, **given: Any) -> Row:
    figures = given.get("figures", TEN)
    told = {"figures": figures, "unknown": unknown, "own": own, "claim": claim.value}
    return Row(why, told, {"answer": answer, "ground": ground})


PLACES = Table(
    "A claim about a place",
    "Figures that nobody has published count: the answer holds only if it would hold whatever they are.",
    answer_place,
    (
        place_row("No figure is higher.", Claim.HIGHEST, 10.0, "true", "figures"),
        place_row("One figure is higher.", Claim.HIGHEST, 9.0, "false", "figures"),
        place_row("An unknown figure could be higher.", Claim.HIGHEST, 10.0, "cannot-say", "missing-could-decide", 1),
        place_row("A known figure is higher, whatever the unknown one is.", Claim.HIGHEST, 9.0, "false", "figures", 1),
        place_row(
            "The lowest may be shared, and the answer says so.",
            Claim.LOWEST,
            1.0,
            "true",
            "shared",
            figures=[1.0, 1.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0],
        ),
        place_row("The middle of 1 to 10 is 5.5.", Claim.ABOVE_MIDDLE, 6.0, "true", "figures"),
        place_row("What is above the middle is not below it.", Claim.BELOW_MIDDLE, 6.0, "false", "figures"),
        place_row("Two unknown figures could lift the middle over 6.", Claim.ABOVE_MIDDLE, 6.0, "cannot-say",
                  "missing-could-decide", 2),
        place_row("Two unknown figures cannot lift the middle over 8.", Claim.ABOVE_MIDDLE, 8.0, "true", "figures", 2),
        place_row("The middle figure itself is neither above nor below.", Claim.ABOVE_MIDDLE, 2.0, "false", "figures",
                  figures=[1.0, 2.0, 3.0]),
        place_row("Nine of ten are lower.", Claim.TOP_QUARTER, 10.0, "true", "figures"),
        place_row("Five of ten are lower.", Claim.TOP_QUARTER, 6.0, "false", "figures"),
        place_row("A quarter needs ten figures.", Claim.BOTTOM_QUARTER, 1.0, "cannot-say", "refused",
                  figures=[1.0, 2.0, 3.0]),
        place_row("Two figures have no order worth telling.", Claim.HIGHEST, 2.0, "cannot-say", "refused",
                  figures=[1.0, 2.0]),
        place_row("All alike: nobody is the highest.", Claim.HIGHEST, 4.0, "cannot-say", "refused", figures=[4.0] * 10),
    ),
)  # fmt: skip


def answer_limits(given: Mapping[str, Any]) -> Mapping[str, Any]:
    place = position(np.array(TEN), given["own"], 1.0)
    judgement = Judgement.SIMILAR if given["takes_in_the_middle"] == "yes" else Judgement.HIGHER
    others = np.array([figure for figure in TEN if figure != given["own"]])
    summary = summarise(np.array(TEN))
    edges = {Claim.TOP_QUARTER: summary.upper_quartile, Claim.BOTTOM_QUARTER: summary.lower_quartile}
    low, high = given["limits"]
    claim = Claim(given["claim"])
    spans = Spans((low, high), others - given["others_width"], others + given["others_width"], edges.get(claim))
    found = check_place(claim, place, 0, judgement, spans)
    return {"answer": found.answer, "ground": found.ground}


def limit_row(why: str, claim: Claim, own: float, limits: list[float], width: float, middle: str, answer: str) -> Row:
    told = {"own": own, "limits": limits, "others_width": width, "takes_in_the_middle": middle, "claim": claim.value}
    return Row(why, told, {"answer": answer, "ground": "within-limits" if answer == "cannot-say" else "figures"})


LIMITS = Table(
    "Limits round the figures",
    "Ten figures, 1 to 10. Where 95% limits leave open what the figures alone say, nobody can say. The others' limits "
    "reach as far to both sides as the width given.",
    answer_limits,
    (
        limit_row("The limits take in the middle.", Claim.ABOVE_MIDDLE, 6.0, [5.0, 7.0], 0.0, "yes", "cannot-say"),
        limit_row("The limits lie above the middle.", Claim.ABOVE_MIDDLE, 8.0, [7.0, 9.0], 0.0, "no", "true"),
        limit_row("Another's limits reach into its own.", Claim.HIGHEST, 10.0, [9.5, 10.5], 1.0, "no", "cannot-say"),
        limit_row("Its own limits lie clear of all others.", Claim.HIGHEST, 10.0, [9.8, 10.2], 0.1, "no", "true"),
        limit_row("One figure is higher, by less than the limits tell.", Claim.HIGHEST, 9.0, [8.0, 10.5], 0.5, "no",
                  "cannot-say"),
        limit_row("Some are higher for certain.", Claim.HIGHEST, 5.0, [4.5, 5.5], 0.5, "no", "false"),
        limit_row("The lowest, clear of all others.", Claim.LOWEST, 1.0, [0.8, 1.2], 0.1, "no", "true"),
        limit_row("Some are lower for certain.", Claim.LOWEST, 5.0, [4.5, 5.5], 0.5, "no", "false"),
        limit_row("The limits take in the quarter's edge, 7.75.", Claim.TOP_QUARTER, 9.0, [7.5, 10.5], 0.0, "no",
                  "cannot-say"),
        limit_row("The limits lie beyond the quarter's edge.", Claim.TOP_QUARTER, 9.0, [8.5, 9.5], 0.0, "no", "true"),
    ),
)  # fmt: skip


def answer_change(given: Mapping[str, Any]) -> Mapping[str, Any]:
    sign = {"up": 1.0, "down": -1.0}[given["goes"]]
    found = check_change(Claim(given["claim"]), make_trend(sign, TrendReason(given["rule"]), {}))
    return {"answer": found.answer, "ground": found.ground}


def change_row(why: str, claim: Claim, goes: str, rule: TrendReason, answer: str, ground: str) -> Row:
    return Row(why, {"goes": goes, "rule": rule.value, "claim": claim.value}, {"answer": answer, "ground": ground})


CHANGES = Table(
    "A claim about a change",
    "A move within noise shows neither that something rises nor that it does not.",
    answer_change,
    (
        change_row("A rule finds a rise.", Claim.RISING, "up", TrendReason.TWO_CHANGES, "true", "trend"),
        change_row("A rule finds a fall.", Claim.RISING, "down", TrendReason.ONE_LARGE_CHANGE, "false", "trend"),
        change_row(
            "A rule finds a fall, as claimed.", Claim.FALLING, "down", TrendReason.WEIGHTED_SLOPE, "true", "trend"
        ),
        change_row(
            "Up, but within noise.", Claim.RISING, "up", TrendReason.WITHIN_NOISE, "cannot-say", "no-clear-change"
        ),
        change_row("No rule can say.", Claim.FALLING, "down", TrendReason.TOO_FEW_PERIODS, "cannot-say", "no-trend"),
    ),
)


def answer_meaning(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"means": meaning_of(Loaded(given["word"]), Polarity(given["polarity"]))}


MEANINGS = Table(
    "Words that judge",
    "They are put into plain words first. Where neither end of a metric is better they mean nothing.",
    answer_meaning,
    tuple(
        Row(why, {"word": word.value, "polarity": polarity.value}, {"means": means})
        for why, word, polarity, means in (
            ("More is better.", Loaded.WORST, Polarity.HIGHER_IS_BETTER, "lowest"),
            ("Less is better.", Loaded.WORST, Polarity.LOWER_IS_BETTER, "highest"),
            ("More is better, the other end.", Loaded.BEST, Polarity.HIGHER_IS_BETTER, "highest"),
            ("Less is better, the other end.", Loaded.BEST, Polarity.LOWER_IS_BETTER, "lowest"),
            ("More is better, and it changes.", Loaded.IMPROVING, Polarity.HIGHER_IS_BETTER, "rising"),
            ("Less is better, and it changes.", Loaded.WORSENING, Polarity.LOWER_IS_BETTER, "rising"),
            ("Neither end is better.", Loaded.BEST, Polarity.NONE, None),
            ("Neither end is better, so nothing worsens.", Loaded.WORSENING, Polarity.NONE, None),
        )
    ),
)

PAGE = Page(
    "claims",
    "Checking a claim",
    "Somebody says that a council is the highest, above the middle, or getting worse. The answer is true, false, or "
    "that nobody can say. It is about one figure; it never ranks, and it never says that a council does well or badly.",
    (PLACES, LIMITS, CHANGES, MEANINGS),
)
