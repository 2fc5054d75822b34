"""A claim about one council's figure, checked: the answer, why, and every number that it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from moothall.analytics.claims import (
    Answer,
    Checked,
    Claim,
    Ground,
    Loaded,
    Spans,
    check_change,
    check_place,
    meaning_of,
)
from moothall.analytics.judging import Origin
from moothall.domain.wording import Length
from moothall.domain.words import Status
from moothall.errors import UsageError
from moothall.presenters.figures.cohort import Cohort, standing_of
from moothall.presenters.figures.reading import FigureStore
from moothall.presenters.metric.rank_choices import RankChoices, rank_choices, rank_choices_record
from moothall.presenters.records import metric_state
from moothall.presenters.shared_by_councils.replies import replies_of, reply_records
from moothall.presenters.wording.change_words import Movement, change_words, movement_of
from moothall.presenters.wording.figure_words import OwnFigure, missing_words, polarity_words, refusal_words
from moothall.presenters.wording.numbers import count_text, metric_value_text, middle_text
from moothall.presenters.wording.paragraph import paragraph
from moothall.presenters.wording.sentences import sentences_of
from moothall.presenters.wording.words import capital_first, group_noun, rank_text

Word = Claim | Loaded
_LIMITS = ("limit-of-the-metric",)
"""Rules of what a metric cannot say: every answer gives that apart, with the metric's caveats."""

WORDS: tuple[Word, ...] = (*Claim, *Loaded)

CLAIM_WORDS: dict[Word, str] = {
    Claim.HIGHEST: "the highest",
    Claim.LOWEST: "the lowest",
    Claim.ABOVE_MIDDLE: "above the middle",
    Claim.BELOW_MIDDLE: "below the middle",
    Claim.TOP_QUARTER: "in the highest quarter",
    Claim.BOTTOM_QUARTER: "in the lowest quarter",
    Claim.RISING: "rising",
    Claim.FALLING: "falling",
    Loaded.WORST: "the worst",
    Loaded.BEST: "the best",
    Loaded.WORSENING: "getting worse",
    Loaded.IMPROVING: "getting better",
}
"""What is claimed, as the form says it and as it follows "is"."""

ONE_FIGURE = "No single figure shows how a council does."

VERDICTS = {Answer.TRUE: "True", Answer.FALSE: "False", Answer.CANNOT_SAY: "We cannot say"}

_GROUNDS = {
    Ground.FIGURES: "",
    Ground.TREND: "",
    Ground.REFUSED: "",
    Ground.NO_TREND: "No rule can say which way this series goes.",
    Ground.NO_CLEAR_CHANGE: "It moves, but no more than such figures do by chance: that shows neither.",
    Ground.WITHIN_LIMITS: "The limits around the figures leave it open: the difference may be chance.",
    Ground.SHARED: "No figure lies beyond it, but it is shared.",
}


@dataclass(frozen=True)
class CheckedClaim:
    """A claim as it was made, the plain claim behind it, and the answer."""

    own: OwnFigure
    word: Word
    claim: Claim | None
    checked: Checked
    missing: int
    moved: Movement | None

    @property
    def verdict(self) -> str:
        """The answer as a heading."""
        return VERDICTS[self.checked.answer]


def read_word(text: str) -> Word:
    """The claim that a word stands for; UsageError with the words there are."""
    found = {word.value: word for word in WORDS}.get(text.strip().casefold().replace(" ", "-"))
    if found is None:
        raise UsageError(f"{text!r} is no claim that can be checked. Choose one of: {', '.join(WORDS)}.")
    return found


def check_claim(store: FigureStore, own: OwnFigure, word: Word) -> CheckedClaim:
    """Hold a claim against the figures of a cohort, or against the council's own series."""
    metric, period = own.cohort.metric, own.standing.period
    claim, moved = meaning_of(word, metric.polarity), movement_of(store, metric, own.authority, period)
    missing = _missing(store, own)
    return CheckedClaim(
        own=own,
        word=word,
        claim=claim,
        checked=_checked(own, claim, missing, moved),
        missing=missing,
        moved=moved if claim and claim.is_change else None,
    )


