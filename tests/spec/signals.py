"""The specification of METHODS 9: what a warning rule says of a council, and what a lens makes of its rules."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from moothall.analytics.signals import BANDS, NO_COLUMN, REASONS, STATES, SignalFigures, evaluate, lens_outcome
from moothall.domain.derivation import ChangeForm, Side
from moothall.domain.signal import (
    Bounds,
    ChangeOver,
    DatedFact,
    Lasting,
    Lens,
    LensRule,
    Level,
    Place,
    RefusedDenominator,
    ReturnMissing,
    Sign,
    SignalTest,
    StoppedPublishing,
    YearsLeft,
)
from tests.spec.tables import Page, Row, Table

NONE = float("nan")
HIGH, LOW = Bounds(Sign.AT_LEAST, 90, 80), Bounds(Sign.AT_MOST, 10, 20)
CODES = {state.value: code for code, state in enumerate(STATES)}
Figures = Sequence[float]


def figures_of(rows: Sequence[Figures], ages: Sequence[float] = (), over: int = 1, **others: Any) -> SignalFigures:
    """Figures of councils of one type, one row each, for periods that follow one another; the newest is last."""
    values = np.array(rows, dtype=np.float64)
    width = values.shape[1]
    columns = np.arange(width)
    return SignalFigures(
        values=values,
        is_expected=np.ones(values.shape, dtype=np.bool_),
        types=["county"] * len(rows),
        months_old=np.array(ages or [6.0 + 12 * back for back in range(width - 1, -1, -1)]),
        previous=np.where(columns >= 1, columns - 1, NO_COLUMN),
        earlier=np.where(columns >= over, columns - over, NO_COLUMN),
        step=0.1,
        **others,
    )


def say(test: SignalTest, figures: SignalFigures, oldest: float = 36) -> dict[str, Any]:
    """What the rule says of the council in the first row."""
    found = evaluate(test, figures, oldest)
    reason = int(found.reasons[0])
    return {
        "state": STATES[found.states[0]].value,
        "why_not": None if reason < 0 else REASONS[reason].value,
        "figure": plain(found.figures[0]),
        "tested": plain(found.tested[0]),
    }


def plain(figure: float) -> float | None:
    """The figure to three decimals; None where there is none."""
    return None if np.isnan(figure) else round(float(figure), 3)


def answer_level(given: Mapping[str, Any]) -> Mapping[str, Any]:
    sign, fired, watched = given["rule"]
    return say(Level(Bounds(Sign(sign), fired, watched)), figures_of([given["figures"]]), given["oldest"])


def level(
    why: str, rule: tuple[str, float, float], figures: Figures, state: str, why_not: str | None, oldest: int = 36
) -> Row:
    given = {"rule": list(rule), "figures": figures, "oldest": oldest}
    return Row(why, given, {"state": state, "why_not": why_not})


LEVEL = Table(
    "A figure against a level",
    """
The newest figure of a council is held against two thresholds. At or beyond the one the sign is present (*fired*), at or
beyond the milder one it is *watched*. The periods are years and the newest ended half a year ago, so the one before is
18 months old. A figure that is older than the rule allows is never used: the sign then *cannot be assessed*.
""",
    answer_level,
    [
        level("Below both thresholds.", ("at-least", 110, 100), [90.0, 95.0], "not-fired", None),
        level("At the milder threshold.", ("at-least", 110, 100), [90.0, 100.0], "watched", None),
        level("At the threshold.", ("at-least", 110, 100), [90.0, 110.0], "fired", None),
        level("A rule that looks for low figures.", ("at-most", 5, 7.5), [9.0, 5.0], "fired", None),
        level("The same, watched.", ("at-most", 5, 7.5), [9.0, 7.0], "watched", None),
        level("Only the newest figure counts.", ("at-least", 110, 100), [150.0, 90.0], "not-fired", None),
        level(
            "Without one, the year before speaks.",
            ("at-least", 110, 100),
            [150.0, NONE],
            "fired",
            None,
        ),
        level(
            "But not if too old.",
            ("at-least", 110, 100),
            [150.0, NONE],
            "cannot-assess",
            "too-old",
            oldest=12,
        ),
        level("No figure at all.", ("at-least", 110, 100), [NONE, NONE], "cannot-assess", "no-figure"),
    ],
)


def answer_place(given: Mapping[str, Any]) -> Mapping[str, Any]:
    rows = [[given["own"]], *([float(other)] for other in given["others"])]
    bounds = HIGH if given["sign"] == "at-least" else LOW
    return say(Place(bounds, given["beyond"]), figures_of(rows))


def place(why: str, given: tuple[str, float, Sequence[int], float | None], *expected: Any) -> Row:
    sign, own, others, beyond = given
    state, tested, *why_not = expected
    asked = {"sign": sign, "own": own, "others": list(others), "beyond": beyond}
    return Row(why, asked, {"state": state, "tested": tested, "why_not": why_not[0] if why_not else None})


NINETEEN = range(1, 20)

PLACE = Table(
    "A figure's place among its own type",
    """
