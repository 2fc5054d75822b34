"""All replies of councils on one page, and each with its versions on a page of its own, also when it has lapsed."""

from dataclasses import dataclass
from datetime import date

from moothall.domain.authority import Authority
from moothall.domain.period import day_text
from moothall.domain.reply import FigureMark, Reply, ReplyAbout, ReplySubject, ReplyVersion
from moothall.domain.signal import SignalState
from moothall.presenters.addresses import (
    REPLIES,
    authority_address,
    authority_signs_address,
    metric_address,
    reply_address,
    signal_address,
    trail_address,
)
from moothall.presenters.blocks import Link, Notice, PageHead, SummaryRow
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.shared_by_councils.replies import STANCE_WORDS, evidence_link, lead_of, stands_now
from moothall.presenters.warning.lens_words import STATE_WORDS
from moothall.presenters.wording.numbers import count_text, metric_value_text

TITLE = "Replies of councils"
LEAD = (
    "A council may reply to any figure, sign or sentence about it. Its lead writes the reply, and staff of this site "
    "look at it for law and decency only, never at whether it is right. While the figure is the same, the reply stands "
    "beside it wherever it appears."
)
NOTHING = "No council has replied to a figure yet."
WITHDRAWN = "The council has taken this reply back. It stands beside nothing; what it said is kept here."
LAPSED = (
    "What this reply is about has changed since it was written, so it no longer stands beside it. What it said is kept "
    "here, with the figure that it was about."
)


