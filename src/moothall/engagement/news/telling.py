"""Noting what is new since the last build, and telling each subscriber of it once.

The entries that were seen are kept by their keys, and so is what was told to whom. A build that says nothing new, or
says the same again, leads to no letter.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from moothall.domain.workshop import WorkshopSession
from moothall.engagement.models import Newsletter, Person, Subscriber
from moothall.engagement.models.events import record
from moothall.engagement.models.news import NewsEntry, NewsNoted, Told
from moothall.engagement.news.subscribing import KINDS, NEWSLETTER, Choices, footer, next_digest, one_click
from moothall.engagement.post.letters import send_letter
from moothall.engagement.post.wording import Block, as_blocks, heading, item, link
from moothall.errors import NoBuild
from moothall.presenters.addresses import FEEDS
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.news.news import ItemKind, NewsItem, consultation_items, release_items, workshop_items
from moothall.presenters.wording.numbers import count_text
from moothall.presenters.wording.words import joined
from moothall.web.current import current_store, today

OLD_NEWS = timedelta(days=365)
"""What was published longer ago is nobody's news, also where we have only now read it."""
MOST_TOLD = 100
"""Entries in one letter; beyond them it names the feeds."""
OF_EVERYBODY = (ItemKind.CONSULTATION, ItemKind.WORKSHOP)
"""Kinds of which there are few: told to all who want them, whatever else they watch."""


def note_news() -> int:
    """Write down what was not there before; how many entries are to be told. Without a build there is nothing new."""
    try:
        store = current_store()
    except NoBuild:
        return 0
    mark = f"{store.build_id} {store.publications.mark} {today()}"[:250]
    noted = NewsNoted.objects.order_by("-pk").first()
    if noted and noted.mark == mark:
        return 0
    with transaction.atomic():
        count = _note(_items(store), is_first=noted is None)
        NewsNoted.objects.all().delete()
        NewsNoted.objects.create(mark=mark)
    return count


def _items(store: FigureStore) -> list[NewsItem]:
    """Everything that feeds tell, but for workshops that are over or not held."""
    coming = {
        s.id for s in store.publications.of(WorkshopSession) if s.starts_at > timezone.now() and not s.is_cancelled
    }
    sessions = [each for each in workshop_items(store) if each.key.partition("/")[2] in coming]
    return [*release_items(store, []), *consultation_items(store, today()), *sessions]


def _note(items: list[NewsItem], *, is_first: bool) -> int:
    known = set(NewsEntry.objects.values_list("key", flat=True))
    fresh = [each for each in items if each.key not in known]
    brought = {each.metrics for each in fresh if each.kind is ItemKind.FIGURES}
    entries = [_entry(each, is_past=is_first or _is_past(each, brought)) for each in fresh]
    NewsEntry.objects.bulk_create(entries, ignore_conflicts=True)
    return sum(not entry.is_past for entry in entries)


def _is_past(item: NewsItem, brought: set[tuple[str, ...]]) -> bool:
    """Whether an item is no news though it is new here.

    A change without new figures comes from a rule of ours that speaks otherwise now, not from a council.
    """
    if item.kind is ItemKind.CHANGE and item.metrics not in brought:
        return True
    return _day(item.updated) < today() - OLD_NEWS


def _day(at: date | datetime) -> date:
    return at.date() if isinstance(at, datetime) else at


def _entry(item: NewsItem, *, is_past: bool) -> NewsEntry:
    return NewsEntry(
        key=item.key,
        kind=item.kind.value,
        title=item.title,
        summary=item.summary,
        address=item.address,
        metrics=list(item.metrics),
        themes=list(item.themes),
        authorities=list(item.authorities),
        is_past=is_past,
    )


# ---------------------------------------------------------------- digests


def send_digests() -> int:
    """Write the letters that are due; how many. Who has nothing to be told gets none."""
    due = Subscriber.objects.exclude(confirmed_at=None).filter(next_at__lte=timezone.now()).order_by("pk")
    return sum(_send_digest(each) for each in due)


