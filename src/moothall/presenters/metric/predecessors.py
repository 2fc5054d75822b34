"""What the councils before a council reported, beside what they come to together (METHODS 8)."""

import math
from collections.abc import Mapping

from moothall.analytics.reorganisation import Join, Rebuilt
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.wording import Length
from moothall.presenters.addresses import trail_address
from moothall.presenters.blocks import Column, Table, TableCell, TableRow
from moothall.presenters.figures.cohort import standing_of
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.figures.views import rebuilt_figures
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.wording.figure_words import missing_words
from moothall.presenters.wording.numbers import exact_value_text
from moothall.presenters.wording.sentences import sentences_of


def make_predecessors_table(store: FigureStore, metric: Metric, authority: Authority) -> Table | None:
    """The figures of a council's predecessors by period, newest first, and their sum or why there is none.

    None where nothing changed, or none of them ran the service or has a row.
    """
    if not any(edge.successor == authority.code != edge.predecessor for edge in store.catalogue.successions):
        return None
    rebuilt = rebuilt_figures(store, metric)
    joins = {slug: join for (code, slug), join in rebuilt.joins.items() if code == authority.code}
    periods = [p for p in reversed(rebuilt.periods) if p.slug in joins and _has_any(store, metric, joins[p.slug], p)]
    codes = sorted({code for period in periods for code in joins[period.slug].predecessors})
    if not periods or codes == [authority.code]:
        return None
    bodies = sorted((store.catalogue.authorities[code] for code in codes), key=lambda a: a.short_name)
    rows = tuple(_row(store, metric, bodies, period, joins, rebuilt, authority) for period in periods)
    heads = tuple(Column(body.short_name, numeric=True) for body in bodies)
    columns = (Column("Period"), *heads, Column("Together", wraps=True))
    caption = f"{metric.title}: the councils before {authority.short_name}"
    return Table("predecessors", caption, columns, rows, caption_is_hidden=True)


def _has_any(store: FigureStore, metric: Metric, join: Join, period: Period) -> bool:
    bodies = (store.catalogue.authorities[code] for code in join.predecessors)
    return any(standing_of(store, metric, body, period).status is not None for body in bodies)


def _row(
    store: FigureStore,
    metric: Metric,
    bodies: list[Authority],
    period: Period,
    joins: Mapping[str, Join],
    rebuilt: Rebuilt,
    authority: Authority,
) -> TableRow:
    own = [_cell(store, metric, body, period, body.code in joins[period.slug].predecessors) for body in bodies]
    return TableRow((TableCell(period.label), *own, _together(metric, period, rebuilt, authority)))


def _cell(store: FigureStore, metric: Metric, body: Authority, period: Period, is_part: bool) -> TableCell:
    standing = standing_of(store, metric, body, period)
    if not is_part:
        return TableCell("not one of them", is_missing=True)
    if standing.value is None:
        return TableCell(missing_words(sentences_of(store), body, standing, Length.PART).text, is_missing=True)
    href = trail_address(metric.id, body.slug, period.slug, store.day)
    replies = replies_of(store).marks(metric.id, body, [period.slug])
    return TableCell(exact_value_text(standing.value, metric), href, replies=replies)


def _together(metric: Metric, period: Period, rebuilt: Rebuilt, authority: Authority) -> TableCell:
    row, column = rebuilt.authorities.index(authority.code), rebuilt.periods.index(period)
    value = float(rebuilt.values[row, column])
    if math.isnan(value):
        return TableCell(rebuilt.reasons.get((authority.code, period.slug), "no figure"), is_missing=True)
    return TableCell(exact_value_text(value, metric))
