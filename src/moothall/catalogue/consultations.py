"""What a consultation looks like in YAML, its checks, and how it becomes a type of the domain."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from moothall.catalogue.fields import Day, Entry, Id, Text, own_words
from moothall.catalogue.problems import quoted
from moothall.domain.consultation import AnswerOption, Aspect, Consultation, Question, QuestionKind, Respondent

LEAST_OPTIONS = 2


class OptionEntry(Entry):
    """One answer of a list."""

    id: Id
    text: Text


class QuestionEntry(Entry):
    """One question."""

    id: Id
    aspect: Aspect
    kind: QuestionKind
    text: Text
    hint: Text | None = None
    options: tuple[OptionEntry, ...] = ()
    comment: Text | None = None

    @model_validator(mode="after")
    def _has_options_where_it_needs_them(self) -> Self:
        if self.kind is QuestionKind.TEXT and (self.options or self.comment):
            raise own_words("a question of the kind text takes no options and no comment; take them out")
        if self.kind is not QuestionKind.TEXT and len(self.options) < LEAST_OPTIONS:
            raise own_words(f"a question of the kind {self.kind} needs at least {LEAST_OPTIONS} options; add them")
        twice = [quoted(word) for word, count in Counter(option.id for option in self.options).items() if count > 1]
        if twice:
            raise own_words(f"two options have the id {twice[0]}; give each its own")
        return self


class ConsultationEntry(Entry):
    """catalogue/consultations/<id>.yaml"""

    id: Id
    title: Text
    owner: Text
    purpose: Text
    metrics: Annotated[tuple[Id, ...], Field(min_length=1)]
    opens: Day
    closes: Day
    who: Annotated[tuple[Respondent, ...], Field(min_length=1)]
    privacy: Text
    questions_on_each_metric: Annotated[tuple[QuestionEntry, ...], Field(min_length=1)]
    questions_on_the_whole: tuple[QuestionEntry, ...] = ()


def own_faults(entry: ConsultationEntry) -> Iterator[tuple[str, str]]:
    """(key, words) for each fault that one consultation has by itself."""
    if entry.closes <= entry.opens:
        yield "closes", f"closes is {entry.closes} but opens is {entry.opens}; close it after it opens"
    questions = (*entry.questions_on_each_metric, *entry.questions_on_the_whole)
    for word, count in Counter(question.id for question in questions).items():
        if count > 1:
            yield "questions_on_each_metric", f"{count} questions have the id {quoted(word)}; give each its own"
    for word, count in Counter(entry.metrics).items():
        if count > 1:
            yield "metrics", f"metrics holds {quoted(word)} twice; keep one"


def to_consultation(entry: ConsultationEntry) -> Consultation:
    """A consultation."""
    return Consultation(
        id=entry.id,
        title=entry.title,
        owner=entry.owner,
        purpose=entry.purpose,
        metrics=entry.metrics,
        opens=entry.opens,
        closes=entry.closes,
        who=frozenset(entry.who),
        privacy=entry.privacy,
        each_metric=tuple(map(_to_question, entry.questions_on_each_metric)),
        whole=tuple(map(_to_question, entry.questions_on_the_whole)),
    )


def _to_question(entry: QuestionEntry) -> Question:
    options = tuple(AnswerOption(option.id, option.text) for option in entry.options)
    return Question(entry.id, entry.aspect, entry.kind, entry.text, entry.hint, options, entry.comment)
