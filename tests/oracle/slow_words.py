"""What a sentence claims, read back from its text and held against raw figures: slow, obvious, and no code of ours.

Only the panel's arrays and the register are taken from the build. Who is compared, what is tied, the middle and the
side are all worked out here anew, with decimal fractions in place of binary ones.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from moothall.analytics.groups import Group
from moothall.catalogue import Catalogue
from moothall.domain.authority import Authority, Responsibility
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.store import Panel

_PLACE = re.compile(
    r", (?:(?P<way>lower|higher|earlier|later) than (?:(?P<count>[\d,]+) of|(?P<all>all)) (?P<others>.+?)"
    r"(?:,? (?:and )?(?P<way2>higher) than (?P<count2>[\d,]+))?(?: and the same as (?P<same>[\d,]+))?"
    r"|the same as all (?P<level>.+?))"
    r"\. The middle(?: figure)? of (?P<group>.+?) is (?P<middle>.+)\.$"
)
_ANSWER = re.compile(
    r", (?:the same answer as (?:(?P<same>[\d,]+) of|(?P<all>all))|an answer that (?P<none>none) of) (?P<others>.+?)"
    r"(?: gives)?\.$"
)
_NUMBER = re.compile(r"(?P<sign>[-\u2212]?)£?(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<million> million)?")
_FIRST_NUMBER = re.compile(r"[\d,]+")
QUARTER, MANY = 0.25, 10


@dataclass(frozen=True)
class RawGroup:
    """The figures of those who can be compared, by authority code; ``members`` counts those without a figure too."""

    figures: Mapping[str, float]
    rounded: Mapping[str, Decimal]
    members: int


class RawPanel:
    """One metric's figures of one period, as the panel holds them, with who could be compared on its last day."""

    def __init__(self, catalogue: Catalogue, metric: Metric, panel: Panel, period: Period) -> None:
        self.metric, self.column = metric, list(panel.periods).index(period)
        service = catalogue.responsibilities[metric.responsibility]
        self.comparable = {
            code: a for code, a in catalogue.authorities.items() if _may_be_compared(a, metric, service, period.end)
        }
        self.figures = {
            code: float(panel.values[row, self.column])
            for row, code in enumerate(panel.authorities)
            if panel.in_lifetime[row, self.column] and not math.isnan(panel.values[row, self.column])
        }
        self.rounded = {code: rounded_figure(figure, metric.decimals) for code, figure in self.figures.items()}

        self._kept: dict[str, RawGroup] = {}

    def group(self, group: Group) -> RawGroup:
        """The members of a group with their figures; those of named types and regions are kept."""
        if group.codes:
            return self._members(group)
        return self._kept.setdefault(group.id, self._kept.get(group.id) or self._members(group))

    def _members(self, group: Group) -> RawGroup:
        named = set(group.codes) if group.codes else [c for c, a in self.comparable.items() if _is_named(group, a)]
        codes = [code for code in named if code in self.comparable]
        known = [code for code in codes if code in self.figures]
        return RawGroup({c: self.figures[c] for c in known}, {c: self.rounded[c] for c in known}, len(codes))


def _may_be_compared(authority: Authority, metric: Metric, service: Responsibility, day: date) -> bool:
    if authority.type not in metric.applies_to or day < authority.start or (authority.end and day > authority.end):
        return False
    for exemption in service.exemptions:
        if exemption.authority == authority.code and _holds(exemption.start, exemption.end, day):
            return False
    return any(authority.type in rule.types and _holds(rule.start, rule.end, day) for rule in service.run_by)


def _holds(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)


def _is_named(group: Group, authority: Authority) -> bool:
    kind, _, key = group.id.partition(":")
    return {"england": True, "type": authority.type == key, "region": authority.region == key}[kind]