@dataclass(frozen=True, slots=True)
class RepliesOfCouncil:
    """The replies of one council, those that stand first."""

    name: Link
    replies: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RepliesPage:
    """Everything that the list of replies shows."""

    head: PageHead
    title: str
    lead: str
    count: str
    councils: tuple[RepliesOfCouncil, ...]
    empty: Notice


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a reply as it was published."""

    title: str
    lead: str
    words: str
    evidence: Link | None
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class ReplyPage:
    """Everything that the page of one reply shows; ``notice`` where it no longer stands."""

    head: PageHead
    title: str
    notice: Notice | None
    versions: tuple[VersionView, ...]
    links: tuple[Link, ...]


def find_reply(store: FigureStore, reply_id: str) -> Reply | None:
    """The published reply with an id; None where there is none, or its council or subject is not in the build."""
    found = next((reply for reply in store.publications.of(Reply) if reply.id == reply_id), None)
    return found if found and _is_known(store, found) else None


def _is_known(store: FigureStore, reply: Reply) -> bool:
    catalogue, subject = store.catalogue, reply.subject
    about = catalogue.signals if subject.about is ReplyAbout.SIGN else catalogue.metrics
    return subject.authority in catalogue.authorities and subject.key in about


def make_replies_page(store: FigureStore, today: date) -> RepliesPage:
    """Every reply by council; within one the newest first."""
    known = [reply for reply in store.publications.of(Reply) if _is_known(store, reply)]
    owners = {store.catalogue.authorities[reply.subject.authority] for reply in known}
    ordered = sorted(owners, key=lambda authority: authority.short_name.casefold())
    standing = sum(stands_now(store, reply, today) for reply in known)
    return RepliesPage(
        head=PageHead(TITLE, "about", (("Home", "/"), (TITLE, None)), "What councils say to figures about them."),
        title=TITLE,
        lead=LEAD,
        count=f"{count_text(len(known), 'reply', 'replies')}, of which {standing} stand today.",
        councils=tuple(_of_council(store, authority, known, today) for authority in ordered),
        empty=Notice("None yet", NOTHING),
    )


def _of_council(store: FigureStore, authority: Authority, known: list[Reply], today: date) -> RepliesOfCouncil:
    own = [reply for reply in known if reply.subject.authority == authority.code]
    own.sort(key=lambda reply: (reply.newest.published_on, reply.id), reverse=True)
    links = tuple(
        Link(subject_title(store, reply.subject), reply_address(reply.id), _note(store, reply, today)) for reply in own
    )
    return RepliesOfCouncil(Link(authority.name, authority_address(authority.slug)), links)


def _note(store: FigureStore, reply: Reply, today: date) -> str:
    newest = reply.newest
    said = f"{STANCE_WORDS[newest.stance]}, {day_text(newest.published_on)}"
    if reply.withdrawn_on:
        return f"{said}, taken back"
    return said if stands_now(store, reply, today) else f"{said}, lapsed"


def subject_title(store: FigureStore, subject: ReplySubject) -> str:
    """What a reply is about: ``Household waste recycling rate, 2021-22``."""
    catalogue = store.catalogue
    if subject.about is ReplyAbout.SIGN:
        return f"Sign: {catalogue.signals[subject.key].title}"
    label = _period_label(store, subject.key, subject.when)
    words = "Words on " if subject.about is ReplyAbout.SENTENCE else ""
    return f"{words}{catalogue.metrics[subject.key].title}, {label}"


def _period_label(store: FigureStore, metric: str, slug: str) -> str:
    panel = store.panel(metric)
    return panel.periods[panel.period_index[slug]].label if slug in panel.period_index else slug


def make_reply_page(store: FigureStore, reply: Reply, today: date) -> ReplyPage:
    """A reply with every version of it, the newest first."""
    authority = store.catalogue.authorities[reply.subject.authority]
    title = f"Reply of {authority.name}: {subject_title(store, reply.subject)}"
    crumbs = (("Home", "/"), (TITLE, REPLIES), (authority.short_name, None))
    return ReplyPage(
        head=PageHead(
            f"{title} ({reply.id})", "about", crumbs, lead_of(reply.subject.about, reply.newest, authority.name)
        ),
        title=title,
        notice=_notice(store, reply, today),
        versions=tuple(_version(store, reply, each, authority) for each in reply.versions),
        links=tuple(_links(store, reply, authority)),
    )


def _notice(store: FigureStore, reply: Reply, today: date) -> Notice | None:
    if reply.withdrawn_on:
        return Notice(f"Taken back on {day_text(reply.withdrawn_on)}", WITHDRAWN, kind="caution")
    return None if stands_now(store, reply, today) else Notice("Lapsed", LAPSED, kind="caution")


def _version(store: FigureStore, reply: Reply, version: ReplyVersion, authority: Authority) -> VersionView:
    about = reply.subject.about
    return VersionView(
        title=f"Version {version.number}, published on {day_text(version.published_on)}",
        lead=lead_of(about, version, authority.name),
        words=version.words,
        evidence=evidence_link(version),
        rows=tuple(mark_rows(store, reply.subject, version.mark)),
    )


def mark_rows(store: FigureStore, subject: ReplySubject, mark: FigureMark) -> list[SummaryRow]:
    """What a version was written about: the words, the figure, and the release since which it stood so."""
    rows = []
    metric = store.catalogue.metrics.get(mark.metric or subject.key)
    if mark.words:
        rows.append(SummaryRow("The words", mark.words))
    if metric and subject.about is not ReplyAbout.SIGN:
        value = "no figure" if mark.value is None else metric_value_text(mark.value, metric)
        rows.append(SummaryRow("The figure then", value))
    if mark.state:
        rows.append(SummaryRow("The sign then", STATE_WORDS[SignalState(mark.state)].lower()))
    source, _, since = mark.since.partition("/")
    release = store.releases.get((source, since))
    if release:
        rows.append(SummaryRow("As first published in", release.title))
    return rows


def _links(store: FigureStore, reply: Reply, authority: Authority) -> list[Link]:
    subject = reply.subject
    if subject.about is ReplyAbout.SIGN:
        title = store.catalogue.signals[subject.key].title
        own = Link(f"Signs of {authority.name}", authority_signs_address(authority.slug))
        return [own, Link(title, signal_address(subject.key)), Link("All replies", REPLIES)]
    has_cell = store.cell(subject.key, subject.authority, subject.when) is not None
    trail = [Link("The figure and where it comes from", trail_address(subject.key, authority.slug, subject.when))]
    page = Link(store.catalogue.metrics[subject.key].title, metric_address(subject.key, authority=authority.slug))
    return [*(trail if has_cell else []), page, Link("All replies", REPLIES)]
