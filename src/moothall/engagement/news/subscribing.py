"""Wanting news by e-mail: asked for, confirmed by a link in a letter, changed and left by a link in every letter."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone

from moothall.engagement.models import Subscriber
from moothall.engagement.models.events import record
from moothall.engagement.models.news import Pace
from moothall.engagement.models.people import plain_address
from moothall.engagement.post.letters import send_letter
from moothall.engagement.post.wording import Block, heading, item, link
from moothall.presenters.addresses import TAKE_PART
from moothall.presenters.news.news import KIND_WORDS
from moothall.presenters.wording.words import joined
from moothall.web.current import current_store

NEWS = f"{TAKE_PART}/news"
NEWSLETTER = "newsletter"
KINDS = {**{kind.value: words for kind, words in KIND_WORDS.items()}, NEWSLETTER: "The newsletter"}
"""What one may want to be told of, in words."""
WATCHED = ("authority", "theme", "metric")
DAYS_TO_CONFIRM = timedelta(days=7)
MORNING = time(7)
MONDAY = 0
_CONFIRM, _OWN = "moothall.news.confirm", "moothall.news.own"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a subscriber wants: kinds, what they are about (none: everything), and how often."""

    kinds: tuple[str, ...]
    watches: tuple[str, ...]
    pace: str

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Choices":
        """The choices as they are kept."""
        kinds, watches = (tuple(kept.get(name, ())) for name in ("kinds", "watches"))
        return cls(kinds, watches, str(kept.get("pace", Pace.WEEKLY)))

    def chosen(self, what: str) -> list[str]:
        """What is watched of one sort: the keys of "theme", "metric" or "authority"."""
        return [watch.partition(":")[2] for watch in self.watches if watch.startswith(f"{what}:")]


def ask_for_news(address: str, choices: Choices, site: str) -> None:
    """Keep what was asked for and send the question; what is confirmed already stays until this is.

    The database is asked the same of every address, so that no clock tells which it knew.
    """
    email = plain_address(address)
    with transaction.atomic():
        Subscriber.objects.bulk_create([Subscriber(email=email, site=site)], ignore_conflicts=True)
        made = Subscriber.objects.select_for_update().get(email=email)
        is_new = made.confirmed_at is None and not made.asked
        made.asked, made.asked_at, made.site = asdict(choices), timezone.now(), site
        made.save(update_fields=["asked", "asked_at", "site"])
        record(None, "asked for news" if is_new else "asked for other news", f"subscriber {made.pk}")
        send_letter(
            made.email,
            "Do you want news from Moothall?",
            "Somebody, we hope you, asked for news from Moothall to be sent to this address.",
            link("Open this page and press its button to say yes. It works for seven days.", confirm_link(made)),
            "If it was not you, do nothing: you get no other letter, and we forget your address.",
            heading("What was asked for"),
            *map(item, choice_lines(choices)),
        )


def choice_lines(choices: Choices) -> list[str]:
    """Choices in words: what, about what, how often."""
    about = [f"About: {joined(names)}" for what in WATCHED if (names := watched_names(choices, what))]
    kinds = [KINDS[kind] for kind in choices.kinds if kind in KINDS]
    return [*kinds, *(about or ["About every council and every theme"]), Pace(choices.pace).label]


def watched_names(choices: Choices, what: str) -> list[str]:
    """The names of the councils, or the titles of the themes or metrics, that are watched and that we still know."""
    catalogue, keys = current_store().catalogue, choices.chosen(what)
    if what == "authority":
        return [catalogue.authorities[key].short_name for key in keys if key in catalogue.authorities]
    known = catalogue.themes if what == "theme" else catalogue.metrics
    return [known[key].title for key in keys if key in known]


def confirm_link(subscriber: Subscriber) -> str:
    """The link that says yes to what was asked for."""
    token = signing.TimestampSigner(salt=_CONFIRM).sign(f"{subscriber.ref}.{_mark_of(subscriber)}")
    return f"{subscriber.site}{NEWS}/confirm/{token}"


