"""The specification of METHODS 4: which way a series goes, and whether a change is more than noise."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from statistics import NormalDist
from typing import Any

import numpy as np

from moothall.analytics.annual_change import (
    LEAST_RELIABILITY,
    ONE_CHANGE_LIMIT,
    TWO_CHANGES_LIMIT,
    annual_changes,
)
from moothall.analytics.reliability import change_reliability
from moothall.analytics.series import are_linked, start_of_latest_run
from moothall.analytics.trend import CHI_SQUARED_LIMIT, weighted_trends
from moothall.domain.metric import Break
from moothall.domain.period import Period, PeriodKind
from moothall.domain.words import Cadence
from tests.spec.tables import Page, Row, Table

NONE = float("nan")
OTHERS = 40
"""How many other members the made group of these examples has."""


def answer_threshold(given: Mapping[str, Any]) -> Mapping[str, Any]:
    z = NormalDist().inv_cdf(1 - given["chance"] / 2)
    return {"chi_squared": round(z**2, 4), "is_our_limit": "yes" if round(z**2, 4) == CHI_SQUARED_LIMIT else "no"}


def answer_weighted(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values = np.array([given["figures"]], dtype=float)
    half = np.array([given["half_widths"]], dtype=float)
    (found,) = weighted_trends(values, values - half, values + half, np.arange(values.size, dtype=float))
    chi = found.inputs.get("chi_squared")
    return {"chi_squared": None if chi is None else round(chi, 2), "direction": found.direction, "by": found.reason}


def answer_annual(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values = made_group(given["figures"], given["group_moves"])
    found = annual_changes(values, ["made"] * len(values), np.ones(values.shape[1] - 1, dtype=np.bool_), 0.1)
    trend = found.trend(0)
    shown = {name: _shown(trend.inputs[name]) for name in ("shrunk_one", "shrunk_two")}
    return {**shown, "direction": trend.direction, "by": trend.reason}


def made_group(own: Sequence[float], moves: float) -> Any:
    """One authority among others that each go their own steady way, by up to 1.5 a period, plus ``moves`` for all."""
    ways = np.linspace(-1.5, 1.5, OTHERS).reshape(-1, 1)
    return np.vstack([np.array(own, dtype=float), 50 + (ways + moves) * np.arange(len(own))])


def answer_linked(given: Mapping[str, Any]) -> Mapping[str, Any]:
    kind = PeriodKind.FINANCIAL_YEAR
    periods = [Period.starting(date(year, 4, 1), kind) for year in given["years_from"]]
    breaks = [Break(date(year, 4, 1), "made up") for year in given["break_in"] or ()]
    linked = are_linked(periods, breaks, Cadence.YEARLY)
    return {"linked": ["yes" if one else "no" for one in linked], "run_from": start_of_latest_run(periods, breaks)}


def answer_lasting(given: Mapping[str, Any]) -> Mapping[str, Any]:
    first, second = (np.array(given[name], dtype=float) for name in ("changes", "next_changes"))
    one, two = change_reliability(np.tile(np.column_stack([first, second]), (20, 1)))
    return {"lasting_one": round(float(one[-1]), 4), "lasting_two": round(float(two[-1]), 4)}


def _shown(figure: float) -> float | None:
    return None if math.isnan(figure) else round(figure, 2)


def weighted(why: str, figures: Sequence[float], half_widths: Sequence[float], *expected: Any) -> Row:
    given = {"figures": figures, "half_widths": half_widths}
    return Row(why, given, dict(zip(("chi_squared", "direction", "by"), expected, strict=True)))


def annual(why: str, figures: Sequence[float], moves: float, *expected: Any) -> Row:
    given = {"figures": figures, "group_moves": moves}
    return Row(why, given, dict(zip(("shrunk_one", "shrunk_two", "direction", "by"), expected, strict=True)))


LINKED = Table(
    "Which periods follow one another",
    """
A change is taken from one period to the very next, never over a gap and never over a declared break of method or
boundary. *Run from* is the place (0 is the first) from which no break cuts the series. Years are financial years,
named by the year in which they start; a break is dated 1 April.
""",
    answer_linked,
    [
        Row("Four in a row.", {"years_from": [2019, 2020, 2021, 2022], "break_in": None},
            {"linked": ["yes", "yes", "yes"], "run_from": 0}),
        Row("A missing year parts them.", {"years_from": [2019, 2020, 2022], "break_in": None},
            {"linked": ["yes", "no"], "run_from": 0}),
        Row("So does a break.", {"years_from": [2019, 2020, 2021, 2022], "break_in": [2021]},
            {"linked": ["yes", "no", "yes"], "run_from": 2}),
    ],
)  # fmt: skip

THRESHOLD = Table(
    "Where the limit of chi squared comes from",
    "OHID's Fingertips calls a trend what chance alone would give in one case out of five hundred.",
    answer_threshold,
    [
        Row("1 in 500.", {"chance": 0.002}, {"chi_squared": 9.5495, "is_our_limit": "yes"}),
        Row("1 in 20 would be a lower limit.", {"chance": 0.05}, {"chi_squared": 3.8415, "is_our_limit": "no"}),
    ],
)

FIVE_UP = [10, 11, 12, 13, 14]

WEIGHTED = Table(
    "Series with published intervals",
    f"""
