"""The routes of what councils say, in public and to one another: replies, notes, introductions, learning sets."""

from moothall.engagement.pages.route import SIGNED_IN, STAFF, RoomRoute
from moothall.engagement.people.access import RoomView
from moothall.engagement.views import introductions, learning, practice, replies, review


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
    _member("introductions", introductions.introductions, "introductions"),
    _member("introductions/new", introductions.new, "introduction-new"),
    *_of("introductions", "introduction", ("", introductions.introduction, "introduction")),
    RoomRoute(
        "introductions/<slug:ref>/<slug:decision>",
        introductions.decide,
        "introduction-decide",
        SIGNED_IN,
        "introductions/{introduction}/accept",
        is_page=False,
    ),
    _member("learning-sets", learning.learning_sets, "learning-sets"),
    _member("learning-sets/new", learning.new, "learning-new"),
    *_of("learning-sets", "learning_set", ("", learning.learning_set, "learning-set")),
    RoomRoute(
        "learning-sets/<slug:ref>/<slug:slug>/<slug:decision>",
        learning.decide,
        "learning-decide",
        SIGNED_IN,
        "learning-sets/{learning_set}/bradford/accept",
        is_page=False,
    ),
    RoomRoute("staff/review", review.review, "review", STAFF, "staff/review"),
    RoomRoute(
        "staff/review/<slug:kind>/<slug:ref>", review.review_one, "review-one", STAFF, "staff/review/reply/{reply}"
    ),
)