Where no guidance names a level, the rule asks how unusual a figure is: its percentile among councils of the same type
in the same period, which is the share below plus half of those tied. From the 90th percentile on the sign is present,
from the 80th it is watched; for signs of low figures from the 10th and the 20th down. With fewer than ten figures in
the type nothing is said. Where *beyond* is given the figure must lie on that side of it as well.
""",
    answer_place,
    [
        place("The highest of twenty.", ("at-least", 25.0, NINETEEN, None), "fired", 97.5),
        place("The third highest.", ("at-least", 17.5, NINETEEN, None), "watched", 87.5),
        place("In the middle.", ("at-least", 10.0, NINETEEN, None), "not-fired", 50.0),
        place("The lowest, where low is unusual.", ("at-most", 0.5, NINETEEN, None), "fired", 2.5),
        place("Tied with everybody.", ("at-least", 5.0, [5] * 12, None), "not-fired", 50.0),
        place("Lowest, yet above the level that matters.", ("at-most", 0.5, NINETEEN, 0.0), "not-fired", 2.5),
        place("Lowest and below that level.", ("at-most", -0.5, NINETEEN, 0.0), "fired", 2.5),
        place("Too few have a figure.", ("at-least", 9.0, range(8), None), "cannot-assess", None, "too-few"),
    ],
)


def answer_change(given: Mapping[str, Any]) -> Mapping[str, Any]:
    over = len(given["own"]) - 1
    rows = [given["own"], *([100.0] * over + [100.0 + step] for step in given["others"])]
    test = ChangeOver(over, ChangeForm(given["form"]), HIGH, 0.0)
    per = None if given["per"] is None else np.full((len(rows), over + 1), given["per"])
    return say(test, figures_of(rows, over=over, per=per))


def change(why: str, form: str, own: Figures, *expected: Any, per: float | None = None) -> Row:
    state, figure, tested, *why_not = expected
    given = {"form": form, "own": own, "per": per, "others": list(NINETEEN)}
    found = {"state": state, "figure": figure, "tested": tested, "why_not": why_not[0] if why_not else None}
    return Row(why, given, found)


CHANGE = Table(
    "A change over some periods",
    """
The change from the period so many back, as a difference or as a percentage of an earlier figure above zero, by its
percentile among the changes of the type. It must also have gone the way that the rule looks for (*beyond* zero). No
change is taken across a declared break of method, nor from a period without a figure. Where *per* is given the change
is told as a percentage of it.
""",
    answer_change,
    [
        change("Grew more than any other.", "difference", [100.0, 110.0, 130.0], "fired", 30.0, 97.5),
        change("Grew like most.", "difference", [100.0, 105.0, 110.0], "not-fired", 10.0, 50.0),
        change("As a percentage.", "percent", [50.0, 60.0, 80.0], "fired", 60.0, 97.5),
        change("No percentage of zero.", "percent", [0.0, 60.0, 80.0], "cannot-assess", None, None, "no-earlier"),
        change("Beside spending of 60.", "difference", [100.0, 110.0, 130.0], "fired", 50.0, 97.5, per=60.0),
        change("Below zero.", "difference", [1.0, 2.0, 3.0], "cannot-assess", None, None, "no-earlier", per=-5.0),
        change("No earlier figure.", "difference", [NONE, 60.0, 80.0], "cannot-assess", None, None, "no-earlier"),
    ],
)  # fmt: skip


def answer_lasting(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return say(Lasting(Side.BELOW, 1.0, Bounds(Sign.AT_LEAST, 3, 2)), figures_of([given["figures"]]))


def lasting(why: str, figures: Figures, state: str, tested: float) -> Row:
    return Row(why, {"figures": figures}, {"state": state, "tested": tested})


LASTING = Table(
    "For how many periods in a row",
    """
