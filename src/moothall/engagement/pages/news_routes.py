"""The routes of news by e-mail, and of newsletters."""

from moothall.engagement.pages.route import OPEN, STAFF, RoomRoute
from moothall.engagement.views import news, newsletters

NEWS_ROUTES: tuple[RoomRoute, ...] = (
    RoomRoute("news", news.news, "news", OPEN, "news"),
    RoomRoute("news/sent", news.news_sent, "news-sent", OPEN, "news/sent"),
    RoomRoute("news/confirmed", news.news_confirmed, "news-confirmed", OPEN, "news/confirmed"),
    RoomRoute("news/confirm/<str:token>", news.confirm_news, "news-confirm", OPEN, "news/confirm/{asked_news}"),
    RoomRoute("news/choices/<str:token>", news.choose, "news-choices", OPEN, "news/choices/{own_news}"),
    RoomRoute("news/leave/<str:token>", news.leave_news, "news-leave", OPEN, "news/leave/{own_news}"),
    RoomRoute("staff/newsletters", newsletters.newsletters, "newsletters", STAFF, "staff/newsletters"),
    RoomRoute(
        "staff/newsletters/<slug:ref>", newsletters.newsletter, "newsletter", STAFF, "staff/newsletters/{newsletter}"
    ),
    RoomRoute(
        "staff/newsletters/<slug:ref>/send",
        newsletters.send,
        "send-newsletter",
        STAFF,
        "staff/newsletters/{newsletter}/send",
        is_page=False,
    ),
)
