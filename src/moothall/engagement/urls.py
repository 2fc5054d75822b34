"""The route table of this room. Every route names who may open it, and the addresses by which tests walk it."""

from collections.abc import Iterable

from django.urls import path

from moothall.engagement.pages.council_routes import COUNCIL_ROUTES
from moothall.engagement.pages.news_routes import NEWS_ROUTES
from moothall.engagement.pages.route import OPEN, SIGNED_IN, STAFF, RoomRoute
from moothall.engagement.pages.workshop_routes import WORKSHOP_ROUTES
from moothall.engagement.people.access import RoomView, guarded
from moothall.engagement.staff.staff_site import staff_site_patterns
from moothall.engagement.views import (
    account,
    consultations,
    deciding,
    letters,
    parties,
    publishing,
    questions,
    responses,
    results,
    sign_in,
    staff,
    themes,
)


def _act(pattern: str, view: RoomView, name: str, example: str) -> RoomRoute:
    """A route that only does something: it answers a button of a page."""
    return RoomRoute(pattern, view, name, SIGNED_IN, example, is_page=False)


def _own(pattern: str, view: RoomView, name: str, example: str = "", ref: str = "{response}") -> RoomRoute:
    """A page of one response, for those who write it."""
    whole = f"responses/{ref}{example or pattern}"
    return RoomRoute(f"responses/<slug:ref>{pattern}", view, name, SIGNED_IN, whole)


def _staff(pattern: str, view: RoomView, name: str, is_page: bool = True, example: str = "") -> RoomRoute:
    """Something about the results of a consultation, for staff."""
    place = "staff/results/"
    return RoomRoute(f"{place}<slug:id_>{pattern}", view, name, STAFF, f"{place}{{asked}}{example or pattern}", is_page)


ROOM_ROUTES: tuple[RoomRoute, ...] = (
    RoomRoute("", account.landing, "take-part", OPEN, ""),
    RoomRoute("sign-in", sign_in.sign_in, "sign-in", OPEN, "sign-in"),
    RoomRoute("sign-in/sent", sign_in.link_sent, "link-sent", OPEN, "sign-in/sent"),
    RoomRoute("sign-in/<str:link>", sign_in.open_link, "open-link", OPEN, "sign-in/made-up-link"),
    RoomRoute("sign-out", sign_in.sign_out, "sign-out", OPEN, "sign-out", is_page=False),
    RoomRoute("privacy", account.privacy, "privacy", OPEN, "privacy"),
    RoomRoute("account", account.account, "account", SIGNED_IN, "account"),
    RoomRoute("account/export", account.export, "account-export", SIGNED_IN, "account/export", is_page=False),
    RoomRoute("account/delete", account.delete, "account-delete", SIGNED_IN, "account/delete"),
    RoomRoute("join", parties.join, "join", SIGNED_IN, "join"),
    RoomRoute("councils/<slug:slug>", parties.council, "council", SIGNED_IN, "councils/leeds"),
    RoomRoute("bodies/<slug:slug>", parties.body, "body", SIGNED_IN, "bodies/northern-network"),
    _act("bodies/<slug:slug>/councils", parties.add_council, "body-councils", "bodies/northern-network/councils"),
    RoomRoute(
        "memberships/<int:pk>/role", parties.membership_role, "member-role", SIGNED_IN, "memberships/{membership}/role"
    ),
    _act("memberships/<int:pk>/<slug:decision>", parties.decide_membership, "decide", "memberships/{membership}/end"),
    _act(
        "body-members/<int:pk>/<slug:decision>",
        parties.decide_body_member,
        "decide-body",
        "body-members/{body_member}/end",
    ),
    RoomRoute("consultations", consultations.consultations, "consultations", OPEN, "consultations"),
    RoomRoute("consultations/<slug:id_>", consultations.consultation, "consultation", OPEN, "consultations/{asked}"),
    RoomRoute(
        "consultations/<slug:id_>/answers", publishing.published, "published", OPEN, "consultations/{asked}/answers"
    ),
    _act("consultations/<slug:id_>/begin", consultations.begin, "begin", "consultations/{asked}/begin"),
    _own("", responses.response, "response"),
    _own("/questions/<int:number>", questions.question, "question", "/questions/1"),
    _own("/check", responses.check, "check"),
    _own("/sent", responses.sent, "sent", ref="{sent}"),
    _own("/print", responses.on_paper, "print"),
    _own("/gathered", responses.gathered_views, "gathered", ref="{body_response}"),
    _own("/agree", responses.agree_to, "agree", ref="{body_response}"),
    _act("responses/<slug:ref>/open", responses.open_again, "open-again", "responses/{response}/open"),
    _act(
        "responses/<slug:ref>/share/<slug:slug>",
        responses.share_with,
        "share",
        "responses/{response}/share/northern-network",
    ),
    *COUNCIL_ROUTES,
    *WORKSHOP_ROUTES,
    *NEWS_ROUTES,
    RoomRoute("staff", staff.staff, "staff", STAFF, "staff"),
    RoomRoute("staff/letters", letters.letters, "letters", STAFF, "staff/letters"),
    RoomRoute(
        "staff/letters/<slug:ref>/again",
        letters.again,
        "letter-again",
        STAFF,
        "staff/letters/{letter}/again",
        is_page=False,
    ),
    _staff("", results.results, "results"),
    _staff("/publish", publishing.publishable, "publishable"),
    _staff("/publish/<slug:ref>", publishing.clear, "clear", example="/publish/{sent}"),
    _staff("/agreement", themes.agreement, "agreement"),
    _staff("/themes/<slug:metric>", themes.themes, "themes", example="/themes/whole"),
    _staff("/themes/<slug:metric>/<int:pk>/drop", themes.drop_theme, "drop-theme", False, "/themes/whole/{theme}/drop"),
    _staff("/decisions", deciding.decisions, "decisions"),
    _staff("/decisions/publish", deciding.publish_all, "publish-decisions", is_page=False),
    _staff("/decisions/<slug:metric>", deciding.decide, "decide-metric", example="/decisions/{metric}"),
    _staff("/answers.csv", results.answers_csv, "results-csv", is_page=False),
    _staff("/answers.xlsx", results.answers_xlsx, "results-xlsx", is_page=False),
)


def room_patterns(routes: Iterable[RoomRoute]) -> list[object]:
    """Django's routes: the room's own path, and each pattern below it, behind its rule."""
    return [
        path(f"/{route.pattern}" if route.pattern else "", guarded(route.view, route.access), name=route.name)
        for route in routes
    ]


urlpatterns = [*room_patterns(ROOM_ROUTES), *staff_site_patterns()]
