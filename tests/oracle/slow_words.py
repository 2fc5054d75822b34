"""What a sentence claims, read back from its text and held against raw figures: slow, obvious, and no code of ours.

Only the panel's arrays and the register are taken from the build. Who is compared, what is tied, the middle and the
side are all worked out here anew, with decimal fractions in place of binary ones.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from statistics import median

from moothall.analytics.groups import Group
from moothall.catalogue import Catalogue
from moothall.domain.authority import Authority, Responsibility
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.store import Panel
from tests.oracle.slow_intervals import slow_funnel

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
QUARTER, FEWEST, MANY = 0.25, 3, 10
Z = 1.959963984540054


@dataclass(frozen=True)
class RawGroup:
    """The figures of those who can be compared, by authority code; ``members`` counts those without a figure too."""

    figures: Mapping[str, float]
    rounded: Mapping[str, Decimal]
    members: int

    kept: dict[str, dict[str, float]] = field(default_factory=dict)

    @cached_property
    def ordered(self) -> list[Decimal]:
        """All rounded figures, lowest first."""
        return sorted(self.rounded.values())

    @cached_property
    def middle(self) -> float:
        """The middle figure."""
        return float(median(self.figures.values()))

    def around(self, code: str) -> tuple[int, int, int]:
        """How many others have a lower, a higher and the same figure."""
        own = self.rounded[code]
        below, up_to = bisect_left(self.ordered, own), bisect_right(self.ordered, own)
        return below, len(self.ordered) - up_to, up_to - below - 1


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
        self._panel, self._rows = panel, {code: row for row, code in enumerate(panel.authorities)}

    def is_too_small(self, code: str) -> bool:
        """Whether the figure is divided by less than the metric's minimum."""
        minimum = self.metric.minimum_denominator
        return minimum is not None and self._beside("denominators", code) < minimum

    def _beside(self, name: str, code: str) -> float:
        held = getattr(self._panel, name)
        return math.nan if held is None else float(held[self._rows[code], self.column])

    @cached_property
    def counts(self) -> Mapping[str, tuple[float, float]]:
        """Numerators and denominators that are of the figure beside them: their own limits hold it."""
        if self.metric.counted is None:
            return {}
        found = {code: (self._beside("numerators", code), self._beside("denominators", code)) for code in self.figures}
        minimum, kind = self.metric.minimum_denominator or 0, self.metric.counted.kind.value
        fits = {
            code: (top, below)
            for code, (top, below) in found.items()
            if top >= 0 and below > 0 and below >= minimum and (kind != "proportion" or top <= below)
        }
        step = float(self.metric.reporting_step)
        ends = {code: self._ends(*pair) for code, pair in fits.items()}
        return {c: pair for c, pair in fits.items() if ends[c][0] - step <= self.figures[c] <= ends[c][1] + step}

    def limits(self, code: str) -> tuple[float, float]:
        """The 95% limits that follow from an authority's counts, in the metric's unit."""
        return self._ends(*self.counts[code])

    def _ends(self, top: float, below: float) -> tuple[float, float]:
        assert self.metric.counted
        plain = plain_wilson if self.metric.counted.kind.value == "proportion" else plain_byar
        lower, upper = plain(top, below)
        times = self.metric.unit.times or 1
        return lower * times, upper * times

    def group(self, group: Group) -> RawGroup:
        """The members of a group with their figures; those of named types and regions are kept."""
        if group.codes:
            return self._members(group)
        return self._kept.setdefault(group.id, self._kept.get(group.id) or self._members(group))

    def _members(self, group: Group) -> RawGroup:
        named = group.codes or [c for c, a in self.comparable.items() if _is_named(group, a)]
        codes = [code for code in named if code in self.comparable]
        known = [code for code in codes if code in self.figures]
        return RawGroup({c: self.figures[c] for c in known}, {c: self.rounded[c] for c in known}, len(codes))


def plain_wilson(part: float, whole: float) -> tuple[float, float]:
    """Wilson's limits of a share, as the textbook has them."""
    share, z2 = part / whole, Z * Z
    half = Z * math.sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole))
    return tuple((share + z2 / (2 * whole) + way * half) / (1 + z2 / whole) for way in (-1, 1))  # type: ignore[return-value]