def _send_digest(subscriber: Subscriber) -> bool:
    """One subscriber's letter, and that they were told, in one transaction. Of two workers one does it."""
    choices = Choices.of(subscriber.choices)
    with transaction.atomic():
        at = next_digest(choices.pace, timezone.now())
        if not Subscriber.objects.filter(pk=subscriber.pk, next_at=subscriber.next_at).update(next_at=at):
            return False
        entries = entries_for(subscriber, choices)
        if not entries:
            return False
        Told.objects.bulk_create([Told(subscriber=subscriber, entry=entry) for entry in entries])
        words = [*_digest(entries, choices, subscriber.site), *footer(subscriber)]
        subject = f"Moothall: {count_text(len(entries), 'thing')} that {'is' if len(entries) == 1 else 'are'} new"
        send_letter(subscriber.email, subject, *words, headers=one_click(subscriber))
    return True


def entries_for(subscriber: Subscriber, choices: Choices) -> list[NewsEntry]:
    """What a subscriber has not been told of, has come since they said yes, and wants to know."""
    fresh = NewsEntry.objects.filter(is_past=False, seen_at__gte=subscriber.confirmed_at, kind__in=choices.kinds)
    return [entry for entry in fresh.exclude(told__subscriber=subscriber) if is_wanted(entry, choices)]


def is_wanted(entry: NewsEntry, choices: Choices) -> bool:
    """Whether an entry is about something that is watched; who watches nothing in particular gets everything."""
    if not choices.watches or entry.kind in OF_EVERYBODY:
        return True
    about = {f"theme:{key}" for key in entry.themes} | {f"metric:{key}" for key in entry.metrics}
    about |= {f"authority:{key}" for key in entry.authorities}
    return not about.isdisjoint(choices.watches)


def _digest(entries: list[NewsEntry], choices: Choices, site: str) -> list[Block]:
    """The entries by kind, each with whom it concerns of those that are watched."""
    blocks: list[Block] = []
    for kind, title in KINDS.items():
        own = [entry for entry in entries[:MOST_TOLD] if entry.kind == kind]
        blocks += [heading(title)] if own else []
        blocks += [block for entry in own for block in _lines(entry, choices, site)]
    more = len(entries) - MOST_TOLD
    rest = link(f"And {count_text(more, 'more thing')}: see the feeds of what you follow.", f"{site}{FEEDS}")
    return [*blocks, *([rest] if more > 0 else [])]


def _lines(entry: NewsEntry, choices: Choices, site: str) -> list[Block]:
    known = current_store().catalogue.authorities
    watched = [known[code] for code in choices.chosen("authority") if code in entry.authorities and code in known]
    names = f"For {joined([each.short_name for each in watched])}. " if watched else ""
    chosen = f"?authority={watched[0].slug}" if len(watched) == 1 else ""
    return [link(entry.title, f"{site}{entry.address}{chosen}"), *as_blocks((f"{names}{entry.summary}",))]


# ---------------------------------------------------------------- newsletters


def blocks_of(words: str) -> list[Block]:
    """What staff wrote, as blocks: "# " begins a heading, "- " a line of a list, an address alone is a link."""
    return [_block(line) for part in words.replace("\r\n", "\n").split("\n\n") for line in _parts(part.strip())]


def _parts(text: str) -> list[str]:
    lines = text.split("\n")
    is_list = all(line.startswith("- ") for line in lines)
    return [] if not text else lines if is_list else [text]


def _block(text: str) -> Block:
    if text.startswith("# "):
        return heading(text.removeprefix("# "))
    if text.startswith("- "):
        return item(text.removeprefix("- "))
    is_address = text.startswith(("https://", "http://")) and not any(char.isspace() for char in text)
    return link(text, text) if is_address else {"kind": "paragraph", "text": text}


def send_newsletter(person: Person, newsletter: Newsletter) -> int:
    """Write it to everybody who wants it, once; how many. A newsletter that has gone is not sent again."""
    with transaction.atomic():
        if not Newsletter.objects.filter(pk=newsletter.pk, sent_at=None).update(sent_at=timezone.now()):
            return 0
        wanted = [each for each in Subscriber.objects.exclude(confirmed_at=None) if NEWSLETTER in each.choices["kinds"]]
        for each in wanted:
            words = [*blocks_of(newsletter.words), *footer(each)]
            send_letter(each.email, newsletter.title, *words, headers=one_click(each))
        Newsletter.objects.filter(pk=newsletter.pk).update(readers=len(wanted))
        record(person, "sent a newsletter", f"newsletter {newsletter.pk}", readers=len(wanted))
    return len(wanted)
