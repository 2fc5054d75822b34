"""The longest of the three lengths: a figure's sentence, its change, how sure that is, its limits, and one question."""

from collections.abc import Iterator

from moothall.domain.wording import Facts, Length, Matter
from moothall.presenters.change_words import (
    Movement,
    age_words,
    break_words,
    change_words,
    modelled_words,
    movement_of,
)
from moothall.presenters.cohort import standings_of
from moothall.presenters.figure_words import (
    OwnFigure,
    certainty_words,
    figure_sentence,
    missing_words,
    rank_words,
    soft_refusal,
)
from moothall.presenters.reading import FigureStore
from moothall.presenters.sentences import Said, Sentences, sentences_of
from moothall.presenters.words import own_noun


def paragraph(store: FigureStore, own: OwnFigure) -> list[Said]:
    """Sentence, rank, change, certainty, age, what it cannot say, one question: those that have something to say."""
    say, moved = sentences_of(store), _movement(store, own)
    return [
        figure_sentence(say, own),
        *_place(say, own),
        *_history(store, own, moved),
        limit_words(say, own),
        question_words(say, own, moved),
    ]


def _place(say: Sentences, own: OwnFigure) -> Iterator[Said]:
    """Rank, why there is no band, and how sure the difference is; nothing for a figure that is not compared."""
    rank = rank_words(say, own.position)
    if rank is None or own.standing.value is None:
        return
    yield rank
    refusal = soft_refusal(say, own)
    if refusal:
        yield refusal
    yield certainty_words(say, own)


def _movement(store: FigureStore, own: OwnFigure) -> Movement | None:
    if own.standing.value is None:
        return None
    return movement_of(store, own.cohort.metric, own.authority, own.standing.period)


def _history(store: FigureStore, own: OwnFigure, moved: Movement | None) -> Iterator[Said]:
    say, metric, standing = sentences_of(store), own.cohort.metric, own.standing
    if moved:
        yield change_words(say, moved, Length.PART)
        modelled = modelled_words(say, metric, "change") if moved.is_found else None
        if modelled:
            yield modelled
    series = standings_of(store, metric, own.authority) if metric.breaks else []
    broken = break_words(say, metric, series[0].period, standing.period) if series else None
    if broken:
        yield broken
    age = age_words(store, metric, own.authority, standing, Length.PART)
    if age.facts["state"] != "newest":
        yield age


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
        "judgement": own.judgement.value,
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