def _mark_of(subscriber: Subscriber) -> str:
    """A mark of what was asked, so that a link confirms what its letter was about and nothing later."""
    return hashlib.sha256(json.dumps(subscriber.asked, sort_keys=True).encode()).hexdigest()[:12]


def find_asked(token: str) -> Subscriber | None:
    """Whose question a link answers; None where it is not ours, too old, used, or about something asked since."""
    try:
        said = signing.TimestampSigner(salt=_CONFIRM).unsign(token, max_age=DAYS_TO_CONFIRM)
    except signing.BadSignature:
        return None
    ref, _, mark = said.partition(".")
    found = Subscriber.objects.filter(ref=ref).first()
    return found if found and found.asked and _mark_of(found) == mark else None


def confirm(subscriber: Subscriber) -> None:
    """Begin to send what was asked for."""
    with transaction.atomic():
        held = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        if not held.asked:
            return
        held.choices, held.asked = held.asked, {}
        held.confirmed_at = held.confirmed_at or timezone.now()
        held.next_at = next_digest(held.choices["pace"], timezone.now())
        held.save()
        record(None, "confirmed news", f"subscriber {held.pk}")


def next_digest(pace: str, now: datetime) -> datetime:
    """The next morning, or the next Monday's, in England."""
    here = timezone.localtime(now)
    days = 1 if pace == Pace.DAILY else (7 - here.weekday() + MONDAY) % 7 or 7
    return timezone.make_aware(datetime.combine(here.date() + timedelta(days=days), MORNING))


# ---------------------------------------------------------------- by the link in every letter


def own_token(subscriber: Subscriber) -> str:
    """What stands in the links of a subscriber's letters; it says nothing about whose it is."""
    return signing.Signer(salt=_OWN).sign(subscriber.ref)


def find_own(token: str) -> Subscriber | None:
    """The subscriber of such a link; None where it is not ours, or they have left."""
    try:
        ref = signing.Signer(salt=_OWN).unsign(token)
    except signing.BadSignature:
        return None
    return Subscriber.objects.filter(ref=ref).exclude(confirmed_at=None).first()


def is_ours(token: str) -> bool:
    """Whether we made such a link, also for somebody who has left."""
    try:
        return bool(signing.Signer(salt=_OWN).unsign(token))
    except signing.BadSignature:
        return False


def change_choices(subscriber: Subscriber, choices: Choices) -> None:
    """Send something else from now on."""
    with transaction.atomic():
        at = next_digest(choices.pace, timezone.now())
        Subscriber.objects.filter(pk=subscriber.pk).update(choices=asdict(choices), next_at=at)
        record(None, "changed news", f"subscriber {subscriber.pk}")


def leave(subscriber: Subscriber) -> None:
    """Send nothing any more, and forget the address."""
    with transaction.atomic():
        record(None, "left the news", f"subscriber {subscriber.pk}")
        subscriber.delete()


def footer(subscriber: Subscriber) -> list[Block]:
    """The end of every letter: why it came, and how to change or end it."""
    token = own_token(subscriber)
    return [
        {"kind": "paragraph", "text": "You get this because you asked for it and confirmed it."},
        link("Change what you get:", f"{subscriber.site}{NEWS}/choices/{token}"),
        link("Get no more of these letters:", f"{subscriber.site}{NEWS}/leave/{token}"),
    ]


def one_click(subscriber: Subscriber) -> dict[str, str]:
    """The headers by which a mail program offers to leave at one click (RFC 8058)."""
    address = f"{subscriber.site}{NEWS}/leave/{own_token(subscriber)}"
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def forget_unconfirmed() -> None:
    """Forget addresses that have not said yes, and what confirmed ones asked for and did not confirm."""
    old = Subscriber.objects.filter(asked_at__lt=timezone.now() - DAYS_TO_CONFIRM)
    old.filter(confirmed_at=None).delete()
    old.exclude(asked={}).update(asked={})
