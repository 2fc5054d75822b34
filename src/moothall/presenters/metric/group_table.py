"""The table of a group at one period: by name, with figures, limits, places and trails. Never by rank."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from moothall.analytics.groups import Group
from moothall.analytics.rank_range import RankRange
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.wording import Length
from moothall.presenters.addresses import authority_address, trail_address
from moothall.presenters.blocks import Column, Table, TableCell, TableRow
from moothall.presenters.figures.cohort import Cohort, Standing, cohorts_of, standing_of
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.figures.views import has_cell
from moothall.presenters.metric.group_order import ORDER_WORDS, Order, order_links, places_in_order
from moothall.presenters.metric.rank_choices import range_words, ranges_within
from moothall.presenters.shared_by_councils.replies import ReplyView, replies_of, replies_text
from moothall.presenters.wording.figure_words import OwnFigure, missing_words, standing_cell
from moothall.presenters.wording.numbers import exact_value_text, limits_text, number_text
from moothall.presenters.wording.sentences import sentences_of
from moothall.presenters.wording.words import STATUS_WORDS, group_noun, rank_text

KEPT_TABLES = 64
"""Of how many cohorts the rows are kept: a page over all England takes half its time to make them."""


def make_group_table(
    store: FigureStore, cohort: Cohort, authority: Authority | None, order: Order = Order.NAME
) -> Table:
    """The members of a cohort, by name unless asked otherwise; one authority may be marked as the reader's own."""
    has_limits, ranges, bare = _bare(store, cohort.metric.id, cohort.group, cohort.period)
    held = replies_of(store)
    replies = {m.code: held.beside(cohort.metric.id, m, cohort.period.slug) for m in cohort.members if held}
    has_replies = any(replies.values())
    links = order_links(store, cohort, authority, order)
    limits = (Column("95% limits", numeric=True),) if has_limits else ()
    columns = (
        Column("Council", sort_href=links.get(Order.NAME), sort="ascending" if order is Order.NAME else None),
        Column(
            "Figure, with the way to its source",
            numeric=True,
            sort_href=links.get(Order.FIGURE),
            sort="descending" if order is Order.FIGURE else None,
        ),
        *limits,
        Column("Place, highest first"),
        *((Column("The council's reply", wraps=True),) if has_replies else ()),
    )
    own = authority.code if authority else None
    marked = (replace(row, is_self=True) if code == own else row for code, row in bare.items())
    pairs = zip(marked, bare, strict=True)
    by_name = [_with_reply(row, replies[code]) if has_replies else row for row, code in pairs]
    rows = tuple(by_name[place] for place in places_in_order(store, cohort, authority, order))
    caption = f"{cohort.metric.title}, {group_noun(cohort.group)}, {cohort.period.label}, {ORDER_WORDS[order]}"
    if any(_range_text(found, cohort.summary.n) for found in ranges.values()):
        caption += "; in brackets how the place moves over the period before and the first release"
    return Table("group-table", caption, columns, rows)


@lru_cache(maxsize=KEPT_TABLES)
def _bare(
    store: FigureStore, metric: str, group: Group, period: Period
) -> tuple[bool, Mapping[str, RankRange], Mapping[str, TableRow]]:
    """What no reader changes: whether any figure has limits, how places move, and the rows, by authority code."""
    cohort = cohorts_of(store).at(metric, group, period)
    standings = [standing_of(store, cohort.metric, member, cohort.period) for member in cohort.members]
    has_limits, ranges = any(s.lower is not None for s in standings), ranges_within(store, cohort)
    rows = {
        member.code: _group_row(store, cohort, member, standing, has_limits, ranges.get(member.code))
        for member, standing in zip(cohort.members, standings, strict=True)
    }
    return has_limits, ranges, rows


def _group_row(
    store: FigureStore, cohort: Cohort, member: Authority, standing: Standing, has_limits: bool, found: RankRange | None
) -> TableRow:
    say, own = sentences_of(store), OwnFigure(cohort, member, standing)
    name = TableCell(member.short_name, authority_address(member.slug))
    trail = _trail(store, cohort, member, standing)
    if standing.value is None:
        blank = (TableCell(""),) if has_limits else ()
        reason = TableCell(missing_words(say, member, standing, Length.PART).text, is_missing=True)
        return TableRow((name, TableCell("none", trail, is_missing=True), *blank, reason))
    figure = TableCell(
        exact_value_text(standing.value, cohort.metric),
        trail,
        note=STATUS_WORDS[standing.status] if standing.status else None,
    )
    limits = (_limits_cell(cohort.metric, standing),) if has_limits else ()
    rank = rank_text(own.position)
    place = TableCell(f"{rank}{_range_text(found, own.position.n)}" if rank else standing_cell(say, own).text)
    return TableRow((name, figure, *limits, place))


def _with_reply(row: TableRow, replies: tuple[ReplyView, ...]) -> TableRow:
    """The row with one more cell: what the council says to its figure, leading to the reply's page; mostly empty."""
    cell = TableCell(replies_text(replies) or "", replies[0].page.href) if replies else TableCell("")
    return replace(row, cells=(*row.cells, cell))


def _range_text(found: RankRange | None, n: int) -> str:
    """How the place moves within the group, where it moves at all: `` (7th to 9th)``."""
    if found is None or (found.is_one_size and found.first == found.last):
        return ""
    return f" ({range_words(found).removesuffix(f' of {number_text(n)}')})"


def _limits_cell(metric: Metric, standing: Standing) -> TableCell:
    if standing.lower is None or standing.upper is None:
        return TableCell("not published", is_missing=True)
    return TableCell(limits_text(standing.lower, standing.upper, metric))


def _trail(store: FigureStore, cohort: Cohort, member: Authority, standing: Standing) -> str | None:
    """The way back to the publisher's cell; None where no release has a row of its own."""
    if standing.status is None or not has_cell(store, cohort.metric, member, cohort.period):
        return None
    return trail_address(cohort.metric.id, member.slug, cohort.period.slug, store.day)
