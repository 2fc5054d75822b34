"""One figure beside its group, in the three lengths: a cell, a sentence, the parts of a paragraph (METHODS 2, 3, 7)."""

from dataclasses import dataclass
from functools import cached_property

from moothall.analytics.groups import TYPE_TITLES, is_in_group
from moothall.analytics.judging import NOT_JUDGED, Judged
from moothall.analytics.position import MINIMUM_FOR_BANDS, MINIMUM_FOR_MEDIAN, Position, Refusal
from moothall.analytics.reversal import is_made_by_model
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.wording import Facts, Length, Matter
from moothall.domain.words import Caveat
from moothall.presenters.figures.cohort import Cohort, Standing
from moothall.presenters.wording.numbers import metric_value_text, middle_text, number_text, short_value_text
from moothall.presenters.wording.sentences import Said, Sentences
from moothall.presenters.wording.words import (
    all_words,
    capital_first,
    group_noun,
    members_words,
    others_words,
    own_noun,
    rank_text,
    sentence_end,
    when_words,
)

NO_ROW = "no-row"
NOT_FOR_TYPE = "not-for-type"
SCALES = {"date-as-year": "date", "yes-or-no": "answer"}
"""Units whose figures are not told as numbers."""

NOT_DRAWN = frozenset(
    {
        Refusal.NO_VALUE,
        Refusal.NOT_IN_GROUP,
        Refusal.NOT_ELIGIBLE,
        Refusal.DENOMINATOR_TOO_SMALL,
        Refusal.GROUP_TOO_SMALL,
    }
)
"""Refusals of a place; after the others a rank is known, only no band."""


@dataclass(frozen=True)
class OwnFigure:
    """One authority's figure, or the lack of it, beside a cohort at the same period."""

    cohort: Cohort
    authority: Authority
    standing: Standing

    @cached_property
    def position(self) -> Position:
        """Where it stands, or why nowhere."""
        return self.cohort.position_of(self.authority.code)

    @cached_property
    def judged(self) -> Judged:
        """What limits say of it, and which; nothing where it is not compared at all."""
        return NOT_JUDGED if self.position.refused in NOT_DRAWN else self.cohort.judged(self.authority.code)


def scale_of(metric: Metric) -> str:
    """How figures of a metric are told: as a number, a date or an answer."""
    return SCALES.get(metric.unit.id, "number")


def standing_cell(say: Sentences, own: OwnFigure) -> Said:
    """Where a figure stands, in a few words: ``Lower than most metropolitan districts``."""
    position = own.position
    facts = {
        "judgement": own.judged.judgement.value,
        "origin": own.judged.origin.value,
        "place": (position.refused or position.side).value,
        "scale": scale_of(own.cohort.metric),
    }
    tokens = {"councils": own_noun(own.cohort.group, own.authority), "least": number_text(MINIMUM_FOR_BANDS)}
    return say.say(Matter.STANDING, Length.CELL, facts, tokens)


def figure_head(say: Sentences, own: OwnFigure, names_metric: bool = False) -> Said:
    """Who, when and how much: the beginning of a sentence, without a full stop."""
    metric, period = own.cohort.metric, own.standing.period
    verb = say.verbs.get(metric.id, "")
    value = "" if own.standing.value is None else metric_value_text(own.standing.value, metric)
    facts = {"has-verb": bool(verb), "names-metric": names_metric}
    tokens = {
        "name": own.authority.short_name,
        "metric": metric.title,
        "period": period.label,
        "when": when_words(period),
        "value": value,
        "verb": verb.replace("{value}", value),
    }
    return say.say(Matter.FIGURE, Length.CELL, facts, tokens)


def figure_sentence(say: Sentences, own: OwnFigure, names_metric: bool = False) -> Said:
    """Name, value, period, how many of how many are lower or higher, and the middle; or why it is not compared."""
    if own.standing.value is None:
        return missing_words(say, own.authority, own.standing, Length.SENTENCE)
    head = figure_head(say, own, names_metric).text
    if own.position.rank_low is None or own.cohort.summary.median is None:
        return refusal_words(say, own, Length.SENTENCE, head)
    return _position_sentence(say, own, head)


def _position_sentence(say: Sentences, own: OwnFigure, head: str) -> Said:
    cohort, position = own.cohort, own.position
    counts = dict(zip(("below", "above", "same"), counts_around(position), strict=True))
    are_all_known = cohort.summary.n == len(cohort.members)
    tokens = {
        **{name: number_text(count) for name, count in counts.items()},
        "figure": head,
        "others": others_words(cohort.group, own.authority, position.n - 1, are_all_known),
        "all": all_words(position.n, are_all_known),
        "middle": middle_text(cohort.summary.median or 0.0, cohort.metric),
    }
    return say.say(Matter.POSITION, Length.SENTENCE, {**counts, "scale": scale_of(cohort.metric)}, tokens)


def counts_around(position: Position) -> tuple[int, int, int]:
    """How many others have a lower, a higher and the same figure."""
    first, last = position.rank_low or 1, position.rank_high or position.n
    return position.n - last, first - 1, last - first


def rank_words(say: Sentences, position: Position) -> Said | None:
    """The rank as a part: ``That is joint 59th to 132nd of 132, the highest figure first``; None without one."""
    if position.rank_low is None:
        return None
    tokens = {"rank": rank_text(position), "tied": number_text(position.tied)}
    return say.say(Matter.RANK, Length.PART, {"tied": position.tied}, tokens)


def certainty_words(say: Sentences, own: OwnFigure, length: Length = Length.PART) -> Said:
    """How sure it is that a figure differs from the middle, and by which limits."""
    metric = own.cohort.metric
    facts = {
        "judgement": own.judged.judgement.value,
        "origin": own.judged.origin.value,
        "basis": _basis(metric),
        "scale": scale_of(metric),
    }
    return say.say(Matter.CERTAINTY, length, facts, {})


