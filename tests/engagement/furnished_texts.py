"""What a council of the furnished room says, in public and to others: a reply, a note that waits, a learning set."""

from datetime import UTC, datetime

from moothall.catalogue.places import published_folder
from moothall.catalogue.published import PublishedFolder
from moothall.domain.reply import Reply
from moothall.engagement.exchange.replying import public_replies
from moothall.engagement.folder import renew
from moothall.engagement.models import (
    CouncilReply,
    Introduction,
    LearningMember,
    LearningSet,
    Note,
    NoteText,
    Person,
    ReplyText,
    SetNote,
)
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.people.parties import party_with_slug
from moothall.web.current import current_store
from tests.support.store_builder import FakeStore

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIGURE = ("household-waste-recycling-rate", "2021-22")


def serve_published() -> None:
    """Let the made-up store that is served show what lies in the published folder, as a real one does."""
    store = current_store()
    if isinstance(store, FakeStore):
        store.publications = PublishedFolder(published_folder())()


def furnish_texts(authority: str) -> dict[str, object]:
    """A reply to a figure: its first version is published, its second waits for staff."""
    reply = CouncilReply.objects.create(authority=authority, about="figure", key=FIGURE[0], when=FIGURE[1])
    mark = {"value": 38.2, "since": "made-up/2022-12", "metric": "", "period": "", "state": "", "words": ""}
    for number, state in ((1, "published"), (2, "sent")):
        said = {"stance": "agrees", "words": f"Words {number}.", "mark": mark, "sent_at": NOW, "decided_at": NOW}
        ReplyText.objects.create(reply=reply, number=number, state=state, **said)
    note = Note.objects.create(authority=authority)
    kept = {name: f"Our {name}." for name in ("title", "done", "began", "cost", "changed")}
    where = {"evidence": "https://www.leeds.gov.uk/bags", "metrics": ["fly-tipping"]}
    NoteText.objects.create(note=note, number=1, state="sent", sent_at=NOW, **kept, **where)
    lead = Person.objects.get(email="lee@leeds.gov.uk")
    bradford = party_with_slug(PartyKind.AUTHORITY, "bradford")
    assert bradford
    asked = {"asking": authority, "asked": bradford.key, "metric": FIGURE[0]}
    introduction = Introduction.objects.create(**asked, words="How did you do it?", by=lead)
    group = LearningSet.objects.create(title="Bags", metric=FIGURE[0], kind="authority", key=authority)
    for code, state in ((authority, "confirmed"), (bradford.key, "asked")):
        LearningMember.objects.create(of=group, authority=code, state=state)
    SetNote.objects.create(of=group, party=f"authority:{authority}", words="We begin.", by=lead)
    renew(Reply, public_replies)
    serve_published()
    others = {"introduction": introduction.ref, "learning_set": group.ref}
    return {**others, "note": note.ref, "reply": reply.ref, "figure": "/".join(FIGURE)}
