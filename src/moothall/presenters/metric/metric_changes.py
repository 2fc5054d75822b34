"""Who changed and who turned it round among a group on one metric, as sections of the metric's page.

Councils are named in the order of their names; with one council chosen, those that turned it round in the order of
similarity to it. Nobody is ordered by a figure or by the size of a change.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from moothall.analytics.change import ANNUAL_CADENCES, ChangeRule
from moothall.analytics.groups import Group
from moothall.analytics.judging import why_not_judged
from moothall.analytics.learning import TurnedRound, TurnedRoundAll
from moothall.analytics.metric_series import MetricSeries
from moothall.analytics.trend import Direction
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.words import Polarity
from moothall.presenters.addresses import FLAGS_REPORT, metric_address
from moothall.presenters.authority.learning_view import turned_words
from moothall.presenters.blocks import Link
from moothall.presenters.figures.changes import series_of, turned_round_by
from moothall.presenters.figures.cohort import Cohort, cohorts_of
from moothall.presenters.figures.reading import FigureStore, kept_by_store
from moothall.presenters.provenance.flags_page import flags_sentence
from moothall.presenters.provenance.reversal_view import flags_of
from moothall.presenters.shared_by_councils.replies import replies_of
from moothall.presenters.similarity.similar import usual_peers
from moothall.presenters.wording.change_words import Movement, movement_of
from moothall.presenters.wording.numbers import count_text, metric_value_text, number_text
from moothall.presenters.wording.words import group_noun

SIDES = ("For the better", "For the worse", "Rising", "Falling")
KEPT_LISTS = 256

RULES = {
    ChangeRule.ANNUAL: (
        "A change is named only where it goes beyond what councils of the same type show, after allowing for how much "
        "of such changes is lost again: over two periods in one direction, or once beyond three spreads."
    ),
    ChangeRule.SLOPE: (
        "A change is named only where the line through five periods or more, each counted by how narrow its published "
        "limits are, slopes by more than chance would give once in 500, whichever period is left out."
    ),
    ChangeRule.CHART: (
        "A change is named only where two rules agree, each asked of the same part of every year. The newest figure "
        "completes one of four patterns on the council's own control chart: beyond its limits, eight on one side, six "
        "in one direction, or two of three near a limit. And it moved by more than councils of its type did."
    ),
}
"""What each rule asks of a change before it is named."""


@dataclass(frozen=True, slots=True)
class CouncilLine(Link):
    """A council with what happened to its figures, and the slugs of the periods whose figures are named."""

    code: str = ""
    periods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Councils that changed one way, by name: each with its figures and the page that shows it."""

    title: str
    items: tuple[CouncilLine, ...]


@dataclass(frozen=True, slots=True)
class WhoChanged:
    """The councils of a group that changed by more than noise up to a period, and how good such flags have been."""

    sentence: str
    lists: tuple[ChangeList, ...]
    rule: str
    record: str
    report: Link


@dataclass(frozen=True, slots=True)
class WhoTurned:
    """The councils of a group that turned it round, each with when and how sure it is, and what chance would give."""

    order: str
    items: tuple[CouncilLine, ...]
    summary: str


def who_changed(store: FigureStore, cohort: Cohort) -> WhoChanged | None:
    """Who changed in a cohort; None where no rule of change speaks to the series."""
    found = _lists_of(store).changed(cohort.metric.id, cohort.group, cohort.period)
    if found is None or not replies_of(store):
        return found
    lists = (replace(one, items=_with_replies(store, cohort.metric, one.items)) for one in found.lists)
    return replace(found, lists=tuple(lists))


def who_turned_round(store: FigureStore, metric: Metric, group: Group, authority: Authority | None) -> WhoTurned | None:
    """Who turned it round in a group; None where that cannot be said of the metric at all."""
    found = _lists_of(store).turned(metric.id, group, authority)
    if found is None or not replies_of(store):
        return found
    return replace(found, items=_with_replies(store, metric, found.items))


def _with_replies(store: FigureStore, metric: Metric, items: tuple[CouncilLine, ...]) -> tuple[CouncilLine, ...]:
    """The lines with what the councils say to their figures: never kept, because it changes while the build stays."""
    every, held = store.catalogue.authorities, replies_of(store)
    return tuple(replace(one, replies=held.marks(metric.id, every[one.code], one.periods)) for one in items)


class _Lists:
    """What changed in the groups of one open build, those asked for last: only the order depends on a reader."""

    def __init__(self, store: FigureStore) -> None:
        metrics = store.catalogue.metrics
        keep = lru_cache(maxsize=KEPT_LISTS)
        self.changed = keep(lambda m, group, period: _who_changed(store, cohorts_of(store).at(m, group, period)))
        self.turned = keep(lambda m, group, authority: _who_turned(store, metrics[m], group, authority))


@kept_by_store
def _lists_of(store: FigureStore) -> _Lists:
    return _Lists(store)


