"""Whom a council could learn from on a metric: who does better, who turned it round, and why (METHODS 10)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.funnel import OUTER_LIMIT
from moothall.analytics.groups import TYPE_TITLES, Group, is_in_group
from moothall.analytics.learning import (
    Better,
    TurnedRound,
    TurnedRoundAll,
    better_by_more_than_noise,
    noise_from_changes,
)
from moothall.analytics.reversal import is_made_by_model
from moothall.analytics.similarity import Closeness, closeness_of, distances
from moothall.analytics.trend import INTERVAL_TO_ERROR
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.words import Polarity
from moothall.errors import UsageError
from moothall.presenters.changes import ANNUAL_CADENCES, MetricSeries, series_of, why_not_judged
from moothall.presenters.numbers import count_text, metric_value_text, number_text
from moothall.presenters.reading import FigureStore
from moothall.presenters.similar import usual_peers
from moothall.presenters.words import group_noun, lower_first

LONG_HELD = 4
"""A better half that has held for this many periods is called clear; fewer, likely."""


class Certainty(StrEnum):
    """How sure it is that a candidate belongs on the list."""

    CLEAR = "clear"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A council to learn from: its figure, how sure that is, how near it is to the one that asks, and why."""

    authority: Authority
    value: float
    certainty: Certainty
    distance: float | None
    closeness: Closeness | None
    sentence: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Learning:
    """The candidates for one council on one metric, the most similar first, and how many chance alone would give."""

    metric: Metric
    authority: Authority
    group: Group
    period: Period
    value: float
    better: tuple[Candidate, ...]
    turned: tuple[Candidate, ...]
    everywhere: TurnedRoundAll
    is_by_similarity: bool
    summary: tuple[str, ...]


@dataclass(frozen=True)
class _Asked:
    """What is asked: the series, the group's rows, the own row and period, and who is how near."""

    series: MetricSeries
    group: Group
    rows: NDArray[np.intp]
    own: int
    column: int
    nearness: dict[str, float]

    @property
    def value(self) -> float:
        """The own figure."""
        return float(self.series.values[self.own, self.column])


def whom_to_learn_from(store: FigureStore, metric: Metric, authority: Authority, group: Group) -> Learning:
    """Candidates for an authority on a metric, out of a group; UsageError, one sentence, where nobody can be named."""
    asked = _asked(store, metric, authority, group)
    every = store.catalogue.authorities
    better = [_better(store, asked, one) for one in _who_does_better(asked)]
    newest = asked.series.newest(np.arange(len(asked.series.authorities)))
    series = asked.series.until(asked.column if newest is None else newest)
    everywhere = series.turned_round
    chosen = {row for row in asked.rows.tolist() if row != asked.own}
    turned = [
        _turned(asked, series, one, every[series.authorities[one.row]])
        for one in everywhere.members
        if one.row in chosen
    ]
    return Learning(
        metric,
        authority,
        group,
        asked.series.periods[asked.column],
        asked.value,
        _in_order(better),
        _in_order(turned),
        everywhere,
        bool(asked.nearness),
        tuple(_summary(asked, len(better), len(turned), everywhere)),
    )


def _asked(store: FigureStore, metric: Metric, authority: Authority, group: Group) -> _Asked:
    series = series_of(store).at(metric.id)
    own = series.index.get(authority.code)
    known = np.flatnonzero(~np.isnan(series.values[own])) if own is not None else np.zeros(0, dtype=np.intp)
    reason = _why_nobody(metric, authority, group)
    if reason is None and not known.size:
        reason = (
            f"{authority.name} has no figure of the metric {metric.title} that can be compared: choose another metric."
        )
    if reason or own is None:
        raise UsageError(reason or "")
    rows = series_of(store).rows_of(metric.id, group)
    return _Asked(series, group, rows, own, int(known[-1]), _nearness(store, authority))


def _why_nobody(metric: Metric, authority: Authority, group: Group) -> str | None:
    """Why nobody can be named on this metric for this authority out of this group; None where somebody may be."""
    if metric.polarity is Polarity.NONE:
        reason = lower_first(metric.polarity_reason.strip().rstrip("."))
        return f"Nobody does better or worse on the metric {metric.title}: {reason}."
    if authority.type not in metric.applies_to:
        return f"The metric {metric.title} is not compared for {TYPE_TITLES[authority.type]}: choose another metric."
    if not is_in_group(group, authority):
        return f"{authority.name} is not one of the {group_noun(group)}: choose a group that it belongs to."
    return why_not_judged(metric)


def _nearness(store: FigureStore, authority: Authority) -> dict[str, float]:
    """How far every council of the type lies from this one by its usual model; empty where no model covers it."""
    found = usual_peers(store, authority)
    if found is None or found.own is None:
        return {}
    apart = distances(found.circle.standardised, found.weights)[found.own].tolist()
    return {code: gap for code, gap in zip(found.circle.codes, apart, strict=True) if not math.isnan(gap)}


def _who_does_better(asked: _Asked) -> tuple[Better, ...]:
    """Members of the group that do better by more than noise; ``row`` is that of the series."""
    rows = asked.rows
    values, errors = asked.series.values[:, asked.column], _errors(asked)
    own = int(np.flatnonzero(rows == asked.own)[0])
    found = better_by_more_than_noise(values[rows], errors[rows], own, asked.series.metric.polarity)
    return tuple(Better(int(rows[one.row]), one.ahead, one.certainty) for one in found)


