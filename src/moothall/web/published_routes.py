"""The routes of what is published of taking part: it is read from the published folder, never from the room."""

from moothall.domain.reply import Reply
from moothall.presenters.addresses import REPLIES, reply_address
from moothall.presenters.reading import FigureStore
from moothall.web import published_views
from moothall.web.route import Route, always


def _reply_examples(store: FigureStore) -> list[str]:
    return [reply_address(reply.id) for reply in store.publications.of(Reply)[:3]]


PUBLISHED_ROUTES = (
    Route("replies", published_views.replies, "replies", always(REPLIES)),
    Route("replies/<slug:reply_id>", published_views.reply, "reply", _reply_examples),
)
