"""Whom a council could learn from over all its metrics: a few lines, each a council, a metric, and what changed when.

``learning_view`` names candidates for one metric. Here the metrics are chosen: those to look into come first,
then those on which the council stands in the worse quarter of its group. The list is by metric and nearness,
never by figure.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from moothall.analytics.change import ANNUAL_CADENCES
from moothall.analytics.groups import Group
from moothall.analytics.judging import why_not_judged
from moothall.analytics.learning import orientation
from moothall.analytics.position import Band
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.words import Polarity
from moothall.errors import UsageError
from moothall.presenters.addresses import authority_address, metric_address
from moothall.presenters.authority.leading_metrics import named_metrics
from moothall.presenters.authority.learning_view import Candidate, Learning, whom_to_learn_from
from moothall.presenters.authority.standing_out_view import what_stands_out
from moothall.presenters.blocks import Link
from moothall.presenters.figures.cohort import cohorts_of, latest_standing, shown_metrics
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.shared_by_councils.practice import notes_of_council
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.wording.numbers import count_text, number_text
from moothall.presenters.wording.words import group_noun

MOST_LESSONS = 6
MOST_OF_ONE_COUNCIL = 2
"""So that a list of six names three councils at least."""

MOST_METRICS_ASKED = 24
"""How many metrics are asked for a page, those to look into first; how many there were is said."""

KEPT_LESSONS = 1024


@dataclass(frozen=True, slots=True)
class Lesson:
    """One line: the council, the metric's page, what changed and when, how sure that is, and what the council adds.

    ``key`` is the metric's id and the council's code, ``periods`` are those whose figures are named. ``notes`` lead to
    its practice notes, ``replies`` to what it says to these figures.
    """

    council: Link
    metric: Link
    sentence: str
    certainty: str
    key: tuple[str, str]
    periods: tuple[str, ...] = ()
    notes: tuple[Link, ...] = ()
    replies: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Lessons:
    """The lines of a council's page, and what chance alone would give on the metrics that were asked."""

    lines: tuple[Lesson, ...]
    summary: str


def lessons_for(store: FigureStore, authority: Authority, group: Group) -> Lessons | None:
    """Whom a council could learn from in a group, with their notes and replies; None for one that has ended."""
    if authority.end is not None:
        return None
    kept = _lessons_of(store)(authority.code, group)
    return replace(kept, lines=tuple(_with_own_words(store, line) for line in kept.lines))


def _with_own_words(store: FigureStore, line: Lesson) -> Lesson:
    """The line with what the council has published: never kept, because it changes while the build stays."""
    metric, code = line.key
    replies = replies_of(store).marks(metric, store.catalogue.authorities[code], line.periods)
    return replace(line, notes=notes_of_council(store, metric, code), replies=replies)


@kept_by_store
def _lessons_of(store: FigureStore) -> Callable[[str, Group], Lessons]:
    authorities = store.catalogue.authorities
    return lru_cache(maxsize=KEPT_LESSONS)(lambda code, group: _make_lessons(store, authorities[code], group))


def learning_asked(store: FigureStore, authority: Authority, group: Group) -> list[Learning]:
    """The candidates on each metric that is asked for an authority, those to look into first."""
    metrics = list(dict.fromkeys([*_to_look_into(store, authority, group), *_worse(store, authority, group)]))
    return [found for metric in metrics[:MOST_METRICS_ASKED] if (found := _learning(store, metric, authority, group))]


def _make_lessons(store: FigureStore, authority: Authority, group: Group) -> Lessons:
    asked = learning_asked(store, authority, group)
    lines = tuple(_lesson(authority, found, one) for found, one in chosen_lessons(asked))
    return Lessons(lines, _summary(authority, group, asked, lines))


def _to_look_into(store: FigureStore, authority: Authority, group: Group) -> list[Metric]:
    """The metrics that stand out for the worse, where turning round can be told of them."""
    try:
        found = what_stands_out(store, authority, group)
    except UsageError:
        return []
    return [item.cohort.metric for item in found.look_into if _can_turn(item.cohort.metric)]


def _worse(store: FigureStore, authority: Authority, group: Group) -> Iterator[Metric]:
    """Metrics of public frameworks on which the council's newest figure stands in the worse quarter of its group."""
    named = named_metrics(store)
    for metric in shown_metrics(store, authority):
        if metric.id in named and _can_turn(metric) and authority.type in metric.applies_to:
            standing = latest_standing(store, metric, authority)
            if standing and standing.value is not None:
                band = cohorts_of(store).at(metric.id, group, standing.period).position_of(authority.code).band
                if band is _WORSE_BAND[orientation(metric.polarity)]:
                    yield metric


_WORSE_BAND = {1: Band.LOWER_THAN_MOST, -1: Band.HIGHER_THAN_MOST}


def _can_turn(metric: Metric) -> bool:
    """True where it can be said of a metric who turned it round: yearly figures with a better end."""
    has_better_end = metric.polarity is not Polarity.NONE and why_not_judged(metric) is None
    return has_better_end and metric.cadence in ANNUAL_CADENCES


def _learning(store: FigureStore, metric: Metric, authority: Authority, group: Group) -> Learning | None:
    try:
        return whom_to_learn_from(store, metric, authority, group)
    except UsageError:
        return None


def chosen_lessons(asked: list[Learning]) -> Iterator[tuple[Learning, Candidate]]:
    """Of each metric the nearest council that turned it round and is not named too often; six at most."""
    named: Counter[str] = Counter()
    for found in asked:
        fresh = (one for one in found.turned if named[one.authority.code] < MOST_OF_ONE_COUNCIL)
        one = next(fresh, None)
        if one and named.total() < MOST_LESSONS:
            named[one.authority.code] += 1
            yield found, one


def _lesson(authority: Authority, found: Learning, one: Candidate) -> Lesson:
    metric = found.metric
    close = f", {one.closeness.value}" if one.closeness else ""
    page = metric_address(metric.id, authority=authority.slug, group=found.group.id)
    return Lesson(
        council=Link(one.authority.short_name, authority_address(one.authority.slug)),
        metric=Link(metric.title, page),
        sentence=str(one.sentence),
        certainty=f"{one.certainty.value}{close}",
        key=(metric.id, one.authority.code),
        periods=one.periods,
    )


def _summary(authority: Authority, group: Group, asked: list[Learning], lines: tuple[Lesson, ...]) -> str:
    """Out of how many metrics and councils the lines were chosen, and how many chance alone would give."""
    noun = group_noun(group)
    if not asked:
        return (
            f"{authority.short_name} has no yearly figure in the worse quarter of {noun} on which it could be said who "
            "turned it round."
        )
    did = sum(len(found.everywhere.members) for found in asked)
    could = sum(found.everywhere.eligible for found in asked)
    chance = number_text(sum(found.everywhere.by_chance for found in asked))
    metrics = count_text(len(asked), "metric")
    head = f"We asked of {metrics} to look into or in the worse quarter who among {noun} turned it round."
    none = "" if lines else " Nobody did."
    return (
        f"{head}{none} In all of England {number_text(did)} of {number_text(could)} that could have did, where about "
        f"{chance} would if the order of the years were chance."
    )