def _errors(asked: _Asked) -> NDArray[np.float64]:
    """Standard errors of all figures of the period: from published 95% limits where the own figure has them."""
    width = asked.series.upper[:, asked.column] - asked.series.lower[:, asked.column]
    if not math.isnan(width[asked.own]):
        return np.asarray(width / INTERVAL_TO_ERROR, dtype=np.float64)
    return noise_from_changes(asked.series.until(asked.column).changes)


def _better(store: FigureStore, asked: _Asked, one: Better) -> Candidate:
    metric, code = asked.series.metric, asked.series.authorities[one.row]
    other, own = (store.catalogue.authorities[c] for c in (code, asked.series.authorities[asked.own]))
    value, period = float(asked.series.values[one.row, asked.column]), asked.series.periods[asked.column]
    certainty = Certainty.CLEAR if one.certainty > OUTER_LIMIT else Certainty.LIKELY
    figures = [metric_value_text(figure, metric) for figure in (value, asked.value)]
    words = "clearly more than" if certainty is Certainty.CLEAR else "more than"
    sentence = (
        f"{other.short_name}, {period.label}: {figures[0]}, better than {own.short_name} ({figures[1]}) "
        f"by {words} the noise in such figures."
    )
    errors = None if math.isinf(one.certainty) else one.certainty
    facts = {"period": period.slug, "ahead": one.ahead, "standard_errors": errors}
    return _candidate(asked, other, value, certainty, sentence, facts)


def _turned(asked: _Asked, series: MetricSeries, one: TurnedRound, other: Authority) -> Candidate:
    metric, last = series.metric, len(series.periods) - 1
    held = last - one.better + 1
    worse, flagged, better, newest = (series.periods[place].label for place in (one.worse, one.flagged, one.better, -1))
    then, now = (float(series.values[one.row, place]) for place in (one.worse, last))
    figures = [metric_value_text(figure, metric) for figure in (then, now)]
    sentence = (
        f"{other.short_name} was in the worse half of {TYPE_TITLES[other.type]} in {worse} ({figures[0]}), changed for "
        f"the better by more than noise up to {flagged}, and has been in the better half since {better} "
        f"({figures[1]} in {newest})."
    )
    slugs = {name: series.periods[getattr(one, name)].slug for name in ("worse", "flagged", "better")}
    facts = {"period": series.periods[-1].slug, **slugs, "value_when_worse": then, "periods_held": held}
    certainty = Certainty.CLEAR if held >= LONG_HELD else Certainty.LIKELY
    return _candidate(asked, other, now, certainty, sentence, facts)


def _candidate(
    asked: _Asked, other: Authority, value: float, certainty: Certainty, sentence: str, facts: dict[str, Any]
) -> Candidate:
    gap = asked.nearness.get(other.code)
    closeness = None if gap is None else closeness_of(gap)
    return Candidate(other, value, certainty, gap, closeness, sentence, facts)


def _in_order(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    """The most similar first, then the more certain, then by name; never by figure."""

    def key(one: Candidate) -> tuple[float, bool, str]:
        gap = math.inf if one.distance is None else one.distance
        return gap, one.certainty is Certainty.LIKELY, one.authority.short_name

    return tuple(sorted(candidates, key=key))


def _summary(asked: _Asked, better: int, turned: int, everywhere: TurnedRoundAll) -> Iterator[str]:
    noun, period = group_noun(asked.group), asked.series.periods[asked.column].label
    known = int((~np.isnan(asked.series.values[asked.rows, asked.column])).sum())
    does = "do" if better > 1 else "does"
    yield (
        f"{_number_or_none(better)} of the {number_text(known)} {noun} with a figure for {period} {does} better by "
        "more than noise."
    )
    yield _turned_summary(asked, turned, everywhere)
    if is_made_by_model(asked.series.metric):
        yield "The publisher models or smooths these figures, so turns look steadier than they are."


def _turned_summary(asked: _Asked, turned: int, everywhere: TurnedRoundAll) -> str:
    if asked.series.metric.cadence not in ANNUAL_CADENCES:
        return "Who turned it round is said of yearly figures only, and these come out at other times."
    return (
        f"{_number_or_none(turned)} of the others turned it round. Of "
        f"{count_text(everywhere.eligible, 'council')} of every type that could have, {len(everywhere.members)} did; "
        f"about {number_text(everywhere.by_chance, 1)} would if the order of the years were chance."
    )


def _number_or_none(count: int) -> str:
    return number_text(count) if count else "None"


def learning_record(found: Learning) -> dict[str, Any]:
    """The candidates as plain facts for programs, unrounded."""
    return {
        "metric": found.metric.id,
        "authority": found.authority.code,
        "name": found.authority.name,
        "group": found.group.id,
        "period": found.period.slug,
        "value": found.value,
        "unit": found.metric.unit.id,
        "polarity": found.metric.polarity,
        "modelled": is_made_by_model(found.metric),
        "ordered_by": "similarity" if found.is_by_similarity else "name",
        "summary": list(found.summary),
        "better": [_candidate_record(one) for one in found.better],
        "turned_round": [_candidate_record(one) for one in found.turned],
        "turned_round_everywhere": len(found.everywhere.members),
        "could_have_turned": found.everywhere.eligible,
        "by_chance": found.everywhere.by_chance,
    }


def _candidate_record(one: Candidate) -> dict[str, Any]:
    return {
        "code": one.authority.code,
        "name": one.authority.name,
        "value": one.value,
        "certainty": one.certainty,
        "distance": one.distance,
        "closeness": one.closeness,
        **one.facts,
        "sentence": one.sentence,
    }
