"""A view as a file: the same choices as the page's, read from the same address with the file's name after it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from moothall.presenters.citation import Citation, cite
from moothall.presenters.downloads.csv_file import csv_bytes
from moothall.presenters.downloads.dataset import Dataset
from moothall.presenters.downloads.picture import Drawing, picture_png, picture_svg, plain_style, words_of
from moothall.presenters.downloads.workbook import workbook_bytes
from moothall.web.current import current_store
from moothall.web.render import whole_address
from moothall.web.route import Examples, Route

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}
SHEETS, PICTURES = ("csv", "xlsx"), ("svg", "png")

Make = Callable[..., Dataset | Drawing]
"""Called with the request, the page's address and the parts of its path: what the file is to hold."""


@dataclass(frozen=True, slots=True)
class Download:
    """Files of a page: the page's route, their name without the ending, the endings, and what makes them.

    ``examples`` are addresses of pages that offer them; left out, those of the page's own examples.
    """

    page: str
    name: str
    endings: tuple[str, ...]
    make: Make
    examples: Examples | None = None


def file_routes(pages: Mapping[str, Route], downloads: Iterable[Download]) -> tuple[Route, ...]:
    """A route for each download, under the route of its page."""
    return tuple(_route(pages[one.page], one) for one in downloads)


def _route(page: Route, one: Download) -> Route:
    name = re.sub(r"<\w+:(\w+?)(_name)?>", r"\1", f"{page.name}-{one.name}")
    pattern = f"{page.pattern}/{one.name}.<slug:ending>"
    return Route(pattern, require_safe(partial(_answer, one)), name, _examples(page, one), is_page=False)


def _examples(page: Route, one: Download) -> Examples:
    if "<" in one.name:
        return lambda store: ()
    names = [f"{one.name}.{ending}" for ending in one.endings]
    offered = one.examples or page.examples
    return lambda store: [file_address(address, name) for address in offered(store) for name in names]


def file_address(page: str, name: str) -> str:
    """The address of a file that a page offers."""
    path, mark, query = page.partition("?")
    return f"{path}/{name}{mark}{query}"


def _answer(one: Download, request: HttpRequest, ending: str, **parts: str) -> HttpResponse:
    """The file of this kind; 404 for a kind that the view does not come in."""
    if ending not in one.endings:
        raise Http404
    made = one.make(request, _page(request), **parts)
    makers = _sheets(request, made) if isinstance(made, Dataset) else _pictures(request, made)
    headers = {"Content-Disposition": f'attachment; filename="{made.stem}.{ending}"'}
    return HttpResponse(makers[ending](), content_type=TYPES[ending], headers=headers)


def _page(request: HttpRequest) -> str:
    """The address of the page that offers this file."""
    query = request.META.get("QUERY_STRING")
    return request.path.rpartition("/")[0] + (f"?{query}" if query else "")


def _citation(request: HttpRequest, title: str) -> Citation:
    return cite(current_store(), title, whole_address(request)(_page(request)))


def _sheets(request: HttpRequest, dataset: Dataset) -> dict[str, Callable[[], bytes]]:
    return {
        "csv": lambda: csv_bytes(dataset, whole_address(request)),
        "xlsx": lambda: workbook_bytes(dataset, _citation(request, dataset.title), whole_address(request)),
    }


def _pictures(request: HttpRequest, drawing: Drawing) -> dict[str, Callable[[], bytes]]:
    drawn = picture_svg(drawing, _citation(request, drawing.title).text, whole_address(request), _style())
    return {"svg": drawn.encode, "png": lambda: picture_png(drawn, words_of(drawing.figure))}


@cache
def _style() -> str:
    return plain_style((Path(settings.STATIC_ROOT) / "built" / "picture.css").read_text(encoding="utf-8"))
