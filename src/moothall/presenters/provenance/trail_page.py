"""The trail of one figure: from the page, over our build and the release, to a cell of the publisher's file.

``moothall trace`` prints the same steps as the page: both ask here.
"""

from collections import Counter
from dataclasses import dataclass

from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period, day_text
from moothall.errors import UnknownName
from moothall.presenters.addresses import (
    authority_address,
    host_text,
    metric_address,
    reply_form_address,
    revisions_address,
    source_address,
)
from moothall.presenters.blocks import BigFigure, Link, Notice, PageHead, SummaryRow, TrailStep
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.figures.views import known_sentence, state_words
from moothall.presenters.shared_by_councils.replies import ReplyView, replies_of
from moothall.presenters.wording.numbers import bytes_text, exact_value_text, limits_text, short_exact_text
from moothall.presenters.wording.words import STATUS_WORDS, capital_first
from moothall.store import Cell, ReleaseRecord, Vintage


class NoSuchFigure(UnknownName):
    """No release has a row for this figure; ``links`` are (text, address) of where to look instead."""

    def __init__(self, message: str, links: tuple[tuple[str, str], ...]) -> None:
        super().__init__(message)
        self.links = links


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Everything that a trail shows: the figure, the four steps, and what other releases said."""

    head: PageHead
    title: str
    figure: BigFigure
    notices: tuple[Notice, ...]
    replies: tuple[ReplyView, ...]
    reply: Link
    steps: tuple[TrailStep, ...]
    others: tuple[SummaryRow, ...]
    revisions: Link
    corrections: tuple[SummaryRow, ...]


def make_trail_page(store: FigureStore, metric: Metric, authority: Authority, period: Period) -> TrailPage:
    """The trail of one figure; NoSuchFigure where no release has a row for it."""
    cell = store.cell(metric.id, authority.code, period.slug)
    if cell is None:
        raise _no_such_figure(metric, authority, period)
    title = f"{metric.title}, {authority.short_name}, {period.label}"
    form = reply_form_address(metric.id, authority.slug, period.slug)
    return TrailPage(
        head=_head(store, metric, authority, title),
        title=title,
        figure=_figure(cell, metric),
        notices=tuple(_notices(store, cell, metric, authority)),
        replies=replies_of(store).beside(metric.id, authority, period.slug),
        reply=Link("Do you speak for this council? Reply to the figure", form),
        steps=(
            _shown_step(cell, metric, authority),
            _build_step(store, cell, metric, authority),
            *_origin_steps(store, cell),
        ),
        others=tuple(_other_row(vintage, metric) for vintage in cell.vintages),
        revisions=Link("All revisions of this source", revisions_address(cell.release.source)),
        corrections=tuple(_corrections(store, cell, metric)),
    )


def _no_such_figure(metric: Metric, authority: Authority, period: Period) -> NoSuchFigure:
    message = f"No file that we have read has a row for {metric.title}, {authority.short_name}, {period.label}."
    links = (
        (metric.title, metric_address(metric.id, period=period.slug)),
        (authority.name, authority_address(authority.slug)),
    )
    return NoSuchFigure(message, links)


def published_text(release: ReleaseRecord) -> str:
    """When a release came out, as exactly as is known."""
    if release.published_precision == "day":
        return day_text(release.published_on)
    if release.published_precision == "month":
        return day_text(release.published_on).split(" ", 1)[1]
    return f"date not known; we count it as {day_text(release.published_on)}"


def _head(store: FigureStore, metric: Metric, authority: Authority, title: str) -> PageHead:
    crumbs = (
        ("Home", "/"),
        (authority.short_name, authority_address(authority.slug)),
        (metric.title, metric_address(metric.id, authority=authority.slug)),
        ("Trail", None),
    )
    return PageHead(f"Trail: {title}{state_words(store)}", "metrics", crumbs, f"Where the figure comes from: {title}.")


def _figure(cell: Cell, metric: Metric) -> BigFigure:
    if cell.value is None:
        return BigFigure("No figure", "", cell.period.label, STATUS_WORDS[cell.status])
    short = short_exact_text(cell.value, metric)
    return BigFigure(short, metric.unit.words, cell.period.label, STATUS_WORDS[cell.status])


def _notices(store: FigureStore, cell: Cell, metric: Metric, authority: Authority) -> list[Notice]:
    known = known_sentence(store, [metric])
    found = [Notice(known)] if known else []
    return found if cell.in_lifetime else [*found, _outside_lifetime(authority, cell.period)]


def _outside_lifetime(authority: Authority, period: Period) -> Notice:
    text = "The publisher gives it for the area. We show it, and compare it with nothing."
    return Notice(f"{authority.name} did not act on the last day of {period.label}.", text, kind="caution")


def _shown_step(cell: Cell, metric: Metric, authority: Authority) -> TrailStep:
    shown = exact_value_text(cell.value, metric) if cell.value is not None else f"No figure: {cell.reason}"
    rows = [
        SummaryRow("Metric", metric.title, metric_address(metric.id)),
        SummaryRow("Council", authority.name, authority_address(authority.slug)),
        SummaryRow("Period", cell.period.label),
        SummaryRow("Figure", shown),
        SummaryRow("Status", cell.status.value.replace("-", " ")),
    ]
    if cell.lower_95 is not None and cell.upper_95 is not None:
        rows.append(SummaryRow("95% limits", limits_text(cell.lower_95, cell.upper_95, metric)))
    return TrailStep("The figure as we show it", rows=tuple(rows))


def _build_step(store: FigureStore, cell: Cell, metric: Metric, authority: Authority) -> TrailStep:
    """The row as the build keeps it: unrounded, with codes instead of names."""
    fields = {
        "Build": store.build_id,
        "Series": f"{metric.series.source} / {metric.series.series}" if metric.series else "",
        "Authority code": authority.code,
        "Area code": cell.area_code,
        "Period": cell.period.iso,
        "Value": "none" if cell.value is None else repr(cell.value),
        "Reason": cell.reason or "",
        "Numerator": "" if cell.numerator is None else repr(cell.numerator),
        "Denominator": "" if cell.denominator is None else repr(cell.denominator),
        "Publisher's note": cell.note or "",
    }
    rows = tuple(SummaryRow(key, text, is_mono=True) for key, text in fields.items() if text)
    return TrailStep("The row in our build", "The number here is not rounded.", rows)


def _origin_steps(store: FigureStore, cell: Cell) -> list[TrailStep]:
    """Where a figure comes from: its release and file, or of a derived one each figure that it is made from."""
    if not cell.operands:
        return [_release_step(store, cell), _file_step(cell)]
    rows = tuple(SummaryRow(role, _operand_words(store, part)) for role, part in _roles(cell))
    made = TrailStep("This figure is made from", "Each of these is followed to its cell below.", rows)
    return [made, *(step for role, part in _roles(cell) for step in _operand_steps(store, role, part))]


def _roles(cell: Cell) -> list[tuple[str, Cell]]:
    """The operands with their roles, numbered where several play the same."""
    played = Counter(operand.role for operand in cell.operands)
    number: Counter[str] = Counter()
    found = []
    for operand in cell.operands:
        number[operand.role] += 1
        which = f" {number[operand.role]}" if played[operand.role] > 1 else ""
        found.append((f"{capital_first(operand.role)}{which}", operand))
    return found


def _operand_words(store: FigureStore, cell: Cell) -> str:
    """An operand with its period: its metric's title and figure, or the series' name and the bare number."""
    metric = store.catalogue.metrics.get(cell.metric)
    if cell.value is None:
        shown = f"no figure: {cell.reason}"
    else:
        shown = exact_value_text(cell.value, metric) if metric else f"{cell.value:,}"
    return f"{_operand_title(store, cell)}, {cell.period.label}: {shown}"


def _operand_title(store: FigureStore, cell: Cell) -> str:
    metric = store.catalogue.metrics.get(cell.metric)
    return metric.title if metric else capital_first(cell.metric.partition("/")[2].replace("-", " "))


def _operand_steps(store: FigureStore, role: str, cell: Cell) -> list[TrailStep]:
    """The cell of an operand; one that is derived itself is followed by its own operands."""
    title = f"{role}: {_operand_title(store, cell)}, {cell.period.label}"
    nested = [step for part_role, part in _roles(cell) for step in _operand_steps(store, part_role, part)]
    if nested:
        shown = SummaryRow("Figure", _operand_words(store, cell))
        return [TrailStep(title, "It is worked out in its turn from what follows.", (shown,)), *nested]
    rows = (
        SummaryRow("Value", "none" if cell.value is None else repr(cell.value), is_mono=True),
        SummaryRow("Release", cell.release.title, source_address(cell.release.source)),
        SummaryRow("Published", capital_first(published_text(cell.release))),
        *_cell_rows(cell),
    )
    return [TrailStep(title, rows=rows)]


def _release_step(store: FigureStore, cell: Cell) -> TrailStep:
    release = cell.release
    source = store.catalogue.sources[release.source].source
    rows = (
        SummaryRow("Release", release.title, source_address(source.id)),
        SummaryRow("Publisher", release.publisher),
        SummaryRow("Published", capital_first(published_text(release)), note=release.published_note or None),
        SummaryRow("Publisher's page", host_text(release.landing_page), release.landing_page),
        SummaryRow("Licence", source.licence.title, source.licence.url, source.attribution),
        SummaryRow("Our release file", release.path, is_mono=True),
        SummaryRow("Its sha256", release.sha256, is_mono=True),
    )
    return TrailStep("The release", "One publication, kept as one file with the figures we read from it.", rows)


def _file_step(cell: Cell) -> TrailStep:
    return TrailStep("The publisher's file", "Anyone with this file can find the cell.", tuple(_cell_rows(cell)))


def _cell_rows(cell: Cell) -> list[SummaryRow]:
    file = cell.release.file(cell.file)
    rows = [SummaryRow("File", cell.file, is_mono=True), SummaryRow("Size", bytes_text(file.bytes))]
    rows.append(SummaryRow("sha256", file.sha256, is_mono=True))
    rows += [SummaryRow("Sheet", cell.sheet)] if cell.sheet else []
    rows += [
        SummaryRow("Row", f"{cell.row:,}", note="the first row of the file or list is 1"),
        SummaryRow("Column", cell.column, is_mono=True),
        SummaryRow("What stands there", cell.raw or "nothing: the cell is empty", is_mono=True),
    ]
    return rows


def cell_place(cell: Cell) -> str:
    """File, sheet, row and column of a figure on one line: ``figures.xlsx, sheet RS, row 12, column Reserves``."""
    sheet = f"sheet {cell.sheet}, " if cell.sheet else ""
    return f"{cell.file}, {sheet}row {cell.row}, column {cell.column}"


def _other_row(vintage: Vintage, metric: Metric) -> SummaryRow:
    text = exact_value_text(vintage.value, metric) if vintage.value is not None else f"No figure: {vintage.reason}"
    return SummaryRow(vintage.release.title, text, note=f"published {published_text(vintage.release)}")


def _corrections(store: FigureStore, cell: Cell, metric: Metric) -> list[SummaryRow]:
    if not metric.series:
        return []
    made = store.catalogue.corrections.get(metric.series.source, ())
    found = [
        c
        for c in made
        if (c.release, c.series, c.area_code, c.period)
        == (cell.release.id, metric.series.series, cell.area_code, cell.period.slug)
    ]
    return [SummaryRow(f"We changed {c.expect!r}", c.why) for c in found]