def _basis(metric: Metric) -> str:
    if is_made_by_model(metric):
        return "modelled"
    return "survey" if Caveat.SURVEY in metric.caveats else "plain"


def group_words(say: Sentences, cohort: Cohort) -> Said:
    """A group at one period: how many have a figure, the middle, the middle half."""
    summary, metric = cohort.summary, cohort.metric
    has_middle = summary.median is not None
    known, members = summary.n, len(cohort.members)
    quartiles = (summary.lower_quartile or 0.0, summary.upper_quartile or 0.0)
    low, high = (short_value_text(f, metric.unit, metric.decimals) if has_middle else "" for f in quartiles)
    tokens = {
        "period": capital_first(cohort.period.label),
        "known": number_text(known),
        "members": number_text(members),
        "councils": group_noun(cohort.group),
        "middle": middle_text(summary.median or 0.0, metric) if has_middle else "",
        "low": low,
        "high": high,
        "least-for-middle": number_text(MINIMUM_FOR_MEDIAN),
    }
    return say.say(
        Matter.GROUP, Length.SENTENCE, {"known": known, "members": members, "has-middle": has_middle}, tokens
    )


def polarity_words(say: Sentences, metric: Metric) -> Said:
    """Which way is better, and why."""
    facts = {"polarity": metric.polarity.value}
    return say.say(Matter.POLARITY, Length.SENTENCE, facts, {"reason": sentence_end(metric.polarity_reason)})


def missing_words(say: Sentences, authority: Authority, standing: Standing | None, length: Length) -> Said:
    """Why there is no figure, by the publisher's own reason where one is given; ``standing`` None: never a row."""
    if standing is None:
        facts: Facts = {"status": "never", "has-reason": False}
    else:
        facts = {"status": standing.status.value if standing.status else NO_ROW, "has-reason": bool(standing.reason)}
    tokens = {
        "name": authority.short_name,
        "period": standing.period.label if standing else "",
        "reason": sentence_end(standing.reason) if standing and standing.reason else "",
    }
    return say.say(Matter.MISSING, length, facts, tokens)


def not_compared(say: Sentences, own: OwnFigure) -> Said | None:
    """Why a figure is not drawn in its group, as a part; None where it is."""
    if own.standing.value is None:
        return missing_words(say, own.authority, own.standing, Length.PART)
    if own.position.refused not in NOT_DRAWN and own.cohort.summary.median is not None:
        return None
    return refusal_words(say, own, Length.PART)


def gap_words(say: Sentences, own: OwnFigure) -> Said | None:
    """Why there is no figure, or why it is not placed, in words that councils share; None where it is placed."""
    if own.standing.value is None:
        return missing_words(say, own.authority, own.standing, Length.PART)
    is_placed = own.position.refused is None and own.cohort.summary.median is not None
    return None if is_placed else refusal_words(say, own, Length.CELL)


def soft_refusal(say: Sentences, own: OwnFigure) -> Said | None:
    """Why a figure that has a rank is not said to be lower or higher than most; None where it is."""
    refused = own.position.refused
    return refusal_words(say, own, Length.PART) if refused and refused not in NOT_DRAWN else None


def refusal_words(say: Sentences, own: OwnFigure, length: Length, head: str = "") -> Said:
    """Why a figure is not compared, or not as far as others."""
    refused = own.position.refused or Refusal.GROUP_TOO_SMALL
    return _refusal(say, own.cohort, _reason_outside(own, refused), length, head, own.authority)


def _reason_outside(own: OwnFigure, refused: Refusal) -> str:
    """The refusal in the word of the rules: a council outside the cohort is so by group, by type or by service."""
    if refused is not Refusal.NOT_IN_GROUP or not is_in_group(own.cohort.group, own.authority):
        return refused.value
    return Refusal.NOT_ELIGIBLE.value if own.authority.type in own.cohort.metric.applies_to else NOT_FOR_TYPE


def why_no_middle(say: Sentences, cohort: Cohort) -> Said:
    """Why a cohort has no middle figure."""
    return _refusal(say, cohort, Refusal.GROUP_TOO_SMALL.value, Length.PART)


def _refusal(
    say: Sentences, cohort: Cohort, refusal: str, length: Length, head: str = "", authority: Authority | None = None
) -> Said:
    """A refusal by its word, with the counts of a cohort; ``head`` is the figure that it is said of."""
    known, members = cohort.summary.n, len(cohort.members)
    tokens = {
        "figure": head,
        "period": cohort.period.label,
        "type": TYPE_TITLES[authority.type] if authority else "",
        "known": number_text(known),
        "members": number_text(members),
        "all": f"the {members_words(cohort.group, members)}",
        "least-for-bands": number_text(MINIMUM_FOR_BANDS),
    }
    return say.say(Matter.REFUSAL, length, {"refusal": refusal, "known": known, "members": members}, tokens)


def strip_ends(cohort: Cohort) -> tuple[str, str, str]:
    """What is lettered under a large strip: the ends of its axis, "or less" where somebody lies beyond, and the middle.

    The axis ends at the 2nd and the 98th percentile; the cohort has a middle figure.
    """
    s, metric = cohort.summary, cohort.metric
    low, high = s.low or 0.0, s.high or 0.0
    words = [short_value_text(figure, metric.unit, metric.decimals) for figure in (low, high)]
    middle = middle_text(s.median or 0.0, metric).removesuffix(f" {metric.unit.words}")
    beyond = " or less" * (cohort.known[0] < low), " or more" * (cohort.known[-1] > high)
    return words[0] + beyond[0], f"middle {middle}", words[1] + beyond[1]
