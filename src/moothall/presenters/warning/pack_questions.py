"""Which questions go into a conversation pack: those of the signs first, then those for any council."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moothall.domain.signal import Question, Role, SignalState
from moothall.presenters.warning.lens_readings import LensReading
from moothall.presenters.warning.lens_words import ROLE_WORDS
from moothall.presenters.wording.words import lower_first

MOST_FOR = {Role.CHIEF_EXECUTIVE: 4, Role.FINANCE_OFFICER: 5, Role.LEADER: 3, Role.AUDIT_CHAIR: 3}
"""How many questions one person can be asked in a meeting: 15 in all."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with why it is asked of this council."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """The questions for one person."""

    title: str
    questions: tuple[AskedQuestion, ...]


def question_groups(readings: Sequence[LensReading]) -> tuple[QuestionGroup, ...]:
    """Up to 15 questions by whom they ask; those of signs present come first, then watched, general, not assessed."""
    found = list(_in_order(readings))
    groups = []
    for role in Role:
        texts: dict[str, str] = {}
        for question, why in found:
            if question.ask is role:
                texts.setdefault(question.text, why)
        chosen = tuple(AskedQuestion(text, why) for text, why in list(texts.items())[: MOST_FOR[role]])
        groups.append(QuestionGroup(f"For the {ROLE_WORDS[role]}", chosen))
    return tuple(group for group in groups if group.questions)


def _in_order(readings: Sequence[LensReading]) -> Iterator[tuple[Question, str]]:
    yield from _of_signs(readings, SignalState.FIRED, "because this sign is present: ")
    yield from _of_signs(readings, SignalState.WATCHED, "because this sign is watched: ")
    for reading in readings:
        yield from ((question, "worth asking of any council") for question in reading.rule.questions)
    yield from _of_signs(readings, SignalState.CANNOT_ASSESS, "because published figures cannot say: ")


def _of_signs(readings: Sequence[LensReading], state: SignalState, because: str) -> Iterator[tuple[Question, str]]:
    for reading in readings:
        for one in reading.in_state(state):
            yield from ((question, because + lower_first(one.signal.title)) for question in one.signal.questions)
