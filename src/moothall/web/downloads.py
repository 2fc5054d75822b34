"""A view as a file: the same choices as the page's, read from the same address with the file's name after it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from moothall.presenters.blocks import Figure
from moothall.presenters.citation import Citation, cite
from moothall.presenters.downloads.csv_file import csv_bytes
from moothall.presenters.downloads.dataset import Dataset, attributions, limits_of
from moothall.presenters.downloads.picture import picture_png, picture_svg, plain_style, words_of
from moothall.presenters.downloads.views import (
    authority_dataset,
    compare_dataset,
    every_period_dataset,
    group_dataset,
)
from moothall.presenters.downloads.workbook import workbook_bytes
from moothall.presenters.metric_page import GroupView, MetricPage
from moothall.presenters.reading import FigureStore
from moothall.web.choices import (
    MetricChoices,
    authority_choices,
    compare_choices,
    metric_choices,
    metric_page_of,
    theme_choices,
)

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}


@require_safe
def metric_figures(request: HttpRequest, metric_id: str, ending: str) -> HttpResponse:
    """``/metrics/household-waste-recycling-rate/figures.csv?group=type:county&period=2021-22``"""
    c = metric_choices(request, metric_id)
    if c.group is None or c.period is None:
        raise Http404
    return _file(
        request, c.store, group_dataset(c.store, _page(request), c.metric, c.group, c.period, c.authority), ending
    )


@require_safe
def metric_every_period(request: HttpRequest, metric_id: str, ending: str) -> HttpResponse:
    """``/metrics/household-waste-recycling-rate/every-period.xlsx?group=england``"""
    c = metric_choices(request, metric_id)
    if c.group is None:
        raise Http404
    return _file(request, c.store, every_period_dataset(c.store, _page(request), c.metric, c.group), ending)


@require_safe
def metric_spread(request: HttpRequest, metric_id: str, ending: str) -> HttpResponse:
    """``/metrics/household-waste-recycling-rate/spread.svg?authority=leeds``"""
    return _picture(request, metric_choices(request, metric_id), "spread", lambda group: group.strip, ending)


@require_safe
def metric_history(request: HttpRequest, metric_id: str, ending: str) -> HttpResponse:
    """``/metrics/household-waste-recycling-rate/history.png?authority=leeds``"""
    return _picture(request, metric_choices(request, metric_id), "history", lambda group: group.history, ending)


@require_safe
def authority_figures(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """``/authorities/leeds/figures.csv?group=region``"""
    store, subject, kind = authority_choices(request, slug)
    return _file(request, store, authority_dataset(store, _page(request), subject, kind), ending)


@require_safe
def theme_figures(request: HttpRequest, slug: str, theme_id: str, ending: str) -> HttpResponse:
    """``/authorities/leeds/themes/waste/figures.csv``"""
    store, subject, theme, kind = theme_choices(request, slug, theme_id)
    return _file(request, store, authority_dataset(store, _page(request), subject, kind, theme), ending)


@require_safe
def compare_figures(request: HttpRequest, ending: str) -> HttpResponse:
    """``/compare/figures.csv?authority=leeds&authority=bradford``"""
    store, chosen = compare_choices(request)
    return _file(request, store, compare_dataset(store, _page(request), chosen), ending)


def _page(request: HttpRequest) -> str:
    """The address of the page that offers this file."""
    query = request.META.get("QUERY_STRING")
    return request.path.rpartition("/")[0] + (f"?{query}" if query else "")


def _citation(request: HttpRequest, store: FigureStore, title: str) -> Citation:
    return cite(store, title, request.build_absolute_uri(_page(request)))


def _file(request: HttpRequest, store: FigureStore, dataset: Dataset, ending: str) -> HttpResponse:
    site = request.build_absolute_uri("/").rstrip("/")
    makers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: csv_bytes(dataset, site),
        "xlsx": lambda: workbook_bytes(dataset, _citation(request, store, dataset.title), site),
    }
    return _answer(makers, dataset.stem, ending)


def _picture(
    request: HttpRequest, c: MetricChoices, name: str, find: Callable[[GroupView], Figure | None], ending: str
) -> HttpResponse:
    page: MetricPage = metric_page_of(c)
    figure = find(page.group) if page.group else None
    if figure is None:
        raise Http404
    title = page.head.title
    lines = (limits_of(c.metric), attributions(c.store, c.metric), _citation(request, c.store, title).text)
    drawn = picture_svg(figure, title, lines, _style())
    makers: dict[str, Callable[[], bytes]] = {
        "svg": drawn.encode,
        "png": lambda: picture_png(drawn, words_of(figure)),
    }
    return _answer(makers, f"{c.metric.id}-{name}", ending)


def _answer(makers: dict[str, Callable[[], bytes]], stem: str, ending: str) -> HttpResponse:
    """The file of this kind; 404 for a kind that the view does not come in."""
    if ending not in makers:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{stem}.{ending}"'}
    return HttpResponse(makers[ending](), content_type=TYPES[ending], headers=headers)


@cache
def _style() -> str:
    return plain_style((Path(settings.STATIC_ROOT) / "built" / "picture.css").read_text(encoding="utf-8"))
