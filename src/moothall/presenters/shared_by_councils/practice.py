"""Practice notes of councils: found from a metric and from whom to learn from, each on a page of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Theme
from moothall.domain.period import day_text
from moothall.domain.practice import PracticeNote
from moothall.domain.published import Published
from moothall.presenters.addresses import (
    PRACTICE,
    TAKE_PART,
    authority_address,
    host_text,
    metric_address,
    note_address,
    notes_address,
)
from moothall.presenters.blocks import ChooseForm, Link, Notice, PageHead, SelectField, SummaryRow, chosen
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.wording.numbers import count_text

TITLE = "Practice notes"
LEAD = (
    "What councils did, in their own words: when, at what cost, what changed, and where that can be seen. Staff of "
    "this site look at each note for law and decency only. A note shows what somebody did, not that it caused the "
    "change."
)
NOT_CHECKED = "These are the council's own words and figures. Nobody at this site has checked them."
OTHERS = "On metrics that this site no longer has"
KEPT_STATES = 4


@lru_cache(maxsize=KEPT_STATES)
def _by_metric(published: Published) -> dict[str, tuple[PracticeNote, ...]]:
    """The published notes of each metric, the newest first."""
    found: dict[str, list[PracticeNote]] = {}
    for note in sorted(published.of(PracticeNote), key=lambda note: (note.published_on, note.id), reverse=True):
        for metric in note.metrics:
            found.setdefault(metric, []).append(note)
    return {metric: tuple(notes) for metric, notes in found.items()}


def known_notes(store: FigureStore) -> list[PracticeNote]:
    """Every published note whose council is in the build, the newest first."""
    known = [note for note in store.publications.of(PracticeNote) if note.authority in store.catalogue.authorities]
    return sorted(known, key=lambda note: (note.published_on, note.id), reverse=True)


def notes_on(store: FigureStore, metric: str) -> tuple[PracticeNote, ...]:
    """The notes tied to a metric, the newest first."""
    known = store.catalogue.authorities
    return tuple(note for note in _by_metric(store.publications).get(metric, ()) if note.authority in known)


def note_link(store: FigureStore, note: PracticeNote) -> Link:
    """A note in a list: its title, and whose it is."""
    return Link(note.title, note_address(note.id), store.catalogue.authorities[note.authority].name)


def notes_of_council(store: FigureStore, metric: str, authority: str) -> tuple[Link, ...]:
    """The notes of one council on a metric."""
    return tuple(note_link(store, note) for note in notes_on(store, metric) if note.authority == authority)


def note_records(store: FigureStore, metric: str) -> list[dict[str, Any]]:
    """The notes on a metric as plain records for programs."""
    return [
        {
            "id": note.id,
            "authority": note.authority,
            "title": note.title,
            "began": note.began,
            "evidence": note.evidence,
            "published_on": note.published_on,
            "page": note_address(note.id),
        }
        for note in notes_on(store, metric)
    ]


@dataclass(frozen=True, slots=True)
class MetricNotes:
    """The section of a metric's page: its notes, and where all of them and the way to write one are."""

    notes: tuple[Link, ...]
    links: tuple[Link, ...]


def make_metric_notes(store: FigureStore, metric: Metric) -> MetricNotes:
    """What councils did about a metric."""
    links = (
        Link("All practice notes", PRACTICE),
        Link("Write one for your council", f"{TAKE_PART}/practice/new?metric={metric.id}"),
        Link("Ask to talk to a council about it", f"{TAKE_PART}/introductions/new?metric={metric.id}"),
    )
    return MetricNotes(tuple(note_link(store, note) for note in notes_on(store, metric.id)), links)


# ---------------------------------------------------------------- the pages


@dataclass(frozen=True, slots=True)
class ThemeNotes:
    """The notes of one theme."""

    id: str
    title: str
    notes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PracticePage:
    """The list of notes; ``empty`` where nothing is published for what was chosen."""

    head: PageHead
    title: str
    lead: str
    count: str
    form: ChooseForm
    themes: tuple[ThemeNotes, ...]
    empty: Notice
    write: Link