def rounded_figure(figure: float, decimals: int) -> Decimal:
    """The figure as a page shows it: halves away from zero, after the noise of binary arithmetic is taken off."""
    return Decimal(f"{figure:.12g}").quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def claim_faults(text: str, code: str, period: Period, raw: RawPanel, there: RawGroup) -> Iterator[str]:
    """What a sentence says that the figures do not; nothing where all of it holds."""
    if code not in raw.figures:
        if "no figure" not in text:
            yield "a figure is told that is not there"
        return
    if period.label not in text:
        yield "the period is not named"
    if code not in there.figures or len(there.figures) < 3 or "too small for a fair comparison" in text:
        if "We do not compare it" not in text:
            yield "compared where it must not be"
        return
    yield from _place_faults(text, code, raw, there)


def _place_faults(text: str, code: str, raw: RawPanel, there: RawGroup) -> Iterator[str]:
    own = there.rounded[code]
    above = sum(figure > own for figure in there.rounded.values())
    below = sum(figure < own for figure in there.rounded.values())
    same = len(there.rounded) - above - below - 1
    if raw.metric.unit.id == "yes-or-no":
        yield from _answer_faults(text, same, len(there.figures))
        return
    claim = _PLACE.search(text)
    if claim is None:
        yield "no place is told"
        return
    yield from _count_faults(claim, above, below, same)
    yield from _comparator_faults(claim["others"] or claim["level"], claim["group"], there)
    yield from _middle_faults(claim["middle"], text[: claim.start()], there.figures[code], raw, there)


def _count_faults(claim: re.Match[str], above: int, below: int, same: int) -> Iterator[str]:
    others = above + below + same
    if claim["level"] is not None:
        if above or below:
            yield "said to be the same as all"
        return
    counted = others if claim["all"] else _count(claim["count"])
    is_low = claim["way"] in ("lower", "earlier")
    if counted != (above if is_low else below):
        yield "the count is wrong"
    if (above < below) if is_low else (below < above):
        yield "the direction is that of the fewer"
    if claim["all"] and same:
        yield "said to differ from all"
    if _count(claim["same"]) != same and not claim["all"]:
        yield "the ties are wrong"
    if claim["way2"] and _count(claim["count2"]) != below:
        yield "the second count is wrong"


def _comparator_faults(others: str, group: str, there: RawGroup) -> Iterator[str]:
    known = len(there.figures)
    counted = _FIRST_NUMBER.search(others)
    if counted is None or _count(counted[0]) != known - 1:
        yield "the number of the others is wrong"
    counted = _FIRST_NUMBER.search(group)
    if counted is None or _count(counted[0]) != known:
        yield "n is wrong"
    is_partial = known < there.members
    if ("with a figure" in others) != is_partial or ("with a figure" in group) != is_partial:
        yield "who has a figure is told wrongly"


def _middle_faults(middle: str, head: str, own: float, raw: RawPanel, there: RawGroup) -> Iterator[str]:
    if raw.metric.unit.id == "date-as-year":
        return
    decimals = raw.metric.decimals
    if not _tells(middle, median(there.figures.values()), decimals + 1):
        yield "the middle figure is wrong"
    told = [head.rpartition(": ")[2]] if ": " in head else [found[0] for found in _NUMBER.finditer(head)]
    if not any(_tells(number, own, decimals) for number in told):
        yield "the figure is wrong"


def _tells(text: str, figure: float, decimals: int) -> bool:
    """Whether a number as it is written stands for a figure: to the last digit written."""
    found = _NUMBER.search(text)
    if found is None:
        return False
    digits = found["digits"].replace(",", "")
    scale = 1_000_000 if found["million"] and abs(figure) >= 1_000_000 else 1
    written = float(digits) * (-1 if found["sign"] else 1) * scale
    last = 10.0 ** -len(digits.partition(".")[2]) * scale
    return abs(written - figure) <= last / 2 + 1e-6 * max(last, abs(figure)) and len(digits.partition(".")[2]) <= max(
        decimals, 2
    )


