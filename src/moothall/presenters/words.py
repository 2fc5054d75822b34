"""Figures in words: where one stands in its group, how firm it is, and why something cannot be said (METHODS 2, 3, 7).

Two vocabularies: *better* and *worse* only where the publisher's own 95% interval lies wholly to one side of the
group's middle figure and the metric has a polarity; otherwise *lower* and *higher*, which judge nothing.
"""

from collections.abc import Sequence

from moothall.analytics.groups import Group, GroupKind
from moothall.analytics.interval import Judgement
from moothall.analytics.judging import Judged, Origin
from moothall.analytics.position import Position, Side
from moothall.domain.authority import AuthorityType
from moothall.domain.metric import Metric
from moothall.domain.words import Polarity, Status
from moothall.presenters.numbers import metric_value_text, middle_text, number_text, ordinal_text

TYPE_WORDS = {
    AuthorityType.UNITARY: "Unitary authority",
    AuthorityType.METROPOLITAN_DISTRICT: "Metropolitan district",
    AuthorityType.LONDON_BOROUGH: "London borough",
    AuthorityType.SHIRE_DISTRICT: "Shire district",
    AuthorityType.COUNTY: "County council",
    AuthorityType.COMBINED_AUTHORITY: "Combined authority",
}
"""One authority of each type, in words."""

STATUS_WORDS = {
    Status.FINAL: "",
    Status.PROVISIONAL: "provisional",
    Status.REVISED: "revised",
    Status.ESTIMATED: "estimated",
    Status.SUPPRESSED: "held back by the publisher",
    Status.NOT_AVAILABLE: "not available",
    Status.NOT_APPLICABLE: "does not apply",
    Status.NOT_YET_PUBLISHED: "not yet published",
}
"""Each status as a reader sees it after a figure; a final figure needs no word."""

_POLARITY_WORDS = {
    Polarity.HIGHER_IS_BETTER: "Higher is better",
    Polarity.LOWER_IS_BETTER: "Lower is better",
    Polarity.NONE: "Neither higher nor lower is better",
}

_SIDE_WORDS = {Side.LOWER: "Lower than most", Side.SIMILAR: "About the middle of", Side.HIGHER: "Higher than most"}

_JUDGED = {
    Judgement.BETTER: "Better than the middle of",
    Judgement.WORSE: "Worse than the middle of",
    Judgement.SIMILAR: "Similar to the middle of",
    Judgement.LOWER: "Lower than the middle of",
    Judgement.HIGHER: "Higher than the middle of",
}


def polarity_sentence(metric: Metric) -> str:
    """Which way is better, and why."""
    return f"{_POLARITY_WORDS[metric.polarity]}. {metric.polarity_reason}".strip()


def end_labels(polarity: Polarity) -> tuple[str, str]:
    """The words at the low and the high end of a strip: "better" only where polarity says so."""
    if polarity is Polarity.NONE:
        return "lower", "higher"
    return ("", "better") if polarity is Polarity.HIGHER_IS_BETTER else ("better", "")


def group_noun(group: Group) -> str:
    """The members of a group as a noun that can follow a number: ``London boroughs``, ``councils in England``."""
    if group.kind is GroupKind.ENGLAND:
        return "councils in England"
    return "councils you chose" if group.kind is GroupKind.CUSTOM else group.title


def position_cell(position: Position, group: Group, judgement: Judgement = Judgement.CANNOT_SAY) -> str:
    """The shortest form: ``Lower than most metropolitan districts``; a refusal's sentence where nothing can be said.

    A judgement from a published interval goes before the position alone.
    """
    if judgement is not Judgement.CANNOT_SAY:
        return f"{_JUDGED[judgement]} {group_noun(group)}"
    if position.refused:
        return position.refused.sentence
    return f"{_SIDE_WORDS[position.side]} {group_noun(group)}"


def rank_text(position: Position) -> str:
    """The rank as a range over ties, the highest figure first: ``joint 59th to 132nd of 132``, ``4th of 36``."""
    if position.rank_low is None or position.rank_high is None:
        return position.refused.sentence if position.refused else ""
    first, last = ordinal_text(position.rank_low), ordinal_text(position.rank_high)
    if position.rank_low == position.rank_high:
        return f"{first} of {number_text(position.n)}"
    return f"joint {first} to {last} of {number_text(position.n)}"


def position_sentence(
    name: str, value: float, period: str, metric: Metric, group: Group, position: Position, median: float | None
) -> str:
    """The sentence: period, value, comparator, n and the middle figure. ``period`` is the label of any kind of period.

    ``Leeds, 2021-22: 38.2%, lower than 27 of the other 35 metropolitan districts. The middle figure of the 36
    metropolitan districts is 41.0%.``
    """
    head = f"{name}, {period}: {metric_value_text(value, metric)}"
    if median is None or position.rank_low is None:
        reason = position.refused.sentence if position.refused else ""
        return f"{head}. We do not compare it with {group_noun(group)}. {reason}".strip()
    middle = f"The middle figure of the {number_text(position.n)} {group_noun(group)} is {middle_text(median, metric)}."
    return f"{head}, {_place_words(position, group)}. {middle}"


def _place_words(position: Position, group: Group) -> str:
    """How many of the others lie above or below; ties are named."""
    lower, higher, same = _counts(position)
    others = f"of the other {number_text(position.n - 1)} {group_noun(group)}"
    tie = f", and the same as {number_text(same)}" if same else ""
    if same and not lower and not higher:
        return f"the same as all {others[3:]}"
    if higher >= lower:
        return f"lower than {number_text(higher)} {others}{tie}"
    return f"higher than {number_text(lower)} {others}{tie}"


def _counts(position: Position) -> tuple[int, int, int]:
    """How many others have a lower, a higher and the same figure."""
    first, last = position.rank_low or 1, position.rank_high or position.n
    return position.n - last, first - 1, last - first


_GROUND_WORDS = {
    Origin.PUBLISHED: ("The publisher's 95% limits", "take in", "lie wholly to one side"),
    Origin.COUNTS: ("The 95% limits that follow from the published counts", "take in", "lie wholly to one side"),
}


def judgement_sentence(judged: Judged, group: Group) -> str:
    """What limits allow us to say, and whose limits they are; "" where there are none."""
    noun, judgement = group_noun(group), judged.judgement
    if judgement is Judgement.CANNOT_SAY:
        return ""
    if judged.origin is Origin.FUNNEL:
        return _funnel_sentence(judgement, noun)
    limits, includes, excludes = _GROUND_WORDS[judged.origin]
    if judgement is Judgement.SIMILAR:
        return f"{limits} {includes} the middle figure of {noun}, so the difference may be chance."
    return f"{limits} {excludes}: {_side_of(judgement)} the middle figure of {noun}, by more than chance."


def _funnel_sentence(judgement: Judgement, noun: str) -> str:
    """The funnel's answer: what is usual for a council with so many cases among councils that differ as these do."""
    usual = f"what is usual among {noun} for one with so many cases"
    if judgement is Judgement.SIMILAR:
        return f"It lies within {usual}, so the difference may be chance."
    return f"It lies beyond {usual}: {_side_of(judgement)} most of them, by more than chance."


def _side_of(judgement: Judgement) -> str:
    return _JUDGED[judgement].removesuffix(" the middle of").lower()


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence: ``roads, schools and libraries``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def lower_first(text: str) -> str:
    """A sentence's first letter in lower case, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capital_first(text: str) -> str:
    """A title's or sentence's first letter as a capital."""
    return text[:1].upper() + text[1:]
