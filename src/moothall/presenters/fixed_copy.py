"""A fixed copy of the site: which addresses it holds, in which files, and where a link leads that it does not hold.

The copy needs no program: any web server can serve its files. What depends on a reader's choice stays with the live
site: forms are taken out, and a link with choices leads to the nearest page that the copy has.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from pathlib import PurePosixPath
from urllib.parse import parse_qs, urlsplit

from moothall.analytics.groups import type_group
from moothall.presenters.addresses import authority_trails_address
from moothall.presenters.figures.comparators import usual_group
from moothall.presenters.figures.reading import FigureStore, authorities_by_name

NAMES = "/names"
"""Stands in for the search: every name on one page."""

ABOUT_COPIES = "/copies"
"""Where links lead that only the live site can answer."""

WORDS = "/words"
"""Stands in for the rules behind one figure's words: all of them."""

SCRIPT = "/static/names.js"
"""Narrows the page of all names to the words of the search, in a browser that runs scripts."""

IN_COPY = "moothall.address_in_copy"
"""Under this name the site is handed what turns its addresses into those of a copy, where it writes them whole."""

LIVE_ONLY = re.compile(
    r"^/(search|compare|trail|claims|take-part|c)(/|$)|\.png$|/every-period\.csv$|"
    r"/(every-period|changed|turned-round)\.xlsx$|/map/areas\.\w+$|/trails\.xlsx$|"
    r"^/authorities/[\w-]+/(questions/[\w-]+/questions\.\w+|conversation-pack/signs\.\w+)$"
)
"""Pages and files that depend on a reader's choice, or that would be many and large and say what others say: the areas
of a map are those of the types of council together."""

LIVE_ONLY_OF_TYPE = re.compile(r"^/metrics/[\w-]+/(figures\.xlsx|changed\.csv|turned-round\.csv)\?group=type:[\w-]+$")
"""Files that a copy has of a metric's usual group only; of every other type it has the figures as CSV."""

_KEPT_CHOICES = re.compile(
    r"^/authorities\?(type|region)=[\w-]+$|^/metrics/[\w-]+(/[\w-]+\.(csv|xlsx|svg))?\?group=type:[\w-]+$"
)
_OF_A_METRIC = re.compile(r"^/metrics/([\w-]+)")
_SUBJECT = re.compile(r"^/(authorities|metrics)/[\w-]+")
_FIGURE_WORDS = re.compile(r"^/metrics/[\w-]+/words$")
_METRIC = re.compile(r"^/metrics/([\w-]+)$")
_OUTCOME_OF = re.compile(r"^/authorities/[\w-]+(/outcomes/[\w-]+)$")
_OF_A_THEME = re.compile(r"^(/authorities/[\w-]+)/themes/[\w-]+/(figures\.\w+)$")
_FIRST_STYLES = re.compile(r"<style>.*?</style>", re.DOTALL)
_STYLESHEET = re.compile(r'<link rel="stylesheet" href="[^"]*">')
_TRAIL = re.compile(r"^/trail/([\w-]+)/([\w-]+)/")
_OFFERED = re.compile(r'<li><a href="(/[^"]*)" download>[^<]*</a></li>\n?')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_SEARCH = re.compile(r'<form\b[^>]*action="/search"')

OTHER_FILES = f'<li><a href="{ABOUT_COPIES}">Other files of this page: on the live site only</a></li>\n'

Resolve = Callable[[str], str]


def file_of(address: str) -> PurePosixPath:
    """The file in which the copy keeps an address: ``/metrics`` is ``metrics/index.html``.

    A choice becomes a folder: ``/authorities?type=county`` is ``authorities/type-county/index.html``.
    """
    parts = urlsplit(address)
    folder, _, name = parts.path.strip("/").rpartition("/")
    if parts.path.startswith("/static/"):
        return PurePosixPath(folder, name)
    choice = _choice_folder(parts.query)
    return PurePosixPath(folder, choice, name) if "." in name else PurePosixPath(folder, name, choice, "index.html")


def subject_of(address: str) -> str:
    """The council or the metric that an address is about: ``/authorities/leeds``; "" for one of several or of none."""
    found = _SUBJECT.match(address)
    return found[0] if found else ""


def address_in_copy(address: str) -> str:
    """How a page of the copy links to what the copy holds: with the slash that servers want after a folder."""
    file = file_of(address)
    mark = urlsplit(address).fragment
    path = f"/{file.parent}/".replace("/./", "/") if file.name == "index.html" else f"/{file}"
    return f"{path}#{mark}" if mark else path


def _choice_folder(query: str) -> str:
    return query.replace("=", "-").replace(":", "-").removeprefix("group-")


