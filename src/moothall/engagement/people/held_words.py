"""What a person has written for their council, as it is given back to them."""

from typing import Any

from django.db.models import Q, QuerySet

from moothall.engagement.models import Introduction, NoteText, Person, ReplyText, SetNote


def words_of(person: Person) -> dict[str, Any]:
    """What a person wrote, by kind: for everybody, for another council, for a learning set."""
    return {
        "replies": [_reply(each) for each in ReplyText.objects.filter(by=person).select_related("reply")],
        "introductions": [_introduction(each) for each in introductions_of(person)],
        "learning_set_notes": [_set_note(each) for each in SetNote.objects.filter(by=person).select_related("of")],
        "practice_notes": [_note(each) for each in NoteText.objects.filter(by=person).select_related("note")],
    }


def introductions_of(person: Person) -> QuerySet[Introduction]:
    """The introductions that a person asked for or answered."""
    return Introduction.objects.filter(Q(by=person) | Q(decided_by=person))


def _introduction(each: Introduction) -> dict[str, Any]:
    names = ("asking", "asked", "metric", "words", "state", "learned_by_asking", "learned_by_asked")
    return {"at": each.at.isoformat(), **{name: getattr(each, name) for name in names}}


def _set_note(each: SetNote) -> dict[str, Any]:
    return {"at": each.at.isoformat(), "set": each.of.title, "for": each.party, "words": each.words}


def _note(each: NoteText) -> dict[str, Any]:
    names = ("title", "metrics", "done", "began", "cost", "changed", "evidence", "contact", "state")
    return {"at": each.at.isoformat(), "council": each.note.authority, **{name: getattr(each, name) for name in names}}


def _reply(each: ReplyText) -> dict[str, Any]:
    about = {"council": each.reply.authority, "about": each.reply.key, "of": each.reply.when}
    said = {"stance": each.stance, "words": each.words, "evidence": each.evidence}
    return {"at": each.at.isoformat(), **about, **said, "state": each.state}
