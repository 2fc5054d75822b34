"""The specification of METHODS 3 for intervals from a numerator and a denominator, with values others have printed."""

from collections.abc import Mapping
from typing import Any

from moothall.analytics.proportions import byar, wilson
from tests.spec.tables import Page, Row, Table

NONE = float("nan")


def answer_wilson(given: Mapping[str, Any]) -> Mapping[str, Any]:
    lower, upper = wilson(given["numerator"], given["denominator"])
    return {"lower": round(float(lower), 4), "upper": round(float(upper), 4)}


def answer_byar(given: Mapping[str, Any]) -> Mapping[str, Any]:
    lower, upper = byar(given["events"], given["over"])
    return {"lower": round(float(lower), 4), "upper": round(float(upper), 4)}


def part(why: str, numerator: float, denominator: float, lower: float | None, upper: float | None) -> Row:
    expected = {"lower": NONE if lower is None else lower, "upper": NONE if upper is None else upper}
    return Row(why, {"numerator": numerator, "denominator": denominator}, expected)


def rate(why: str, events: float, over: float, lower: float, upper: float) -> Row:
    return Row(why, {"events": events, "over": over}, {"lower": lower, "upper": upper})


WILSON = Table(
    "A part of a whole: Wilson's interval",
    """
Where the numerator is part of the denominator, the 95% interval is that of Wilson (1927), method 3 of Newcombe (1998,
Statistics in Medicine 17, 857). It never leaves 0 to 1. The first four rows are Newcombe's own examples.
""",
    answer_wilson,
    [
        part("Newcombe's first example.", 81, 263, 0.2553, 0.3662),
        part("Newcombe's second example.", 15, 148, 0.0624, 0.1605),
        part("Newcombe's third example: none of twenty.", 0, 20, 0, 0.1611),
        part("Newcombe's fourth example: one of 29.", 1, 29, 0.0061, 0.1718),
        part("All of twenty mirrors none of twenty.", 20, 20, 0.8389, 1),
    ],
)

BYAR = Table(
    "Events over a population: Byar's interval",
    """
Where events are counted over something of which they are not a part, the 95% interval is Byar's (Breslow and Day 1987,
page 69). OHID's technical guide to confidence intervals says that it lies within 0.2% of the exact limits from ten
events on; a test works the exact limits out and holds it to that (exact: 81.364 to 121.627 for a hundred events, 4.795
to 18.390 for ten).
""",
    answer_byar,
    [
        rate("A hundred events.", 100, 1, 81.3621, 121.6279),
        rate("Ten events: close to the exact limits.", 10, 1, 4.7874, 18.3915),
        rate("The same for each of 2,000 homes.", 100, 2000, 0.0407, 0.0608),
        rate("Without events the lower limit is 0.", 0, 1, 0, 3.668),
        rate("A rate may exceed 1.", 30, 10, 2.0237, 4.2828),
    ],
)

PAGE = Page(
    "intervals-from-counts",
    "Intervals worked out from published counts",
    """
Where the publisher gives no interval but gives a numerator and a denominator, we work the 95% interval out, and say so.
It is about chance alone: it says nothing of late returns, of errors, or of the way in which things are counted. Where
there is no numerator there is no interval, and nothing is called better or worse.
""",
    (WILSON, BYAR),
)
