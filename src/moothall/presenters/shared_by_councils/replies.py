"""Replies of councils: beside every figure, sign and sentence that they are about, for as long as it is the same.

A reply is kept with a mark of what it was written about. Where the figure, the state of the sign or the words are no
longer these, the reply has lapsed: it stands beside nothing, and its own page says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period, day_text
from moothall.domain.published import Published
from moothall.domain.reply import FigureMark, Reply, ReplyAbout, ReplySubject, ReplyVersion, Stance
from moothall.errors import UsageError
from moothall.presenters.addresses import host_text, reply_address
from moothall.presenters.blocks import Link
from moothall.presenters.figures.cohort import cohorts_of, standing_of
from moothall.presenters.figures.comparators import named_group
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.warning.lens_readings import SignalReading, kept_readings
from moothall.presenters.wording.figure_words import OwnFigure, standing_cell
from moothall.presenters.wording.paragraph import paragraph
from moothall.presenters.wording.sentences import Said, sentences_of

STANCE_WORDS = {Stance.AGREES: "agrees", Stance.DISAGREES: "disagrees"}
ABOUT_WORDS = {ReplyAbout.FIGURE: "this figure", ReplyAbout.SENTENCE: "these words", ReplyAbout.SIGN: "this sign"}
KEPT_STATES = 4
KEPT_CHECKS = 4096
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A council's reply as it stands beside what it is about.

    ``lead`` says who replied, when and whether it agrees; ``quoted`` are the words of a sentence that it is about.
    """

    lead: str
    quoted: str
    words: str
    evidence: Link | None
    page: Link

    @property
    def text(self) -> str:
        """All of it on one line, for tables and files."""
        quoted = f" About the words \u201c{self.quoted}\u201d" if self.quoted else ""
        evidence = f" Evidence: {self.evidence.href}" if self.evidence else ""
        return f"{self.lead}{quoted} {' '.join(self.words.split())}{evidence}"


# ---------------------------------------------------------------- what a reply is about, as it is now


def figure_mark(store: FigureStore, metric: str, authority: str, period: str) -> FigureMark | None:
    """A figure as it is now, with the release since which it has had its value; None where no release has a row."""
    return _marks_of(store)(metric, authority, period)


@kept_by_store
def _marks_of(store: FigureStore) -> Callable[[str, str, str], FigureMark | None]:
    """The marks of the figures of one open build, keeping those asked for last."""
    return lru_cache(maxsize=KEPT_CHECKS)(lambda *figure: _new_mark(store, *figure))


def _new_mark(store: FigureStore, metric: str, authority: str, period: str) -> FigureMark | None:
    cell = store.cell(metric, authority, period)
    if cell is None:
        return None
    since = cell.release
    for vintage in cell.vintages:
        if vintage.value != cell.value:
            break
        since = vintage.release
    return FigureMark(cell.value, f"{since.source}/{since.id}")


def sign_mark(store: FigureStore, reading: SignalReading) -> FigureMark:
    """What a rule says of a council now: its state, and the figure that it rests on."""
    if reading.metric is None or reading.period is None:
        return FigureMark(reading.figure, "", state=reading.state.value)
    metric, period = reading.metric.id, reading.period.slug
    below = figure_mark(store, metric, reading.authority.code, period)
    return FigureMark(reading.figure, below.since if below else "", metric, period, reading.state.value)


def sentences_on(
    store: FigureStore, metric: Metric, authority: Authority, group: str, period: Period
) -> tuple[Said, ...]:
    """What is said of a figure beside a group (an id, or a word such as ``similar``): sentences, words in a cell."""
    cohort = cohorts_of(store).at(metric.id, named_group(store.whole, group, authority), period)
    standing = standing_of(store, metric, authority, period)
    own = OwnFigure(cohort, authority, standing)
    return (*paragraph(store, own), standing_cell(sentences_of(store), own))


def sentence_mark(store: FigureStore, subject: ReplySubject) -> FigureMark | None:
    """The sentence that the subject's rule says now, with its figure; None where the rule is no longer said."""
    below = figure_mark(store, subject.key, subject.authority, subject.when)
    metric = store.catalogue.metrics.get(subject.key)
    authority = store.catalogue.authorities.get(subject.authority)
    period = store.panel(subject.key).period_index.get(subject.when) if metric else None
    if below is None or metric is None or authority is None or period is None:
        return None
    moment = store.panel(metric.id).periods[period]
    said = sentences_on(store, metric, authority, subject.group, moment)
    words = next((one.text for one in said if one.rule == subject.rule), None)
    return None if words is None else FigureMark(below.value, below.since, words=words)


