"""A consultation that has closed, with a decision and an answer that were published."""

from dataclasses import replace
from datetime import date

from moothall.domain.consultation import AnswerOption, Aspect, Consultation, Question, QuestionKind, Respondent
from moothall.domain.decision import AnswerLine, MetricDecision, PublishedAnswer
from moothall.domain.published import Published
from moothall.domain.words import MetricState
from tests.support.store_builder import FakeStore

CLEAR = Question(
    "definition",
    Aspect.DEFINITION,
    QuestionKind.CHOICE,
    "Is it clear?",
    None,
    (AnswerOption("clear", "It is clear"), AnswerOption("unclear", "It is not clear")),
    "What should it say?",
)


def closed_consultation(metric: str) -> Consultation:
    """One question about one metric."""
    return Consultation(
        id="asked-before",
        title="One metric that was asked about",
        owner="The testers",
        purpose="To ask whether it is clear.",
        metrics=(metric,),
        opens=date(2021, 1, 1),
        closes=date(2021, 2, 1),
        who=frozenset(Respondent),
        privacy="Nothing is published without consent.",
        each_metric=(CLEAR,),
    )


def with_closed_consultation(store: FakeStore, metric: str) -> FakeStore:
    """The store with a consultation, what was decided after it, and an answer with a name."""
    asked = closed_consultation(metric)
    decision = MetricDecision(asked.id, metric, date(2021, 3, 1), MetricState.LIVE, "It is clear.", "Nobody minded.")
    line = AnswerLine(metric, CLEAR.text, ("It is clear",), "Say who counts.")
    kinds = {MetricDecision: (decision,), PublishedAnswer: (PublishedAnswer(asked.id, "Leeds", (line,)),)}
    catalogue = replace(store.catalogue, consultations={asked.id: asked})
    return replace(store, catalogue=catalogue, publications=Published("after", kinds))
