"""Rules of sentences: each fault is one sentence with file, line and remedy; the real rules leave no gap."""

from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from moothall.analytics.interval import Judgement
from moothall.analytics.judging import Origin
from moothall.analytics.position import Side
from moothall.analytics.refusal import Refusal
from moothall.analytics.trend import Direction, TrendReason
from moothall.catalogue import bundle, load_catalogue
from moothall.catalogue.check_words import walk_cases
from moothall.catalogue.load import load_words
from moothall.catalogue.places import catalogue_folder
from moothall.domain import matters
from moothall.domain.matters import VOCABULARIES
from moothall.domain.wording import Comparison, Condition, Matter, every_case, first_rule, holds
from moothall.errors import CatalogueError
from tests.support.catalogue_builder import Files, tiny_catalogue, write_catalogue

RANK = "words/rank.yaml"
REAL = load_words(catalogue_folder())


def rule(**others: Any) -> dict[str, Any]:
    """A sound rule of the matter rank that holds for all cases; ``others`` adds or replaces keys."""
    return {"id": "rank-any", "part": "That is {rank}.", **others}


def with_rules(*rules: dict[str, Any], **others: Any) -> Files:
    """The tiny catalogue with a file of rules on rank."""
    return tiny_catalogue() | {RANK: {"matter": "rank", "about": "The place.", "rules": list(rules), **others}}


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"when": {"tie": "1"}}, 'when "tie" is not a fact of rank; did you mean "tied"?'),
    ({"when": {"tied": "some"}}, 'when.tied "some" must be a whole number'),
    ({"when": {"tied": {"over": "1"}}}, '"over" is not a key here'),
    ({"when": {"tied": {"above": "1", "below": "5"}}}, "a condition makes one comparison; keep one of is, not, above"),
    (
        {"part": "It is {rnk}."},
        'part of rank-any has the token "rnk", which is not filled here; did you mean "rank"?',
    ),
    ({"part": "That is {rank"}, "part of rank-any has a brace without its partner; mend it"),
    ({"part": "That is {rank} now"}, 'part of rank-any must end with "."; add it'),
    ({"part": "That  is {rank}."}, "part of rank-any has two spaces in a row; take one out"),
    ({"part": None}, "part is empty; write its value or take the key out"),
    ({"cell": "{rank}"}, "cell of rank-any is never shown; take it out (lengths: part)"),
    ({"when": {"tied": "2"}}, "no rule says what to write where tied is 0; add one"),
    ({"id": "Rank"}, 'rules.id "Rank" is not well formed; write small letters, digits and single hyphens'),
    ({"colour": "green"}, '"colour" is not a key here'),
]


def faults_of(folder: Path, files: Files) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(write_catalogue(folder, files))
    return list(caught.value.problems)


@pytest.mark.parametrize(("others", "sentence"), FAULTS, ids=[fault[1] for fault in FAULTS])
def test_a_fault_of_a_rule_gives_its_sentence(tmp_path: Path, others: dict[str, Any], sentence: str) -> None:
    faults = faults_of(tmp_path, with_rules(rule(**others)))
    assert any(fault.startswith(f"catalogue/{RANK}, line ") and sentence in fault for fault in faults), faults


def test_a_rule_that_nothing_reaches_and_a_repeated_id_are_faults(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, with_rules(rule(), rule(id="rank-never")))
    assert "rule rank-never is never reached: rules above it hold in all its cases" in fault
    (fault,) = faults_of(tmp_path, with_rules(rule(when={"tied": "1"}), rule()))
    assert 'id "rank-any" is already taken in catalogue/words/rank.yaml' in fault


def test_a_word_or_a_flag_outside_its_list_is_a_fault(tmp_path: Path) -> None:
    sound = {"id": "figure-any", "cell": "{name}", "when": {"has-verb": "maybe"}}
    files = tiny_catalogue() | {"words/figure.yaml": {"matter": "figure", "about": "Who.", "rules": [sound]}}
    (fault,) = faults_of(tmp_path, files)
    assert 'when.has-verb "maybe" is not known; use one of true or false' in fault


def test_a_file_is_named_after_its_matter(tmp_path: Path) -> None:
    files = tiny_catalogue() | {"words/place.yaml": {"matter": "rank", "about": "The place.", "rules": [rule()]}}
    (fault,) = faults_of(tmp_path, files)
    assert 'id "rank" is not the name of its file; write "place" or rename the file' in fault