def mark_now(store: FigureStore, subject: ReplySubject) -> FigureMark | None:
    """What a figure or a sentence is now, as the store knows it; None where it is gone."""
    if subject.about is ReplyAbout.FIGURE:
        return figure_mark(store, subject.key, subject.authority, subject.when)
    try:
        return sentence_mark(store, subject)
    except UsageError:
        return None


@kept_by_store
def _checks_of(store: FigureStore) -> Callable[[Reply], bool]:
    """Whether a reply's figure or sentence is still the one replied to, found out once for each build."""
    return lru_cache(maxsize=KEPT_CHECKS)(lambda reply: mark_now(store, reply.subject) == reply.newest.mark)


def still_stands(store: FigureStore, reply: Reply) -> bool:
    """Whether a reply to a figure or a sentence stands beside it: not withdrawn, not of a later day, not lapsed."""
    return _is_out(store, reply) and _checks_of(store)(reply)


def _is_out(store: FigureStore, reply: Reply) -> bool:
    is_known = store.day is None or reply.newest.published_on <= store.day
    return reply.withdrawn_on is None and is_known


# ---------------------------------------------------------------- finding them


@lru_cache(maxsize=KEPT_STATES)
def _by_subject(published: Published) -> dict[Key, list[Reply]]:
    """Replies by (id of the metric or sign, authority code), as published. No metric has the id of a sign."""
    found: dict[Key, list[Reply]] = {}
    for reply in published.of(Reply):
        found.setdefault((reply.subject.key, reply.subject.authority), []).append(reply)
    return found


@dataclass(frozen=True, slots=True)
class Replies:
    """The replies that are published now, ready to be put beside the figures of a store."""

    store: FigureStore
    held: dict[Key, list[Reply]]

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.held)

    def beside(self, metric: str, authority: Authority, period: str) -> tuple[ReplyView, ...]:
        """The replies that stand beside a council's figure of a period: those about itself, then about its words."""
        found = self.held.get((metric, authority.code))
        if not found:
            return ()
        here = (reply for reply in found if reply.subject.when == period and self._is_shown(reply, authority))
        standing = [reply for reply in here if still_stands(self.store, reply)]
        standing.sort(key=lambda reply: (reply.subject.about is not ReplyAbout.FIGURE, reply.newest.published_on))
        return tuple(view_of(reply, authority) for reply in standing)

    def _is_shown(self, reply: Reply, authority: Authority) -> bool:
        """Whether what is shown is the published figure: on today's boundaries it may be one joined from others."""
        if self.store.boundaries is None:
            return True
        metric, panel = self.store.catalogue.metrics[reply.subject.key], self.store.panel(reply.subject.key)
        column = panel.period_index.get(reply.subject.when)
        shown = None if column is None else standing_of(self.store, metric, authority, panel.periods[column]).value
        return shown == reply.newest.mark.value

    def has_any(self, metric: str, authority: str) -> bool:
        """Whether a council has replied to any figure of a metric: what costs nothing to ask for every row."""
        return (metric, authority) in self.held

    def on_metric(self, metric: str, authority: Authority) -> tuple[ReplyView, ...]:
        """The replies that stand beside a council's figures of any period of a metric, for drawings over time."""
        found = self.held.get((metric, authority.code), [])
        periods = dict.fromkeys(reply.subject.when for reply in sorted(found, key=lambda reply: reply.subject.when))
        return tuple(view for period in periods for view in self.beside(metric, authority, period))

    def marks(self, metric: str, authority: Authority, slugs: Iterable[str] | None = None) -> tuple[Link, ...]:
        """Links to the replies that stand beside a council's figures of these periods (None: of any), named by both.

        For tables, drawings and sentences on other councils, which have no room for the words.
        """
        if not self.has_any(metric, authority.code):
            return ()
        wanted = None if slugs is None else set(slugs)
        asked = (p for p in self.store.panel(metric).periods if wanted is None or p.slug in wanted)
        pairs = ((period, view) for period in asked for view in self.beside(metric, authority, period.slug))
        return tuple(Link(_mark_text(authority, period, view), view.page.href) for period, view in pairs)

    def to_sign(self, reading: SignalReading) -> tuple[ReplyView, ...]:
        """The newest reply to a sign as it is read, then those to the figure that it rests on."""
        found = self.held.get((reading.signal.id, reading.authority.code), [])
        mark = sign_mark(self.store, reading) if found else None
        own = [one for one in found if _is_out(self.store, one) and one.newest.mark == mark]
        own.sort(key=lambda reply: reply.newest.published_on)
        views = tuple(view_of(reply, reading.authority) for reply in own[-1:])
        if reading.metric is None or reading.period is None:
            return views
        return (*views, *self.beside(reading.metric.id, reading.authority, reading.period.slug))


