"""How answers to closed questions differ between types of council and between regions: counted, and put in no order.

A share is given only where at least LEAST_FOR_SHARE councils of a column have answered; below that a share would say
more than so few can.
"""

from collections import Counter
from dataclasses import dataclass

from moothall.domain.authority import Authority
from moothall.domain.consultation import Consultation, Question, Respondent
from moothall.engagement.consultations.results import SentResponse
from moothall.presenters.wording.words import TYPE_WORDS
from moothall.web.current import current_store

LEAST_FOR_SHARE = 10


@dataclass(frozen=True, slots=True)
class Split:
    """One closed question by one way to group councils: a column for each group, a row for each answer.

    The last row says how many of each group have answered.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class QuestionSplits:
    """One closed question about one metric ("" for the whole), by type and by region."""

    metric: str
    text: str
    splits: tuple[Split, ...]


def splits_of(consultation: Consultation, sent: list[SentResponse]) -> list[QuestionSplits]:
    """Every closed question in its order; only councils are counted, each once, in the newest version it sent."""
    councils = [each for each in sent if each.kind is Respondent.AUTHORITY]
    return [
        QuestionSplits(
            metric, question.text, (_by_type(metric, question, councils), _by_region(metric, question, councils))
        )
        for metric, question in consultation.steps
        if question.options
    ]


def _by_type(metric: str, question: Question, councils: list[SentResponse]) -> Split:
    groups = {text: [each for each in councils if _authority(each).type is kind] for kind, text in TYPE_WORDS.items()}
    return _split("By type of council", metric, question, groups)


def _by_region(metric: str, question: Question, councils: list[SentResponse]) -> Split:
    regions = current_store().catalogue.regions.items()
    groups = {area.name: [each for each in councils if _authority(each).region == code] for code, area in regions}
    return _split("By region", metric, question, groups)


def _authority(each: SentResponse) -> Authority:
    return current_store().catalogue.authorities[each.key]


def _split(title: str, metric: str, question: Question, groups: dict[str, list[SentResponse]]) -> Split:
    """The table of a question; groups in which nobody has answered it are left out."""
    chosen = {name: _chosen(metric, question, members) for name, members in groups.items()}
    answered = {name: picks for name, picks in chosen.items() if picks}
    counts = {name: Counter(option for picks in lists for option in picks) for name, lists in answered.items()}
    rows = [
        (option.text, tuple(cell_text(counts[name][option.id], len(answered[name])) for name in answered))
        for option in question.options
    ]
    total = ("Councils that answered", tuple(str(len(picks)) for picks in answered.values()))
    return Split(title, tuple(answered), (*rows, total))


def _chosen(metric: str, question: Question, members: list[SentResponse]) -> list[list[str]]:
    """What each member chose, of those that chose anything."""
    key = (metric, question.id)
    lines = [line for each in members for line in each.content if (line["metric"], line["question"]) == key]
    return [line["choices"] for line in lines if line["choices"]]


def cell_text(count: int, answered: int) -> str:
    """``3``, and where enough have answered its share too: ``7 (58%)``."""
    return str(count) if answered < LEAST_FOR_SHARE else f"{count} ({100 * count / answered:.0f}%)"
