"""What stands out for one council over all its metrics, in sentences and as plain records (METHODS 6)."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from moothall.analytics.groups import Group, is_in_group
from moothall.analytics.reversal import is_made_by_model
from moothall.analytics.standing_out import Distance, StandingOut, Standout, standing_out
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period, add_months, day_text
from moothall.errors import UsageError
from moothall.presenters.changes import MetricSeries, series_of, why_not_judged
from moothall.presenters.cohort import Cohort, cohorts_of
from moothall.presenters.numbers import count_text, number_text
from moothall.presenters.reading import FigureStore, kept_by_store, live_metrics
from moothall.presenters.words import group_noun, joined, position_sentence

KEPT_ANSWERS = 1024

OLDEST_YEARS = 5
"""Figures of a period that ended longer than this before the newest release say nothing of today: none is tested."""

LEAST_CHANCE = 0.1
"""Below this, how many flags chance alone would give is not told more exactly."""

MODELLED_SENTENCE = "The publisher models or smooths these figures, so they keep their place by construction."


@dataclass(frozen=True, slots=True)
class StandingOutItem:
    """One metric that stands out: the figure, the cohort that it stands in, and the sentence that says so."""

    standout: Standout
    cohort: Cohort
    value: float
    before: Period | None
    is_modelled: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class WhatStandsOut:
    """What stands out for a council in a group: three lists, furthest from the middle first, and what was tested."""

    authority: Authority
    group: Group
    found: StandingOut
    look_into: tuple[StandingOutItem, ...]
    going_well: tuple[StandingOutItem, ...]
    unusual: tuple[StandingOutItem, ...]
    too_old: int
    summary: str


@dataclass(frozen=True, slots=True)
class _Tested:
    """A metric as it was tested: at which column of its series, and how far out."""

    series: MetricSeries
    column: int
    distance: Distance


def what_stands_out(store: FigureStore, authority: Authority, group: Group) -> WhatStandsOut:
    """What stands out for an authority in a group; UsageError, one sentence, where nothing can be tested."""
    return _answers_of(store)(authority.code, group)


@kept_by_store
def _answers_of(store: FigureStore) -> Callable[[str, Group], WhatStandsOut]:
    authorities = store.catalogue.authorities
    return lru_cache(maxsize=KEPT_ANSWERS)(lambda code, group: _answer(store, authorities[code], group))


def _answer(store: FigureStore, authority: Authority, group: Group) -> WhatStandsOut:
    if not is_in_group(group, authority):
        raise UsageError(f"{authority.name} is not one of the {group_noun(group)}, so it has no place among them.")
    newest = _newest_day(store)
    oldest = add_months(newest, -12 * OLDEST_YEARS)
    every = list(_tested(store, authority, group)) if authority.end is None or authority.end >= newest else []
    tested = {one.distance.metric: one for one in every if one.series.periods[one.column].end >= oldest}
    if not tested:
        raise UsageError(_why_nothing(store, authority, group))
    found = standing_out([one.distance for one in tested.values()])
    look_into, going_well, unusual = (
        tuple(_item(store, authority, group, one, tested[one.metric]) for one in side)
        for side in (found.look_into, found.going_well, found.unusual)
    )
    too_old = len(every) - len(tested)
    return WhatStandsOut(authority, group, found, look_into, going_well, unusual, too_old, _summary(found, too_old))


def _newest_day(store: FigureStore) -> date:
    """The day of the newest release that is known: "today" for what stands out, so that the clock decides nothing."""
    return max((release.published_on for release in store.releases.values()), default=date.max)


def _tested(store: FigureStore, authority: Authority, group: Group) -> Iterator[_Tested]:
    """Every metric of which the authority has a figure in the newest period that its group can be compared in."""
    for metric in live_metrics(store):
        if authority.type in metric.applies_to and why_not_judged(metric) is None:
            one = _distance(store, metric, authority, group)
            if one:
                yield one


def _distance(store: FigureStore, metric: Metric, authority: Authority, group: Group) -> _Tested | None:
    every = series_of(store)
    series = every.at(metric.id)
    row = series.index.get(authority.code)
    column = None if row is None else series.newest(every.rows_of(metric.id, group))
    if row is None or column is None:
        return None
    z = every.levels(metric.id, group)[row]
    has_before = column > 0 and bool(series.is_linked[column - 1])
    before = float(z[column - 1]) if has_before else math.nan
    if math.isnan(z[column]):
        return None
    return _Tested(series, column, Distance(metric.id, float(z[column]), before, metric.polarity))


def _item(store: FigureStore, authority: Authority, group: Group, one: Standout, tested: _Tested) -> StandingOutItem:
    series, column = tested.series, tested.column
    cohort = cohorts_of(store).at(one.metric, group, series.periods[column])
    value = float(series.values[series.index[authority.code], column])
    before = None if math.isnan(one.before) else series.periods[column - 1]
    is_modelled = is_made_by_model(series.metric)
    parts = (_where(authority, cohort, value), _how_long(one, before), MODELLED_SENTENCE if is_modelled else "")
    return StandingOutItem(one, cohort, value, before, is_modelled, " ".join(filter(None, parts)))


def _where(authority: Authority, cohort: Cohort, value: float) -> str:
    """The metric, its value, the period, the comparator, how many they are and their middle figure."""
    name = f"{cohort.metric.title}, {authority.short_name}"
    position, median = cohort.position_of(authority.code), cohort.summary.median
    return position_sentence(name, value, cohort.period.label, cohort.metric, cohort.group, position, median)


def _how_long(one: Standout, before: Period | None) -> str:
    if before is None:
        return "The period before cannot be compared, but it lies so far out now that chance seldom explains it."
    if one.is_lasting:
        return f"It stood out on the same side in {before.label} too."
    return f"It did not stand out in {before.label}, but lies so far out now that chance seldom explains it."


def _summary(found: StandingOut, too_old: int) -> str:
    """How much was tested, what was flagged, what chance alone would flag, and what was too old to test."""
    tested = f"Out of {count_text(found.tested, 'figure')} that we tested"
    verb = "was" if too_old == 1 else "were"
    left_out = f" {count_text(too_old, 'figure')} older than {OLDEST_YEARS} years {verb} left out." if too_old else ""
    if not found.flagged:
        return f"{tested}, none stands out by more than chance would give.{left_out}"
    shown = [(found.look_into, "to look into"), (found.going_well, "going well"), (found.unusual, "unusual")]
    named = joined([f"{len(side)} {words}" for side, words in shown if side])
    stand = "stands" if found.flagged == 1 else "stand"
    chance = f"chance alone would flag {_chance_words(found)}"
    return f"{tested}, {number_text(found.flagged)} {stand} out ({named} shown); {chance}.{left_out}"


def _chance_words(found: StandingOut) -> str:
    if found.by_chance < LEAST_CHANCE:
        return f"fewer than {LEAST_CHANCE}"
    return f"about {number_text(found.by_chance, 0 if found.by_chance >= 1 else 1)}"


def _why_nothing(store: FigureStore, authority: Authority, group: Group) -> str:
    if authority.end:
        codes = dict.fromkeys(s.successor for s in store.catalogue.successions if s.predecessor == authority.code)
        after = joined([store.catalogue.authorities[code].short_name for code in codes])
        ask = f": ask for {after}" if after else ""
        return f"{authority.name} ended on {day_text(authority.end)}, so nothing of it stands out today{ask}."
    return (
        f"None of the figures of {authority.name} can be tested among {group_noun(group)}: each needs at least 10 "
        "councils with a figure in its newest period; choose a larger group, such as same-type or england."
    )


def standing_out_record(what: WhatStandsOut) -> dict[str, Any]:
    """What stands out as plain facts for programs, unrounded."""
    found = what.found
    return {
        "authority": what.authority.code,
        "name": what.authority.name,
        "group": what.group.id,
        "tested": found.tested,
        "flagged": found.flagged,
        "by_chance": found.by_chance,
        "cut_off": found.cut_off,
        "too_old": what.too_old,
        "summary": what.summary,
        "look_into": [_item_record(item) for item in what.look_into],
        "going_well": [_item_record(item) for item in what.going_well],
        "unusual": [_item_record(item) for item in what.unusual],
    }


def _item_record(item: StandingOutItem) -> dict[str, Any]:
    one, cohort = item.standout, item.cohort
    return {
        "metric": one.metric,
        "title": cohort.metric.title,
        "period": cohort.period.slug,
        "value": item.value,
        "unit": cohort.metric.unit.id,
        "polarity": cohort.metric.polarity,
        "n": cohort.summary.n,
        "median": cohort.summary.median,
        "z": one.z,
        "p": one.p,
        "z_before": None if item.before is None else one.before,
        "period_before": item.before.slug if item.before else None,
        "persistence": "lasting" if one.is_lasting else "far-out",
        "modelled": item.is_modelled,
        "sentence": item.sentence,
    }
