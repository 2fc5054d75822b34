"""The specification of rank sensitivity: how far a rank depends on choices that another reader could have made."""

from collections.abc import Mapping, Sequence
from typing import Any

from moothall.analytics.position import Position
from moothall.analytics.rank_range import rank_range
from moothall.analytics.refusal import MINIMUM_FOR_BANDS
from tests.spec.tables import Page, Row, Table

NAMES = ("choices", "refused", "first", "last", "of", "above_low", "above_high")


def place(text: str) -> Position:
    """``4 of 16``, ``4-6 of 16``, or ``none of 16``."""
    rank, _, n = text.partition(" of ")
    if rank == "none":
        return Position(int(n))
    low, _, high = rank.partition("-")
    return Position(int(n), int(low), int(high or low))


def answer(given: Mapping[str, Any]) -> Mapping[str, Any]:
    found = rank_range([place(text) for text in given["places"]])
    if found is None:
        return dict.fromkeys(NAMES)
    of = [found.fewest] if found.is_one_size else [found.fewest, found.most]
    return {
        "choices": found.choices,
        "refused": found.refused,
        "first": found.first,
        "last": found.last,
        "of": of,
        "above_low": round(found.above_low, 3),
        "above_high": round(found.above_high, 3),
    }


def over(why: str, places: Sequence[str], *expected: Any) -> Row:
    return Row(why, {"places": list(places)}, dict(zip(NAMES, expected, strict=True)))


RANGE = Table(
    "The rank over several choices",
    f"""
Each choice (another group, the period before, the first release) gives the rank of the same council's figure, 1 being
the highest whatever is better. Where all groups are of one size the ranks stand side by side; else the share of the
others that have a higher figure does. A choice with fewer than {MINIMUM_FOR_BANDS} figures gives no rank.
""",
    answer,
    [
        over("One choice: the rank itself.", ["4 of 16"], 1, 0, 4, 4, [16], 0.2, 0.2),
        over("Three choices among sixteen.", ["4 of 16", "3 of 16", "9 of 16"], 3, 0, 3, 9, [16], 0.133, 0.533),
        over("A tie counts with both its ends.", ["4-6 of 16", "5 of 16"], 2, 0, 4, 6, [16], 0.2, 0.333),
        over("Groups of two sizes: shares of the others.", ["4 of 16", "10 of 31"], 2, 0, 4, 10, [16, 31], 0.2, 0.3),
        over("The highest in one, the lowest in the other.", ["1 of 11", "16 of 16"], 2, 0, 1, 16, [11, 16], 0.0, 1.0),
        over("Among nine no rank is counted.", ["1 of 9", "5 of 16"], 1, 1, 5, 5, [16], 0.267, 0.267),
        over(
            "A choice without a rank is counted as refused.", ["none of 16", "5 of 16"], 1, 1, 5, 5, [16], 0.267, 0.267
        ),
        over("No choice gives a rank.", ["none of 16"], None, None, None, None, None, None, None),
    ],
)

PAGE = Page(
    "rank-range",
    "How far a rank depends on choices",
    """
A rank looks exact. Another reader could have chosen another group of like councils, the year before, or the figures as
they were first published, with as much reason. So beside a rank stands how it moves over such choices.
""",
    (RANGE,),
)