def _who_changed(store: FigureStore, cohort: Cohort) -> WhoChanged | None:
    metric = cohort.metric
    series = series_of(store).at(metric.id)
    rule = series.rule(series.periods.index(cohort.period)) if cohort.period in series.periods else None
    if rule is None or len(series.periods) < 2:
        return None
    moves = [movement_of(store, metric, member, cohort.period) for member in cohort.members]
    found = [move for move in moves if move and move.is_found]
    return WhoChanged(
        sentence=_changed_sentence(cohort, moves, found),
        lists=tuple(one for one in _lists(cohort, found) if one.items),
        rule=RULES[rule],
        record=flags_sentence(flags_of(store, metric), rule),
        report=Link("How good our flags are", FLAGS_REPORT),
    )


def _changed_sentence(cohort: Cohort, moves: list[Movement | None], found: list[Movement]) -> str:
    known = sum(move is not None and move.trend.direction is not Direction.CANNOT_SAY for move in moves)
    noun, until = group_noun(cohort.group), cohort.period.label
    if not known:
        return f"Up to {until} it cannot be said of any of the {noun} whether it changed."
    did = f"{number_text(len(found))} changed" if found else "none changed"
    return f"Of {count_text(known, 'council')} of which it can be said up to {until}, {did} by more than noise."


def _lists(cohort: Cohort, found: list[Movement]) -> list[ChangeList]:
    """Better and worse where the metric has a better end; rising and falling where it has none."""
    return [
        ChangeList(title, tuple(_changed(cohort, move) for move in found if _side(move) == title)) for title in SIDES
    ]


def _side(move: Movement) -> str:
    if move.goodness == "neither":
        return "Rising" if move.trend.direction is Direction.RISING else "Falling"
    return "For the better" if move.goodness == "better" else "For the worse"


def _changed(cohort: Cohort, move: Movement) -> CouncilLine:
    metric = cohort.metric
    first, last = (metric_value_text(figure, metric) for figure in (move.first, move.last))
    choices = {"authority": move.authority.slug, "group": cohort.group.id, "period": cohort.period.slug}
    page = metric_address(metric.id, **choices)
    note, periods = f"{first} in {move.since.label}, {last} in {move.until.label}", (move.since.slug, move.until.slug)
    return CouncilLine(move.authority.short_name, page, note, code=move.authority.code, periods=periods)


@dataclass(frozen=True, slots=True)
class TurnedInGroup:
    """Who of a group turned a metric round up to the series' last period, in order, beside all of England."""

    series: MetricSeries
    members: tuple[tuple[TurnedRound, Authority], ...]
    everywhere: TurnedRoundAll


def turned_in_group(
    store: FigureStore, metric: Metric, group: Group, authority: Authority | None
) -> TurnedInGroup | None:
    """Those most like the authority first, then by name, without itself; None where it cannot be said of a metric."""
    if metric.cadence not in ANNUAL_CADENCES or metric.polarity is Polarity.NONE or why_not_judged(metric):
        return None
    whole = series_of(store).at(metric.id)
    newest = whole.newest()
    if newest is None:
        return None
    series, found = whole.until(newest), turned_round_by(store, whole, newest)
    register, chosen = store.catalogue.authorities, set(series_of(store).rows_of(metric.id, group).tolist())
    turned = [(one, register[series.authorities[one.row]]) for one in found.members if one.row in chosen]
    nearness = _nearness(store, authority)
    turned.sort(key=lambda pair: (nearness.get(pair[1].code, len(nearness)), pair[1].short_name))
    return TurnedInGroup(series, tuple(pair for pair in turned if pair[1] != authority), found)


def _who_turned(store: FigureStore, metric: Metric, group: Group, authority: Authority | None) -> WhoTurned | None:
    turned = turned_in_group(store, metric, group, authority)
    if turned is None:
        return None
    series, nearness = turned.series, _nearness(store, authority)
    items = tuple(_turned_item(store, series, one, other, group) for one, other in turned.members)
    order = f"most like {authority.short_name} first, then by name" if authority and nearness else "by name"
    return WhoTurned(order, items, _turned_summary(group, series.periods[-1], len(items), turned.everywhere))


def _nearness(store: FigureStore, authority: Authority | None) -> dict[str, int]:
    """The place of each similar council in the list of one, nearest first."""
    peers = usual_peers(store, authority) if authority else None
    return {code: place for place, code in enumerate(peers.codes)} if peers else {}


def _turned_item(
    store: FigureStore, series: MetricSeries, one: TurnedRound, other: Authority, group: Group
) -> CouncilLine:
    said, certainty = turned_words(store, series, one, other)
    page = metric_address(series.metric.id, authority=other.slug, group=group.id)
    periods = tuple(series.periods[place].slug for place in (one.worse, one.flagged, one.better, -1))
    note = f"({certainty.value}) {said.text}"
    return CouncilLine(other.short_name, page, note, code=other.code, periods=periods)


def _turned_summary(group: Group, newest: Period, count: int, found: TurnedRoundAll) -> str:
    did = number_text(len(found.members)) if found.members else "none"
    mine = f"{count_text(count, 'council')} of the {group_noun(group)}" if count else "Nobody in the group"
    could = count_text(found.eligible, "council")
    return (
        f"{mine} turned it round by {newest.label}. Of {could} of every type that could have, {did} did; about "
        f"{number_text(found.by_chance, 1)} would if the order of the years were chance."
    )
