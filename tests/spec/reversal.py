"""The specification of METHODS 4 for how good a flag is: what becomes of changes a period later."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from moothall.analytics.annual_change import annual_changes
from moothall.analytics.reversal import reversals
from tests.spec.change import made_group
from tests.spec.tables import Page, Row, Table


def answer_next(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values = made_group(given["figures"], 0)
    changes = annual_changes(values, ["made"] * len(values), np.ones(values.shape[1] - 1, np.bool_), 0.1)
    own = {field.name: getattr(changes, field.name)[:1] for field in fields(changes) if "lasting" not in field.name}
    found = reversals(replace(changes, **own))
    return {"flags": found.flags, "half_lost": found.flags_half_lost, "turned": found.flags_turned}


def after(why: str, figures: Sequence[float], *expected: int) -> Row:
    return Row(why, {"figures": figures}, dict(zip(("flags", "half_lost", "turned"), expected, strict=True)))


NEXT = Table(
    "What became of flagged changes",
    """
A flag is judged by the figure after it, as it would have been raised at the time: nothing known later is used. A change
is *half lost* where the next change takes back at least half of it, and *turned* where the next change has the other
sign. The group is that of [change](change.md); its own changes are not counted here.
""",
    answer_next,
    [
        after("Up by 3 twice, then it stays.", [50, 50, 50, 53, 56, 56], 1, 0, 0),
        after("Up by 3 twice, then 2 are lost again.", [50, 50, 50, 53, 56, 54], 1, 0, 1),
        after("Up by 3 twice, then half of the 6 is lost.", [50, 50, 50, 53, 56, 53], 1, 1, 1),
        after("Down by 3 twice, then half is made good.", [50, 50, 50, 47, 44, 47], 1, 1, 1),
        after("One change of 8, of which 4 are lost.", [50, 50, 50, 50, 58, 54], 1, 1, 1),
        after("A flag on the last figure cannot be judged yet.", [50, 50, 50, 50, 53, 56], 0, 0, 0),
    ],
)

PAGE = Page(
    "reversal",
    "How good a flag is",
    """
Of the changes that we call rising or falling, how many are lost again a year later? The command `moothall
reversal-report` counts it for every metric, beside all one-year changes of the same series. Half of a random walk's
changes are followed by the opposite sign whatever one does, so the share that is *lost* is the better test. Where the
publisher models or smooths a series its changes last by construction: those are counted apart.
""",
    (NEXT,),
)
