"""Whom a council could learn from on a metric: who does better, who turned it round, and why (METHODS 10)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moothall.analytics.change import ANNUAL_CADENCES
from moothall.analytics.funnel import OUTER_LIMIT
from moothall.analytics.groups import TYPE_TITLES, Group, is_in_group
from moothall.analytics.judging import why_not_judged
from moothall.analytics.learning import (
    Better,
    TurnedRound,
    TurnedRoundAll,
    better_by_more_than_noise,
)
from moothall.analytics.metric_series import MetricSeries
from moothall.analytics.reversal import is_made_by_model
from moothall.analytics.similarity import Closeness, closeness_of, distances
from moothall.analytics.trend import INTERVAL_TO_ERROR
from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.period import Period
from moothall.domain.wording import Length, Matter
from moothall.domain.words import Polarity
from moothall.errors import UsageError
from moothall.presenters.figures.changes import noise_at, series_of, turned_round_by
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.shared_by_councils.practice import notes_of_council
from moothall.presenters.shared_by_councils.replies import mark_records, replies_of
from moothall.presenters.similarity.similar import usual_peers
from moothall.presenters.wording.change_words import modelled_words
from moothall.presenters.wording.numbers import count_text, metric_value_text, number_text
from moothall.presenters.wording.sentences import Said, Sentences, sentences_of
from moothall.presenters.wording.words import group_noun, lower_first, members_words

LONG_HELD = 4
"""A better half that has held for this many periods is called clear; fewer, likely."""

TURNS = ("worse", "flagged", "better")
"""The periods by which it is told when a council turned it round."""


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
    said: Said
    facts: dict[str, Any]

    @property
    def sentence(self) -> str:
        """Why it is on the list."""
        return self.said.text

    @property
    def periods(self) -> tuple[str, ...]:
        """The slugs of the periods whose figures it rests on."""
        return tuple(str(self.facts[name]) for name in ("period", *TURNS) if name in self.facts)


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
    parts: tuple[Said, ...]

    @property
    def summary(self) -> tuple[str, ...]:
        """How many there are, in sentences."""
        return tuple(part.text for part in self.parts)


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
    better = [_better(store, asked, one) for one in _who_does_better(store, asked)]
    newest = asked.series.newest()
    last = asked.column if newest is None else newest
    series, everywhere = asked.series.until(last), turned_round_by(store, asked.series, last)
    chosen = {row for row in asked.rows.tolist() if row != asked.own}
    turned = [
        _turned(store, asked, series, one, every[series.authorities[one.row]])
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
        tuple(_summary(store, asked, len(better), len(turned), everywhere)),
    )


def who_does_better(store: FigureStore, metric: Metric, authority: Authority, group: Group) -> tuple[Candidate, ...]:
    """Of the candidates those that do better by more than noise, the most similar first; as ``whom_to_learn_from``."""
    asked = _asked(store, metric, authority, group)
    return _in_order([_better(store, asked, one) for one in _who_does_better(store, asked)])


def _asked(store: FigureStore, metric: Metric, authority: Authority, group: Group) -> _Asked:
    series = series_of(store).at(metric.id)
    own = series.index.get(authority.code)
    known = np.flatnonzero(~np.isnan(series.values[own])) if own is not None else np.zeros(0, dtype=np.intp)
    why = _why_nobody(store, metric, authority, group)
    if why is None and not known.size:
        why = not_judged(store, "no-figure", metric, name=authority.name)
    if why or own is None:
        raise UsageError(why.text if why else "")
    rows = series_of(store).rows_of(metric.id, group)
    return _Asked(series, group, rows, own, int(known[-1]), _nearness(store, authority))


def _why_nobody(store: FigureStore, metric: Metric, authority: Authority, group: Group) -> Said | None:
    """Why nobody can be named on this metric for this authority out of this group; None where somebody may be."""
    if metric.polarity is Polarity.NONE:
        reason = lower_first(metric.polarity_reason.strip().rstrip("."))
        return not_judged(store, "no-better-end", metric, reason=reason)
    if authority.type not in metric.applies_to:
        return not_judged(store, "not-for-type", metric, type=TYPE_TITLES[authority.type])
    if not is_in_group(group, authority):
        return not_judged(store, "not-in-group", metric, name=authority.name, councils=group_noun(group))
    cause = why_not_judged(metric)
    return not_judged(store, cause, metric) if cause else None


def not_judged(store: FigureStore, cause: str, metric: Metric, **tokens: str) -> Said:
    """Why nobody can be said to do better or worse on a metric; ``tokens`` are what the cause needs beside it."""
    given = {"metric": metric.title, **tokens}
    return sentences_of(store).say(Matter.NOT_JUDGED, Length.SENTENCE, {"cause": cause}, given)


def _nearness(store: FigureStore, authority: Authority) -> dict[str, float]:
    """How far every council of the type lies from this one by its usual model; empty where no model covers it."""
    found = usual_peers(store, authority)
    if found is None or found.own is None:
        return {}
    apart = distances(found.circle.standardised, found.weights)[found.own].tolist()
    return {code: gap for code, gap in zip(found.circle.codes, apart, strict=True) if not math.isnan(gap)}


def _who_does_better(store: FigureStore, asked: _Asked) -> tuple[Better, ...]:
    """Members of the group that do better by more than noise; ``row`` is that of the series."""
    rows = asked.rows
    values, errors = asked.series.values[:, asked.column], _errors(store, asked)
    own = int(np.flatnonzero(rows == asked.own)[0])
    found = better_by_more_than_noise(values[rows], errors[rows], own, asked.series.metric.polarity)
    return tuple(Better(int(rows[one.row]), one.ahead, one.certainty) for one in found)


def _errors(store: FigureStore, asked: _Asked) -> NDArray[np.float64]:
    """Standard errors of all figures of the period: from published 95% limits where the own figure has them."""
    width = asked.series.upper[:, asked.column] - asked.series.lower[:, asked.column]
    if not math.isnan(width[asked.own]):
        return np.asarray(width / INTERVAL_TO_ERROR, dtype=np.float64)
    return noise_at(store, asked.series, asked.column)


def _better(store: FigureStore, asked: _Asked, one: Better) -> Candidate:
    metric, code = asked.series.metric, asked.series.authorities[one.row]
    other, own = (store.catalogue.authorities[c] for c in (code, asked.series.authorities[asked.own]))
    value, period = float(asked.series.values[one.row, asked.column]), asked.series.periods[asked.column]
    certainty = Certainty.CLEAR if one.certainty > OUTER_LIMIT else Certainty.LIKELY
    figures = [metric_value_text(figure, metric) for figure in (value, asked.value)]
    tokens = {
        "name": other.short_name,
        "own-name": own.short_name,
        "period": period.label,
        "value": figures[0],
        "own-value": figures[1],
    }
    said = _why_named(store, "better", certainty, tokens)
    errors = None if math.isinf(one.certainty) else one.certainty
    facts = {"period": period.slug, "ahead": one.ahead, "standard_errors": errors}
    return _candidate(asked, other, value, certainty, said, facts)


def _why_named(store: FigureStore, kind: str, certainty: Certainty, tokens: dict[str, str]) -> Said:
    facts = {"kind": kind, "certainty": certainty.value}
    return sentences_of(store).say(Matter.LEARNING, Length.SENTENCE, facts, tokens)


def _turned(store: FigureStore, asked: _Asked, series: MetricSeries, one: TurnedRound, other: Authority) -> Candidate:
    said, certainty = turned_words(store, series, one, other)
    slugs = {name: series.periods[getattr(one, name)].slug for name in TURNS}
    then, now = (float(series.values[one.row, place]) for place in (one.worse, -1))
    held = len(series.periods) - one.better
    facts = {"period": series.periods[-1].slug, **slugs, "value_when_worse": then, "periods_held": held}
    return _candidate(asked, other, now, certainty, said, facts)


def turned_words(
    store: FigureStore, series: MetricSeries, one: TurnedRound, other: Authority
) -> tuple[Said, Certainty]:
    """When and from where to where a council turned it round, up to the last period of a series, and how sure it is."""
    metric = series.metric
    certainty = Certainty.CLEAR if len(series.periods) - one.better >= LONG_HELD else Certainty.LIKELY
    then, now = (metric_value_text(float(series.values[one.row, place]), metric) for place in (one.worse, -1))
    tokens = {
        "name": other.short_name,
        "type": TYPE_TITLES[other.type],
        "value-worse": then,
        "value": now,
        "newest": series.periods[-1].label,
        **{name: series.periods[getattr(one, name)].label for name in TURNS},
    }
    return _why_named(store, "turned-round", certainty, tokens), certainty


def _candidate(
    asked: _Asked, other: Authority, value: float, certainty: Certainty, said: Said, facts: dict[str, Any]
) -> Candidate:
    gap = asked.nearness.get(other.code)
    closeness = None if gap is None else closeness_of(gap)
    return Candidate(other, value, certainty, gap, closeness, said, facts)


def _in_order(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    """The most similar first, then the more certain, then by name; never by figure."""

    def key(one: Candidate) -> tuple[float, bool, str]:
        gap = math.inf if one.distance is None else one.distance
        return gap, one.certainty is Certainty.LIKELY, one.authority.short_name

    return tuple(sorted(candidates, key=key))


def _summary(store: FigureStore, asked: _Asked, better: int, turned: int, everywhere: TurnedRoundAll) -> Iterator[Said]:
    say = sentences_of(store)
    known = int((~np.isnan(asked.series.values[asked.rows, asked.column])).sum())
    tokens = {
        "better": number_text(better),
        "all": f"the {members_words(asked.group, known)}",
        "period": asked.series.periods[asked.column].label,
    }
    yield say.say(Matter.WHO_DOES_BETTER, Length.SENTENCE, {"better": better}, tokens)
    yield _turned_summary(say, asked, turned, everywhere)
    modelled = modelled_words(say, asked.series.metric, "learning")
    if modelled:
        yield modelled


def _turned_summary(say: Sentences, asked: _Asked, turned: int, everywhere: TurnedRoundAll) -> Said:
    facts = {"yearly": asked.series.metric.cadence in ANNUAL_CADENCES, "turned": turned}
    tokens = {
        "turned": number_text(turned),
        "eligible": count_text(everywhere.eligible, "council"),
        "everywhere": number_text(len(everywhere.members)),
        "chance": number_text(everywhere.by_chance, 1),
    }
    return say.say(Matter.WHO_TURNED_ROUND, Length.SENTENCE, facts, tokens)


def learning_record(store: FigureStore, found: Learning) -> dict[str, Any]:
    """The candidates as plain facts for programs, unrounded, with what each has published about its figures."""
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
        "sentences": [part.record for part in found.parts],
        "better": [_candidate_record(store, found.metric, one) for one in found.better],
        "turned_round": [_candidate_record(store, found.metric, one) for one in found.turned],
        "turned_round_everywhere": len(found.everywhere.members),
        "could_have_turned": found.everywhere.eligible,
        "by_chance": found.everywhere.by_chance,
    }


def _candidate_record(store: FigureStore, metric: Metric, one: Candidate) -> dict[str, Any]:
    return {
        "code": one.authority.code,
        "name": one.authority.name,
        "value": one.value,
        "certainty": one.certainty,
        "distance": one.distance,
        "closeness": one.closeness,
        **one.facts,
        "sentence": one.sentence,
        "rule": one.said.rule,
        "inputs": one.said.inputs,
        "replies": mark_records(replies_of(store).marks(metric.id, one.authority, one.periods)),
        "practice_notes": [note.href for note in notes_of_council(store, metric.id, one.authority.code)],
    }