def claim_sentence(found: CheckedClaim) -> str:
    """The claim as a sentence: ``Claim: Leeds is the highest of metropolitan districts on recycling rate, 2021-22.``"""
    own = found.own
    place = "" if found.claim and found.claim.is_change else f" of {group_noun(own.cohort.group)}"
    where = f"on “{own.cohort.metric.title}”, {own.standing.period.label}"
    return f"Claim: {own.authority.short_name} is {CLAIM_WORDS[found.word]}{place} {where}."


def why_sentences(store: FigureStore, found: CheckedClaim) -> list[str]:
    """Why the answer is what it is: what the word means, the ground, ties, unknown figures, rank range."""
    return [sentence for sentence in _why(store, found) if sentence]


def figure_sentences(store: FigureStore, found: CheckedClaim) -> list[str]:
    """The figure itself in a paragraph: place, change, certainty, one question; what it cannot say stands elsewhere."""
    return [part.text for part in paragraph(store, found.own) if part.rule not in _LIMITS]


def claim_record(store: FigureStore, found: CheckedClaim) -> dict[str, Any]:
    """A checked claim as plain facts."""
    own, cohort, position = found.own, found.own.cohort, found.own.position
    judged = cohort.judged(own.authority.code)
    return {
        "metric": cohort.metric.id,
        "authority": own.authority.code,
        "period": own.standing.period.slug,
        "group": cohort.group.id,
        "claim": found.word,
        "means": found.claim,
        "polarity": cohort.metric.polarity,
        "answer": found.checked.answer,
        "ground": found.checked.ground,
        "sentence": claim_sentence(found),
        "why": why_sentences(store, found),
        "value": own.standing.value,
        "median": cohort.summary.median,
        "lower_quartile": cohort.summary.lower_quartile,
        "upper_quartile": cohort.summary.upper_quartile,
        "n": position.n,
        "missing": found.missing,
        "rank_from": position.rank_low,
        "rank_to": position.rank_high,
        "tied": position.tied,
        "refused": position.refused,
        "lower_95": judged.lower,
        "upper_95": judged.upper,
        "limits_from": judged.origin,
        "trend": found.moved.trend.direction if found.moved else None,
        "trend_reason": found.moved.trend.reason if found.moved else None,
        "rank_choices": rank_choices_record(_ranks(store, found)),
        "cannot_say": cohort.metric.cannot_say,
        "caveats": list(cohort.metric.caveats),
        "paragraph": figure_sentences(store, found),
        "replies": reply_records(replies_of(store).beside(cohort.metric.id, own.authority, own.standing.period.slug)),
        **metric_state(cohort.metric),
    }


def _checked(own: OwnFigure, claim: Claim | None, missing: int, moved: Movement | None) -> Checked:
    if claim is None:
        return Checked(Answer.CANNOT_SAY, Ground.NO_BETTER_END)
    if own.standing.value is None:
        return Checked(Answer.CANNOT_SAY, Ground.REFUSED)
    if claim.is_change:
        return check_change(claim, moved.trend if moved else None)
    return check_place(claim, own.position, missing, own.judged.judgement, _spans(own, claim))


def _missing(store: FigureStore, own: OwnFigure) -> int:
    """Members without a figure that have one all the same: not those to whom it does not apply."""
    cohort = own.cohort
    without = [m for m, value in zip(cohort.members, cohort.values.tolist(), strict=True) if np.isnan(value)]
    standings = (standing_of(store, cohort.metric, member, cohort.period) for member in without)
    return sum(standing.status is not Status.NOT_APPLICABLE for standing in standings)