def test_the_rules_come_back_from_the_bundle(tmp_path: Path) -> None:
    catalogue = load_catalogue(write_catalogue(tmp_path, with_rules(rule(when={"tied": {"at-least": "0"}}))))
    assert bundle.load(bundle.dump(catalogue)).words == catalogue.words
    (only,) = catalogue.words[Matter.RANK]
    assert only.conditions == (Condition("tied", Comparison.AT_LEAST, ("0",)),)


VERB_FAULTS = [
    ({"verb": "recycled waste"}, "verb of recycling-rate must have {value} once and no other token; mend it"),
    ({"verb": "recycled {value} of {waste}"}, "verb of recycling-rate must have {value} once and no other token"),
    ({"verb": "Recycled {value}"}, "verb of recycling-rate stands inside a sentence: begin it small"),
    ({"verb": "recycled {value}."}, "verb of recycling-rate stands inside a sentence: begin it small"),
    ({"metric": "recycling-rat"}, 'metric "recycling-rat" is not one of the metrics of the catalogue; did you mean'),
]


@pytest.mark.parametrize(("others", "sentence"), VERB_FAULTS, ids=[fault[1] for fault in VERB_FAULTS])
def test_a_fault_of_a_verb_gives_its_sentence(tmp_path: Path, others: dict[str, Any], sentence: str) -> None:
    entry = {"metric": "recycling-rate", "verb": "recycled {value} of household waste", **others}
    faults = faults_of(tmp_path, tiny_catalogue() | {"verbs.yaml": {"verbs": [entry]}})
    assert any(fault.startswith("catalogue/verbs.yaml, line ") and sentence in fault for fault in faults), faults


def test_a_metric_has_one_verb(tmp_path: Path) -> None:
    entry = {"metric": "recycling-rate", "verb": "recycled {value} of household waste"}
    (fault,) = faults_of(tmp_path, tiny_catalogue() | {"verbs.yaml": {"verbs": [entry, entry]}})
    assert 'metric "recycling-rate" is already taken in catalogue/verbs.yaml' in fault


def test_every_matter_has_rules() -> None:
    assert list(REAL) == list(VOCABULARIES) == list(Matter)


@pytest.mark.parametrize("matter", Matter)
def test_every_case_has_exactly_one_rule_and_every_rule_a_case(matter: Matter) -> None:
    """By a walk of its own: the first rule that holds is the only one that is used, and none is left over."""
    rules, vocabulary = REAL[matter], VOCABULARIES[matter]
    cases = list(every_case(vocabulary, rules))
    used = [[r.id for r in rules if all(holds(c, case) for c in r.conditions)][:1] for case in cases]
    assert [case for case, found in zip(cases, used, strict=True) if len(found) != 1] == []
    assert set(chain(*used)) == {r.id for r in rules}
    assert walk_cases(rules, vocabulary) == ({r.id for r in rules}, "")


@pytest.mark.parametrize("name", ["above", "below", "same"])
@pytest.mark.parametrize("count", [4, 17, 300])
def test_no_large_count_falls_through(name: str, count: int) -> None:
    """Counts beyond the limits that rules name are covered as well."""
    for case in every_case(VOCABULARIES[Matter.POSITION], REAL[Matter.POSITION]):
        assert first_rule(REAL[Matter.POSITION], {**case, name: count}) is not None


def test_no_rule_id_stands_twice() -> None:
    ids = [each.id for rules in REAL.values() for each in rules]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("ours", "words"),
    [
        (matters.JUDGEMENTS, list(Judgement)),
        (matters.PLACES, [side for side in Side if side is not Side.CANNOT_SAY]),
        (matters.REFUSALS, list(Refusal)),
        (matters.ORIGINS, list(Origin)),
        (("rising", "falling", "no-clear-change", "cannot-say"), list(Direction)),
        (matters.TREND_RULES + matters.NO_TREND_REASONS, list(TrendReason)),
    ],
)
def test_the_words_of_facts_are_those_of_the_methods(ours: tuple[str, ...], words: list[str]) -> None:
    assert sorted(ours) == sorted(words)
