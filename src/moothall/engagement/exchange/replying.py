"""Replies of councils: what may be replied to, writing, sending, publishing, taking back, and telling of lapses."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from moothall.domain.reply import FigureMark, Reply, ReplyAbout, ReplySubject, ReplyVersion, Stance
from moothall.engagement.exchange.reviewing import NotNow, publish_text, send_for_review, take_text_back, tell_leads
from moothall.engagement.folder import renew
from moothall.engagement.models import CouncilReply, Person, ReplyText
from moothall.engagement.models.events import record
from moothall.engagement.models.parties import PartyKind
from moothall.engagement.models.reviewed import ReviewState
from moothall.engagement.people.parties import Party, find_party
from moothall.engagement.post.wording import link
from moothall.errors import MoothallError, UsageError
from moothall.presenters.addresses import TAKE_PART
from moothall.presenters.figures.views import read_day
from moothall.presenters.shared_by_councils.replies import stands_now, subject_mark
from moothall.presenters.shared_by_councils.replies_page import subject_title
from moothall.web.current import current_store, today

WHAT = "reply"
LONGEST_REPLY = 1_500
"""Characters: it stands beside a figure, and must leave room for the figure."""

CHANGED = "What it is about has changed since it was written: look at it as it is now, and write again."


@dataclass(frozen=True, slots=True)
class GivenReply:
    """What a lead has written."""

    stance: Stance
    words: str
    evidence: str


def asked_subject(party: Party, key: str, when: str, rule: str, group: str, is_sign: bool) -> ReplySubject | None:
    """What an address asks to reply to; None where there is no such figure, sentence or sign today."""
    about = ReplyAbout.SIGN if is_sign else ReplyAbout.SENTENCE if rule else ReplyAbout.FIGURE
    subject = ReplySubject(about, party.key, key, when, rule, group)
    if is_sign and not _is_day(when):
        return None
    return subject if mark_today(subject) else None


def _is_day(text: str) -> bool:
    try:
        return read_day(text) <= today()
    except UsageError:
        return False


def mark_today(subject: ReplySubject) -> FigureMark | None:
    """What a subject is now; None where it is not there."""
    store, catalogue = current_store(), current_store().catalogue
    known = catalogue.signals if subject.about is ReplyAbout.SIGN else catalogue.metrics
    return subject_mark(store, subject, today()) if subject.key in known else None


def subject_of(reply: CouncilReply) -> ReplySubject:
    """What a kept reply is about."""
    return ReplySubject(ReplyAbout(reply.about), reply.authority, reply.key, reply.when, reply.rule, reply.group)


def reply_to(subject: ReplySubject) -> CouncilReply | None:
    """The reply that a council has begun to a thing; None where it has not."""
    return CouncilReply.objects.filter(**asdict(subject)).first()


def newest_text(reply: CouncilReply) -> ReplyText | None:
    """The newest version, whatever its state."""
    return reply.texts.first()


def save_reply(person: Person, party: Party, subject: ReplySubject, given: GivenReply) -> ReplyText:
    """Keep what a lead has written, as a new version or in the one that is open; NotNow while one waits for staff."""
    mark = mark_today(subject)
    if mark is None:
        raise NotNow(CHANGED)
    kept = {"stance": given.stance.value, "words": given.words, "evidence": given.evidence, "mark": asdict(mark)}
    with transaction.atomic():
        reply, _ = CouncilReply.objects.select_for_update().get_or_create(**asdict(subject))
        text = newest_text(reply)
        if text and text.state == ReviewState.SENT:
            raise NotNow("The version before waits for staff. You can write again once they have decided.")
        if text is None or not text.is_open:
            text = ReplyText(reply=reply, number=text.number + 1 if text else 1)
        for name, value in {**kept, "state": ReviewState.DRAFT, "by": person, "at": timezone.now()}.items():
            setattr(text, name, value)
        text.save()
        record(person, "wrote a reply", f"reply {reply.pk} version {text.number}", party.ref)
    return text


def mark_of(text: ReplyText) -> FigureMark:
    """What a version was written about."""
    return FigureMark(**text.mark)


def is_still_so(text: ReplyText) -> bool:
    """Whether what a version is about is as it was when it was written."""
    return mark_today(subject_of(text.reply)) == mark_of(text)


def send_reply(person: Person, text: ReplyText, party: Party) -> None:
    """Send a version to staff; NotNow where the figure has changed since it was written."""
    if not is_still_so(text):
        raise NotNow(CHANGED)
    send_for_review(person, text, party, WHAT)


def publish_reply(staff: Person, text: ReplyText, party: Party) -> None:
    """Publish a version in place of the one before, which stays to be read; NotNow where it has lapsed meanwhile."""
    if not is_still_so(text):
        raise NotNow("The figure has changed since this was written: send it back with that reason.")
    publish_text(staff, text, party, WHAT)
    renew(Reply, public_replies)


def take_back(person: Person, reply: CouncilReply, party: Party) -> None:
    """A council takes its published reply back: it stands beside nothing, and its page says so."""
    take_text_back(person, reply, party, WHAT)
    renew(Reply, public_replies)


def public_replies() -> list[Reply]:
    """Every reply that was ever published, with its published versions, for the folder."""
    found = CouncilReply.objects.filter(texts__state=ReviewState.PUBLISHED).distinct().order_by("pk")
    return [_public(each) for each in found.prefetch_related("texts")]


def _public(reply: CouncilReply) -> Reply:
    texts = [each for each in reply.texts.all() if each.state == ReviewState.PUBLISHED]
    withdrawn = timezone.localtime(reply.withdrawn_at).date() if reply.withdrawn_at else None
    versions = tuple(_version(number, each) for number, each in zip(range(len(texts), 0, -1), texts, strict=True))
    return Reply(reply.ref, subject_of(reply), versions, withdrawn)


def _version(number: int, text: ReplyText) -> ReplyVersion:
    """A version as published; its number counts what was published, not what was sent back."""
    return ReplyVersion(number, Stance(text.stance), text.words, text.evidence or None, mark_of(text), _day(text))


def _day(text: ReplyText) -> date:
    return timezone.localtime(text.decided_at).date()


# ---------------------------------------------------------------- lapses


def lapsed_replies() -> Iterable[tuple[CouncilReply, Reply]]:
    """Published replies that no longer stand, of whose lapse nobody has been told."""
    kept = {each.ref: each for each in CouncilReply.objects.filter(withdrawn_at=None)}
    for reply in public_replies():
        row = kept.get(reply.id)
        if row and row.lapse_told < _told_number(row) and not _stands(reply):
            yield row, reply


def _told_number(row: CouncilReply) -> int:
    """The number of the newest published version of a reply."""
    newest = row.texts.filter(state=ReviewState.PUBLISHED).first()
    return newest.number if newest else 0


def _stands(reply: Reply) -> bool:
    try:
        return stands_now(current_store(), reply, today())
    except (MoothallError, KeyError):
        return False


def tell_of_lapses() -> int:
    """Tell the leads of every council whose reply has lapsed, once for each version; how many replies that were."""
    told = 0
    for row, reply in list(lapsed_replies()):
        party = find_party(PartyKind.AUTHORITY, row.authority)
        number = _told_number(row)
        with transaction.atomic():
            is_first = CouncilReply.objects.filter(pk=row.pk, lapse_told__lt=number).update(lapse_told=number)
            if party and is_first:
                record(None, "reply lapsed", f"reply {row.pk} version {number}", party.ref)
                way = link("What you said, and the figure as it is now:", f"{TAKE_PART}/replies/{row.ref}")
                tell_leads(party, "A reply of yours on Moothall has lapsed", *_lapse_words(reply), way=way)
                told += 1
    return told


def _lapse_words(reply: Reply) -> tuple[str, str]:
    store = current_store()
    known = store.catalogue.signals if reply.subject.about is ReplyAbout.SIGN else store.catalogue.metrics
    title = subject_title(store, reply.subject) if reply.subject.key in known else reply.subject.key
    return (
        f"Your reply to {title} no longer stands beside it, because what it is about has changed.",
        "What you said can still be read on the reply's own page. If you wish to, reply to the new figure.",
    )