def _spans(own: OwnFigure, claim: Claim) -> Spans | None:
    """The 95% limits round the own figure and the others'; None where the own figure has none of its own."""
    cohort, code = own.cohort, own.authority.code
    judged = cohort.judged(code)
    if judged.origin not in _ROUND_THE_FIGURE or judged.lower is None or judged.upper is None:
        return None
    pairs = [_ends(cohort, place) for place, m in enumerate(cohort.members) if m.code != code]
    lower, upper = np.array([pair for pair in pairs if not np.isnan(pair[0])]).reshape(-1, 2).T
    summary = cohort.summary
    edge = {Claim.TOP_QUARTER: summary.upper_quartile, Claim.BOTTOM_QUARTER: summary.lower_quartile}.get(claim)
    return Spans((judged.lower, judged.upper), lower, upper, edge)


_ROUND_THE_FIGURE = (Origin.PUBLISHED, Origin.COUNTS)


def _ends(cohort: Cohort, place: int) -> tuple[float, float]:
    """A member's limits, or its figure twice where it has none."""
    judged, value = cohort.judgements[cohort.members[place].code], float(cohort.values[place])
    if judged.origin in _ROUND_THE_FIGURE and judged.lower is not None and judged.upper is not None:
        return judged.lower, judged.upper
    return value, value


def _why(store: FigureStore, found: CheckedClaim) -> Iterator[str]:
    own, ground = found.own, found.checked.ground
    yield _translation(store, found)
    yield _GROUNDS.get(ground, "")
    if own.standing.value is None:
        yield missing_words(sentences_of(store), own.authority, own.standing, Length.SENTENCE).text
    elif ground is Ground.REFUSED:
        yield refusal_words(sentences_of(store), own, Length.PART).text
    elif found.moved:
        yield change_words(sentences_of(store), found.moved, Length.PART).text
    elif found.claim and not found.claim.is_change:
        yield from _place_sentences(store, found)


def _translation(store: FigureStore, found: CheckedClaim) -> str:
    """What a word that judges means for this metric, or why it means nothing."""
    if not isinstance(found.word, Loaded):
        return ""
    polarity = polarity_words(sentences_of(store), found.own.cohort.metric).text
    said = f"“{capital_first(CLAIM_WORDS[found.word])}”"
    if found.claim is None:
        return f"{said} has no meaning here. {polarity}"
    return f"{said} can only mean {CLAIM_WORDS[found.claim]} here. {polarity} {ONE_FIGURE}"


def _place_sentences(store: FigureStore, found: CheckedClaim) -> Iterator[str]:
    own, position, metric = found.own, found.own.position, found.own.cohort.metric
    figure, middle = metric_value_text(own.standing.value or 0.0, metric), own.cohort.summary.median
    if middle is not None:
        yield f"The figure is {figure}; the middle figure of the group is {middle_text(middle, metric)}."
    if position.rank_low is not None:
        yield f"Its place is {rank_text(position)}, the highest figure first."
    if position.tied > 1:
        yield f"{count_text(position.tied - 1, 'other council')} {_has(position.tied - 1)} the same figure."
    if found.missing:
        yield _missing_sentence(found)
    ranks = _ranks(store, found)
    if ranks:
        yield ranks.sentence


def _ranks(store: FigureStore, found: CheckedClaim) -> RankChoices | None:
    """How the place moves over other choices; None for a claim about a series, and where there is no place."""
    if found.claim and found.claim.is_change:
        return None
    return rank_choices(store, found.own.cohort, found.own.authority)


def _missing_sentence(found: CheckedClaim) -> str:
    count = f"{count_text(found.missing, 'council')} of the group {_has(found.missing)} no published figure"
    if found.checked.ground is Ground.MISSING_COULD_DECIDE:
        return f"{count}, which could make the claim true or false."
    figures = "figure" if found.missing == 1 else "figures"
    return f"{count}; whatever the {figures} might be, the answer would be the same."


def _has(count: int) -> str:
    return "has" if count == 1 else "have"
