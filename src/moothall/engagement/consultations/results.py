"""What was sent to a consultation: who answered and who has not, and what, question by question. Nothing is weighed."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from moothall.domain.authority import Authority
from moothall.domain.consultation import Consultation, Question, Respondent
from moothall.engagement.models.responses import Submission
from moothall.engagement.people.parties import find_party, marked
from moothall.presenters.figures.reading import authorities_by_name, is_running
from moothall.presenters.wording.words import TYPE_WORDS
from moothall.web.current import current_store, today

PUBLIC = "A member of the public"
KIND_WORDS = {
    Respondent.AUTHORITY: "Councils",
    Respondent.BODY: "Bodies that represent councils",
    Respondent.PERSON: "Members of the public",
}


@dataclass(frozen=True, slots=True)
class SentResponse:
    """The newest version that a respondent sent. A person who answers alone is not named."""

    ref: str
    kind: Respondent
    key: str
    title: str
    version: int
    at: datetime
    content: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a group have answered."""

    title: str
    answered: int
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's own words, whole: who wrote them, in answer to what, and the reference of the response."""

    title: str
    words: str
    question: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question about one metric: how often each answer was chosen by each kind, and every word written."""

    metric_title: str
    text: str
    options: tuple[tuple[str, tuple[int, ...]], ...]
    quotations: tuple[Quotation, ...]
    answered: int


def sent_responses(consultation: Consultation) -> list[SentResponse]:
    """Everything that was sent, the newest version of each: councils by name, then bodies, then people by time."""
    newest: dict[int, Submission] = {}
    found = Submission.objects.filter(response__consultation=consultation.id).select_related("response")
    for each in found.order_by("version"):
        newest[each.response_id] = each
    order = list(Respondent)
    sent = [_sent(each) for each in newest.values()]
    return sorted(sent, key=lambda each: (order.index(each.kind), each.title.casefold(), each.at))


def _sent(each: Submission) -> SentResponse:
    response, kind = each.response, Respondent(each.response.kind)
    party = None if kind is Respondent.PERSON else find_party(response.kind, response.key)
    title = party.title if party else marked(PUBLIC)
    return SentResponse(response.ref, kind, response.key, title, each.version, each.at, each.content)


def asked_councils(consultation: Consultation) -> list[Authority]:
    """The councils that could answer: those that act today, by name; none where councils are not asked."""
    if Respondent.AUTHORITY not in consultation.who:
        return []
    return [authority for authority in authorities_by_name(current_store()) if is_running(authority, today())]


def counts_by_kind(consultation: Consultation, sent: list[SentResponse]) -> list[Count]:
    """How many of each kind have sent an answer."""
    found = Counter(each.kind for each in sent)
    return [Count(KIND_WORDS[kind], found[kind]) for kind in Respondent if kind in consultation.who]


def counts_of_councils(consultation: Consultation, sent: list[SentResponse]) -> tuple[list[Count], list[Count]]:
    """How many councils of each type, and of each region, have sent an answer, out of how many that act today."""
    answered = {each.key for each in sent if each.kind is Respondent.AUTHORITY}
    councils, regions = asked_councils(consultation), current_store().catalogue.regions
    by_type = [_count(text, [c for c in councils if c.type is kind], answered) for kind, text in TYPE_WORDS.items()]
    by_region = [
        _count(area.name, [c for c in councils if c.region == code], answered) for code, area in regions.items()
    ]
    return [count for count in by_type if count.total], [count for count in by_region if count.total]


def _count(title: str, councils: list[Authority], answered: set[str]) -> Count:
    return Count(title, sum(council.code in answered for council in councils), len(councils))


def silent_councils(consultation: Consultation, sent: list[SentResponse]) -> list[str]:
    """The councils that have sent nothing yet, by name."""
    answered = {each.key for each in sent if each.kind is Respondent.AUTHORITY}
    return [council.name for council in asked_councils(consultation) if council.code not in answered]


def question_results(consultation: Consultation, sent: list[SentResponse]) -> list[QuestionResult]:
    """Every question in its order with what was answered."""
    metrics = current_store().catalogue.metrics
    return [
        _result(metrics[metric].title if metric else "", question, _lines(metric, question, sent))
        for metric, question in consultation.steps
    ]


def _lines(metric: str, question: Question, sent: list[SentResponse]) -> list[tuple[SentResponse, dict[str, Any]]]:
    key = (metric, question.id)
    return [(each, line) for each in sent for line in each.content if (line["metric"], line["question"]) == key]


def _result(title: str, question: Question, lines: list[tuple[SentResponse, dict[str, Any]]]) -> QuestionResult:
    chosen = Counter((choice, each.kind) for each, line in lines for choice in line["choices"])
    options = tuple((option.text, tuple(chosen[option.id, kind] for kind in Respondent)) for option in question.options)
    quotations = tuple(_quotation(each, line) for each, line in lines if line["words"])
    answered = sum(bool(line["choices"] or line["words"]) for _, line in lines)
    return QuestionResult(title, question.text, options, quotations, answered)


def _quotation(each: SentResponse, line: dict[str, Any]) -> Quotation:
    return Quotation(each.title, line["words"], line["text"], each.ref)


def quotations_about(metric: str, sent: list[SentResponse]) -> list[Quotation]:
    """Every word that was written about a metric ("" for the whole), in the order of respondents and questions."""
    lines = [(each, line) for each in sent for line in each.content if line["metric"] == metric]
    return [_quotation(each, line) for each, line in lines if line["words"]]


COLUMNS = ("reference", "respondent_kind", "respondent", "version", "sent_at", "metric", "question", "chosen", "words")


def answer_rows(sent: list[SentResponse]) -> list[tuple[str, ...]]:
    """Every answered question of every response, one line each, in the order of COLUMNS."""
    return [
        (
            each.ref,
            each.kind.value,
            each.title,
            str(each.version),
            each.at.isoformat(timespec="seconds"),
            line["metric"],
            line["text"],
            "; ".join(line["chosen"]),
            line["words"],
        )
        for each in sent
        for line in each.content
        if line["choices"] or line["words"]
    ]
