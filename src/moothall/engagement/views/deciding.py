"""Staff decide about the metrics of a consultation, and publish what they decided."""

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.domain.consultation import Consultation
from moothall.engagement.consultations.deciding import (
    LONGEST_TEXT,
    Decided,
    decide_metric,
    decisions_of,
    earlier_decisions,
    possible_outcomes,
    publish_decisions,
)
from moothall.engagement.consultations.publishing import has_closed
from moothall.engagement.models import Decision
from moothall.engagement.models.decisions import Outcome
from moothall.engagement.pages.fields import ErrorLine, PlainWords, drawn_fields, error_lines
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page
from moothall.engagement.views.account import member
from moothall.engagement.views.consultations import consultation_of
from moothall.engagement.views.publishing import results_address
from moothall.engagement.views.staff import STAFF
from moothall.presenters.metric.metric_definition import STATE_WORDS
from moothall.presenters.wording.numbers import count_text
from moothall.web.current import current_store

NOT_YET = "The consultation has not closed. Decide after its last day."
TOO_LONG = f"Write at most {LONGEST_TEXT:,} characters"


@dataclass(frozen=True, slots=True)
class MetricLine:
    """One metric in the list: where it stands on the site, and what was decided."""

    title: str
    href: str
    state: str
    decision: Decision | None


class DecisionForm(forms.Form):
    """What was said, what is done about it, and why."""

    said = PlainWords(
        label="You said: what councils and others told you",
        help_text="In your own words. Say also what speaks against your decision.",
        max_length=LONGEST_TEXT,
        error_messages={"required": "Say what you were told", "max_length": TOO_LONG},
    )
    outcome = forms.ChoiceField(
        label="We did: what becomes of the metric",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of the metric", "invalid_choice": "Choose one of the list"},
    )
    reason = PlainWords(
        label="Why",
        help_text="It becomes part of the metric's history, where everybody can read it.",
        max_length=LONGEST_TEXT,
        error_messages={"required": "Give the reason", "max_length": TOO_LONG},
    )

    def __init__(self, outcomes: list[Outcome], *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["outcome"].choices = [(each.value, each.label) for each in outcomes]  # type: ignore[attr-defined]


def decisions_address(asked: Consultation) -> str:
    """The page of decisions for staff."""
    return f"{results_address(asked)}/decisions"


@require_safe
def decisions(request: HttpRequest, id_: str) -> HttpResponse:
    """``/take-part/staff/results/<id>/decisions``: each metric, where it stands, and what was decided."""
    asked = consultation_of(id_)
    metrics, held = current_store().catalogue.metrics, decisions_of(asked.id)
    lines = [
        MetricLine(metrics[m].title, f"{decisions_address(asked)}/{m}", STATE_WORDS[metrics[m].state], held.get(m))
        for m in asked.metrics
    ]
    waiting = sum(1 for each in held.values() if each.published_at is None)
    shown = {"asked": asked, "lines": lines, "has_closed": has_closed(asked), "waiting": waiting}
    way = (("Staff", STAFF), ("Results", results_address(asked)))
    return room_page(request, "decisions", RoomPage(head("Decisions", *way), shown=shown))


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, id_: str, metric: str) -> HttpResponse:
    """``/take-part/staff/results/<id>/decisions/<metric>``: a decision of today; the one before it is kept."""
    asked = consultation_of(id_)
    if metric not in asked.metrics:
        raise Http404
    held = decisions_of(asked.id).get(metric)
    before = {"said": held.said, "outcome": held.outcome, "reason": held.reason} if held else {}
    form = DecisionForm(possible_outcomes(metric), request.POST if request.method == "POST" else None, initial=before)
    errors: tuple[ErrorLine, ...] = error_lines(form)
    if request.method == "POST" and form.is_valid():
        if has_closed(asked):
            decide_metric(member(request), asked, metric, _decided(form))
            return go_on(request, decisions_address(asked), "The decision is kept. It is not published yet")
        errors = (ErrorLine(NOT_YET, "#id_said"),)
    found = current_store().catalogue.metrics[metric]
    earlier = earlier_decisions(asked.id, metric)
    shown = {
        "asked": asked,
        "metric": found,
        "fields": drawn_fields(form),
        "earlier": earlier,
        "has_closed": has_closed(asked),
    }
    way = (("Staff", STAFF), ("Results", results_address(asked)), ("Decisions", decisions_address(asked)))
    return room_page(request, "decide", RoomPage(head(f"Decide: {found.title}", *way), errors, shown))


def _decided(form: DecisionForm) -> Decided:
    clean = form.cleaned_data
    return Decided(Outcome(clean["outcome"]), clean["said"], " ".join(clean["reason"].split()))


@require_POST
def publish_all(request: HttpRequest, id_: str) -> HttpResponse:
    """Publishes every decision that holds; back to the list."""
    asked = consultation_of(id_)
    if not has_closed(asked):
        raise Http404
    count = publish_decisions(member(request), asked)
    return go_on(request, decisions_address(asked), f"Published: {count_text(count, 'decision')}")
