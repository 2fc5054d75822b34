"""Warning rules and lenses: each fault is one sentence with file, line and remedy; the real rules keep their word."""

import re
from pathlib import Path
from typing import Any

import pytest

from moothall.catalogue import bundle, load_catalogue
from moothall.catalogue.check_signals import REFUSED_WORDS
from moothall.domain.signal import Lens, Role, Sign, Signal, SignalStatus
from moothall.errors import CatalogueError
from tests.support.catalogue_builder import Files, tiny_catalogue, write_catalogue
from tests.support.real import real_catalogue

LENSES = "signals/lenses.yaml"
RULE = "signals/governance/recycling-low.yaml"
PLACE = {"place": {"when": "at-most", "fired": 10, "watched": 20}}
QUESTION = {"ask": "leader", "text": "Why?"}


def lens(**others: Any) -> dict[str, Any]:
    """A sound lens; ``others`` adds or replaces keys."""
    bands = {"least_assessed": 1, "watch_from": 1, "look_closer_from": 2, "band_reason": "Two differ."}
    families = [{"id": "bins", "title": "Bins"}]
    return {"id": "governance", "title": "Governance", "looks_for": "Bins.", "families": families, **bands, **others}


def rule(**others: Any) -> dict[str, Any]:
    """A sound rule; ``others`` adds or replaces keys."""
    reasons = {"sign_reason": "Low.", "threshold_reason": "A tenth.", "threshold_source": "Us."}
    words = {"title": "Low", "why": "It shows.", "sentence": "{authority} had {figure} in {period}."}
    lists = {"questions": [QUESTION], "harmless": ["Rain."], "metrics": ["recycling-rate"], "test": PLACE}
    review = {"by": "A tester", "on": "2026-11-23", "read": "The notes"}
    place = {"id": "recycling-low", "lens": "governance", "family": "bins", "status": "live"}
    return {**place, **words, **lists, **reasons, "review": review, **others}


def with_rule(**others: Any) -> Files:
    """The tiny catalogue with one lens and one rule."""
    return tiny_catalogue() | {LENSES: {"lenses": [lens()]}, RULE: rule(**others)}


def faults_of(folder: Path, files: Files) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(write_catalogue(folder, files))
    return list(caught.value.problems)


RULE_FAULTS = [
    ({"colour": "red"}, '"colour" is not a key here'),
    ({"id": "other"}, 'id "other" is not the name of its file'),
    ({"lens": "resilience"}, 'lens "resilience" is not the name of its folder; move the file'),
    ({"lens": "weather"}, 'lens "weather" is not known; use one of debt-and-commercial, resilience or governance'),
    ({"family": "bin"}, 'family "bin" is none of the lens\'s; did you mean "bins"?'),
    ({"metrics": ["recyclng-rate"]}, 'metrics "recyclng-rate" is not one of the metrics of the catalogue; did'),
    ({"metrics": ["bin-colours"]}, "the metric bin-colours is awaiting-data, so it has no figures; take another"),
    ({"metrics": []}, "metrics is missing, and the status is live; add it"),
    ({"threshold_reason": None}, "threshold_reason is empty; write its value or take the key out"),
    ({"awaiting": "Data"}, "awaiting does not go with the status live; take it out"),
    ({"status": "awaiting-data"}, "publisher is missing, and the status is awaiting-data; add it"),
    ({"group": "england"}, 'group "england" is not known; use same-type'),
    ({"test": {}}, "test states nothing; write one of level, place, change"),
    ({"test": {**PLACE, "return_missing": True}}, "test states place and return_missing; keep one"),
    ({"test": {"place": {"when": "at-most", "fired": 10, "watched": 5}}},
     'watched "5" must lie above fired "10", because at-most'),
    ({"test": {"level": {"when": "at-least", "fired": 10, "watched": 20}}},
     'watched "20" must lie below fired "10", because at-least'),
    ({"test": {"level": {"when": "above", "fired": 10}}},
     'test.level.when "above" is not known; use one of at-least or at-most'),
    ({"test": {"level": {"when": "at-least", "fired": "many"}}}, 'test.level.fired is "many" but must be a number'),
    ({"test": {"place": {"when": "at-least", "fired": 101}}}, 'test.place.fired is "101" but must be at most 100'),
    ({"test": {"dated_fact": {"when": "at-least", "fired": 4, "for_months": 60}}},
     "the metric recycling-rate is no finding of a day; take another"),
    ({"test": {"refused_denominator": True}}, "the metric recycling-rate is no ratio, so it has no denominator"),
    ({"sentence": "{council} had {figure} in {period}."}, 'sentence names "council", which is no token; use one of'),
    ({"sentence": "{authority} had {figure}."}, "sentence does not name {period}; add it"),
    ({"sentence": "{authority} is failing in {period}."}, 'sentence says "failing", which no signal may'),
    ({"harmless": ["The worst is over."]}, 'harmless says "worst", which no signal may'),
    ({"questions": [{"ask": "mayor", "text": "Why?"}]}, 'questions.ask "mayor" is not known; use one of'),
    ({"questions": []}, "questions is an empty list; write at least one item"),
    ({"unless": {"metrics": ["homes"], "above": 0, "because": "Homes."}},
     'unless.metrics "homes" is not one of the metrics'),
]  # fmt: skip