A rule about what lasts counts the periods, up to the newest, in which the figure has been strictly below (or above) a
limit: here below 1, present from three years on and watched from two. A year without a figure ends the count.
""",
    answer_lasting,
    [
        lasting("Three years in a row.", [2.0, 0.5, 0.4, 0.3], "fired", 3),
        lasting("Two.", [0.5, 2.0, 0.4, 0.3], "watched", 2),
        lasting("At the limit is not below it.", [0.5, 0.5, 0.5, 1.0], "not-fired", 0),
        lasting("A gap ends the count.", [0.5, 0.5, NONE, 0.3], "not-fired", 1),
    ],
)


def answer_left(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return say(YearsLeft(3, 100, Bounds(Sign.AT_MOST, 3, 5)), figures_of([given["reserves"]], over=3))


def left(why: str, reserves: Figures, state: str, years: float, why_not: str | None = None) -> Row:
    return Row(why, {"reserves": reserves}, {"state": state, "figure": years, "why_not": why_not})


YEARS = Table(
    "Years of reserves left",
    """
R / ((R[t-3] - R[t]) / 3): reserves divided by the yearly fall of the last three years, capped at 100, which also stands
where they have not fallen. Present at three years or fewer, watched to five.
""",
    answer_left,
    [
        left("Fell from 12 to 6 in three years: three left.", [12.0, 10.0, 8.0, 6.0], "fired", 3.0),
        left("Fell from 16 to 10: five left.", [16.0, 14.0, 12.0, 10.0], "watched", 5.0),
        left("Hardly fell.", [10.0, 10.0, 10.0, 9.9], "not-fired", 100.0),
        left("Rose.", [6.0, 8.0, 10.0, 12.0], "not-fired", 100.0),
        left("Nothing is left.", [6.0, 4.0, 2.0, -1.0], "fired", 0.0),
        left("No figure three years back.", [NONE, 8.0, 10.0, 12.0], "cannot-assess", None, "no-earlier"),
    ],
)


def answer_finding(given: Mapping[str, Any]) -> Mapping[str, Any]:
    test = DatedFact(60, Bounds(Sign.AT_LEAST, 4, 3))
    return say(test, figures_of([given["grades"]], given["months_ago"]), 120)


def finding(why: str, grades: Figures, months_ago: Sequence[float], state: str, why_not: str | None = None) -> Row:
    return Row(why, {"grades": grades, "months_ago": list(months_ago)}, {"state": state, "why_not": why_not})


FINDING = Table(
    "A finding of an inspection",
    """
The newest finding stands until the next one, and for five years at most. Here a grade of 4 (inadequate) is a sign, a
grade of 3 is watched. Without any finding nothing can be said.
""",
    answer_finding,
    [
        finding("Inadequate last year.", [2.0, 4.0], [50, 10], "fired"),
        finding("Better since.", [4.0, 2.0], [50, 10], "not-fired"),
        finding("Inadequate six years ago, and not looked at since.", [2.0, 4.0], [90, 72], "cannot-assess", "too-old"),
        finding("Never looked at.", [NONE, NONE], [50, 10], "cannot-assess", "no-figure"),
    ],
)


def answer_filing(given: Mapping[str, Any]) -> Mapping[str, Any]:
    others = [[5.0, 5.0, 5.0] for _ in range(given["others"])]
    late = np.zeros((len(others) + 1, 3), dtype=np.bool_)
    late[0, 2] = given["late"]
    tests = {"missing": ReturnMissing(), "stopped": StoppedPublishing(Bounds(Sign.AT_LEAST, 2, 1))}
    figures = figures_of([given["own"], *others], came_late=late)
    return {name: say(test, figures)["state"] for name, test in tests.items()}


def filing(why: str, own: Figures, late: bool, others: int, missing: str, stopped: str) -> Row:
    given = {"own": own, "late": late, "others": others}
    return Row(why, given, {"missing": missing, "stopped": stopped})


FILING = Table(
    "A return that is missing, late or no longer sent",
    """
