"""What a person has written for their council, as it is given back to them."""

from typing import Any

from moothall.engagement.models import NoteText, Person, ReplyText


def words_of(person: Person) -> dict[str, Any]:
    """Replies and practice notes that a person wrote, by kind."""
    return {
        "replies": [_reply(each) for each in ReplyText.objects.filter(by=person).select_related("reply")],
        "practice_notes": [_note(each) for each in NoteText.objects.filter(by=person).select_related("note")],
    }


def _note(each: NoteText) -> dict[str, Any]:
    names = ("title", "metrics", "done", "began", "cost", "changed", "evidence", "contact", "state")
    return {"at": each.at.isoformat(), "council": each.note.authority, **{name: getattr(each, name) for name in names}}


def _reply(each: ReplyText) -> dict[str, Any]:
    about = {"council": each.reply.authority, "about": each.reply.key, "of": each.reply.when}
    said = {"stance": each.stance, "words": each.words, "evidence": each.evidence}
    return {"at": each.at.isoformat(), **about, **said, "state": each.state}