@pytest.mark.parametrize(("others", "sentence"), RULE_FAULTS, ids=[fault[1] for fault in RULE_FAULTS])
def test_a_fault_of_a_rule_gives_its_sentence(tmp_path: Path, others: dict[str, Any], sentence: str) -> None:
    faults = faults_of(tmp_path, with_rule(**others))
    assert [fault for fault in faults if fault.startswith(f"catalogue/{RULE}, line ") and sentence in fault], faults


LENS_FAULTS = [
    ({"watch_from": 3}, "watch_from is above look_closer_from; let watching begin no later"),
    ({"least_assessed": 2}, "least_assessed asks for 2 of 1 families; lower it"),
    ({"families": [{"id": "bins", "title": "Bins"}, {"id": "carts", "title": "Carts"}]},
     'no signal is of the family "carts"; take it out or write one'),
    ({"id": "weather"}, 'id "weather" is not known; use one of'),
]  # fmt: skip


@pytest.mark.parametrize(("others", "sentence"), LENS_FAULTS, ids=[fault[1] for fault in LENS_FAULTS])
def test_a_fault_of_a_lens_gives_its_sentence(tmp_path: Path, others: dict[str, Any], sentence: str) -> None:
    faults = faults_of(tmp_path, with_rule() | {LENSES: {"lenses": [lens(**others)]}})
    assert [fault for fault in faults if fault.startswith(f"catalogue/{LENSES}, line ") and sentence in fault], faults


def test_a_sound_rule_is_read_whole(tmp_path: Path) -> None:
    found = load_catalogue(write_catalogue(tmp_path, with_rule())).signals["recycling-low"]
    assert (found.lens, found.family, found.metrics) == (Lens.GOVERNANCE, "bins", ("recycling-rate",))
    assert found.bounds is not None
    assert (found.bounds.sign, found.bounds.fired, found.bounds.watched) == (Sign.AT_MOST, 10, 20)


# ---------------------------------------------------------------- the real rules


def live() -> list[Signal]:
    return [signal for signal in real_catalogue().signals.values() if signal.status is SignalStatus.LIVE]


def prose(signal: Signal) -> list[str]:
    """Everything that a rule says to a reader."""
    texts = [signal.title, signal.why, signal.sentence, signal.sign_reason, signal.threshold_reason]
    return [*texts, *signal.harmless, *(question.text for question in signal.questions), signal.awaiting or ""]


def test_every_lens_has_live_rules_and_there_are_eighteen_at_least() -> None:
    assert len(live()) >= 18
    counts = {lens_: sum(signal.lens is lens_ for signal in live()) for lens_ in Lens}
    assert min(counts.values()) >= 5, counts


def test_what_nobody_publishes_here_is_declared_with_its_publisher() -> None:
    awaiting = {s.id: s.publisher for s in real_catalogue().signals.values() if s.status is SignalStatus.AWAITING_DATA}
    assert {"audit-opinion-late-or-qualified", "tax-collection-falling", "ombudsman-complaints-upheld-high"} <= set(
        awaiting
    )
    assert all(awaiting.values())


def test_no_rule_says_what_it_may_not_say() -> None:
    refused = re.compile(rf"\b({'|'.join(REFUSED_WORDS)})\b", re.IGNORECASE)
    found = [(s.id, text) for s in real_catalogue().signals.values() for text in prose(s) if refused.search(text)]
    lenses = [r.lens for r in real_catalogue().lenses.values() if refused.search(f"{r.looks_for} {r.band_reason}")]
    assert not found
    assert not lenses


@pytest.mark.parametrize("mark", ["\u2014", "\u2013", ";", "!", " - "])
def test_rules_do_without_the_marks_that_hide_a_second_sentence(mark: str) -> None:
    assert not [(s.id, text) for s in real_catalogue().signals.values() for text in prose(s) if mark in text]


def test_every_rule_asks_somebody_and_every_role_is_asked() -> None:
    asked = {question.ask for signal in real_catalogue().signals.values() for question in signal.questions}
    assert asked == set(Role)
    assert all(q.text.endswith("?") for signal in real_catalogue().signals.values() for q in signal.questions)


@pytest.mark.slow
def test_the_rules_survive_the_way_into_a_build() -> None:
    assert bundle.load(bundle.dump(real_catalogue())).signals == real_catalogue().signals
    assert bundle.load(bundle.dump(real_catalogue())).lenses == real_catalogue().lenses


def test_councils_with_homes_are_left_out_where_a_return_mixes_them_in() -> None:
    left_out = {signal.id for signal in live() if signal.unless}
    assert left_out == {"debt-heavy-without-homes", "repayment-set-aside-low"}
