"""The prose of every metric: there, plain, its own and in our words; and what can be told of it from its unit."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from moothall.domain.metric import Metric
from moothall.domain.words import Caveat, MetricState
from scripts.glossary_lint import load_glossary
from tests.support.real import real_catalogue

ROOT = Path(__file__).resolve().parents[2]

SHORTEST = {"definition": 40, "why": 40, "cannot_say": 40, "polarity_reason": 30}
"""The fewest characters that can say anything about one metric and no other."""

MOST_SHARED = 2
"""A sentence may stand in two metrics (a pair, such as males and females); in a third it is boilerplate."""

LONGEST_SENTENCE = 40
"""Words in a sentence that a reader of 12 to 14 can still hold together."""

DECIMALS = {
    "percent": (0, 1),
    "score-0-to-1": (2, 3),
    "score-0-to-10": (1, 2),
    "score-0-to-12": (1, 1),
    "years": (1, 1),
    "gbp": (0, 0),
    "people": (0, 0),
    "households": (0, 0),
    "businesses": (0, 0),
    "guest-nights": (0, 0),
    "vehicles-a-day": (0, 0),
}
"""The fewest and most decimals that make sense in a unit; units that are not listed may have up to two."""

GENERIC_REASON = re.compile(
    r"^(a )?(higher|lower|more|less|fewer)( values?| figures?| scores?)? (is|are) (better|worse|good|bad)\.?$"
    r"|by definition|self-evident|obvious",
    re.IGNORECASE,
)

FILE_NAME = re.compile(r"\b[\w-]+\.(json|csv|ods|xlsx?|parquet)\b")


@cache
def metrics() -> tuple[Metric, ...]:
    """Every metric of the real catalogue."""
    return tuple(real_catalogue().metrics.values())


def live() -> list[Metric]:
    return [metric for metric in metrics() if metric.state is MetricState.LIVE]


@dataclass(frozen=True)
class Said:
    """One text of one metric."""

    metric: str
    key: str
    text: str


def texts(metric: Metric) -> list[Said]:
    """Everything that a metric says to a reader; not its synonyms, which are other people's words."""
    single = {
        "title": metric.title,
        "definition": metric.definition,
        "why": metric.why,
        "cannot_say": metric.cannot_say,
        "polarity_reason": metric.polarity_reason,
        "numerator": metric.numerator,
        "denominator": metric.denominator,
        "awaiting": metric.awaiting,
    }
    said = [Said(metric.id, key, text) for key, text in single.items() if text is not None]
    said += [Said(metric.id, "questions", question) for question in metric.questions]
    return said + [Said(metric.id, "breaks", item.reason) for item in metric.breaks]


def sentences(text: str) -> list[str]:
    """The sentences of a text, at its full stops, question marks and colons before a capital."""
    return [sentence.strip() for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z])", text) if sentence.strip()]


def faults(found: list[str]) -> str:
    return "\n".join(found)


def test_there_are_metrics_to_read() -> None:
    assert len(live()) >= 45


def test_no_text_is_empty_or_too_short_to_say_anything() -> None:
    short = [
        f"{said.metric}: {said.key} has {len(said.text)} characters"
        for metric in metrics()
        for said in texts(metric)
        if len(said.text.strip()) < SHORTEST.get(said.key, 3)
    ]
    assert not short, faults(short)


def test_no_sentence_stands_in_more_than_two_metrics() -> None:
    where: dict[str, set[str]] = defaultdict(set)
    for metric in metrics():
        for text in (metric.definition, metric.why, metric.cannot_say):
            for sentence in sentences(text):
                where[sentence].add(metric.id)
    repeated = [f"{sentence!r} in {sorted(ids)}" for sentence, ids in where.items() if len(ids) > MOST_SHARED]
    assert not repeated, faults(repeated)


