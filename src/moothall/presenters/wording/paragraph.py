"""The longest of the three lengths: a figure's sentence, its change, how sure that is, its limits, and one question."""

from collections.abc import Iterator
from dataclasses import dataclass

from moothall.domain.authority import Authority
from moothall.domain.metric import Metric
from moothall.domain.wording import Facts, Length, Matter
from moothall.presenters.figures.cohort import Standing, standings_of
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.wording.change_words import (
    Movement,
    age_words,
    break_words,
    change_words,
    modelled_words,
    movement_of,
)
from moothall.presenters.wording.expected_words import expected_words
from moothall.presenters.wording.figure_words import (
    OwnFigure,
    certainty_words,
    figure_sentence,
    missing_words,
    rank_words,
    soft_refusal,
)
from moothall.presenters.wording.sentences import Said, Sentences, sentences_of
from moothall.presenters.wording.words import own_noun


@dataclass(frozen=True, slots=True)
class Story:
    """What a paragraph says of a council's figures whatever group they stand in: the movement, and parts about it."""

    moved: Movement | None
    parts: tuple[Said, ...]


def story_of(store: FigureStore, metric: Metric, authority: Authority, standing: Standing) -> Story:
    """The change up to a figure, breaks of its series, and how old it is."""
    moved = movement_of(store, metric, authority, standing.period) if standing.value is not None else None
    return Story(moved, tuple(_story_parts(store, metric, authority, standing, moved)))


def _story_parts(
    store: FigureStore, metric: Metric, authority: Authority, standing: Standing, moved: Movement | None
) -> Iterator[Said]:
    say = sentences_of(store)
    if moved:
        yield change_words(say, moved, Length.PART)
        modelled = modelled_words(say, metric, "change") if moved.is_found else None
        if modelled:
            yield modelled
    series = standings_of(store, metric, authority) if metric.breaks else []
    broken = break_words(say, metric, series[0].period, standing.period) if series else None
    if broken:
        yield broken
    age = age_words(store, metric, authority, standing, Length.PART)
    if age.facts["state"] != "newest":
        yield age


def paragraph(store: FigureStore, own: OwnFigure, story: Story | None = None, says_limits: bool = True) -> list[Said]:
    """Sentence, rank, certainty, change, age, what it cannot say, one question: those that have something to say.

    ``says_limits`` is False where the page says what the metric cannot say in a place of its own.
    """
    say = sentences_of(store)
    story = story or story_of(store, own.cohort.metric, own.authority, own.standing)
    return [
        figure_sentence(say, own),
        *_place(store, say, own),
        *story.parts,
        *([limit_words(say, own)] if says_limits else []),
        question_words(say, own, story.moved),
    ]


def _place(store: FigureStore, say: Sentences, own: OwnFigure) -> Iterator[Said]:
    """Rank, why there is no band, how sure the difference is, what is usual; nothing for a figure not compared."""
    rank = rank_words(say, own.position)
    if rank is None or own.standing.value is None:
        return
    yield rank
    refusal = soft_refusal(say, own)
    if refusal:
        yield refusal
    yield certainty_words(say, own)
    usual = expected_words(store, say, own)
    if usual:
        yield usual


def limit_words(say: Sentences, own: OwnFigure) -> Said:
    """What the metric cannot say, in its own words."""
    return say.say(Matter.LIMIT, Length.PART, {}, {"cannot-say": own.cohort.metric.cannot_say.strip()})


def question_words(say: Sentences, own: OwnFigure, moved: Movement | None) -> Said:
    """One question worth asking, from what the figures show and from what the metric asks."""
    if own.standing.value is None:
        return missing_words(say, own.authority, own.standing, Length.QUESTION)
    metric, position = own.cohort.metric, own.position
    facts: Facts = {
        "change": moved.goodness if moved else "neither",
        "has-own": bool(metric.questions),
        "judgement": own.judged.judgement.value,
        "place": "none" if position.refused else position.side.value,
    }
    tokens = {
        "name": own.authority.short_name,
        "own": metric.questions[0] if metric.questions else "",
        "since": moved.since.label if moved else "",
        "period": own.standing.period.label,
        "councils": own_noun(own.cohort.group, own.authority),
    }
    return say.say(Matter.QUESTION, Length.QUESTION, facts, tokens)
