"""What stands out for one council over all its metrics, in sentences and as plain records (METHODS 6)."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from moothall.analytics.groups import Group, is_in_group
from moothall.analytics.reversal import is_made_by_model
from moothall.analytics.standing_out import StandingOut, Standout, standing_out
from moothall.analytics.tested import OLDEST_YEARS, what_is_tested
from moothall.domain.authority import Authority
from moothall.domain.period import Period, day_text
from moothall.domain.wording import Length, Matter
from moothall.errors import UsageError
from moothall.presenters.figures.changes import series_of
from moothall.presenters.figures.cohort import Cohort, cohorts_of, standing_of
from moothall.presenters.figures.reading import FigureStore, kept_by_store, live_metrics, newest_day
from moothall.presenters.shared_by_councils.replies import replies_of, reply_records
from moothall.presenters.wording.change_words import modelled_words
from moothall.presenters.wording.figure_words import OwnFigure, figure_sentence
from moothall.presenters.wording.numbers import count_text, number_text
from moothall.presenters.wording.sentences import Said, Sentences, sentences_of, text_of
from moothall.presenters.wording.words import group_noun, joined

KEPT_ANSWERS = 256

LEAST_CHANCE = 0.1
"""Below this, how many flags chance alone would give is not told more exactly."""


@dataclass(frozen=True, slots=True)
class StandingOutItem:
    """One metric that stands out: the figure, the cohort that it stands in, and the sentence that says so."""

    standout: Standout
    cohort: Cohort
    value: float
    before: Period | None
    is_modelled: bool
    parts: tuple[Said, ...]

    @property
    def sentence(self) -> str:
        """All of it as one text."""
        return text_of(self.parts)


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
    parts: tuple[Said, ...]

    @property
    def summary(self) -> str:
        """How much was tested and flagged, as one text."""
        return text_of(self.parts)


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
    found, too_old = _found(store, authority, group)
    look_into, going_well, unusual = (
        tuple(_item(store, authority, group, one) for one in side)
        for side in (found.look_into, found.going_well, found.unusual)
    )
    parts = tuple(_summary(sentences_of(store), found, too_old))
    return WhatStandsOut(authority, group, found, look_into, going_well, unusual, too_old, parts)


def _found(store: FigureStore, authority: Authority, group: Group) -> tuple[StandingOut, int]:
    """What stands out, and how many figures were too old to test: as the build found it, or worked out."""
    held = store.standing_out(authority.code, group.id)
    if held is not None and tuple(held.codes) == group.codes:
        lists = (tuple(Standout(*one) for one in side) for side in (held.look_into, held.going_well, held.unusual))
        return StandingOut(held.tested, held.flagged, held.cut_off, held.by_chance, *lists), held.too_old
    (tested,) = what_is_tested(series_of(store), live_metrics(store), [(authority, group)], newest_day(store))
    if not tested.chosen:
        raise UsageError(_why_nothing(store, authority, group))
    return standing_out([one.distance for one in tested.chosen.values()]), tested.too_old


def _item(store: FigureStore, authority: Authority, group: Group, one: Standout) -> StandingOutItem:
    every = series_of(store)
    series = every.at(one.metric)
    column = series.newest(every.rows_of(one.metric, group)) or 0
    cohort = cohorts_of(store).at(one.metric, group, series.periods[column])
    value = float(series.values[series.index[authority.code], column])
    before = None if math.isnan(one.before) else series.periods[column - 1]
    is_modelled = is_made_by_model(series.metric)
    say, standing = sentences_of(store), standing_of(store, series.metric, authority, cohort.period)
    where = figure_sentence(say, OwnFigure(cohort, authority, standing), names_metric=True)
    parts = (where, _how_long(say, one, before), modelled_words(say, series.metric, "standing-out"))
    return StandingOutItem(one, cohort, value, before, is_modelled, tuple(filter(None, parts)))


def _how_long(say: Sentences, one: Standout, before: Period | None) -> Said:
    kind = "no-figure" if before is None else "lasting" if one.is_lasting else "not-before"
    return say.say(Matter.STANDING_OUT, Length.PART, {"before": kind}, {"before": before.label if before else ""})


def _summary(say: Sentences, found: StandingOut, too_old: int) -> list[Said]:
    """How much was tested, what was flagged, what chance alone would flag, and what was too old to test."""
    shown = [(found.look_into, "to look into"), (found.going_well, "going well"), (found.unusual, "unusual")]
    tokens = {
        "tested": count_text(found.tested, "figure"),
        "flagged": number_text(found.flagged),
        "shown": joined([f"{len(side)} {words}" for side, words in shown if side]),
        "chance": _chance_words(found),
    }
    tested = say.say(Matter.TESTED, Length.SENTENCE, {"flagged": found.flagged}, tokens)
    old = {"left-out": count_text(too_old, "figure"), "years": number_text(OLDEST_YEARS)}
    left_out = say.say(Matter.LEFT_OUT, Length.PART, {"too-old": too_old}, old)
    return [tested, left_out] if too_old else [tested]


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
        "councils with a figure in its newest period; choose a larger group, such as all councils of its type."
    )


def standing_out_record(store: FigureStore, what: WhatStandsOut) -> dict[str, Any]:
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
        "sentences": [part.record for part in what.parts],
        "look_into": [_item_record(store, what.authority, item) for item in what.look_into],
        "going_well": [_item_record(store, what.authority, item) for item in what.going_well],
        "unusual": [_item_record(store, what.authority, item) for item in what.unusual],
    }


def _item_record(store: FigureStore, authority: Authority, item: StandingOutItem) -> dict[str, Any]:
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
        "sentences": [part.record for part in item.parts],
        "replies": reply_records(replies_of(store).beside(one.metric, authority, cohort.period.slug)),
    }
