"""Two metrics of the same councils as a scatter: a group in grey, chosen councils marked and named.

It shows where each stands on both and counts the sides of the two middle figures. It fits no line and gives no measure
of how closely the two go together: that would be read as a cause.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from moothall.analytics.groups import Group
from moothall.analytics.two_figures import sides_of_middles
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.presenters.blocks import Column, Figure, Link, Table, TableCell, TableRow
from moothall.presenters.charts.drawing import Scale, path, pixel, svg, text_at
from moothall.presenters.charts.history import round_steps
from moothall.presenters.charts.lines import draw_mark, looks_of
from moothall.presenters.charts.mark_names import EDGE, Field, Place, mark_names
from moothall.presenters.comparing.compare_cells import council_cell
from moothall.presenters.comparing.comparison import Comparison, shared_period
from moothall.presenters.figures.cohort import Cohort, cohorts_of
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.shared_by_councils.replies import Replies, ReplyView, replies_of
from moothall.presenters.wording.numbers import (
    count_text,
    exact_value_text,
    metric_value_text,
    number_text,
    short_value_text,
)
from moothall.presenters.wording.words import capital_first, group_noun, joined, sentence_end

WIDTH, HEIGHT = 480, 400
LEFT, RIGHT, TOP, BOTTOM = 84, 16, 16, 36
FEWEST = 3
"""With fewer councils than this there is nothing to see beside the table."""

NO_CAUSE = (
    "That two figures go together, or do not, does not show that one causes the other: both may follow from something "
    "else, such as who lives in a place or how it is built."
)


@dataclass(frozen=True, slots=True)
class Scatter:
    """The drawing with its table, what it shows in words, what it cannot, and who is not in it and why.

    ``replies`` are those of the chosen councils to the figures drawn.
    """

    figure: Figure
    sentence: str
    caution: str
    left_out: tuple[str, ...]
    replies: tuple[ReplyView, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two cohorts of one group, each at its own period, and the places of those with a figure in both."""

    across: Cohort
    up: Cohort
    places: dict[str, Place]


@dataclass(frozen=True, slots=True)
class _Marked:
    """A council chosen that has both figures, and the look of its mark."""

    authority: Authority
    place: Place
    look: str


def make_scatter(store: FigureStore, chosen: Comparison) -> Scatter | None:
    """The first two metrics chosen, over the first group; None with fewer metrics or too few councils with both."""
    if len(chosen.metrics) < 2:
        return None
    group = chosen.all_groups[0]
    cohorts = [_cohort(store, metric, group, chosen.authorities) for metric in chosen.metrics[:2]]
    if cohorts[0] is None or cohorts[1] is None:
        return None
    across, up = cohorts[0], cohorts[1]
    pair = _Pair(across, up, _places(across, up))
    if len(pair.places) < FEWEST or across.summary.median is None or up.summary.median is None:
        return None
    marked = _marked(store, pair, chosen.authorities)
    sentence = _sentence(pair, marked)
    caption = f"Across: {_axis_words(across)}. Up: {_axis_words(up)}"
    held, own = replies_of(store), [one.authority for one in marked]
    links = tuple(link for authority in own for c in (across, up) for link in _reply_marks(held, c, authority))
    figure = Figure(_draw(pair, marked, sentence), caption, _table(held, pair, marked), replies=links)
    said = tuple(view for a in own for c in (across, up) for view in held.beside(c.metric.id, a, c.period.slug))
    return Scatter(figure, sentence, NO_CAUSE, tuple(_left_out(store, pair, chosen.authorities, marked)), said)


def _cohort(store: FigureStore, metric: Metric, group: Group, authorities: Sequence[Authority]) -> Cohort | None:
    period = shared_period(store, metric, authorities, [group])
    return cohorts_of(store).at(metric.id, group, period) if period else None


def _places(across: Cohort, up: Cohort) -> dict[str, Place]:
    """The pair of figures of each member that may stand among the others on both, by authority code."""
    first, second = _placed(across), _placed(up)
    return {code: (first[code], second[code]) for code in first if code in second}


