"""The specification of METHODS 3 for funnels: limits, over-dispersion, and places."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from moothall.analytics.funnel import INNER_LIMIT, OUTER_LIMIT, additive_variance, funnel
from moothall.domain.words import CountKind
from tests.spec.tables import Page, Row, Table

BCG_TRIALS = (
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
)  # fmt: skip
"""Thirteen trials of the BCG vaccine: ill and well among the vaccinated, ill and well among the others."""


def answer_trials(given: Mapping[str, Any]) -> Mapping[str, Any]:
    a, b, c, d = np.array(BCG_TRIALS[: given["trials"]], dtype=float).T
    effects = np.log(a / (a + b)) - np.log(c / (c + d))
    variances = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    weights = 1 / variances
    target = float((weights * effects).sum() / weights.sum())
    tau2 = additive_variance(effects, np.sqrt(variances), target, share=0.0)
    return {"centre": round(target, 4), "tau_squared": round(tau2, 4)}


def answer_place(given: Mapping[str, Any]) -> Mapping[str, Any]:
    parts = np.array([*given["others"], given["own"]], dtype=float)
    found = funnel(parts, np.full(parts.size, float(given["each_of"])), CountKind(given["kind"]))
    if found is None:
        return dict.fromkeys(("target", "tau", "lower", "upper", "z")) | {"place": "no funnel"}
    lower, upper = (round(float(limits[-1]), 4) for limits in found.limits(INNER_LIMIT))
    numbers = {"target": round(found.target, 4), "tau": round(found.tau, 4), "lower": lower, "upper": upper}
    return {**numbers, "z": round(float(found.z[-1]), 3), "place": found.places()[-1]}


def place(why: str, kind: str, others: list[int], own: int, each_of: int, *expected: Any) -> Row:
    given = {"kind": kind, "others": others, "own": own, "each_of": each_of}
    return Row(why, given, dict(zip(("target", "tau", "lower", "upper", "z", "place"), expected, strict=True)))


OVER_DISPERSION = Table(
    "How much members differ beyond chance",
    """
*tau squared* is the variance between members beyond what chance gives: the estimator of DerSimonian and Laird (1986).
The row is the best known worked example, thirteen trials of the BCG vaccine, for which handbooks print 0.3088 (without
winsorising, round the weighted mean).
""",
    answer_trials,
    [Row("The thirteen BCG trials.", {"trials": 13}, {"centre": -0.4303, "tau_squared": 0.3088})],
)

ALIKE = [48, 49, 50, 51, 52, 48, 49, 51, 52]
WIDE = [20, 30, 40, 45, 50, 50, 55, 60, 70, 80]

PLACES = Table(
    "Inside or beyond the limits",
    f"""
The target is the group's own figure, all numerators over all denominators. Before tau is worked out, the lowest and
the highest tenth of z are drawn in, so that those far out do not widen the limits (Spiegelhalter 2005). The limits lie
{INNER_LIMIT} and {OUTER_LIMIT} standard deviations from the target, chance and tau together; a figure on a limit is
inside. All members of these examples have the same denominator, and z and limits are those of the member named *own*.
""",
    answer_place,
    [
        place("Members differ less than chance: tau is 0.", "proportion", ALIKE, 50, 100,
              0.5, 0, 0.402, 0.598, 0, "inside"),
        place("Far above members that are alike.", "proportion", ALIKE, 75, 100,
              0.525, 0, 0.4271, 0.6229, 4.506, "far-above"),
        place("Above members that are alike.", "proportion", ALIKE, 62, 100, 0.512, 0, 0.414, 0.61, 2.161, "above"),
        place("Among members that differ the same figure is inside.", "proportion", WIDE, 75, 100,
              0.5227, 0.154, 0.2054, 0.84, 1.404, "inside"),
        place("Events over something: a rate.", "rate", ALIKE, 20, 100, 0.47, 0, 0.3356, 0.6044, -3.938, "far-below"),
        place("Nine members are too few.", "proportion", ALIKE[:8], 50, 100, *[None] * 5, "no funnel"),
        place("All are 0: chance has no width.", "proportion", [0] * 9, 0, 100, *[None] * 5, "no funnel"),
    ],
)  # fmt: skip

PAGE = Page(
    "funnel",
    "Funnels: units of different size",
    """
A small council's rate swings more than a large one's by chance alone. A funnel gives each its own limits, wider for
the small, and allows for the ordinary differences between councils, so that only what is unusual lies beyond.
""",
    (OVER_DISPERSION, PLACES),
)
