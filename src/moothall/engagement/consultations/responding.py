"""Answering a consultation: who may, saving without losing anybody's words, and sending once."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from moothall.domain.consultation import Consultation, Question, QuestionKind, Respondent
from moothall.domain.period import day_text
from moothall.engagement.drafts import draft_commit
from moothall.engagement.models import Person, Role, State
from moothall.engagement.models.asked_often import OftenAsked
from moothall.engagement.models.events import record
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.models.responses import (
    Answer,
    AnswerVersion,
    Consent,
    Response,
    ResponseState,
    Submission,
)
from moothall.engagement.models.written_often import OftenAdded, OftenChanged
from moothall.engagement.pages.render import moment_text
from moothall.engagement.people.memberships import role_in, writes_for
from moothall.engagement.people.parties import WRITERS, Party, find_party
from moothall.engagement.post.letters import send_letter
from moothall.engagement.post.wording import link
from moothall.errors import UsageError
from moothall.web.current import current_store, today

LONGEST_WORDS = 20_000

RESPONSE = OftenAsked(1, lambda ref: Response.objects.filter(ref=ref))
RESPONSE_LOCKED = OftenAsked(1, lambda pk: Response.objects.select_for_update().filter(pk=pk))
ANSWER = OftenAsked(
    3, lambda response, metric, question: Answer.objects.filter(response=response, metric=metric, question=question)
)
ANSWERS = OftenChanged(Answer, "choices", "words", "revision")
VERSIONS = OftenAdded(AnswerVersion)


class NotTaken(UsageError):
    """An answer that cannot be taken now: the consultation is closed, or the response has been sent."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answers: ids of options, and words."""

    choices: tuple[str, ...] = ()
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.choices and not self.words


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the answer as it stands. ``theirs`` is set where somebody else had saved meanwhile."""

    answer: Answer
    theirs: AnswerVersion | None = None


def find_consultation(id_: str) -> Consultation | None:
    """The consultation of an address; None where there is none."""
    return current_store().catalogue.consultations.get(id_)


def find_response(ref: str) -> Response | None:
    """The response with a reference; None where there is none."""
    return RESPONSE.find(ref)


def parties_that_may(person: Person, consultation: Consultation, roles: tuple[Role, ...] = WRITERS) -> list[Party]:
    """The parties for which a person may draft an answer, or whose answer a person in one of these roles may read."""
    confirmed = person.memberships.filter(state=State.CONFIRMED, role__in=roles).order_by("asked_at")
    found = [find_party(each.kind, each.key) for each in confirmed]
    return [party for party in found if party and Respondent(party.kind.value) in consultation.who]


def can_read(person: Person, response: Response) -> bool:
    """Whether a person may read this response: every member of its party, or the person who answers alone."""
    if response.kind == Respondent.PERSON:
        return response.key == str(person.ref)
    party = find_party(response.kind, response.key)
    return party is not None and role_in(person, party) is not None


def can_write(person: Person, response: Response) -> bool:
    """Whether a person is one of those who draft this response: readers of a party are not."""
    if response.kind == Respondent.PERSON:
        return response.key == str(person.ref)
    party = find_party(response.kind, response.key)
    return party is not None and writes_for(person, party)


def can_send(person: Person, response: Response) -> bool:
    """Whether a person may send it: a lead of the party, or the person who answers alone."""
    if response.kind == Respondent.PERSON:
        return can_write(person, response)
    party = find_party(response.kind, response.key)
    return party is not None and role_in(person, party) is Role.LEAD


def respondent_title(response: Response) -> str:
    """Whose answer it is, in words."""
    party = None if response.kind == Respondent.PERSON else find_party(response.kind, response.key)
    return party.title if party else "Yourself"


def start(person: Person, consultation: Consultation, kind: str, key: str) -> Response | None:
    """The response of a respondent, begun where there is none; None where the person may not answer for it."""
    if kind == Respondent.PERSON:
        if Respondent.PERSON not in consultation.who:
            return None
        key = str(person.ref)
    elif not any((party.kind, party.key) == (kind, key) for party in parties_that_may(person, consultation)):
        return None
    with transaction.atomic():
        found, is_new = Response.objects.get_or_create(consultation=consultation.id, kind=kind, key=key)
        if is_new:
            record(person, "began a response", f"response {found.pk}", party_ref(found))
    return found


def party_ref(response: Response) -> str:
    """In whose history the acts on a response stand; a person who answers alone has none but their own."""
    return "" if response.kind == Respondent.PERSON else f"{response.kind}:{response.key}"


# ---------------------------------------------------------------- saving


def read_given(question: Question, choices: list[str], words: str) -> Given:
    """An answer as it may be kept; UsageError for an option that the question has not, or too many words."""
    known = {option.id for option in question.options}
    chosen = tuple(dict.fromkeys(choice for choice in choices if choice))
    if not set(chosen) <= known or (question.kind is not QuestionKind.CHOICES and len(chosen) > 1):
        raise UsageError("Choose from the answers that are listed")
    text = words.replace("\r\n", "\n").replace("\x00", "").strip() if question.has_words else ""
    if len(text) > LONGEST_WORDS:
        raise UsageError(f"Your words are {len(text):,} characters long; {LONGEST_WORDS:,} are the most")
    return Given(chosen, text)


def save_answer(person: Person, response: Response, step: tuple[str, Question], given: Given, seen: int) -> Saved:
    """Save an answer that was written on top of revision ``seen``.

    Where somebody else has saved since, theirs stays, the words given are kept as set aside, and both are handed back.
    A person's own later save takes the place of an earlier one: every version is kept.
    NotTaken where no answer is taken any more. Saving what stands there already changes nothing.
    """
    with draft_commit():
        # The response is locked from here on, so that nobody else makes or changes the answer meanwhile.
        _refuse_closed(_locked(response))
        answer = find_answer(response, step) or Answer(response=response, metric=step[0], question=step[1].id)
        if _holds(answer, given):
            return Saved(answer)
        theirs = answer.versions.filter(is_set_aside=False).first() if answer.revision != seen and answer.pk else None
        if theirs and theirs.by_id != person.pk:
            _keep(answer, person, given, is_set_aside=True)
            return Saved(answer, theirs)
        answer.choices, answer.words, answer.revision = list(given.choices), given.words, answer.revision + 1
        if answer.pk:
            ANSWERS.change(answer)
        else:
            answer.save()
        _keep(answer, person, given, is_set_aside=False)
    return Saved(answer)


def find_answer(response: Response, step: tuple[str, Question]) -> Answer | None:
    """The answer of a response to a question about a metric; None before there is one."""
    metric, question = step
    return ANSWER.find(response.pk, metric, question.id)


def _locked(response: Response) -> Response:
    """The response as it stands, locked until the transaction ends; NotTaken where it was deleted meanwhile."""
    held = RESPONSE_LOCKED.find(response.pk)
    if held is None:
        raise NotTaken("This response is no longer there.")
    return held


def _holds(answer: Answer, given: Given) -> bool:
    return (tuple(answer.choices), answer.words) == (given.choices, given.words)


def _keep(answer: Answer, person: Person, given: Given, *, is_set_aside: bool) -> None:
    """Add a version; the same words set aside twice are kept once."""
    kept = {"revision": answer.revision, "choices": list(given.choices), "words": given.words}
    if is_set_aside and answer.versions.filter(**kept, by=person, is_set_aside=True).exists():
        return
    VERSIONS.add(AnswerVersion(answer=answer, by=person, is_set_aside=is_set_aside, **kept))


def _refuse_closed(response: Response) -> None:
    consultation = find_consultation(response.consultation)
    if response.state != ResponseState.DRAFT:
        raise NotTaken("This response has been sent. Its lead can open it again while the consultation is open.")
    if consultation is None or not consultation.is_open(today()):
        raise NotTaken("The consultation takes no answers today. What was saved is kept.")


# ---------------------------------------------------------------- sending


def answers_of(response: Response) -> dict[tuple[str, str], Answer]:
    """The answers of a response by metric and question."""
    return {(answer.metric, answer.question): answer for answer in response.answers.all()}


def content_of(response: Response, consultation: Consultation) -> list[dict[str, Any]]:
    """Every question with its answer in words, as it is printed, sent and shared; an unanswered one has neither."""
    answers, metrics = answers_of(response), current_store().catalogue.metrics
    lines = []
    for metric, question in consultation.steps:
        answer = answers.get((metric, question.id))
        chosen = answer.choices if answer else []
        lines.append(
            {
                "metric": metric,
                "metric_title": metrics[metric].title if metric in metrics else "",
                "question": question.id,
                "text": question.text,
                "choices": list(chosen),
                "chosen": [option.text for option in question.options if option.id in chosen],
                "words": answer.words if answer else "",
            }
        )
    return lines


def wording_mark(content: list[dict[str, Any]]) -> str:
    """A mark of the wording: it changes with any answer."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def refuse_unseen(content: list[dict[str, Any]], seen: str) -> None:
    """NotTaken where somebody signs for another wording than the page showed them, by its mark; "" shows none."""
    if seen and seen != wording_mark(content):
        raise NotTaken("An answer has changed since you opened this page. Read the answers below again first.")


