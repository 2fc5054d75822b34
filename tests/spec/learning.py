"""The specification of METHODS 10: who does better by more than noise, and who turned it round."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from moothall.analytics.funnel import INNER_LIMIT
from moothall.analytics.learning import (
    PERIODS_HELD,
    PERIODS_SINCE_WORSE,
    PERMUTATIONS,
    better_by_more_than_noise,
    turned_round,
)
from moothall.domain.words import Polarity
from tests.spec.change import made_group
from tests.spec.tables import Page, Row, Table

NONE = float("nan")


def answer_better(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values, errors = (np.array(given[name], dtype=float) for name in ("figures", "errors"))
    found = better_by_more_than_noise(values, errors, 0, Polarity(given["polarity"]))
    return {"who": [one.row for one in found], "certainty": [round(one.certainty, 2) for one in found] or None}


def answer_turned(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values = made_group(given["figures"], 0)
    linked = np.array([place not in (given["cut_after"] or ()) for place in range(values.shape[1] - 1)])
    found = turned_round(values, ["made"] * len(values), linked, 0.1, Polarity(given["polarity"]))
    own = [one for one in found.members if one.row == 0]
    if not own:
        return {"turned": "no"} | dict.fromkeys(("worse", "flagged", "better"))
    return {"turned": "yes", "worse": own[0].worse, "flagged": own[0].flagged, "better": own[0].better}


def better(why: str, figures: Sequence[float], errors: Sequence[float], polarity: str, *expected: Any) -> Row:
    given = {"figures": figures, "errors": errors, "polarity": polarity}
    return Row(why, given, dict(zip(("who", "certainty"), expected, strict=True)))


def turn(why: str, figures: Sequence[float], polarity: str, cut_after: list[int] | None, *expected: Any) -> Row:
    given = {"figures": figures, "polarity": polarity, "cut_after": cut_after}
    return Row(why, given, dict(zip(("turned", "worse", "flagged", "better"), expected, strict=True)))


HIGHER, LOWER = "higher-is-better", "lower-is-better"

BETTER = Table(
    "Better by more than noise",
    f"""
The council that asks is the first (0). Another does better by more than noise where the difference exceeds
{INNER_LIMIT} standard errors of it; *certainty* is how many it is. The standard error of a figure is a published
interval's width / 3.92; without intervals it is taken as if the group's whole last change, or the council's own where
that has been less steady, had been noise. That is too wide rather than too narrow.
""",
    answer_better,
    [
        better("Higher is better.", [50, 60, 52, 40], [1, 1, 1, 1], HIGHER, [1], [7.07]),
        better("Lower is better.", [50, 60, 52, 40], [1, 1, 1, 1], LOWER, [3], [7.07]),
        better("Most certain first, not furthest first.", [50, 60, 55], [1, 5, 1], HIGHER, [2, 1], [3.54, 1.96]),
        better("A difference within the noise.", [50, 52], [1, 1], HIGHER, [], None),
        better("Without polarity nobody is better.", [50, 60], [1, 1], "none", [], None),
        better("Without a figure, or without an error, nothing is said.", [50, NONE, 60], [1, 1, NONE], HIGHER,
               [], None),
    ],
)  # fmt: skip

TURNED = Table(
    "Turned it round",
    f"""
In the worse half of its group at least {PERIODS_SINCE_WORSE} periods ago, in the better half for the last
{PERIODS_HELD}, with a change for the better since then that passes [the annual rule](change.md) and none for the worse
after it. *Worse*, *flagged* and *better* are places in time (0 is the first): the last in the worse half that lies far
enough back, the last change for the better that was flagged, and the first of the unbroken spell in the better half.
The group's middle stays at 50. Nothing before a break or a gap is read. To see how many would qualify by chance, the
periods are put in another order {PERMUTATIONS} times; the mean number that qualify then is shown beside the list.
""",
    answer_turned,
    [
        turn("Up from the worse half, and held.", [45, 45, 45, 49, 53, 53, 53], HIGHER, None, "yes", 3, 4, 4),
        turn("Down, where lower is better.", [55, 55, 55, 51, 47, 47, 47], LOWER, None, "yes", 3, 4, 4),
        turn("The same is no improvement where higher is better.", [55, 55, 55, 51, 47, 47, 47], HIGHER, None,
             "no", None, None, None),
        turn("Held for one period only.", [45, 45, 45, 45, 45, 49, 53], HIGHER, None, "no", None, None, None),
        turn("Too slow for any change to pass.", [49.7, 49.8, 49.9, 49.9, 50.1, 50.2, 50.3], HIGHER, None,
             "no", None, None, None),
        turn("Always in the better half.", [52, 52, 52, 56, 60, 60, 60], HIGHER, None, "no", None, None, None),
        turn("The rise lies before a break.", [45, 45, 49, 53, 53, 53, 53], HIGHER, [3], "no", None, None, None),
        turn("Without polarity there is no better half.", [45, 45, 45, 49, 53, 53, 53], "none", None,
             "no", None, None, None),
    ],
)  # fmt: skip

PAGE = Page(
    "learning",
    "Whom to learn from",
    """
Two kinds of council are worth a call: one that does better now by more than noise, and one that was where you are and
turned it round. Neither list ranks councils; each entry says why it is there. Some who seem to have turned it round
have only come back to their usual level, so we say how many chance alone would put on the list.
""",
    (BETTER, TURNED),
)
