"""The blocks that pages are made of, in the shape that the components of web/templates draw."""

from dataclasses import dataclass, field

from markupsafe import Markup

FILTER_LIST, STRIP_WALK = "filter-list.js", "strip-walk.js"
"""Small programs that a page may load: each makes easier what the page does without it."""

Crumbs = tuple[tuple[str, str | None], ...]
"""Breadcrumbs: (text, address), where the last, without address, is the page itself."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """What the frame of a page needs: its title (unique on the site), section, breadcrumbs and search words.

    ``files`` are the (name, words) of what can be taken away, each at the page's own address with ``/name`` after it.
    ``scripts`` are the small programs that make it easier to use; it is whole without them.
    ``feeds`` are the (title, address) of what a feed reader may follow, and ``follow`` where the same is asked for by
    e-mail, if the page offers both.
    """

    title: str
    section: str = ""
    breadcrumbs: Crumbs = ()
    description: str = ""
    canonical: str = ""
    query: str = ""
    files: tuple[tuple[str, str], ...] = ()
    scripts: tuple[str, ...] = ()
    feeds: tuple[tuple[str, str], ...] = ()
    follow: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link with a small note after it; ``replies`` lead to what the council named says to the note's figures."""

    text: str
    href: str | None = None
    note: str | None = None
    replies: tuple["Link", ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled fact under a title; ``replies`` as of a table's cell."""

    label: str
    text: str
    href: str | None = None
    replies: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of what is known about a thing; ``is_mono`` for hashes and file names."""

    key: str
    text: str
    href: str | None = None
    note: str | None = None
    is_mono: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a table's column; ``wraps`` where it holds sentences."""

    label: str
    numeric: bool = False
    sort_href: str | None = None
    sort: str | None = None
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table: text, and perhaps a link, a small note, a drawing; ``is_missing`` where text is a reason.

    ``replies`` lead to what the council says to its figure, each named by council and period.
    """

    text: str
    href: str | None = None
    note: str | None = None
    is_missing: bool = False
    numeric: bool = False
    svg: Markup | None = None
    replies: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table; ``is_self`` marks the reader's own authority."""

    cells: tuple[TableCell, ...]
    is_self: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; ``caption_is_hidden`` where a heading just above says the same."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    caption_is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its caption and the table that says the same.

    ``marks`` says where each row of the group's table is drawn, in pixels across: ``12.5 - 40``.
    ``replies`` lead to what councils say to figures that it draws, each named by council and period.
    """

    svg: Markup
    caption: str
    table: Table | None
    marks: str = ""
    replies: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know about a page; ``kind`` is "", "caution" or "draft"."""

    title: str
    text: str = ""
    links: tuple[tuple[str, str], ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a select."""

    value: str
    text: str
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Choices of a select under a common label."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class SelectField:
    """A labelled select."""

    id: str
    name: str
    label: str
    options: tuple[Option, ...] = ()
    groups: tuple[OptionGroup, ...] = ()
    hint: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class DateField:
    """A labelled field for a day, written ``2024-06-30``."""

    id: str
    name: str
    label: str
    value: str = ""
    is_date: bool = True


@dataclass(frozen=True, slots=True)
class ChooseForm:
    """Selects and days that make an address; ``hidden`` are the choices that the address must keep."""

    action: str
    label: str
    fields: tuple[SelectField | DateField, ...]
    hidden: tuple[tuple[str, str], ...] = ()
    button: str = "Show"


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The large search form."""

    label: str
    hint: str | None = None
    value: str = ""
    button: str = "Search"
    label_is_title: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One thing found."""

    title: str
    href: str
    kind: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class BigFigure:
    """The one figure that a page is about."""

    value_text: str
    unit_text: str
    period_text: str
    status_text: str = ""


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """The items of a list that share a first letter."""

    letter: str
    items: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TrailStep:
    """One step from a page towards a publisher's cell."""

    title: str
    text: str = ""
    rows: tuple[SummaryRow, ...] = ()
    links: tuple[tuple[str, str], ...] = field(default=())


def chosen(pairs: list[tuple[str, str]], selected: str) -> tuple[Option, ...]:
    """The options of a select from (value, text) pairs, with one selected."""
    return tuple(Option(value, text, value == selected) for value, text in pairs)
