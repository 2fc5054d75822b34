"""The specification of derived metrics: each operation, what it refuses, and why (METHODS 9)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from moothall.analytics.derivation import NO_ROW, STATUSES, Operand, Words, as_words, derive, make_axis
from moothall.domain.derivation import (
    Change,
    ChangeForm,
    Derivation,
    Difference,
    Ratio,
    SeriesRef,
    Share,
    Side,
    Spell,
    Sum,
)
from moothall.domain.period import Period, PeriodKind
from moothall.domain.words import Cadence, Status
from tests.spec.tables import Page, Row, Table

NO_MEANING = ", so a share of it has no meaning"
ANY_YEAR = ", so a share of it has no meaning in any year"
BY_ZERO = ", and nothing can be divided by zero"

A, B, C = (SeriesRef("made-up", name) for name in "abc")
FIRST_YEAR = 2012
WORDS = {"provisional": Status.PROVISIONAL, "revised": Status.REVISED, "estimated": Status.ESTIMATED}
SUPPRESSED = "numbers are small"
NO = "-"
"""Nothing was published: no row at all."""


def make_operand(name: str, figures: Sequence[Any]) -> Operand:
    """One council's figures of successive years: numbers, ``5 provisional``, ``suppressed``, or NO where no row is."""
    values, statuses, reasons = zip(*map(_figure, figures), strict=True)
    return Operand(
        name, np.array([values], dtype=float), np.array([statuses], dtype=np.uint8), np.array([reasons], dtype=object)
    )


def _figure(figure: Any) -> tuple[float, int, str | None]:
    if figure == NO:
        return np.nan, NO_ROW, None
    if figure == "suppressed":
        return np.nan, STATUSES.index(Status.SUPPRESSED), SUPPRESSED
    number, _, word = str(figure).partition(" ")
    return float(number), STATUSES.index(WORDS.get(word, Status.FINAL)), None


def financial_years(count: int) -> list[Period]:
    return [Period.starting(date(FIRST_YEAR + n, 4, 1), PeriodKind.FINANCIAL_YEAR) for n in range(count)]


def work_out(value: Derivation, given: Mapping[str, Any], elsewhere: Words | None = None) -> Mapping[str, Any]:
    """The figures, the status and the first reason or note of one council, year by year."""
    parts = [make_operand(name, figures) for name, figures in given.items() if isinstance(figures, list)]
    years = financial_years(parts[0].values.shape[1])
    outcome = derive(value, parts, make_axis(value, years, Cadence.YEARLY), elsewhere)
    words = [text for text in (*outcome.reasons[0], *outcome.notes[0]) if text]
    return {
        "figures": [_shown(value, code) for value, code in zip(outcome.values[0], outcome.statuses[0], strict=True)],
        "statuses": [NO if code == NO_ROW else str(STATUSES[code]) for code in outcome.statuses[0]],
        "words": words[0] if words else None,
    }


def _shown(value: float, code: int) -> str:
    if code == NO_ROW:
        return NO
    return "none" if np.isnan(value) else f"{value:g}"


