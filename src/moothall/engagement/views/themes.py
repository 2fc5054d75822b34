"""Staff read what was written about a metric by theme, and give themes their names."""

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.domain.consultation import Consultation
from moothall.engagement.consultations.agreement import splits_of
from moothall.engagement.consultations.results import quotations_about, sent_responses
from moothall.engagement.consultations.themes import find_themes, keys_of
from moothall.engagement.models import Theme
from moothall.engagement.models.events import record
from moothall.engagement.models.parties import TITLE_LENGTH
from moothall.engagement.pages.fields import PlainLine, drawn_fields, error_lines
from moothall.engagement.pages.render import RoomPage, go_on, head, room_page
from moothall.engagement.views.account import member
from moothall.engagement.views.consultations import consultation_of, metrics_of
from moothall.engagement.views.publishing import results_address
from moothall.engagement.views.staff import STAFF
from moothall.presenters.shared_by_councils.consultation_page import WHOLE_TITLE
from moothall.web.current import current_store

WHOLE = "whole"
MOST_WORDS = 300


class ThemeForm(forms.Form):
    """A name, and the words that make the theme."""

    terms = PlainLine(
        label="Words of the theme",
        help_text="With commas between them. Every answer with one of them is in the theme.",
        max_length=MOST_WORDS,
        error_messages={"required": "Enter at least one word"},
    )
    name = PlainLine(
        label="Its name",
        help_text="What these answers have in common, in your words.",
        max_length=TITLE_LENGTH,
        error_messages={"required": "Enter a name", "max_length": f"The name may have {TITLE_LENGTH} characters"},
    )

    def clean_terms(self) -> list[str]:
        """The words by the keys under which they are counted; refused where none says anything."""
        keys = list(dict.fromkeys(key for key, _ in keys_of(self.cleaned_data["terms"])))
        if not keys:
            raise forms.ValidationError("Enter words of three letters or more that say what the answers are about")
        return keys


def themes_address(asked: Consultation, metric: str) -> str:
    """The themes of what was written about a metric, or ("") about the whole."""
    return f"{results_address(asked)}/themes/{metric or WHOLE}"


def _metric_of(asked: Consultation, name: str) -> str:
    """The metric of an address, "" for the whole; Http404 for one that is not asked about."""
    if name != WHOLE and name not in asked.metrics:
        raise Http404
    return "" if name == WHOLE else name


@require_http_methods(["GET", "HEAD", "POST"])
def themes(request: HttpRequest, id_: str, metric: str) -> HttpResponse:
    """``/take-part/staff/results/<id>/themes/<metric>``: every written answer, by theme; names are saved."""
    asked = consultation_of(id_)
    about = _metric_of(asked, metric)
    form = ThemeForm(
        request.POST if request.method == "POST" else None, initial={"terms": request.GET.get("terms", "")[:MOST_WORDS]}
    )
    if request.method == "POST" and form.is_valid():
        _keep(request, asked, about, form)
        return go_on(request, themes_address(asked, about), "The theme has its name")
    quotations = quotations_about(about, sent_responses(asked))
    named = Theme.objects.filter(consultation=asked.id, metric=about)
    title = current_store().catalogue.metrics[about].title if about else WHOLE_TITLE
    shown = {
        "asked": asked,
        "title": title,
        "total": len(quotations),
        "found": find_themes(quotations, named),
        "fields": drawn_fields(form),
        "address": themes_address(asked, about),
    }
    way = (("Staff", STAFF), ("Results", results_address(asked)))
    return room_page(request, "themes", RoomPage(head(f"Themes: {title}", *way), error_lines(form), shown))


def _keep(request: HttpRequest, asked: Consultation, metric: str, form: ThemeForm) -> None:
    """Save a theme under its name; the same name again changes its words."""
    person, clean = member(request), form.cleaned_data
    with transaction.atomic():
        made, _ = Theme.objects.update_or_create(
            consultation=asked.id, metric=metric, name=clean["name"], defaults={"terms": clean["terms"], "by": person}
        )
        record(person, "named a theme", f"theme {made.pk}")


@require_POST
def drop_theme(request: HttpRequest, id_: str, metric: str, pk: int) -> HttpResponse:
    """Takes a name away; its words are found again as a theme without one."""
    asked = consultation_of(id_)
    about = _metric_of(asked, metric)
    held = get_object_or_404(Theme, pk=pk, consultation=asked.id, metric=about)
    with transaction.atomic():
        record(member(request), "dropped a theme", f"theme {held.pk}")
        held.delete()
    return go_on(request, themes_address(asked, about), "The name is taken away")


@require_safe
def agreement(request: HttpRequest, id_: str) -> HttpResponse:
    """``/take-part/staff/results/<id>/agreement``: closed questions by type of council and by region."""
    asked = consultation_of(id_)
    splits = splits_of(asked, sent_responses(asked))
    titles = {metric.id: metric.title for metric in metrics_of(asked)} | {"": WHOLE_TITLE}
    groups = [
        (titles[m], [each for each in splits if each.metric == m]) for m in dict.fromkeys(s.metric for s in splits)
    ]
    way = (("Staff", STAFF), ("Results", results_address(asked)))
    page = RoomPage(head("Answers by type and region", *way), shown={"asked": asked, "groups": groups})
    return room_page(request, "agreement", page)
