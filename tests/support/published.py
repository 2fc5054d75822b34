"""Replies for made-up stores: one to a figure in two versions, one to a sentence, one to a sign, one lapsed."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from moothall.catalogue.published import write_published
from moothall.domain.practice import PracticeNote
from moothall.domain.published import Published
from moothall.domain.reply import FigureMark, Reply, ReplyAbout, ReplySubject, ReplyVersion, Stance
from moothall.presenters.figures.cohort import latest_standing
from moothall.presenters.figures.comparators import named_group
from moothall.presenters.figures.reading import FigureStore, authority_with_slug
from moothall.presenters.shared_by_councils.replies import sentences_on, subject_mark
from tests.support.store_builder import FakeStore

RATE, PERIOD = "household-waste-recycling-rate", "2021-22"
DAY = date(2026, 11, 22)
EVIDENCE = "https://www.leeds.gov.uk/waste/return-2021-22"


def published(store: FakeStore, kind: type, *items: object) -> FakeStore:
    """The store, beside which these, and no others of their kind, are published now."""
    before = store.publications
    store.publications = Published(f"{before.mark}, {kind.__name__}: {len(items)}", {**before.items, kind: items})
    return store


def make_reply(store: FigureStore, reply_id: str, subject: ReplySubject, words: str, **fields: Any) -> Reply:
    """A first version about what the subject is now; ``fields`` replace those of the version."""
    mark = subject_mark(store, subject, DAY)
    assert mark, subject
    given = {"stance": Stance.AGREES, "evidence": None, "mark": mark, "published_on": date(2026, 11, 20), **fields}
    return Reply(reply_id, subject, (ReplyVersion(1, words=words, **given),))


def figure_subject(authority: str, metric: str = RATE, period: str = PERIOD) -> ReplySubject:
    """A figure."""
    return ReplySubject(ReplyAbout.FIGURE, authority, metric, period)


def sentence_subject(store: FakeStore, authority: str) -> ReplySubject:
    """The first sentence that is said of a figure beside the council's type."""
    metric, council = store.catalogue.metrics[RATE], store.catalogue.authorities[authority]
    period = next(period for period in store.panel(RATE).periods if period.slug == PERIOD)
    group = named_group(store, "same-type", council).id
    rule = sentences_on(store, metric, council, group, period)[0].rule
    return ReplySubject(ReplyAbout.SENTENCE, authority, RATE, PERIOD, rule, group)


NOTE = PracticeNote(
    id="N2TE2XAMPLE2",
    version=1,
    authority="BOLTON",
    title="Bags that are collected every week",
    metrics=(RATE,),
    done="We gave every home a second bag.",
    began="From April 2019",
    cost="40,000 pounds a year.",
    changed="More was put out.",
    evidence="https://www.bolton.gov.uk/bags",
    contact="waste@bolton.gov.uk",
    published_on=date(2026, 11, 19),
)
"""A practice note of Bolton on recycling."""


def publish_examples(store: FigureStore, folder: Path) -> None:
    """Write to a folder a reply of Leeds to its newest figure, and a practice note, whatever the figures."""
    leeds, metric = authority_with_slug(store, "leeds"), store.catalogue.metrics[RATE]
    standing = latest_standing(store, metric, leeds)
    assert standing
    reply = make_reply(store, "REPLY2FGURE2", figure_subject(leeds.code, RATE, standing.period.slug), "We counted 39%.")
    write_published(folder, Reply, lambda: [reply])
    write_published(folder, PracticeNote, lambda: [replace(NOTE, authority=leeds.code)])


def example_replies(store: FakeStore) -> tuple[Reply, ...]:
    """Replies of every kind, in every state."""
    disagrees = {"stance": Stance.DISAGREES, "evidence": EVIDENCE}
    figure = make_reply(store, "REPLY2FGURE2", figure_subject("LEEDS"), "We counted 39.4%.", **disagrees)
    second = replace(figure.newest, number=2, words="We counted 39.5%,\nwith garden waste.", published_on=DAY)
    sign = ReplySubject(ReplyAbout.SIGN, "KIRKLE", "recycling-low", DAY.isoformat())
    lapsed = make_reply(store, "REPLY2LAPSED", figure_subject("SHEFFI"), "This was another figure.")
    return (
        replace(figure, versions=(second, *figure.versions)),
        make_reply(store, "REPLY2WRDS22", sentence_subject(store, "KIRKLE"), "The words leave out our new plant."),
        make_reply(store, "REPLY2SGNS22", sign, "The plant was closed for a year.", **disagrees),
        replace(lapsed, versions=(replace(lapsed.newest, mark=FigureMark(12.5, "made-up/2021-12")),)),
    )
