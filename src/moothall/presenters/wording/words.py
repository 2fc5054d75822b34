"""Nouns, labels and small words of sentences. The sentences themselves follow from rules (``presenters.sentences``)."""

from collections.abc import Sequence

from moothall.analytics.circumstances import USUAL_MODEL
from moothall.analytics.groups import Group, GroupKind
from moothall.analytics.position import Position
from moothall.domain.authority import Authority, AuthorityType
from moothall.domain.period import Period, PeriodKind
from moothall.domain.words import Polarity, Status
from moothall.presenters.wording.numbers import number_text, ordinal_text

MADE_FOR_ONE = (GroupKind.SIMILAR, GroupKind.LISTED)
"""Kinds of group that are told in words about the council that they were made for."""

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


def group_choice(group: Group) -> str:
    """A group as a choice among others: ``Councils like Leeds (all-purpose model)``, for several models name some."""
    model = f" ({group.key.partition(':')[0]} model)" if group.kind is GroupKind.SIMILAR else ""
    return f"{capital_first(group_noun(group))}{model}"


def own_noun(group: Group, authority: Authority) -> str:
    """The same as it is said to a council of the group: ``similar councils``, ``councils that border it``."""
    if not is_about(group, authority):
        return group_noun(group)
    if group.kind is GroupKind.SIMILAR:
        model = group.key.partition(":")[0]
        return "similar councils" if model == USUAL_MODEL else f"similar councils by the {model} model"
    return f"{group.title.removesuffix(authority.short_name)}it"


def is_about(group: Group, authority: Authority) -> bool:
    """True for a group that was made for this council: similar councils, those of a list."""
    return group.kind in MADE_FOR_ONE and group.codes[0] == authority.code


def others_words(group: Group, authority: Authority, others: int, are_all_known: bool) -> str:
    """The other members with a figure, after "than all" or "of": ``the other 35 metropolitan districts``."""
    number = number_text(others)
    known = "" if are_all_known else " with a figure"
    if group.kind in MADE_FOR_ONE:
        if not is_about(group, authority):
            return f"the other {number} councils{known} in this group"
        noun = own_noun(group, authority)
        if group.kind is GroupKind.SIMILAR:
            return f"{'its' if are_all_known else 'the'} {number} {noun}{known}"
        return f"the {number} {noun}" if are_all_known else f"the {number} with a figure among {noun}"
    return f"the other {number} {group_noun(group)}{known}"


def rank_text(position: Position) -> str:
    """The rank as a range over ties, the highest figure first: ``joint 59th to 132nd of 132``; "" without one."""
    if position.rank_low is None or position.rank_high is None:
        return ""
    first, last = ordinal_text(position.rank_low), ordinal_text(position.rank_high)
    if position.rank_low == position.rank_high:
        return f"{first} of {number_text(position.n)}"
    return f"joint {first} to {last} of {number_text(position.n)}"


def all_words(n: int, are_all_known: bool) -> str:
    """All members with a figure, the council itself among them: ``all 36``, ``the 33 with a figure``."""
    return f"all {number_text(n)}" if are_all_known else f"the {number_text(n)} with a figure"


def members_words(group: Group, count: int) -> str:
    """The members of a group with their number: ``36 metropolitan districts``, ``16 councils in this group``."""
    return f"{number_text(count)} {'councils in this group' if group.kind in MADE_FOR_ONE else group_noun(group)}"


def when_words(period: Period) -> str:
    """When, inside a sentence: ``in 2022-23``, ``on 31 March 2024``, ``in the year to 30 June 2024``."""
    if period.kind is PeriodKind.POINT_IN_TIME:
        return f"on {period.label}"
    if period.kind is PeriodKind.ROLLING_12_MONTHS:
        return f"in the {period.label}"
    return f"from {period.label}" if " to " in period.label else f"in {period.label}"


def sentence_end(text: str) -> str:
    """A text of others as a sentence: with a capital, and with the full stop that it may lack."""
    stripped = capital_first(text.strip())
    return stripped if stripped.endswith((".", "?", "!")) else f"{stripped}."


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence: ``roads, schools and libraries``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def lower_first(text: str) -> str:
    """A sentence's first letter in lower case, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capital_first(text: str) -> str:
    """A title's or sentence's first letter as a capital."""
    return text[:1].upper() + text[1:]
