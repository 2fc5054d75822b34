"""The specification of METHODS 3 for what is usual in an authority's circumstances."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from moothall.analytics.expected import COVERAGE, FEWEST_AUTHORITIES, LEAST_GAIN, expectation
from moothall.analytics.ridge import FEWEST_OF_TYPE, FOLDS, PENALTIES, fold_of
from tests.spec.tables import Page, Row, Table

TYPES = ("shire-district", "unitary")


def answer_fold(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"part": fold_of(given["code"])}


def answer_explains(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values, context, codes, types = made_authorities(given["authorities"], given["slope"], given["own"])
    found = expectation(values, context, codes, types)
    numbers = {"explains": "yes" if found.explains else "no", "n": found.n}
    if not found.n:
        return {**numbers, "expected": None, "outside": found.outside[0]}
    return {**numbers, "expected": round(float(found.expected[0])), "outside": found.outside[0]}


def made_authorities(count: int, slope: float, own: float) -> tuple[Any, Any, Sequence[str], Sequence[str]]:
    """Authorities whose deprivation runs from -1 to 1 and whose figure is 50 + slope x deprivation, and a little more.

    The first has the deprivation 0.5 and the figure ``own``.
    """
    places = np.arange(count)
    deprivation = places * 7 % count / (count - 1) * 2 - 1
    deprivation[0] = 0.5
    values = 50 + slope * deprivation + (places * 5 % 11 - 5) * 0.4
    values[0] = own
    codes = [f"A{place:03}" for place in places]
    return values, deprivation.reshape(-1, 1), codes, [TYPES[place % 2] for place in places]


def explains(why: str, authorities: int, slope: float, own: float, *expected: Any) -> Row:
    given = {"authorities": authorities, "slope": slope, "own": own}
    return Row(why, given, dict(zip(("explains", "n", "expected", "outside"), expected, strict=True)))


PARTS = Table(
    "Which part an authority belongs to",
    f"""
Authorities are cut into {FOLDS} parts by their code alone (the first eight bytes of its SHA-256, modulo {FOLDS}), so
that neither chance nor the order of a list decides. Each is predicted from the parts that it is not in.
""",
    answer_fold,
    [
        Row("Leeds.", {"code": "LDS"}, {"part": 4}),
        Row("Bradford.", {"code": "BRD"}, {"part": 7}),
        Row("Kent.", {"code": "KEN"}, {"part": 3}),
    ],
)

EXPLAINS = Table(
    "Does context explain the metric, and is the figure outside what is usual",
    f"""
What is usual comes from a ridge regression on the standardised context variables among authorities of the same type
({FEWEST_OF_TYPE} at least), its penalty chosen inside each fit from {", ".join(f"{one:g}" for one in PENALTIES)} by
leaving each authority out in turn. It is shown only where
the mean error for authorities that the fit has not seen is at least {LEAST_GAIN:.0%} below that of the median of their
type. The interval holds the held-out errors of {COVERAGE:.0%} of the others of the same type, so it says how far
councils in these circumstances usually are from what is usual. Fewer than {FEWEST_AUTHORITIES} authorities
explain nothing; none is given a value that it does not have. In the examples the first authority has the deprivation
0.5 on a scale from -1 to 1, and the others' figures are 50 + slope x deprivation with a scatter of up to 2 either way.
""",
    answer_explains,
    [
        explains("Deprivation explains it: close to 50 + 20 x 0.5 is usual.", 80, 20, 60, "yes", 80, 60, "overlaps"),
        explains("The same with a lower figure.", 80, 20, 50, "yes", 80, 60, "below"),
        explains("The same with a higher figure.", 80, 20, 70, "yes", 80, 60, "above"),
        explains("Deprivation has nothing to do with it.", 80, 0, 50, "no", 80, 50, "overlaps"),
        explains("Too few authorities.", 40, 20, 60, "no", 0, None, "cannot-say"),
    ],
)

PAGE = Page(
    "expected",
    "What is usual in these circumstances",
    """
Beside the raw position we show, where context explains a metric, what councils in the same circumstances usually have.
Circumstances are what a council cannot choose: never its spending, never its choices. The raw figure is always shown
with it. An authority inside the interval is as one would expect; that is no excuse, and one outside is no verdict.
""",
    (PARTS, EXPLAINS),
)