def _placed(cohort: Cohort) -> dict[str, float]:
    figures = zip(cohort.members, cohort.values.tolist(), strict=True)
    return {
        member.code: figure for member, figure in figures if not math.isnan(figure) and cohort.is_placed(member.code)
    }


def _marked(store: FigureStore, pair: _Pair, authorities: Sequence[Authority]) -> list[_Marked]:
    """The chosen councils with a place, also those outside the group."""
    found = []
    for authority, look in zip(authorities, looks_of(len(authorities)), strict=True):
        place = pair.places.get(authority.code) or _own_place(store, pair, authority)
        found += [_Marked(authority, place, look)] if place else []
    return found


def _own_place(store: FigureStore, pair: _Pair, authority: Authority) -> Place | None:
    """The place of a council that is not in the group, by its own type's cohorts."""
    own = Comparison((authority,)).all_groups[0]
    both = [cohorts_of(store).at(c.metric.id, own, c.period) for c in (pair.across, pair.up)]
    return None if pair.across.has_member(authority.code) else _places(*both).get(authority.code)


def _axis_words(cohort: Cohort) -> str:
    unit = f", {cohort.metric.unit.words}" if cohort.metric.unit.words else ""
    return f"{cohort.metric.title}, {cohort.period.label}{unit}"


def _sentence(pair: _Pair, marked: Sequence[_Marked]) -> str:
    """The main message: on which sides of the two middle figures the group stands, and where each chosen one is."""
    figures = np.array(list(pair.places.values()))
    middles = pair.across.summary.median or 0.0, pair.up.summary.median or 0.0
    sides = sides_of_middles(figures[:, 0], figures[:, 1], *middles)
    said = [
        f"{number_text(sides.above_both)} stand above both middle figures",
        f"{number_text(sides.below_both)} below both",
        f"{number_text(sides.apart)} above one and below the other",
        *([f"{number_text(sides.on_a_middle)} on a middle figure"] if sides.on_a_middle else []),
    ]
    head = f"Of {number_text(len(pair.places))} {group_noun(pair.across.group)} with both figures, {joined(said)}."
    own = "; ".join(f"{one.authority.short_name}: {_figures_words(pair, one.place)}" for one in marked)
    return f"{head} {own}." if own else head


def _figures_words(pair: _Pair, place: Place) -> str:
    across, up = (metric_value_text(f, c.metric) for f, c in zip(place, (pair.across, pair.up), strict=True))
    return f"{across} across and {up} up"


def _left_out(
    store: FigureStore, pair: _Pair, authorities: Sequence[Authority], marked: Sequence[_Marked]
) -> list[str]:
    """Who is not drawn: each chosen council with its reason, and how many others of the group."""
    drawn = {one.authority.code for one in marked}
    named = [_reason(store, pair, authority) for authority in authorities if authority.code not in drawn]
    everybody = {member.code for cohort in (pair.across, pair.up) for member in cohort.members}
    others = len(everybody - pair.places.keys() - {authority.code for authority in authorities})
    noun = group_noun(pair.across.group)
    rest = f"{count_text(others, 'council')} of {noun} without both figures, or with counts too small to stand beside"
    return [*named, *([f"{rest} the others."] if others else [])]


def _reason(store: FigureStore, pair: _Pair, authority: Authority) -> str:
    for cohort in (pair.across, pair.up):
        cell = council_cell(store, cohort.metric, authority, cohort.period, has_link=False)
        if cell.is_missing:
            return sentence_end(f"{authority.short_name}, {cohort.metric.title}: {cell.text}")
    return f"{authority.short_name}: its counts are too small to stand beside the others."


# ---------------------------------------------------------------- drawing


