"""News by e-mail: asking for it, saying yes, changing it, and leaving at one click."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from moothall.domain.authority import Authority
from moothall.engagement.models.news import Pace
from moothall.engagement.models.people import plain_address
from moothall.engagement.news.subscribing import (
    KINDS,
    NEWS,
    Choices,
    ask_for_news,
    change_choices,
    choice_lines,
    confirm,
    find_asked,
    find_own,
    is_ours,
    leave,
    watched_names,
)
from moothall.engagement.pages.fields import address_field, drawn_fields, error_lines
from moothall.engagement.pages.render import RoomPage, head, plain_page, room_page, signed_in
from moothall.engagement.people.gate import client_address
from moothall.engagement.people.sign_in import TooManyRequests, count_in
from moothall.engagement.post.letters import site_address
from moothall.engagement.views.named import CouncilLines, MetricLines
from moothall.presenters.figures.reading import is_running
from moothall.web.current import current_store, today

TITLE = "News by e-mail"
WAY = ((TITLE, NEWS),)
MOST_LINES = 50


class ChoicesForm(forms.Form):
    """What news to send, about what, and how often."""

    kinds = forms.MultipleChoiceField(
        label="What do you want to know of?",
        choices=list(KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what you want to know of", "invalid_choice": "Choose from the list"},
    )
    themes = forms.MultipleChoiceField(
        label="Themes to follow (optional)",
        help_text="Follow no theme, council or metric to hear of everything.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    authorities = CouncilLines(
        label="Councils to follow (optional)",
        help_text="One a line, by name, such as Leeds",
        rows=3,
        required=False,
        most=MOST_LINES,
    )
    metrics = MetricLines(
        has_drafts=True,
        label="Metrics to follow (optional)",
        help_text="One a line, by the title of its page or the last part of its address",
        rows=3,
        required=False,
        most=MOST_LINES,
    )
    pace = forms.ChoiceField(
        label="How often?",
        choices=Pace.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often", "invalid_choice": "Choose from the list"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        themes = current_store().catalogue.themes.values()
        self.fields["themes"].choices = [(theme.id, theme.title) for theme in themes]  # type: ignore[attr-defined]

    def made(self) -> Choices:
        """The choices of a valid form."""
        data = self.cleaned_data
        watches = [f"theme:{key}" for key in data["themes"]] + [f"metric:{key}" for key in data["metrics"]]
        watches += [f"authority:{key}" for key in data["authorities"]]
        return Choices(tuple(data["kinds"]), tuple(dict.fromkeys(watches)), data["pace"])


class NewsForm(ChoicesForm):
    """The same, with the address to which it goes."""

    email = address_field("Your e-mail address", "We send a letter first that asks whether you want this.")


def _running() -> list[Authority]:
    day = today()
    return [each for each in current_store().catalogue.authorities.values() if is_running(each, day)]


def _written(choices: Choices) -> dict[str, Any]:
    """Choices as the form shows them."""
    return {
        "kinds": list(choices.kinds),
        "themes": choices.chosen("theme"),
        "authorities": "\n".join(watched_names(choices, "authority")),
        "metrics": "\n".join(watched_names(choices, "metric")),
        "pace": choices.pace,
    }


def _asked_here(request: HttpRequest) -> dict[str, Any]:
    """What a link to this page fills in: ``?authority=leeds``, ``?metric=...``, ``?theme=waste``."""
    person = signed_in(request)
    known = {each.slug: each.short_name for each in _running()}
    metric = current_store().catalogue.metrics.get(request.GET.get("metric", ""))
    return {
        "email": person.email if person else "",
        "authorities": known.get(request.GET.get("authority", ""), ""),
        "metrics": metric.title if metric else "",
        "themes": [request.GET.get("theme", "")],
        "pace": Pace.WEEKLY,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def news(request: HttpRequest) -> HttpResponse:
    """``/take-part/news?authority=leeds``: asks what to send and where to, and sends the question."""
    form = NewsForm(request.POST if request.method == "POST" else None, initial=_asked_here(request))
    if request.method == "POST" and form.is_valid():
        address = plain_address(form.cleaned_data["email"])
        try:
            if count_in(f"news:{address}", client_address(request)):
                ask_for_news(address, form.made(), site_address(request))
        except TooManyRequests:
            return plain_page(request, "too-many", 429)
        return HttpResponseRedirect(f"{NEWS}/sent")
    shown = {"fields": drawn_fields(form), "action": NEWS, "is_new": True}
    return room_page(request, "news", RoomPage(head(TITLE), error_lines(form), shown))


@require_safe
def news_sent(request: HttpRequest) -> HttpResponse:
    """``/take-part/news/sent``: the same words for every address."""
    return room_page(request, "news_sent", RoomPage(head("Check your e-mail, and say yes", *WAY)))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_news(request: HttpRequest, token: str) -> HttpResponse:
    """``/take-part/news/confirm/<token>``: a page with a button: programs that look into letters press none."""
    found = find_asked(token)
    if found is None:
        return room_page(request, "news_over", RoomPage(head("This link no longer works", *WAY)), 400)
    if request.method == "POST":
        confirm(found)
        return HttpResponseRedirect(f"{NEWS}/confirmed")
    shown = {"token": token, "base": NEWS, "lines": choice_lines(Choices.of(found.asked))}
    return room_page(request, "news_confirm", RoomPage(head("Say yes to news", *WAY), shown=shown))


@require_safe
def news_confirmed(request: HttpRequest) -> HttpResponse:
    """``/take-part/news/confirmed``"""
    return room_page(request, "news_confirmed", RoomPage(head("News is on its way", *WAY)))


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """``/take-part/news/choices/<token>``: what is sent now, to be changed; the link proves the address."""
    found = find_own(token)
    if found is None:
        raise Http404
    form = ChoicesForm(request.POST if request.method == "POST" else None, initial=_written(Choices.of(found.choices)))
    if request.method == "POST" and form.is_valid():
        change_choices(found, form.made())
        return HttpResponseRedirect(f"{NEWS}/confirmed")
    shown = {"fields": drawn_fields(form), "action": f"{NEWS}/choices/{token}", "leave": f"{NEWS}/leave/{token}"}
    page = RoomPage(head("Change your news", *WAY), error_lines(form), shown)
    return room_page(request, "news", page)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave_news(request: HttpRequest, token: str) -> HttpResponse:
    """``/take-part/news/leave/<token>``: a button, and one click of a mail program (RFC 8058), which has no cookie.

    Nothing needs the mark of our forms here: whoever has the link may leave, and cannot do anything else.
    """
    if not is_ours(token):
        raise Http404
    found = find_own(token)
    if request.method == "POST" and found:
        leave(found)
        found = None
    shown = {"is_over": found is None, "action": f"{NEWS}/leave/{token}", "again": NEWS}
    return room_page(request, "news_leave", RoomPage(head("No more news", *WAY), shown=shown))