@pytest.mark.parametrize("key", ["title", "definition", "why", "cannot_say", "polarity_reason"])
def test_no_two_metrics_say_the_same(key: str) -> None:
    said = Counter(one.text for metric in metrics() for one in texts(metric) if one.key == key)
    twice = [text for text, count in said.items() if count > 1]
    assert not twice, faults(twice)


def test_sentences_are_short_enough_to_follow() -> None:
    long = [
        f"{said.metric}: {said.key}: {len(sentence.split())} words: {sentence}"
        for metric in metrics()
        for said in texts(metric)
        for sentence in sentences(said.text)
        if len(sentence.split()) > LONGEST_SENTENCE
    ]
    assert not long, faults(long)


@pytest.mark.parametrize("mark", ["\u2014", "\u2013", ";", "!", " - "])
def test_prose_does_without_the_marks_that_hide_a_second_sentence(mark: str) -> None:
    allowed = 1 if mark == ";" else 0
    found = [
        f"{said.metric}: {said.key} has {mark!r} {said.text.count(mark)} times"
        for metric in metrics()
        for said in texts(metric)
        if said.text.count(mark) > allowed
    ]
    assert not found, faults(found)


def test_no_text_uses_a_word_that_the_glossary_refuses() -> None:
    refused = load_glossary(ROOT / "GLOSSARY.md").refused_in("prose")
    found = [
        f'{said.metric}: {said.key} has "{word.word}"; write {word.instead}'
        for metric in metrics()
        for said in texts(metric)
        for word in refused
        if word.is_in_prose(said.text)
    ]
    assert not found, faults(found)


def test_decimals_fit_the_unit() -> None:
    wrong = []
    for metric in metrics():
        fewest, most = DECIMALS.get(metric.unit.id, (0, 2))
        if not fewest <= metric.decimals <= most:
            wrong.append(f"{metric.id}: {metric.decimals} decimals of {metric.unit.id}")
    assert not wrong, faults(wrong)


def test_a_share_lies_within_bounds() -> None:
    """Without bounds a fraction read as a percentage, or the other way round, would pass."""
    unbound = [
        metric.id for metric in live() if metric.unit.id == "percent" and (metric.lowest, metric.highest) != (0, 100)
    ]
    assert not unbound, faults(unbound)


def test_every_live_metric_names_the_file_that_its_reviewer_read() -> None:
    unnamed = [f"{m.id}: {m.review.read}" for m in live() if not FILE_NAME.search(m.review.read) or not m.review.by]
    assert not unnamed, faults(unnamed)


def test_a_metric_without_figures_does_not_claim_that_figures_were_read() -> None:
    claimed = [m.id for m in metrics() if m.state is MetricState.AWAITING_DATA and FILE_NAME.search(m.review.read)]
    assert not claimed, faults(claimed)


def test_the_reason_for_a_polarity_is_about_this_metric() -> None:
    generic = [f"{m.id}: {m.polarity_reason}" for m in metrics() if GENERIC_REASON.search(m.polarity_reason)]
    assert not generic, faults(generic)


def test_a_fact_about_a_place_says_that_it_is_one() -> None:
    silent = [m.id for m in metrics() if m.is_context != (Caveat.CONTEXT_NOT_PERFORMANCE in m.caveats)]
    assert not silent, faults(silent)


def test_a_metric_whose_series_breaks_warns_of_it() -> None:
    unmarked = [m.id for m in metrics() if m.breaks and Caveat.METHOD_CHANGED not in m.caveats]
    assert not unmarked, faults(unmarked)


def test_every_metric_asks_something() -> None:
    silent = [m.id for m in metrics() if not m.questions or not all(q.endswith("?") for q in m.questions)]
    assert not silent, faults(silent)


def test_people_find_a_metric_by_words_other_than_its_title() -> None:
    unhelpful = [m.id for m in metrics() if not [word for word in m.synonyms if word.lower() != m.title.lower()]]
    assert not unhelpful, faults(unhelpful)