A straight line is laid through the figures, each weighted by the inverse of its squared standard error (a 95% interval
is 3.92 of them wide). There is a trend where (slope / standard error of the slope) squared exceeds {CHI_SQUARED_LIMIT}
and the slope keeps its sign when any one figure is left out. Five figures are needed, the last among them. Smoothed
series, such as three-year averages, trend by construction; where one is shown we say so.
""",
    answer_weighted,
    [
        weighted("One up each year, standard error 0.5.", FIVE_UP, [0.98] * 5, 40, "rising", "weighted-slope"),
        weighted("The same turned upside down.", [-x for x in FIVE_UP], [0.98] * 5, 40, "falling", "weighted-slope"),
        weighted("Wider intervals.", FIVE_UP, [3.92] * 5, 2.5, "no-clear-change", "within-noise"),
        weighted("One figure makes the whole slope.", [10, 10, 10, 10, 20], [0.98] * 5, 160, "no-clear-change",
                 "one-point-decides"),
        weighted("Four are too few.", [10, 11, 12, 13], [0.98] * 4, None, "cannot-say", "too-few-periods"),
        weighted("The last is missing.", [10, 11, 12, 13, 14, NONE], [0.98] * 6, None, "cannot-say", "no-value"),
        weighted("A gap before the last is no hindrance.", [10, NONE, 11, 12, 13, 14], [0.98] * 6, 38.92, "rising",
                 "weighted-slope"),
        weighted("An interval without width.", FIVE_UP, [0.98, 0, 0.98, 0.98, 0.98], None, "cannot-say", "no-width"),
    ],
)  # fmt: skip

LASTING = Table(
    "What share of a change lasts",
    """
Where figures are a level that moves by independent steps, seen through independent noise, each change tends to be
followed by an opposite one, the more so the more noise there is. With r the correlation of successive changes (relative
to the group, over all authorities and all periods known so far), the share that lasts is 1 + 2r of a change over one
period and (1 + 2r) / (1 + r) of a change over two. Twenty times the pairs of the row are given, so that r is known.
""",
    answer_lasting,
    [
        Row("Successive changes have nothing to do with one another: all lasts.",
            {"changes": [1, 1, -1, -1], "next_changes": [1, -1, 1, -1]}, {"lasting_one": 1, "lasting_two": 1}),
        Row("A quarter is taken back.",
            {"changes": [1, 1, 1, 1, 1, 1, 1, 1], "next_changes": [1, 1, 1, -1, -1, -1, -1, -1]},
            {"lasting_one": 0.5, "lasting_two": 0.6667}),
        Row("Every change is undone: noise alone.",
            {"changes": [1, -1], "next_changes": [-1, 1]}, {"lasting_one": 0, "lasting_two": 0}),
    ],
)  # fmt: skip

ANNUAL = Table(
    "Annual series without intervals",
    f"""
The authority's change is held against its group's: less the group's median change, in the group's spreads, times the
share of such changes that lasts, divided by how unsteady the authority itself has been (where it has been more so than
its group). *Shrunk one* is that of the last change, *shrunk two* that of the last two together (0 where they do not go
the same way). Flagged: two changes in the same direction, in its own figures as well as against the group, with *shrunk
two* at {TWO_CHANGES_LIMIT} or beyond; or one with *shrunk one* at {ONE_CHANGE_LIMIT} or beyond that does not take back
half or more of the change before. Below a lasting share of {LEAST_RELIABILITY} of two-period changes, the metric is too
noisy to say. In these examples each of {OTHERS} other authorities goes its own steady way, by up to 1.5 a
period; all their changes last.
""",
    answer_annual,
    [
        annual("Two changes of 3 upwards.", [50, 50, 50, 53, 56], 0, 2.1, 5.19, "rising", "two-changes"),
        annual("The same downwards.", [50, 50, 50, 47, 44], 0, -2.1, -5.19, "falling", "two-changes"),
        annual("Two small ones.", [50, 50, 50, 51, 52], 0, 0.84, 1.69, "no-clear-change", "within-noise"),
        annual("One change of 3 alone.", [50, 50, 50, 50, 53], 0, 2.6, 0, "no-clear-change", "within-noise"),
        annual("One change of 8 alone.", [50, 50, 50, 50, 58], 0, 6.98, 0, "rising", "one-large-change"),
        annual("A change of 8 that takes back one of 8.", [50, 50, 50, 58, 50], 0, -4.13, 0, "no-clear-change",
               "within-noise"),
        annual("Up by 3 twice, but so did all.", [50, 53, 56, 59, 62], 3, 0, 0, "no-clear-change", "within-noise"),
        annual("Unchanged while all rose by 3: its own figures do not fall.", [50, 50, 50, 50, 50], 3, -1.4, 0,
               "no-clear-change", "within-noise"),
        annual("An unsteady authority must move further.", [50, 58, 50, 53, 56], 0, 1.05, 2.12, "no-clear-change",
               "within-noise"),
        annual("Two periods are too few.", [50, 60], 0, None, None, "cannot-say", "too-few-periods"),
        annual("The last figure is missing.", [50, 50, 50, 53, NONE], 0, None, None, "cannot-say", "no-value"),
    ],
)  # fmt: skip

PAGE = Page(
    "change",
    "Change: rising, falling, or no clear change",
    """
Most changes from one year to the next are noise, and much of what looks like a turn is taken back a year later. We say
that a series rises or falls only by the rules below; whether that is better or worse is the metric's polarity.
""",
    (LINKED, THRESHOLD, WEIGHTED, LASTING, ANNUAL),
)