def _mark_text(authority: Authority, period: Period, view: ReplyView) -> str:
    return f"{authority.short_name} on {period.label}{', to words on it' if view.quoted else ''}"


def replies_of(store: FigureStore) -> Replies:
    """The replies as they are published now: asked for once for each page or file, as it looks at the folder."""
    return Replies(store, _by_subject(store.publications))


def stands_now(store: FigureStore, reply: Reply, today: date) -> bool:
    """Whether a reply of any kind stands beside what it is about today."""
    if reply.subject.about is not ReplyAbout.SIGN:
        return still_stands(store, reply)
    reading = read_sign(store, reply.subject, today)
    return _is_out(store, reply) and reading is not None and sign_mark(store, reading) == reply.newest.mark


def read_sign(store: FigureStore, subject: ReplySubject, day: date) -> SignalReading | None:
    """The reading on a day of the sign that a subject names; None where there is none."""
    found = kept_readings(store, day)
    if subject.key not in found.columns or subject.authority not in found.index:
        return None
    return found.reading(subject.key, subject.authority)


def subject_mark(store: FigureStore, subject: ReplySubject, day: date) -> FigureMark | None:
    """What a subject of any kind is now, by which it is known again; None where it is not there."""
    if subject.about is not ReplyAbout.SIGN:
        return mark_now(store, subject)
    reading = read_sign(store, subject, day)
    return sign_mark(store, reading) if reading else None


# ---------------------------------------------------------------- in words


def view_of(reply: Reply, authority: Authority) -> ReplyView:
    """A reply in words, as it stands beside what it is about."""
    newest, count = reply.newest, len(reply.versions)
    many = f"All {count} versions of this reply" if count > 1 else "This reply on its own page"
    return ReplyView(
        lead=lead_of(reply.subject.about, newest, authority.name),
        quoted=newest.mark.words,
        words=newest.words,
        evidence=evidence_link(newest),
        page=Link(many, reply_address(reply.id)),
    )


def lead_of(about: ReplyAbout, version: ReplyVersion, name: str) -> str:
    """Who replied, how, and when: ``Leeds City Council disagrees with this figure (20 November 2026).``"""
    return f"{name} {STANCE_WORDS[version.stance]} with {ABOUT_WORDS[about]} ({day_text(version.published_on)})."


def evidence_link(version: ReplyVersion) -> Link | None:
    """The evidence of a version by its host; None where there is none, or the address is no https one."""
    if version.evidence is None or not version.evidence.startswith("https://"):
        return None
    return Link(host_text(version.evidence), version.evidence)


def replies_text(replies: tuple[ReplyView, ...]) -> str | None:
    """All replies on one line, for a cell of a file; None without any."""
    return " | ".join(reply.text for reply in replies) or None


def mark_records(links: tuple[Link, ...]) -> list[dict[str, str | None]]:
    """Links to replies as plain records for programs."""
    return [{"to": link.text, "page": link.href} for link in links]


def reply_records(replies: tuple[ReplyView, ...]) -> list[dict[str, Any]]:
    """Replies as plain records for programs."""
    return [
        {
            "lead": reply.lead,
            "about_words": reply.quoted or None,
            "words": reply.words,
            "text": reply.text,
            "evidence": reply.evidence.href if reply.evidence else None,
            "page": reply.page.href,
        }
        for reply in replies
    ]
