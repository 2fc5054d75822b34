"""Introductions: asking to talk, accepting or declining, and asking both a month later what was learned."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from moothall.engagement.exchange.reviewing import NotNow, tell_leads
from moothall.engagement.models import Introduction, Person, Role
from moothall.engagement.models.events import record
from moothall.engagement.models.introductions import IntroductionState
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.people.memberships import leads_of, role_in
from moothall.engagement.people.parties import Party, find_party, parties_where
from moothall.engagement.post.letters import send_letter
from moothall.engagement.post.wording import Block, link
from moothall.presenters.addresses import TAKE_PART
from moothall.web.current import current_store

FOLLOW_UP_AFTER = timedelta(days=30)
MOST_OPEN = 10
"""How many requests of one council may wait at once, so that nobody's letter box is filled."""


@dataclass(frozen=True, slots=True)
class Talk:
    """An introduction as one of its two sides sees it."""

    introduction: Introduction
    asking: Party
    asked: Party
    is_asking: bool

    @property
    def contact(self) -> Person | None:
        """The other side's person, once it has been accepted and not before."""
        if self.introduction.state != IntroductionState.ACCEPTED:
            return None
        return self.introduction.decided_by if self.is_asking else self.introduction.by

    @property
    def learned(self) -> str:
        """What this side has written afterwards."""
        return self.introduction.learned_by_asking if self.is_asking else self.introduction.learned_by_asked


def metric_title(introduction: Introduction) -> str:
    """The title of the metric; its id where the build has it no more."""
    metric = current_store().catalogue.metrics.get(introduction.metric)
    return metric.title if metric else introduction.metric


def ask_to_talk(person: Person, own: Party, other: Party, metric: str, words: str) -> Introduction:
    """Ask another council; NotNow where nobody there could answer, or too many requests wait."""
    if not leads_of(other):
        raise NotNow(f"Nobody leads for {other.title} here yet, so nobody could answer.")
    with transaction.atomic():
        waiting = Introduction.objects.filter(asking=own.key, state=IntroductionState.ASKED)
        if waiting.count() >= MOST_OPEN:
            raise NotNow(f"{MOST_OPEN} requests of your council wait already: wait until some are answered.")
        made = _ask_once(Introduction(asking=own.key, asked=other.key, metric=metric, words=words, by=person), other)
        record(person, "asked to talk", f"introduction {made.pk}", own.ref)
        about = f"Somebody of {own.title} asks to talk to you about {metric_title(made)}."
        safe = "Nobody's name or address is shown before you accept."
        tell_leads(
            other, "A council asks to talk to you", about, safe, way=_way(made, "Read it, and accept or decline:")
        )
    return made


def _way(introduction: Introduction, text: str) -> Block:
    return link(text, f"{TAKE_PART}/introductions/{introduction.ref}")


def _ask_once(wanted: Introduction, other: Party) -> Introduction:
    """Keep the request; of two who ask the same at the same moment, the database takes one."""
    try:
        with transaction.atomic():
            wanted.save()
    except IntegrityError:
        raise NotNow(f"Your council has asked {other.title} about this already, and waits for an answer.") from None
    return wanted


def talk_of(person: Person, introduction: Introduction) -> Talk | None:
    """The introduction as a person sees it: who asked, or a lead of the council asked; None for everybody else."""
    asking, asked = (find_party(PartyKind.AUTHORITY, key) for key in (introduction.asking, introduction.asked))
    if asking is None or asked is None:
        return None
    if introduction.by_id == person.pk:
        return Talk(introduction, asking, asked, True)
    if _may_answer(person, introduction, asked):
        return Talk(introduction, asking, asked, False)
    return None


def _may_answer(person: Person, introduction: Introduction, asked: Party) -> bool:
    """Before an answer every lead; after it the one who gave it, as only that one is introduced."""
    if introduction.state == IntroductionState.ASKED:
        return role_in(person, asked) is Role.LEAD
    return introduction.decided_by_id == person.pk


def talks_of(person: Person) -> list[Talk]:
    """Every introduction that a person may see, the newest first."""
    keys = [party.key for party in parties_where(person, PartyKind.AUTHORITY)]
    own = Introduction.objects.filter(by=person)
    found = own | Introduction.objects.filter(asked__in=keys) | Introduction.objects.filter(decided_by=person)
    return [talk for each in found.distinct().order_by("-pk") if (talk := talk_of(person, each))]


ANSWERS = {"accept": IntroductionState.ACCEPTED, "decline": IntroductionState.DECLINED}


def answer_talk(person: Person, talk: Talk, state: IntroductionState) -> None:
    """The lead's answer; NotNow where it has been answered or taken back meanwhile."""
    with transaction.atomic():
        held = _waiting(talk)
        held.state, held.decided_by, held.decided_at = state, person, timezone.now()
        held.save()
        record(person, f"introduction {state.value}", f"introduction {held.pk}", talk.asked.ref)
        words = f"{talk.asked.title} has {state.value} your request to talk about {metric_title(held)}."
        is_met = state is IntroductionState.ACCEPTED
        way = _way(held, "Whom to talk to, and how to reach them:" if is_met else "Your request:")
        send_letter(held.by.email, f"{talk.asked.title} has answered your request to talk", words, way)


def take_request_back(person: Person, talk: Talk) -> None:
    """Whoever asked takes the request back; NotNow where it has been answered."""
    with transaction.atomic():
        held = _waiting(talk)
        held.state = IntroductionState.WITHDRAWN
        held.save()
        record(person, "introduction withdrawn", f"introduction {held.pk}", talk.asking.ref)


def _waiting(talk: Talk) -> Introduction:
    held = Introduction.objects.select_for_update().get(pk=talk.introduction.pk)
    if held.state != IntroductionState.ASKED:
        raise NotNow("This request has been answered or taken back already.")
    return held


def ask_what_was_learned() -> int:
    """A month after an introduction ask both sides, once, what was learned; how many introductions that were."""
    due = Introduction.objects.filter(
        state=IntroductionState.ACCEPTED, followed_up_at=None, decided_at__lte=timezone.now() - FOLLOW_UP_AFTER
    )
    asked = 0
    for each in due.select_related("by", "decided_by"):
        with transaction.atomic():
            is_first = Introduction.objects.filter(pk=each.pk, followed_up_at=None).update(
                followed_up_at=timezone.now()
            )
            if is_first:
                record(None, "asked what was learned", f"introduction {each.pk}")
                _ask_both(each)
                asked += 1
    return asked


def _ask_both(introduction: Introduction) -> None:
    for person in (introduction.by, introduction.decided_by):
        if person:
            about = f"A month ago you were introduced to another council about {metric_title(introduction)}."
            words = "What did you learn? A few words are enough. Only the two of you read them; nothing is published."
            send_letter(person.email, "What did you learn?", about, words, _way(introduction, "Write it here:"))


def keep_learned(person: Person, talk: Talk, words: str) -> None:
    """Keep what one side says it has learned."""
    name = "learned_by_asking" if talk.is_asking else "learned_by_asked"
    with transaction.atomic():
        Introduction.objects.filter(pk=talk.introduction.pk).update(**{name: words})
        party = talk.asking if talk.is_asking else talk.asked
        record(person, "said what was learned", f"introduction {talk.introduction.pk}", party.ref)
