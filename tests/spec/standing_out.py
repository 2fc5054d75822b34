"""The specification of METHODS 6: what stands out for one authority, and what chance alone would give."""

from collections.abc import Mapping, Sequence
from typing import Any

from moothall.analytics.funnel import INNER_LIMIT, OUTER_LIMIT
from moothall.analytics.standing_out import FALSE_DISCOVERY_RATE, MOST_SHOWN, Distance, passing_cut_off, standing_out
from moothall.domain.words import Polarity
from tests.spec.tables import Page, Row, Table

NONE = float("nan")
THROMBOLYSIS = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0
]  # fmt: skip


def answer_cut_off(given: Mapping[str, Any]) -> Mapping[str, Any]:
    cut_off = passing_cut_off(given["p"], given["rate"])
    return {"cut_off": cut_off, "passing": sum(p <= cut_off for p in given["p"]) if cut_off else 0}


def answer_flags(given: Mapping[str, Any]) -> Mapping[str, Any]:
    quiet = [Distance(f"quiet-{place}", 0.1, 0.1, Polarity.HIGHER_IS_BETTER) for place in range(given["quiet"])]
    z, before, polarity = given["z"], given["before"], Polarity(given["polarity"])
    found = standing_out([*quiet, *(Distance(f"own-{i}", one, before, polarity) for i, one in enumerate(z))])
    shown = {name: len(getattr(found, name)) for name in ("look_into", "going_well", "unusual")}
    return {"tested": found.tested, "flagged": found.flagged, **shown, "by_chance": round(found.by_chance, 3)}


def cut(why: str, p: Sequence[float], rate: float, cut_off: float, passing: int) -> Row:
    return Row(why, {"p": p, "rate": rate}, {"cut_off": cut_off, "passing": passing})


def flags(why: str, z: Sequence[float], before: float, polarity: str, quiet: int, *expected: Any) -> Row:
    given = {"z": z, "before": before, "polarity": polarity, "quiet": quiet}
    names = ("tested", "flagged", "look_into", "going_well", "unusual", "by_chance")
    return Row(why, given, dict(zip(names, expected, strict=True)))


CUT_OFF = Table(
    "How many pass when many are tested",
    """
The rule of Benjamini and Hochberg (1995): order the p values of all m tests; the ith smallest passes, with all before
it, where it is at most rate x i / m. The first row is the example of their paper, fifteen tests from a trial of
thrombolysis, where four pass at 5% (three would under Bonferroni's rule).
""",
    answer_cut_off,
    [
        cut("The example of the paper, at 5%.", THROMBOLYSIS, 0.05, 0.0095, 4),
        cut("The same at the 10% that we use.", THROMBOLYSIS, 0.1, 0.0459, 9),
        cut("One test alone passes at the rate itself.", [0.1], 0.1, 0.1, 1),
        cut("A later one that passes takes those before it along.", [0.09, 0.09, 0.099], 0.1, 0.099, 3),
        cut("None passes.", [0.2, 0.5, 0.9], 0.1, 0, 0),
    ],
)

HIGHER, LOWER = "higher-is-better", "lower-is-better"

FLAGS = Table(
    "What is flagged",
    f"""
For one authority, z of each metric (distance from the group's median in spreads, shrunk by what usually remains a year
later) gives a two-sided p. What passes at {FALSE_DISCOVERY_RATE:.0%} is flagged where the period before lay beyond
{INNER_LIMIT} on the same side, or where z is beyond {OUTER_LIMIT} now. At most {MOST_SHOWN} are shown to look into and
{MOST_SHOWN} as going well, furthest first; without polarity a metric is unusual, no more. *By chance* is how many of
those tested would reach the p of the last that passes if the authority differed in nothing. *Quiet* metrics, with z of
0.1, are tested beside those of the row.
""",
    answer_flags,
    [
        flags("Worse for two periods.", [-3.0], -2.5, HIGHER, 19, 20, 1, 1, 0, 0, 0.054),
        flags("Better for two periods.", [-3.0], -2.5, LOWER, 19, 20, 1, 0, 1, 0, 0.054),
        flags("Without polarity.", [-3.0], -2.5, "none", 19, 20, 1, 0, 0, 1, 0.054),
        flags("For one period only.", [-3.0], 0.4, HIGHER, 19, 20, 0, 0, 0, 0, 0.054),
        flags("On the other side the period before.", [-3.0], 2.5, HIGHER, 19, 20, 0, 0, 0, 0, 0.054),
        flags("For one period, but far out.", [-3.2], 0.4, HIGHER, 19, 20, 1, 1, 0, 0, 0.027),
        flags("No figure the period before, but far out.", [-3.2], NONE, HIGHER, 19, 20, 1, 1, 0, 0, 0.027),
        flags("Among three hundred the same is no surprise.", [-3.0], -2.5, HIGHER, 299, 300, 0, 0, 0, 0, 0),
        flags("Seven flags, five shown.", [-4.0, -4.1, -4.2, -4.3, -4.4, -4.5, -4.6], -4.0, HIGHER, 13,
              20, 7, 5, 0, 0, 0.001),
        flags("A metric without a figure is not tested.", [NONE], -2.5, HIGHER, 4, 4, 0, 0, 0, 0, 0),
    ],
)  # fmt: skip

PAGE = Page(
    "standing-out",
    "What stands out",
    """
Look at enough metrics and some will be far out by chance. So all metrics of an authority are tested together, what is
shown must have lasted, and we say out of how many it was chosen and how many chance alone would give.
""",
    (CUT_OFF, FLAGS),
)
