"""Where the councils chosen stand among a group: its strip, each of them told apart by its mark and named above it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from moothall.analytics.groups import is_eligible
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.presenters.blocks import Figure
from moothall.presenters.charts.drawing import path, pixel, svg, text_at
from moothall.presenters.charts.lines import draw_mark, looks_of
from moothall.presenters.charts.strip import LARGE, Ground, end_letters
from moothall.presenters.comparing.comparison import Comparison, shared_period
from moothall.presenters.figures.cohort import Cohort, cohorts_of, standing_of
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.wording.figure_words import strip_ends
from moothall.presenters.wording.numbers import metric_value_text, middle_text, short_value_text
from moothall.presenters.wording.words import joined, members_words

LEVEL = 26
"""The pixels from one level of names to the next."""

LETTER = 12
"""The pixels that a letter may take: as wide as the larger ones on a phone."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A council chosen, its figure and the look of its mark."""

    authority: Authority
    figure: float
    look: str


def make_strips(store: FigureStore, chosen: Comparison, metric: Metric) -> tuple[Figure, ...]:
    """A strip of the metric for each group that has a middle figure at the period that the councils share."""
    period = shared_period(store, metric, chosen.authorities, chosen.all_groups)
    cohorts = [cohorts_of(store).at(metric.id, group, period) for group in chosen.all_groups] if period else []
    return tuple(_strip(store, cohort, cohort.large_ground, chosen) for cohort in cohorts if cohort.large_ground)


def _strip(store: FigureStore, cohort: Cohort, ground: Ground, chosen: Comparison) -> Figure:
    """The strip of one group with the councils chosen; its caption names those that have no figure to mark."""
    metric, marked = cohort.metric, tuple(_marked(store, cohort, chosen.authorities))
    noun = members_words(cohort.group, cohort.summary.n)
    caption = f"{metric.title}, {cohort.period.label}: each line is one of {noun}"
    absent = [a.short_name for a in chosen.authorities if a.code not in {one.authority.code for one in marked}]
    caption += f"; no figure to mark for {joined(absent)}" if absent else ""
    return Figure(_draw(cohort, ground, marked), caption, None)


def _marked(store: FigureStore, cohort: Cohort, authorities: Sequence[Authority]) -> Iterable[Marked]:
    """The councils with a figure that may stand among the others'; the first four have looks of their own."""
    metric, period = cohort.metric, cohort.period
    service = store.catalogue.responsibilities[metric.responsibility]
    for authority, look in zip(authorities, looks_of(len(authorities)), strict=True):
        figure = standing_of(store, metric, authority, period).value
        is_apart = not cohort.has_member(authority.code) and is_eligible(authority, metric, service, period.end)
        if figure is not None and (is_apart or cohort.is_placed(authority.code)):
            yield Marked(authority, figure, look)


def _draw(cohort: Cohort, ground: Ground, marked: Sequence[Marked]) -> Markup:
    """A drawing 640 pixels wide, as high as the names need levels."""
    levels = _levels(ground, marked)
    down = LEVEL * max(levels, default=0)
    raised = replace(ground, frame=replace(LARGE, height=LARGE.height + down, line_y=LARGE.line_y + down))
    names = [_name(raised, one, level) for one, level in zip(marked, levels, strict=True)]
    lettered = ground.under + ground.over + end_letters(ground, strip_ends(cohort))
    under = f'<g transform="translate(0 {down})">{lettered}</g>'
    marks = [
        path(f"{one.look} chart-mark", draw_mark(one.look, ground.scale.place(one.figure), raised.frame.line_y))
        for one in reversed(marked)
    ]
    return svg("strip", raised.frame.width, raised.frame.height, _label(cohort, marked), [under, *names, *marks])


def _levels(ground: Ground, marked: Sequence[Marked]) -> list[int]:
    """On which level above the line each name stands: the lowest one with room, from the left."""
    taken: list[float] = []
    found: dict[str, int] = {}
    for one in sorted(marked, key=lambda one: one.figure):
        left, right = _extent(ground, one)
        level = next((n for n, end in enumerate(taken) if end < left), len(taken))
        taken[level : level + 1] = [right + LETTER]
        found[one.authority.code] = level
    return [found[one.authority.code] for one in marked]


def _extent(ground: Ground, one: Marked) -> tuple[float, float]:
    """From where to where a name reaches: centred on its mark, and within the drawing."""
    width = LETTER * len(one.authority.short_name)
    middle = min(max(ground.scale.place(one.figure), width / 2), ground.frame.width - width / 2)
    return middle - width / 2, middle + width / 2


def _name(raised: Ground, one: Marked, level: int) -> str:
    """The name on its level, with a thin line down to its mark."""
    y = raised.frame.line_y - LARGE.line_y + LARGE.text_y - LEVEL * level
    left, right = _extent(raised, one)
    leader = path("strip-axis", f"M{pixel(raised.scale.place(one.figure))} {y + 5}V{raised.frame.line_y}")
    return leader + text_at("strip-text", (left + right) / 2, y, one.authority.short_name, "middle")


def _label(cohort: Cohort, marked: Sequence[Marked]) -> str:
    """The drawing in one sentence: the group's ends and middle, and each council's figure."""
    metric, summary = cohort.metric, cohort.summary
    low, high = (short_value_text(f, metric.unit, metric.decimals) for f in (cohort.known[0], cohort.known[-1]))
    own = joined([f"{one.authority.short_name} {metric_value_text(one.figure, metric)}" for one in marked])
    among = f"{members_words(cohort.group, summary.n)}, from {low} to {high}"
    middle = middle_text(summary.median or 0.0, metric)
    return f"{own + ' among ' if own else ''}{among}, middle figure {middle}; {metric.title}, {cohort.period.label}."
