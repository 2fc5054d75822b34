"""A consultation: what is asked about draft metrics, of whom, and from when to when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Respondent(StrEnum):
    """Who may answer."""

    AUTHORITY = "authority"
    BODY = "body"
    PERSON = "person"


class QuestionKind(StrEnum):
    """How a question is answered: one of a list, any of a list, or in one's own words."""

    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"


class Aspect(StrEnum):
    """What about a metric a question asks."""

    DEFINITION = "definition"
    DATA_QUALITY = "data-quality"
    BURDEN = "burden"
    POLARITY = "polarity"
    PERVERSE_INCENTIVE = "perverse-incentive"
    MISSING_CONTEXT = "missing-context"
    COMPARABILITY = "comparability"
    OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One answer of a list."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``comment`` is the label of a field for words beside a list; None where a list is all."""

    id: str
    aspect: Aspect
    kind: QuestionKind
    text: str
    hint: str | None = None
    options: tuple[AnswerOption, ...] = ()
    comment: str | None = None

    @property
    def has_words(self) -> bool:
        """Whether the answer may hold words of one's own."""
        return self.kind is QuestionKind.TEXT or self.comment is not None


@dataclass(frozen=True, slots=True)
class Consultation:
    """Questions about draft metrics: ``each_metric`` is asked once for every metric, ``whole`` once.

    It takes answers from the first moment of ``opens`` to the last of ``closes``.
    """

    id: str
    title: str
    owner: str
    purpose: str
    metrics: tuple[str, ...]
    opens: date
    closes: date
    who: frozenset[Respondent]
    privacy: str
    each_metric: tuple[Question, ...]
    whole: tuple[Question, ...] = ()

    def is_open(self, day: date) -> bool:
        """Whether answers are taken on a day."""
        return self.opens <= day <= self.closes

    @property
    def steps(self) -> tuple[tuple[str, Question], ...]:
        """Every question in the order in which it is asked, with its metric; "" for those about the whole."""
        on_metrics = [(metric, question) for metric in self.metrics for question in self.each_metric]
        return (*on_metrics, *(("", question) for question in self.whole))