@dataclass(frozen=True, slots=True)
class NotePage:
    """One note."""

    head: PageHead
    title: str
    council: Link
    warning: str
    parts: tuple[tuple[str, str], ...]
    evidence: Link
    rows: tuple[SummaryRow, ...]
    metrics: tuple[Link, ...]
    contact: str | None
    talk: Link


def make_practice_page(store: FigureStore, theme: Theme | None = None, metric: Metric | None = None) -> PracticePage:
    """All notes by theme, or those of one theme or metric."""
    notes = [note for note in known_notes(store) if metric is None or metric.id in note.metrics]
    wanted = [theme] if theme else list(store.catalogue.themes.values())
    themes = [ThemeNotes(t.id, t.title, tuple(_of_theme(store, t, notes))) for t in wanted]
    others = () if theme or metric else tuple(note_link(store, note) for note in notes if not _themes_of(store, note))
    shown = tuple(each for each in (*themes, ThemeNotes("others", OTHERS, others)) if each.notes)
    about = metric.title if metric else theme.title if theme else ""
    count = len({link.href for each in shown for link in each.notes})
    crumbs = (("Home", "/"), (TITLE, None))
    return PracticePage(
        head=PageHead(f"{TITLE}: {about}" if about else TITLE, "metrics", crumbs, "What councils did, with evidence."),
        title=f"{TITLE}: {about}" if about else TITLE,
        lead=LEAD,
        count=f"{count_text(count, 'note')}, the newest first.",
        form=_form(store, theme),
        themes=shown,
        empty=Notice("None yet", "No council has written about this yet.", (("All practice notes", PRACTICE),)),
        write=Link("Write one for your council", f"{TAKE_PART}/practice/new"),
    )


def _of_theme(store: FigureStore, theme: Theme, notes: Iterable[PracticeNote]) -> Iterable[Link]:
    return (note_link(store, note) for note in notes if theme.id in _themes_of(store, note))


def _themes_of(store: FigureStore, note: PracticeNote) -> set[str]:
    metrics = store.catalogue.metrics
    return {metrics[metric].theme for metric in note.metrics if metric in metrics}


def _form(store: FigureStore, theme: Theme | None) -> ChooseForm:
    options = [("", "All themes"), *((t.id, t.title) for t in store.catalogue.themes.values())]
    field = SelectField("theme", "theme", "Theme", chosen(options, theme.id if theme else ""))
    return ChooseForm(PRACTICE, "Which notes", (field,))


def find_note(store: FigureStore, note_id: str) -> PracticeNote | None:
    """The published note with an id; None where there is none."""
    return next((note for note in known_notes(store) if note.id == note_id), None)


def make_note_page(store: FigureStore, note: PracticeNote) -> NotePage:
    """One note with everything in it."""
    authority = store.catalogue.authorities[note.authority]
    title = f"{note.title} ({authority.short_name})"
    crumbs = (("Home", "/"), (TITLE, PRACTICE), (authority.short_name, None))
    parts = (
        ("What was done", note.done),
        ("When", note.began),
        ("What it cost", note.cost),
        ("What changed", note.changed),
    )
    return NotePage(
        head=PageHead(f"{title}, note {note.id}", "metrics", crumbs, f"What {authority.name} did, in its own words."),
        title=note.title,
        council=Link(authority.name, authority_address(authority.slug)),
        warning=NOT_CHECKED,
        parts=parts,
        evidence=Link(host_text(note.evidence), note.evidence) if note.evidence.startswith("https://") else Link(""),
        rows=(SummaryRow("Published", f"{day_text(note.published_on)}, version {note.version}"),),
        metrics=tuple(_metric_links(store, note, authority)),
        contact=note.contact,
        talk=Link(f"Ask to talk to {authority.name}", f"{TAKE_PART}/introductions/new?council={authority.slug}"),
    )


def _metric_links(store: FigureStore, note: PracticeNote, authority: Authority) -> Iterable[Link]:
    for metric in (store.catalogue.metrics.get(id_) for id_ in note.metrics):
        if metric:
            yield Link(metric.title, metric_address(metric.id, authority=authority.slug), "its figures")
            yield Link(f"Other notes on {metric.title}", notes_address(metric=metric.id))