def count_answered(content: list[dict[str, Any]]) -> int:
    """How many questions have an answer."""
    return sum(bool(line["choices"] or line["words"]) for line in content)


def send(
    person: Person,
    response: Response,
    consultation: Consultation,
    address: str,
    consent: Consent = Consent.NO,
    seen: str = "",
) -> Submission:
    """Send the response: once, however often the button is pressed. The receipt goes to whoever sent it.

    ``consent`` says whether this version may be published, ``seen`` which wording was read before.

    NotTaken where the consultation is closed, nothing is answered, or a colleague has changed the wording meanwhile.
    """
    with transaction.atomic():
        held = Response.objects.select_for_update().get(pk=response.pk)
        if held.state == ResponseState.SUBMITTED:
            return held.submissions.latest("version")
        _refuse_closed(held)
        content = content_of(held, consultation)
        if not count_answered(content):
            raise NotTaken("Nothing is answered yet. Answer at least one question first.")
        refuse_unseen(content, seen)
        held.state, held.version = ResponseState.SUBMITTED, held.version + 1
        held.save()
        kept = {"content": content, "consent": consent, "by": person}
        sent = Submission.objects.create(response=held, version=held.version, **kept)
        record(person, "sent a response", f"response {held.pk}", party_ref(held), version=held.version)
        _send_receipt(person, held, consultation, sent, address)
    return sent


def _send_receipt(
    person: Person, response: Response, consultation: Consultation, sent: Submission, address: str
) -> None:
    day = moment_text(sent.at)
    send_letter(
        person.email,
        f"Your response {response.ref} has been received",
        f"{consultation.title}\nFor: {respondent_title(response)}",
        f"Version {sent.version} was received on {day}. Its reference is {response.ref}.",
        link("Sign in to read or print it:", address),
        f"Until {day_text(consultation.closes)} it can be opened again, changed and sent once more.",
    )


def reopen(person: Person, response: Response) -> None:
    """Open a sent response again, as a draft of its next version; what was sent stays as it is."""
    consultation = find_consultation(response.consultation)
    if consultation is None or not consultation.is_open(today()):
        raise NotTaken("The consultation takes no answers today. What was sent stays.")
    with transaction.atomic():
        changed = Response.objects.filter(pk=response.pk, state=ResponseState.SUBMITTED)
        if changed.update(state=ResponseState.DRAFT):
            record(person, "opened a response again", f"response {response.pk}", party_ref(response))


def council_of(response: Response) -> Party | None:
    """The council whose response it is; None for a body's or a person's."""
    return find_party(PartyKind.AUTHORITY, response.key) if response.kind == Respondent.AUTHORITY else None
