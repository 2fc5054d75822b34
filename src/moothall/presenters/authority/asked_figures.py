"""Figures that are worth a question, and which of them first: what the pages of questions are made of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from moothall.analytics.groups import Group
from moothall.analytics.interval import Judgement
from moothall.analytics.position import Side
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric, Theme
from moothall.presenters.authority.leading_metrics import named_metrics
from moothall.presenters.figures.cohort import cohorts_of, latest_standing, shown_metrics
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.wording.change_words import Movement, movement_of
from moothall.presenters.wording.figure_words import OwnFigure

MOST_FIGURES = 8
"""As many of a theme as fit on two printed pages with their questions."""


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """A figure with what moved, before it is chosen."""

    own: OwnFigure
    moved: Movement | None

    @property
    def is_unlike(self) -> bool:
        """True where it lies in an outer quarter, and no limits call that chance, or changed by more than noise."""
        is_outside = self.own.position.side in (Side.LOWER, Side.HIGHER)
        is_outside = is_outside and self.own.judged.judgement is not Judgement.SIMILAR
        return is_outside or (self.moved is not None and self.moved.is_found)


def asked_figures(store: FigureStore, authority: Authority, theme: Theme, group: Group) -> Iterator[AskedFigure]:
    """The newest row of an authority, a figure or a reason, for each metric of a theme that covers it."""
    mine = (metric for metric in shown_metrics(store, authority) if metric.theme == theme.id)
    return (found for metric in mine if (found := asked_figure(store, metric, authority, group)))


def asked_figure(store: FigureStore, metric: Metric, authority: Authority, group: Group) -> AskedFigure | None:
    """The newest row of an authority for a metric, with what moved; None where no release has one."""
    standing = latest_standing(store, metric, authority)
    if standing is None:
        return None
    cohort = cohorts_of(store).at(metric.id, group, standing.period)
    moved = movement_of(store, metric, authority, standing.period) if standing.value is not None else None
    return AskedFigure(OwnFigure(cohort, authority, standing), moved)


def chosen_figures(store: FigureStore, theme: Theme, known: Sequence[AskedFigure]) -> list[AskedFigure]:
    """Those to print, by topic: the first few of ``by_worth``."""
    topics = [topic.id for topic in theme.topics]
    found = by_worth(store, known)[:MOST_FIGURES]
    return sorted(found, key=lambda one: (topics.index(one.own.cohort.metric.topic), one.own.cohort.metric.title))


def by_worth(store: FigureStore, known: Iterable[AskedFigure]) -> list[AskedFigure]:
    """Unlike others or changed first, then those of a public framework; services before context, each figure once."""
    named = named_metrics(store)

    def worth(one: AskedFigure) -> tuple[bool, bool, bool]:
        metric = one.own.cohort.metric
        return metric.is_context, not one.is_unlike, metric.id not in named

    return list(_each_once(sorted(known, key=worth)))


def _each_once(asked: Sequence[AskedFigure]) -> Iterator[AskedFigure]:
    """One of several metrics of a topic that show the same figure for the same period: two sources of one thing."""
    seen = set()
    for one in asked:
        metric, standing = one.own.cohort.metric, one.own.standing
        key = (metric.topic, metric.unit.id, standing.period.slug, standing.value)
        if key not in seen:
            seen.add(key)
            yield one
