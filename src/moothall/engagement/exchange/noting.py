"""Practice notes in the room: writing, sending, publishing and taking back what a council did for others to read."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from moothall.domain.practice import PracticeNote
from moothall.engagement.exchange.reviewing import NotNow, publish_text, send_for_review, take_text_back
from moothall.engagement.folder import renew
from moothall.engagement.models import Note, NoteText, Person, State
from moothall.engagement.models.events import record
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.models.people import plain_address
from moothall.engagement.models.reviewed import ReviewState
from moothall.engagement.people.memberships import of_party
from moothall.engagement.people.parties import WRITERS, Party, parties_where

WHAT = "practice note"
MOST_METRICS = 6


@dataclass(frozen=True, slots=True)
class GivenNote:
    """What somebody has written; ``metrics`` are ids."""

    title: str
    metrics: list[str]
    done: str
    began: str
    cost: str
    changed: str
    evidence: str
    contact: str
    shows_contact: bool


def own_councils(person: Person) -> list[Party]:
    """The councils for which a person writes."""
    return parties_where(person, PartyKind.AUTHORITY, WRITERS)


def is_somebodys(address: str, party: Party) -> bool:
    """Whether an address is that of a member of the council: a person's, and so not a role's."""
    members = of_party(party).filter(state=State.CONFIRMED)
    return members.filter(person__email=plain_address(address)).exists()


def newest_note(note: Note) -> NoteText:
    """The newest version of a note, whatever its state."""
    found: NoteText = note.texts.all()[0]
    return found


def save_note(person: Person, party: Party, note: Note | None, given: GivenNote) -> NoteText:
    """Keep a note (None: a new one), in the version that is open or in a new one; NotNow while one waits for staff."""
    with transaction.atomic():
        note = Note.objects.select_for_update().get(pk=note.pk) if note else Note.objects.create(authority=party.key)
        text = note.texts.first()
        if text and text.state == ReviewState.SENT:
            raise NotNow("The version before waits for staff. You can write again once they have decided.")
        if text is None or not text.is_open:
            text = NoteText(note=note, number=text.number + 1 if text else 1)
        for name, value in {**asdict(given), "state": ReviewState.DRAFT, "by": person, "at": timezone.now()}.items():
            setattr(text, name, value)
        text.save()
        record(person, f"wrote a {WHAT}", text.name, party.ref)
    return text


def send_note(person: Person, text: NoteText, party: Party) -> None:
    """Send a version to staff."""
    send_for_review(person, text, party, WHAT)


def publish_note(staff: Person, text: NoteText, party: Party) -> None:
    """Publish a version in place of the one before."""
    publish_text(staff, text, party, WHAT)
    renew(PracticeNote, public_notes)


def take_note_back(person: Person, note: Note, party: Party) -> None:
    """A council takes its published note back: nobody outside reads it any more."""
    take_text_back(person, note, party, WHAT)
    renew(PracticeNote, public_notes)


def public_notes() -> list[PracticeNote]:
    """The newest published version of every note that was not taken back, for the folder."""
    found = NoteText.objects.filter(state=ReviewState.PUBLISHED, note__withdrawn_at=None).select_related("note")
    newest = {text.note_id: text for text in found.order_by("number")}
    return [_public(newest[pk], len([t for t in found if t.note_id == pk])) for pk in sorted(newest)]


def _public(text: NoteText, version: int) -> PracticeNote:
    """A note as everybody reads it; its version counts what was published."""
    return PracticeNote(
        id=text.note.ref,
        version=version,
        authority=text.note.authority,
        title=text.title,
        metrics=tuple(text.metrics),
        done=text.done,
        began=text.began,
        cost=text.cost,
        changed=text.changed,
        evidence=text.evidence,
        contact=text.contact if text.shows_contact and text.contact else None,
        published_on=_day(text),
    )


def _day(text: NoteText) -> date:
    return timezone.localtime(text.decided_at).date()
