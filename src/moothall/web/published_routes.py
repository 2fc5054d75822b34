"""The routes of what is published of taking part: it is read from the published folder, never from the room."""

from moothall.domain.practice import PracticeNote
from moothall.domain.reply import Reply
from moothall.presenters.addresses import PRACTICE, REPLIES, note_address, notes_address, reply_address
from moothall.presenters.figures.reading import FigureStore
from moothall.web import published_views
from moothall.web.route import Route, always


def _reply_examples(store: FigureStore) -> list[str]:
    return [reply_address(reply.id) for reply in store.publications.of(Reply)[:3]]


def _practice_examples(store: FigureStore) -> list[str]:
    """All, one theme, and one metric that has a note."""
    metrics = [metric for note in store.publications.of(PracticeNote)[:1] for metric in note.metrics[:1]]
    return [
        PRACTICE,
        notes_address(theme=next(iter(store.catalogue.themes))),
        *(notes_address(metric=m) for m in metrics),
    ]


def _note_examples(store: FigureStore) -> list[str]:
    return [note_address(note.id) for note in store.publications.of(PracticeNote)[:2]]


PUBLISHED_ROUTES = (
    Route("replies", published_views.replies, "replies", always(REPLIES)),
    Route("practice", published_views.practice, "practice", _practice_examples),
    Route("practice/<slug:note_id>", published_views.note, "note", _note_examples),
    Route("replies/<slug:reply_id>", published_views.reply, "reply", _reply_examples),
)