_RANK = re.compile(r"^That is (?:joint )?(\d[\d,]*)(st|nd|rd|th)(?: to (\d[\d,]*)(st|nd|rd|th))? of (\d[\d,]*), ")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def rank_faults(text: str, code: str, there: RawGroup) -> Iterator[str]:
    """Whether a rank agrees with the figures, ordinals and all."""
    claim, own = _RANK.match(text), there.rounded[code]
    if claim is None:
        yield "no rank is told"
        return
    first = 1 + sum(figure > own for figure in there.rounded.values())
    last = first - 1 + sum(figure == own for figure in there.rounded.values())
    told = _count(claim[1]), _count(claim[3] or claim[1]), _count(claim[5])
    if told != (first, last, len(there.rounded)):
        yield "the rank is wrong"
    for number, ending in ((claim[1], claim[2]), (claim[3], claim[4])):
        if number and ending != _ending(_count(number)):
            yield "the ordinal is wrong"


def _ending(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")


def _answer_faults(text: str, same: int, known: int) -> Iterator[str]:
    claim = _ANSWER.search(text)
    if claim is None:
        yield "no answer is told"
        return
    told = known - 1 if claim["all"] else 0 if claim["none"] else _count(claim["same"])
    if told != same:
        yield "the count of like answers is wrong"
    counted = _FIRST_NUMBER.search(claim["others"])
    if counted is None or _count(counted[0]) != known - 1:
        yield "the number of the others is wrong"


def _count(text: str | None) -> int:
    return int(text.replace(",", "")) if text else 0


SIDES = {
    "Lower than most": "lower",
    "Earlier than most": "lower",
    "Higher than most": "higher",
    "Later than most": "higher",
    "About the middle of": "similar",
}


def cell_claim_faults(text: str, code: str, there: RawGroup) -> Iterator[str]:
    """Whether "lower than most" and its like hold: the share of the group that lies below, plus half of those tied."""
    side = next((side for begins, side in SIDES.items() if text.startswith(begins)), None)
    if side is None:
        return
    if code not in there.figures or len(there.figures) < MANY:
        yield "a side is told where none may be"
        return
    own, n = there.rounded[code], len(there.rounded)
    below = sum(figure < own for figure in there.rounded.values())
    tied = sum(figure == own for figure in there.rounded.values())
    sides = {_side_of((place + 0.5) / n) for place in (below, below + tied - 1)}
    if sides != {side}:
        yield f"said to be {side}, is {' or '.join(sorted(sides))}"


def _side_of(share: float) -> str:
    return "lower" if share < QUARTER else "higher" if share > 1 - QUARTER else "similar"


VERDICTS = {
    "Better than the middle": "better",
    "Worse than the middle": "worse",
    "Lower than the middle": "lower",
    "Earlier than the middle": "lower",
    "Higher than the middle": "higher",
    "Later than the middle": "higher",
    "Similar to the middle": "similar",
}


def verdict_faults(text: str, limits: tuple[float, float], raw: RawPanel, there: RawGroup) -> Iterator[str]:
    """Whether published limits allow the verdict that a cell gives; ``limits`` may be NaN."""
    said = next((verdict for begins, verdict in VERDICTS.items() if text.startswith(begins)), None)
    if said is None or math.isnan(limits[0]) or math.isnan(limits[1]):
        return
    middle = float(f"{median(there.figures.values()):.12g}")
    noise = 1e-9 * max(abs(middle), abs(limits[0]), abs(limits[1]))
    below, above = limits[1] < middle - noise, limits[0] > middle + noise
    polarity = raw.metric.polarity.value
    if not below and not above:
        right = "similar"
    elif polarity == "none":
        right = "lower" if below else "higher"
    else:
        right = "better" if above == (polarity == "higher-is-better") else "worse"
    if said != right:
        yield f"judged {said}, is {right}"