def make_resolver(store: FigureStore) -> Resolve:
    """What turns an address of the live site into the one of the copy that stands in for it.

    A metric with an authority chosen leads to the same metric beside the authority's type; the trail of one figure to
    the page with all trails of its authority; an outcome for one authority to the outcome's own page; the figures of a
    theme to those of the council, which hold them. What a metric shows of its usual group is there once, at the address
    without a choice.
    """
    types = {a.slug: f"group={type_group(a.type).id}" for a in authorities_by_name(store)}
    usual = {metric.id: f"group={usual_group(metric).id}" for metric in store.catalogue.metrics.values()}

    @lru_cache(maxsize=65_536)
    def resolve(address: str) -> str:
        parts = urlsplit(address)
        if found := _stand_in(parts.path):
            return found
        path, mark = parts.path, f"#{parts.fragment}" if parts.fragment else ""
        of, chosen = _OF_A_METRIC.match(path), parse_qs(parts.query).get("authority", [""])[0]
        query = types[chosen] if _METRIC.match(path) and chosen in types else parts.query
        is_usual = of is not None and query == usual.get(of[1])
        if not is_usual and LIVE_ONLY_OF_TYPE.match(f"{path}?{query}"):
            return ABOUT_COPIES
        return f"{path}?{query}{mark}" if _keeps(path, query) and query and not is_usual else path + mark

    return resolve


def _keeps(path: str, query: str) -> bool:
    """Whether the copy holds what a page shows after this choice."""
    return path.startswith("/static/") or bool(_KEPT_CHOICES.match(f"{path}?{query}"))


def _stand_in(path: str) -> str:
    """The page of the copy to which all addresses of this path lead, whatever was chosen; "" where there is none."""
    if trail := _TRAIL.match(path):
        return authority_trails_address(trail[2])
    if outcome := _OUTCOME_OF.match(path):
        return outcome[1]
    if file := _OF_A_THEME.match(path):
        return f"{file[1]}/{file[2]}"
    if LIVE_ONLY.search(path):
        return ABOUT_COPIES
    return WORDS if _FIGURE_WORDS.match(path) else ""


@dataclass(frozen=True, slots=True)
class FixedPage:
    """A page as the copy keeps it, and the addresses that it leads to, without marks within pages, each once."""

    html: str
    links: tuple[str, ...]


def fixed_page(address: str, html: str, resolve: Resolve) -> FixedPage:
    """The page with links resolved, the search led to all names, other forms and files of the live site taken out."""
    links: dict[str, None] = {}
    kept = _without_live_files(_with_one_sheet(html), resolve)
    parts = _FORM.split(kept)
    forms = [*map(_fixed_form, _FORM.findall(kept)), ""]
    fixed = "".join(_linked(part, resolve, links) + form for part, form in zip(parts, forms, strict=True))
    if address == NAMES:
        fixed = fixed.replace("</body>", f'<script src="{SCRIPT}" defer></script>\n</body>')
    return FixedPage(fixed, tuple(links))


def _without_live_files(html: str, resolve: Resolve) -> str:
    """The page with only the files that the copy has, and one line on the others where there are some."""
    offered = _OFFERED.findall(html)
    live = [address for address in offered if resolve(unescape(address)) == ABOUT_COPIES]
    said = dict.fromkeys(live, "") | dict.fromkeys(live[:1], OTHER_FILES)
    return _OFFERED.sub(lambda at: said.get(at[1], at[0]), html) if live else html


def _with_one_sheet(html: str) -> str:
    """The page without its own first styles, which would be a third of it, and the same text in every file: the
    stylesheet, of which they are a part, is asked for in their place."""
    sheet, styles = _STYLESHEET.search(html), _FIRST_STYLES.search(html)
    if sheet is None or styles is None:
        return html
    return html.replace(sheet[0], "", 1).replace(styles[0], sheet[0], 1)


def _linked(html: str, resolve: Resolve, links: dict[str, None]) -> str:
    """Part of a page with its links resolved, which are added to ``links``; cut at each, since most of it is none."""
    before, *after = html.split('="/')
    out = [before]
    for part in after:
        path, quote, rest = part.partition('"')
        if not out[-1].endswith(("href", "src")):
            out.append(f'="/{part}')
            continue
        found = resolve(unescape(f"/{path}"))
        links[found.partition("#")[0]] = None
        out.append(f'="{_written(found)}{quote}{rest}')
    return "".join(out)


@lru_cache(maxsize=65_536)
def _written(address: str) -> str:
    """An address of the copy as a page writes it."""
    return escape(address_in_copy(address))


def _fixed_form(form: str) -> str:
    """The search, led to all names; any other form gives way to a word on what is missing, and where to read of it."""
    if _SEARCH.match(form):
        return form.replace('action="/search"', f'action="{address_in_copy(NAMES)}"')
    href = address_in_copy(ABOUT_COPIES)
    return f'<p class="govuk-body note">This is a <a href="{href}">fixed copy</a>: choices need the live site.</p>'
