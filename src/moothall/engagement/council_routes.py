"""The routes of what councils say: replies, practice notes, and the review of both."""

from moothall.engagement.access import RoomView
from moothall.engagement.route import SIGNED_IN, STAFF, RoomRoute
from moothall.engagement.views import practice, replies, review


def _member(pattern: str, view: RoomView, name: str, example: str = "") -> RoomRoute:
    """A page for those who are signed in; what belongs to a council is checked where it is found."""
    return RoomRoute(pattern, view, name, SIGNED_IN, example or pattern)


def _of(place: str, word: str, *pages: tuple[str, RoomView, str]) -> tuple[RoomRoute, ...]:
    """The pages of one thing: ``{place}/<ref>`` and what follows it; ``word`` names the one that a test has made."""
    return tuple(
        _member(f"{place}/<slug:ref>{tail}", view, name, f"{place}/{{{word}}}{tail}") for tail, view, name in pages
    )


COUNCIL_ROUTES: tuple[RoomRoute, ...] = (
    _member("reply/<slug:slug>/<slug:key>/<str:when>", replies.write, "reply-write", "reply/leeds/{figure}"),
    _member("councils/<slug:slug>/replies", replies.replies, "council-replies", "councils/leeds/replies"),
    *_of(
        "replies",
        "reply",
        ("", replies.reply, "own-reply"),
        ("/check", replies.check, "reply-check"),
        ("/sent", replies.sent, "reply-sent"),
        ("/withdraw", replies.withdraw, "reply-withdraw"),
    ),
    _member("practice/new", practice.new, "practice-new"),
    _member("councils/<slug:slug>/practice", practice.notes, "council-notes", "councils/leeds/practice"),
    *_of(
        "practice",
        "note",
        ("", practice.note, "own-note"),
        ("/edit", practice.edit, "note-edit"),
        ("/check", practice.check, "note-check"),
        ("/withdraw", practice.withdraw, "note-withdraw"),
    ),
    RoomRoute("staff/review", review.review, "review", STAFF, "staff/review"),
    RoomRoute(
        "staff/review/<slug:kind>/<slug:ref>", review.review_one, "review-one", STAFF, "staff/review/reply/{reply}"
    ),
)