def answer_ratio(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return work_out(Ratio(A, B, 100), given)


def answer_ratio_elsewhere(given: Mapping[str, Any]) -> Mapping[str, Any]:
    years = (given["elsewhere"],) if given["elsewhere"] else ()
    return work_out(Ratio(A, B, 100), given, as_words([years]))


def answer_sum(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return work_out(Sum((A, B)), given)


def answer_difference(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return work_out(Difference(A, B), given)


def answer_change(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return work_out(Change(A, given["over"], ChangeForm(given["as"])), given)


def answer_share(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return work_out(Share(A, (A, B)), {"figure": given["reserves"], **given})


def answer_spell(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return work_out(Spell(A, Side(given["while"]), given["limit"]), given)


FINAL2, FINAL3 = ["final", "final"], ["final", "final", "final"]
NA = "not-applicable"

RATIO = Table(
    "Ratio",
    """
Numerator divided by denominator, times 1, 100 (a percentage) or a round number of people. Here times 100. Each list
has one council's figures of successive years; "-" is a year for which nothing was published.
""",
    answer_ratio,
    [
        Row("Plain division.", {"debt": [50, 30], "spending": [100, 120]},
            {"figures": ["50", "25"], "statuses": FINAL2, "words": None}),
        Row("A numerator of zero is a figure.", {"debt": [0], "spending": [80]},
            {"figures": ["0"], "statuses": ["final"], "words": None}),
        Row("A numerator below zero is a figure.", {"debt": [-8], "spending": [80]},
            {"figures": ["-10"], "statuses": ["final"], "words": None}),
        Row("Nothing is divided by zero; other years stand.", {"debt": [50, 30], "spending": [0, 120]},
            {"figures": ["none", "25"], "statuses": [NA, "final"], "words": "spending was zero" + BY_ZERO}),
        Row("A negative denominator would turn the order round.", {"debt": [50, 30], "spending": [-5, -9]},
            {"figures": ["none", "none"], "statuses": [NA, NA], "words": "spending was below zero" + NO_MEANING}),
        Row("One negative year shows a net figure: every year is refused.",
            {"debt": [50, 30, 30], "spending": [90, -9, 80]},
            {"figures": ["none", "none", "none"], "statuses": [NA, NA, NA],
             "words": "spending was below zero in 2013-14" + ANY_YEAR}),
        Row("A missing part makes the whole missing, with its reason and status.",
            {"debt": ["suppressed"], "spending": [90]},
            {"figures": ["none"], "statuses": ["suppressed"], "words": f"debt: {SUPPRESSED}"}),
        Row("Of two missing parts the first is told.", {"debt": ["suppressed"], "spending": [NO]},
            {"figures": ["none"], "statuses": ["suppressed"], "words": f"debt: {SUPPRESSED}"}),
        Row("A denominator that nobody published.", {"debt": [50], "spending": [NO]},
            {"figures": ["none"], "statuses": ["not-available"],
             "words": "spending: no figure for this council and period"}),
        Row("Without a numerator there is no place for a ratio.", {"debt": [NO, 30], "spending": [90, 120]},
            {"figures": [NO, "25"], "statuses": [NO, "final"], "words": None}),
        Row("No firmer than the least firm part.", {"debt": ["50 provisional"], "spending": ["100 revised"]},
            {"figures": ["50"], "statuses": ["provisional"], "words": None}),
        Row("An estimate is less firm than a provisional figure.",
            {"debt": ["50 provisional"], "spending": ["100 estimated"]},
            {"figures": ["50"], "statuses": ["estimated"], "words": None}),
    ],
)  # fmt: skip

ELSEWHERE = Table(
    "Ratio over a quantity that several sources publish",
    """
One source's years may all be positive while another source has a negative year of the same quantity. Here "elsewhere"
lists the negative years of other sources.
""",
    answer_ratio_elsewhere,
    [
        Row("None is negative anywhere.", {"reserves": [5, 6], "spending": [50, 40], "elsewhere": ""},
            {"figures": ["10", "15"], "statuses": FINAL2, "words": None}),
        Row("A negative year elsewhere refuses every year here.",
            {"reserves": [5, 6], "spending": [50, 40], "elsewhere": "2017-18 in another return"},
            {"figures": ["none", "none"], "statuses": [NA, NA],
             "words": "spending was below zero in 2017-18 in another return" + ANY_YEAR}),
        Row("Here and elsewhere.",
            {"reserves": [5, 6], "spending": [50, -40], "elsewhere": "2017-18 in another return"},
            {"figures": ["none", "none"], "statuses": [NA, NA],
             "words": "spending was below zero in 2013-14, 2017-18 in another return" + ANY_YEAR}),
        Row("What is missing here stays missing.",
            {"reserves": [5, "suppressed"], "spending": [50, 40], "elsewhere": "2017-18 in another return"},
            {"figures": ["none", "none"], "statuses": [NA, "suppressed"],
             "words": "spending was below zero in 2017-18 in another return" + ANY_YEAR}),
    ],
)  # fmt: skip

SUM = Table(
    "Sum",
    "All parts together. A part that is missing is never counted as zero.",
    answer_sum,
    [
        Row("Two parts.", {"long term": [5, 7], "short term": [1, 2]},
            {"figures": ["6", "9"], "statuses": FINAL2, "words": None}),
        Row("Free of the noise of binary arithmetic.", {"long term": [0.1], "short term": [0.2]},
            {"figures": ["0.3"], "statuses": ["final"], "words": None}),
        Row("One part was not published.", {"long term": [5], "short term": [NO]},
            {"figures": ["none"], "statuses": ["not-available"],
             "words": "short term: no figure for this council and period"}),
        Row("No part was published.", {"long term": [NO, 1], "short term": [NO, 1]},
            {"figures": [NO, "2"], "statuses": [NO, "final"], "words": None}),
    ],
)  # fmt: skip

DIFFERENCE = Table(
    "Difference",
    "The first without the second.",
    answer_difference,
    [
        Row("It may be below zero.", {"budget": [5, 7], "outturn": [6, 2]},
            {"figures": ["-1", "5"], "statuses": FINAL2, "words": None}),
        Row("A missing part.", {"budget": [5], "outturn": ["suppressed"]},
            {"figures": ["none"], "statuses": ["suppressed"], "words": f"outturn: {SUPPRESSED}"}),
    ],
)  # fmt: skip

CHANGE = Table(
    "Change",
    """
A figure against the same council's figure some periods earlier: the difference, or that difference as a percentage of
the earlier figure. The earlier figure is then a denominator, with its refusals.
""",
    answer_change,
    [
        Row("Over one year; the first year has none before it.", {"over": 1, "as": "difference", "debt": [5, 7, 4]},
            {"figures": [NO, "2", "-3"], "statuses": [NO, *FINAL2], "words": None}),
        Row("Over two years.", {"over": 2, "as": "difference", "debt": [5, 7, 4]},
            {"figures": [NO, NO, "-1"], "statuses": [NO, NO, "final"], "words": None}),
        Row("As a percentage.", {"over": 1, "as": "percent", "debt": [5, 10, 4]},
            {"figures": [NO, "100", "-60"], "statuses": [NO, *FINAL2], "words": None}),
        Row("From zero there is no percentage.", {"over": 1, "as": "percent", "debt": [0, 10, 5]},
            {"figures": [NO, "none", "-50"], "statuses": [NO, NA, "final"],
             "words": "debt in the earlier period was zero" + BY_ZERO}),
        Row("A figure that was ever negative has no percentages.", {"over": 1, "as": "percent", "debt": [5, 10, -4]},
            {"figures": [NO, "none", "none"], "statuses": [NO, NA, NA],
             "words": "debt in the earlier period was below zero in 2014-15" + ANY_YEAR}),
        Row("Nothing is put in the place of a missing year.",
            {"over": 1, "as": "difference", "debt": [5, "suppressed", 4]},
            {"figures": [NO, "none", "none"], "statuses": [NO, "suppressed", "suppressed"],
             "words": f"debt: {SUPPRESSED}"}),
    ],
)  # fmt: skip

SHARE = Table(
    "Share of a total",
    "One part as a percentage of the sum of all parts, of which it is one.",
    answer_share,
    [
        Row("A quarter.", {"reserves": [1], "the rest": [3]},
            {"figures": ["25"], "statuses": ["final"], "words": None}),
        Row("A negative part would make another part more than all.", {"reserves": [5], "the rest": [-2]},
            {"figures": ["none"], "statuses": [NA], "words": "the rest was below zero" + NO_MEANING}),
        Row("Nothing is shared out.", {"reserves": [0], "the rest": [0]},
            {"figures": ["none"], "statuses": [NA], "words": "sum of all parts was zero" + BY_ZERO}),
        Row("A missing part leaves no total.", {"reserves": [5], "the rest": ["suppressed"]},
            {"figures": ["none"], "statuses": ["suppressed"], "words": f"the rest: {SUPPRESSED}"}),
    ],
)  # fmt: skip

SPELL = Table(
    "Spell",
    """
How many periods in a row, the last one included, a figure has been strictly below (or above) a limit; 0 where it is
not.
""",
    answer_spell,
    [
        Row("It grows by one each year and ends.", {"while": "below", "limit": 5, "reserves": [6, 4, 3, 5]},
            {"figures": ["0", "1", "2", "0"], "statuses": ["final"] * 4, "words": None}),
        Row("A figure at the limit is on neither side.", {"while": "above", "limit": 5, "reserves": [5, 6]},
            {"figures": ["0", "1"], "statuses": FINAL2, "words": None}),
        Row("Under way when the figures begin.", {"while": "below", "limit": 5, "reserves": [4, 3]},
            {"figures": ["1", "2"], "statuses": FINAL2, "words": "at least: the figures do not reach further back"}),
        Row("A gap hides how long it was.", {"while": "below", "limit": 5, "reserves": [6, "suppressed", 3, 4]},
            {"figures": ["0", "none", "none", "none"], "statuses": ["final", "suppressed", NA, NA],
             "words": f"reserves: {SUPPRESSED}"}),
        Row("After the gap a new one can be counted.", {"while": "below", "limit": 5, "reserves": [6, NO, 3, 7, 2]},
            {"figures": ["0", NO, "none", "0", "1"], "statuses": ["final", NO, NA, "final", "final"],
             "words": "the spell reaches back to a period without a figure, so its length is not known"}),
    ],
)  # fmt: skip

PAGE = Page(
    "derived-metrics",
    "Derived metrics: what is worked out from published figures",
    """
Some metrics are worked out from others by one of six operations, named in the metric's definition. The parts are kept
beside the result, each with its release, file and cell. A missing part leaves no result. A ratio over a denominator
that is zero, negative or changes sign over the council's years, in any source, is refused, and the refusal is shown:
such a denominator is a net figure, and dividing by it can rank the worst case as the best. A result takes the status of
its least firm part. It is made of the newest figures that stood side by side on a day, so it has vintages of its own.
""",
    (RATIO, ELSEWHERE, SUM, DIFFERENCE, CHANGE, SHARE, SPELL),
)