*Missing*: no figure in the newest period for which most councils that should have one do; watched where the figure came
only in a later release than theirs. *Stopped*: how many of the newest such periods have no figure, from a council that
once gave one: two are a sign, one is watched.
""",
    answer_filing,
    [
        filing("All there.", [5.0, 5.0, 5.0], False, 12, "not-fired", "not-fired"),
        filing("The newest came late.", [5.0, 5.0, 5.0], True, 12, "watched", "not-fired"),
        filing("The newest is missing.", [5.0, 5.0, NONE], False, 12, "fired", "watched"),
        filing("The newest two are missing.", [5.0, NONE, NONE], False, 12, "fired", "fired"),
        filing("Never gave one.", [NONE, NONE, NONE], False, 12, "fired", "cannot-assess"),
        filing("Too few councils to say that the period is out.", [5.0, NONE, NONE], False, 5,
               "cannot-assess", "cannot-assess"),
    ],
)  # fmt: skip


def answer_refused(given: Mapping[str, Any]) -> Mapping[str, Any]:
    below = np.array([given["denominators"]], dtype=np.float64)
    return say(RefusedDenominator(), figures_of([[NONE] * below.shape[1]], denominators=below))


def refused(why: str, denominators: Figures, state: str, figure: float) -> Row:
    return Row(why, {"denominators": denominators}, {"state": state, "figure": figure})


REFUSED = Table(
    "A denominator below zero",
    """
A share of something that is below zero has no meaning and is refused. The refusal is itself a sign: present where the
newest year is below zero, watched where an earlier one was. The last row is Spelthorne's spending on services (millions
of pounds), from which property income was taken off.
""",
    answer_refused,
    [
        refused("Above zero in every year.", [14.3, 12.7, 13.0], "not-fired", 13.0),
        refused("Once below zero, above it since.", [14.3, -2.0, 13.0], "watched", 13.0),
        refused("No denominator is known.", [NONE, NONE, NONE], "cannot-assess", None),
        refused("Below zero in the newest year.", [14.272, 12.749, 12.683, 14.772, 12.999, -4.593], "fired", -4.593),
    ],
)

RULE = LensRule(Lens.DEBT, "Debt", "Debt.", (), 2, 1, 2, "Two things that differ seldom share a reason.", ())


def answer_band(given: Mapping[str, Any]) -> Mapping[str, Any]:
    families, states = zip(*(word.split(": ") for word in given["signals"]), strict=True)
    found = lens_outcome(RULE, families, np.array([[CODES[state]] for state in states], dtype=np.int8))
    return {"band": BANDS[found.bands[0]].value, "fired": int(found.fired[0]), "assessed": int(found.assessed[0])}


def band(why: str, signals: Sequence[str], band_: str, fired: int, assessed: int) -> Row:
    return Row(why, {"signals": list(signals)}, {"band": band_, "fired": fired, "assessed": assessed})


BAND = Table(
    "The band of a lens",
    """
Signals that look at the same thing are one family, and a lens counts families: one with a sign is *watch*, two or more
are *look closer*. Watched signs do not count. With fewer than two families that could be assessed the lens *cannot
say*, whatever it saw. Lenses are never added up.
""",
    answer_band,
    [
        band("Nothing unusual.", ["debt: not-fired", "growth: watched"], "no-unusual-signal", 0, 2),
        band("One sign.", ["debt: fired", "growth: not-fired"], "watch", 1, 2),
        band("Two signs of one family count once.", ["debt: fired", "debt: fired", "growth: not-fired"], "watch", 1, 2),
        band("Two signs of two families.", ["debt: fired", "growth: fired"], "look-closer", 2, 2),
        band("A family is assessed by any of its signals.",
             ["debt: cannot-assess", "debt: fired", "growth: not-fired"], "watch", 1, 2),
        band("Too little to go on.", ["debt: fired", "growth: cannot-assess"], "cannot-say", 1, 1),
    ],
)  # fmt: skip

PAGE = Page(
    "signals",
    "Signs worth asking about",
    f"""
A warning rule looks at one thing in the published figures of a council. It says that a sign is present, that it is
watched, that it is not present, or that it cannot be assessed. It never says what will happen. Rules, sides and
thresholds stand in the catalogue and were fixed on {date(2026, 11, 23):%-d %B %Y}, before they were tried on any event.
""",
    (LEVEL, PLACE, CHANGE, LASTING, YEARS, FINDING, FILING, REFUSED, BAND),
)