def plain_byar(events: float, whole: float) -> tuple[float, float]:
    """Byar's limits of a rate, as the textbook has them."""
    more = events + 1
    lower = events * (1 - 1 / (9 * events) - Z / (3 * math.sqrt(events))) ** 3 if events else 0.0
    return max(lower, 0.0) / whole, more * (1 - 1 / (9 * more) + Z / (3 * math.sqrt(more))) ** 3 / whole


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
    below, above, same = there.around(code)
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
    if not _tells(middle, there.middle, decimals + 1):
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
    claim, (_, above, same) = _RANK.match(text), there.around(code)
    if claim is None:
        yield "no rank is told"
        return
    first, last = 1 + above, 1 + above + same
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
    (below, _, same), n = there.around(code), len(there.rounded)
    sides = {_side_of((place + 0.5) / n) for place in (below, below + same)}
    if sides != {side}:
        yield f"said to be {side}, is {' or '.join(sorted(sides))}"


def _side_of(share: float) -> str:
    return "lower" if share < QUARTER else "higher" if share > 1 - QUARTER else "similar"


_WORDS = {
    "Better": "better", "Worse": "worse", "Lower": "lower", "Earlier": "lower", "Higher": "higher", "Later": "higher",
}  # fmt: skip
VERDICTS = {
    "Similar to the middle": ("similar", "middle"),
    "As is usual": ("similar", "usual"),
    **{f"{word} than the middle": (verdict, "middle") for word, verdict in _WORDS.items()},
    **{f"{word} than is usual": (verdict, "usual") for word, verdict in _WORDS.items()},
}
"""How a cell that judges begins, the verdict, and whether it is told from the middle or from a funnel."""


def verdict_faults(text: str, code: str, limits: tuple[float, float], raw: RawPanel, there: RawGroup) -> Iterator[str]:
    """Whether a cell gives just the verdict that limits or counts allow; ``limits`` are the published ones, or NaN.

    A verdict that could be given and is not is a fault as well, but where the figure has no place at all.
    """
    said = next((verdict for begins, verdict in VERDICTS.items() if text.startswith(begins)), None)
    if code not in there.figures or len(there.figures) < FEWEST or raw.is_too_small(code):
        if said is not None:
            yield f"judged {_told(said)} where nothing is compared"
        return
    found = _way_of(code, limits, raw, there)
    right = None if found is None else (_in_words(found[0], raw.metric.polarity.value), found[1])
    if said != right:
        yield f"judged {_told(said)}, is {_told(right)}"


def _told(verdict: tuple[str, str] | None) -> str:
    return " by ".join(verdict) if verdict else "nothing"


def _way_of(code: str, limits: tuple[float, float], raw: RawPanel, there: RawGroup) -> tuple[int, str] | None:
    """1 above, -1 below, 0 neither, and what it is told from; None where nothing says so. Published limits go first."""
    if not (math.isnan(limits[0]) or math.isnan(limits[1])):
        return _against(*limits, there.middle), "middle"
    counted, counts = raw.metric.counted, raw.counts
    if counted is None or raw.metric.unit.times is None or code not in counts:
        return None
    if counted.rule.value == "interval":
        return _against(*raw.limits(code), there.middle), "middle"
    way = _by_funnel(code, counts, there, counted.kind.value)
    return None if way is None else (way, "usual")


def _against(lower: float, upper: float, middle: float) -> int:
    middle = float(f"{middle:.12g}")
    noise = 1e-9 * max(abs(middle), abs(lower), abs(upper))
    return -1 if upper < middle - noise else int(lower > middle + noise)


def _by_funnel(code: str, counts: Mapping[str, tuple[float, float]], there: RawGroup, kind: str) -> int | None:
    """Beyond 1.96 standard deviations of the group's funnel; None where it has none."""
    if "funnel" not in there.kept:
        codes = [one for one in there.figures if one in counts]
        found = slow_funnel([counts[one][0] for one in codes], [counts[one][1] for one in codes], kind)
        there.kept["funnel"] = dict(zip(codes, found[2], strict=True)) if found else {}
    z = there.kept["funnel"].get(code)
    return None if z is None else 0 if abs(z) <= 1.96 else 1 if z > 0 else -1


def _in_words(way: int, polarity: str) -> str:
    if not way:
        return "similar"
    if polarity == "none":
        return "lower" if way < 0 else "higher"
    return "better" if (way > 0) == (polarity == "higher-is-better") else "worse"
