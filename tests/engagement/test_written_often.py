"""Rows whose SQL is written once are written as Django's own ``save`` writes them, every time."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from moothall.engagement.consultations.responding import ANSWERS, VERSIONS
from moothall.engagement.models import Answer, AnswerVersion, Person, Response

pytestmark = pytest.mark.django_db
WORDS = ("Words of one kind.", "; DROP TABLE engagement_answer; -- %s %%", "\u2019\u00e9\U0001f333\nline", "")


@pytest.fixture
def answer() -> Answer:
    response = Response.objects.create(consultation="first-drafts-2026", kind="authority", key="E08000035")
    return Answer.objects.create(response=response, metric="quality-of-life", question="harm", words="First.")


def test_a_change_changes_these_fields_of_this_row_and_no_other(answer: Answer) -> None:
    other = Answer.objects.create(response=answer.response, metric="", question="harm", words="Another's.")
    for revision, words in enumerate(WORDS, start=1):
        answer.choices, answer.words, answer.revision = ["a", words], words, revision
        answer.question = "not asked to change"
        ANSWERS.change(answer)
        kept = Answer.objects.get(pk=answer.pk)
        assert (kept.choices, kept.words, kept.revision, kept.question) == (["a", words], words, revision, "harm")
    assert Answer.objects.get(pk=other.pk).words == "Another's."


def test_a_row_that_has_gone_is_not_changed_in_silence(answer: Answer) -> None:
    gone = Answer.objects.get(pk=answer.pk)
    answer.delete()
    with pytest.raises(ObjectDoesNotExist, match="no longer there"):
        ANSWERS.change(gone)


@pytest.mark.parametrize("words", WORDS)
def test_a_row_is_added_as_save_adds_it(answer: Answer, words: str) -> None:
    person = Person.objects.with_address("olive@leeds.gov.uk")
    meant = {"answer": answer, "revision": 3, "choices": ["b"], "words": words, "by": person, "is_set_aside": True}
    at = AnswerVersion.objects.create(**meant).at
    VERSIONS.add(AnswerVersion(**meant, at=at))
    added, saved = AnswerVersion.objects.values().order_by("-id")
    assert added.pop("id") > saved.pop("id")
    assert added == saved


def test_a_row_that_may_not_stand_is_refused(answer: Answer) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        VERSIONS.add(AnswerVersion(answer=answer, revision=1, words=None))
