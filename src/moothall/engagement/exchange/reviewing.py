"""Review of what councils want everybody to read: sent, looked at by staff, published, or sent back with the reason."""

from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from moothall.engagement.models import CouncilReply, Note, Person
from moothall.engagement.models.events import record
from moothall.engagement.models.reviewed import ReviewedText, ReviewState
from moothall.engagement.people.memberships import leads_of
from moothall.engagement.people.parties import Party
from moothall.engagement.post.letters import send_letter
from moothall.engagement.post.wording import Block, link
from moothall.errors import UsageError
from moothall.presenters.addresses import TAKE_PART

Text = TypeVar("Text", bound=ReviewedText)
LONGEST_TEXT = 4_000


class NotNow(UsageError):
    """What cannot be done to a text as it stands: another version waits, or the figure has changed."""


def locked(text: Text) -> Text:
    """The same version, read anew and held until the transaction ends."""
    found: Text = type(text).objects.select_for_update().get(pk=text.pk)
    return found


def refuse_unseen(text: ReviewedText, seen: str) -> None:
    """NotNow where somebody decides on other words than the page showed them; "" shows none."""
    if seen and seen != text.written:
        raise NotNow("Somebody has changed these words since you opened this page. Read them again first.")


def send_for_review(person: Person, text: ReviewedText, party: Party, what: str) -> None:
    """A lead sends a version to staff; NotNow where it is not open. ``what`` names it in letters: ``reply``."""
    with transaction.atomic():
        held = locked(text)
        if not held.is_open:
            raise NotNow(f"This {what} has been sent already.")
        held.state, held.sent_at = ReviewState.SENT, timezone.now()
        held.save()
        record(person, f"sent a {what} for review", held.name, party.ref)
        for each in Person.objects.filter(is_staff=True, is_active=True):
            words = f"{party.title} has sent a {what}. It waits for staff to publish it, or to send it back."
            send_letter(each.email, f"A {what} waits on Moothall", words, link("Read it:", f"{TAKE_PART}/staff/review"))


def send_back(staff: Person, text: ReviewedText, party: Party, what: str, reason: str) -> None:
    """Staff send a version back with the reason; its council may write on."""
    with transaction.atomic():
        held = _waiting(text, what)
        held.state, held.reason = ReviewState.BACK, reason
        _decided(staff, held)
        record(staff, f"sent a {what} back", held.name, party.ref)
        tell_leads(
            party,
            f"Your {what} on Moothall was sent back",
            f"The reason: {reason}",
            way=link("Change it, and send it again:", page_of(held)),
        )


def publish_text(staff: Person, text: ReviewedText, party: Party, what: str) -> None:
    """Staff publish a version; what its council had taken back stands again."""
    with transaction.atomic():
        held = _waiting(text, what)
        held.state, held.reason = ReviewState.PUBLISHED, ""
        _decided(staff, held)
        type(text.whole).objects.filter(pk=text.whole.pk).update(withdrawn_at=None)
        record(staff, f"published a {what}", held.name, party.ref)
        tell_leads(
            party,
            f"Your {what} on Moothall is published",
            f"The {what} of {party.title} can be read by everybody.",
            way=link("See it:", page_of(held)),
        )


def take_text_back(person: Person, whole: CouncilReply | Note, party: Party, what: str) -> None:
    """A council takes back what it had published, all versions of it: nobody outside reads it any more."""
    with transaction.atomic():
        held = type(whole).objects.select_for_update().get(pk=whole.pk)
        if held.withdrawn_at is None and held.texts.filter(state=ReviewState.PUBLISHED).exists():
            held.withdrawn_at = timezone.now()
            held.save()
            record(person, f"took a {what} back", f"{what} {held.pk}", party.ref)


def _waiting(text: Text, what: str) -> Text:
    held = locked(text)
    if held.state != ReviewState.SENT:
        raise NotNow(f"This {what} does not wait any more: somebody else has decided.")
    return held


def _decided(staff: Person, held: ReviewedText) -> None:
    held.decided_by, held.decided_at = staff, timezone.now()
    held.save()


def page_of(text: ReviewedText) -> str:
    """The page of a reply or of a note for its own council."""
    kind = "replies" if isinstance(text.whole, CouncilReply) else "practice"
    return f"{TAKE_PART}/{kind}/{text.whole.ref}"


def tell_leads(party: Party, subject: str, *paragraphs: str, way: Block) -> None:
    """A letter to every lead of a party; ``way`` is the link to what they are told of."""
    for lead in leads_of(party):
        send_letter(lead.email, subject, *paragraphs, way)
