"""Publishing what was sent: only with consent, only after the consultation has closed, cleared by a person."""

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from moothall.domain.consultation import Consultation, Respondent
from moothall.domain.decision import AnswerLine, PublishedAnswer
from moothall.engagement.folder import renew
from moothall.engagement.models import Person, Submission
from moothall.engagement.models.events import record
from moothall.engagement.models.publications import Publication
from moothall.engagement.models.responses import Consent
from moothall.engagement.people.parties import find_party, marked
from moothall.errors import UsageError
from moothall.web.current import today

UNNAMED = {
    Respondent.AUTHORITY: "A council",
    Respondent.BODY: "A body that represents councils",
    Respondent.PERSON: "A member of the public",
}
"""How a respondent is called that did not agree to its name; a person who answers alone is never named."""


@dataclass(frozen=True, slots=True)
class PublishedResponse:
    """One response as everybody reads it."""

    title: str
    content: list[dict[str, Any]]


MOST_IN_BRACKETS = 40
OURS = re.compile(rf"\[[^\[\]]{{0,{MOST_IN_BRACKETS}}}\]")
"""What staff may write where they took something out: ``[a name]``."""


class PutIn(UsageError):
    """Words to be published that were not sent, by the number of the line."""

    def __init__(self, number: int) -> None:
        super().__init__(
            "These words are not those that were sent. Only take parts out; "
            "in their place you may write what they were in square brackets: [a name]"
        )
        self.number = number


def has_closed(consultation: Consultation) -> bool:
    """Whether the last day of a consultation is over: nothing is published before."""
    return today() > consultation.closes


def newest_submissions(consultation: Consultation) -> list[Submission]:
    """The newest version of everything that was sent and may be published."""
    found = Submission.objects.filter(response__consultation=consultation.id).select_related("response")
    newest = {each.response_id: each for each in found.order_by("version")}
    return [each for each in newest.values() if each.consent != Consent.NO]


def find_submission(consultation: Consultation, ref: str) -> Submission | None:
    """The submission with a reference that may be published; None where there is none, or it may not."""
    return next((each for each in newest_submissions(consultation) if each.response.ref == ref), None)


def public_title(submission: Submission) -> str:
    """The name under which a submission is published."""
    response, kind = submission.response, Respondent(submission.response.kind)
    party = find_party(response.kind, response.key) if kind is not Respondent.PERSON else None
    is_named = submission.consent == Consent.NAMED and party is not None
    return party.title if party and is_named else marked(UNNAMED[kind])


def cleared(content: list[dict[str, Any]], words: dict[int, str]) -> list[dict[str, Any]]:
    """The lines of a submission with words replaced by number; lines without an answer are left out."""
    lines = deepcopy(content)
    for number, line in enumerate(lines):
        if line["words"]:
            line["words"] = words.get(number, "").replace("\r\n", "\n").strip()
    return [line for line in lines if line["chosen"] or line["words"]]


def is_only_shortened(sent: str, shown: str) -> bool:
    """Whether words to be shown are those that were sent, with parts taken out and nothing put in.

    What stands in square brackets, up to MOST_IN_BRACKETS characters, is ours and not the respondent's.
    """
    left = iter("".join(sent.split()))
    return all(char in left for char in "".join(OURS.sub("", shown).split()))


def publish(person: Person, consultation: Consultation, submission: Submission, words: dict[int, str]) -> bool:
    """Publish a submission as cleared, in place of what was published of it; False before the consultation closed.

    PutIn where the words say what the respondent has not said.
    """
    put_in = [n for n, line in enumerate(submission.content) if not is_only_shortened(line["words"], words.get(n, ""))]
    if put_in:
        raise PutIn(put_in[0])
    if not has_closed(consultation) or submission.consent == Consent.NO:
        return False
    with transaction.atomic():
        kept = {"content": cleared(submission.content, words), "by": person}
        Publication.objects.update_or_create(submission=submission, defaults=kept)
        record(person, "published a response", f"submission {submission.pk}", version=submission.version)
    renew(PublishedAnswer, public_answers)
    return True


def withdraw(person: Person, submission: Submission) -> None:
    """Take back what was published of a submission."""
    with transaction.atomic():
        if Publication.objects.filter(submission=submission).delete()[0]:
            record(person, "took back a publication", f"submission {submission.pk}", version=submission.version)
    renew(PublishedAnswer, public_answers)


def public_answers() -> list[PublishedAnswer]:
    """Every published answer to every consultation, as the explorer shows them."""
    asked = Publication.objects.values_list("submission__response__consultation", flat=True).order_by()
    return [_public(name, each) for name in sorted(set(asked)) for each in published_responses(name)]


def _public(consultation: str, each: PublishedResponse) -> PublishedAnswer:
    lines = tuple(AnswerLine(x["metric"], x["text"], tuple(x["chosen"]), x["words"]) for x in each.content)
    return PublishedAnswer(consultation, each.title, lines)


def published_responses(consultation: str) -> list[PublishedResponse]:
    """Everything published: those with a name by name, then the others in no order that tells who they are."""
    found = Publication.objects.filter(submission__response__consultation=consultation)
    kept = [each for each in found.select_related("submission__response") if each.submission.consent != Consent.NO]
    shown = [PublishedResponse(public_title(each.submission), each.content) for each in kept]
    return sorted(shown, key=lambda each: (each.title in UNNAMED.values(), each.title.casefold(), str(each.content)))