def _draw(pair: _Pair, marked: Sequence[_Marked], label: str) -> Markup:
    """A drawing of 480 by 400 pixels; the group is one path of dots, the middle figures are dashed lines."""
    everyone = [*pair.places.values(), *(one.place for one in marked)]
    x = Scale(min(p[0] for p in everyone), max(p[0] for p in everyone), LEFT + 8, WIDTH - RIGHT - 8)
    y = Scale(min(p[1] for p in everyone), max(p[1] for p in everyone), HEIGHT - BOTTOM - 8, TOP + 8)
    named = {one.authority.code for one in marked}
    dots = "".join(
        f"M{pixel(x.place(across))} {pixel(y.place(up))}h0"
        for code, (across, up) in pair.places.items()
        if code not in named
    )
    middles = f"M{pixel(x.place(pair.across.summary.median or 0.0))} {TOP}V{HEIGHT - BOTTOM}"
    middles += f"M{LEFT} {pixel(y.place(pair.up.summary.median or 0.0))}H{WIDTH - RIGHT}"
    parts = [*_axes(pair, x, y), path("chart-middle", middles), path("scatter-dots", dots)]
    return svg("chart scatter", WIDTH, HEIGHT, label, [*parts, *_marks(marked, x, y)])


def _axes(pair: _Pair, x: Scale, y: Scale) -> list[str]:
    foot = HEIGHT - BOTTOM
    along, upward = round_steps(x.low, x.high, 3), round_steps(y.low, y.high)
    ticks = "".join(f"M{pixel(x.place(s))} {foot}v5" for s in along)
    ticks += "".join(f"M{LEFT} {pixel(y.place(s))}h-5" for s in upward)
    lettered = [
        *(text_at("chart-label", x.place(s), foot + 22, _axis_text(s, pair.across), "middle") for s in along),
        *(text_at("chart-label", LEFT - 9, y.place(s) + 5, _axis_text(s, pair.up), "end") for s in upward),
    ]
    return [path("chart-axis", f"M{LEFT} {TOP}V{foot}H{WIDTH - RIGHT}{ticks}"), *lettered]


def _axis_text(figure: float, cohort: Cohort) -> str:
    return short_value_text(figure, cohort.metric.unit, cohort.metric.decimals)


def _marks(marked: Sequence[_Marked], x: Scale, y: Scale) -> list[str]:
    spots = [(x.place(one.place[0]), y.place(one.place[1])) for one in marked]
    marks = [path(f"{one.look} chart-mark", draw_mark(one.look, *at)) for one, at in zip(marked, spots, strict=True)]
    named = [(at, one.authority.short_name) for one, at in zip(marked, spots, strict=True)]
    return [*mark_names(named, Field(LEFT, WIDTH - EDGE, TOP, HEIGHT - BOTTOM)), *marks]


def _reply_marks(held: Replies, cohort: Cohort, authority: Authority) -> tuple[Link, ...]:
    return held.marks(cohort.metric.id, authority, [cohort.period.slug])


def _figure_cell(held: Replies, cohort: Cohort, authority: Authority, figure: float) -> TableCell:
    return TableCell(exact_value_text(figure, cohort.metric), replies=_reply_marks(held, cohort, authority))


def _table(held: Replies, pair: _Pair, marked: Sequence[_Marked]) -> Table:
    """The same as a table, by name; the chosen councils are marked."""
    named = {one.authority: one.place for one in marked}
    members = {member.code: member for member in (*pair.across.members, *named)}
    places = pair.places | {authority.code: place for authority, place in named.items()}
    rows = tuple(
        TableRow(
            (
                TableCell(members[code].short_name),
                _figure_cell(held, pair.across, members[code], across),
                _figure_cell(held, pair.up, members[code], up),
            ),
            members[code] in named,
        )
        for code, (across, up) in sorted(places.items(), key=lambda one: members[one[0]].short_name)
    )
    heads = (Column("Council"), *(Column(_axis_words(c), numeric=True) for c in (pair.across, pair.up)))
    return Table("scatter-table", f"{capital_first(group_noun(pair.across.group))}, both figures, by name", heads, rows)
