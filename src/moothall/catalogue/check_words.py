"""Rules of sentences compared with the closed vocabulary: known facts and tokens, no gap, no rule without a case."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from moothall.catalogue.drafts import Drafts, Located
from moothall.catalogue.problems import quoted
from moothall.catalogue.references import misfiled, repeated, unresolved
from moothall.catalogue.spelling import advise, list_words
from moothall.catalogue.wording import ORDERINGS, RuleEntry, WordsEntry, to_rules
from moothall.domain.matters import VOCABULARIES
from moothall.domain.wording import (
    Condition,
    Fact,
    FactKind,
    Length,
    Matter,
    Rule,
    Vocabulary,
    every_case,
    fact_text,
    first_rule,
)

TOKEN = re.compile(r"\{([^{}]*)\}")
_ENDS = {Length.SENTENCE: ".", Length.PART: ".", Length.QUESTION: "?"}
FLAG_WORDS = ("true", "false")

Keys = tuple[str | int, ...]


def word_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each fault of a rule, and for each case that no rule covers."""
    taken: dict[str, str] = {}
    for located in drafts.words:
        yield from misfiled(located, located.entry.matter)
        faults = list(_rule_faults(located, taken))
        yield from faults or _gap_faults(located)


def verb_faults(drafts: Drafts) -> Iterator[str]:
    """One sentence for each verb of an unknown metric, and for each metric with two."""
    yield from repeated(drafts.verbs, "metric", lambda entry: entry.metric)
    for located in drafts.verbs:
        yield from unresolved(located, located.entry.metric, "metrics", drafts, "metric")


def _rule_faults(located: Located[WordsEntry], taken: dict[str, str]) -> Iterator[str]:
    vocabulary = VOCABULARIES[located.entry.matter]
    for number, entry in enumerate(located.entry.rules):
        keys = ("rules", number)
        if entry.id in taken:
            words = f"id {quoted(entry.id)} is already taken in {taken[entry.id]}; choose another"
            yield located.fault(words, *keys, "id")
        taken.setdefault(entry.id, located.place)
        yield from _condition_faults(located, entry, vocabulary, keys)
        yield from _text_faults(located, entry, vocabulary, keys)


def _condition_faults(
    located: Located[WordsEntry], entry: RuleEntry, vocabulary: Vocabulary, keys: Keys
) -> Iterator[str]:
    names = [fact.name for fact in vocabulary.facts]
    for name, comparison in entry.when.items():
        fact = vocabulary.fact(name)
        if fact is None:
            words = f"when {quoted(name)} is not a fact of {located.entry.matter}; {advise(name, names)}"
        else:
            words = _operand_fault(fact, comparison.condition(name), vocabulary)
        if words:
            yield located.fault(words, *keys, "when", name)


def _operand_fault(fact: Fact, condition: Condition, vocabulary: Vocabulary) -> str:
    """What is wrong with the operands of a condition; "" where nothing is."""
    if fact.kind is FactKind.COUNT:
        counts = [f.name for f in vocabulary.facts if f.kind is FactKind.COUNT and f is not fact]
        bad = next((o for o in condition.operands if not o.isdigit() and o not in counts), None)
        also = f" or one of the counts {list_words(counts)}" if counts else ""
        return "" if bad is None else f"when.{fact.name} {quoted(bad)} must be a whole number{also}"
    if condition.comparison in ORDERINGS:
        return f"when.{fact.name} is no count, so nothing is {condition.comparison} it; use is or not"
    allowed = fact.words or FLAG_WORDS
    bad = next((o for o in condition.operands if o not in allowed), None)
    return "" if bad is None else f"when.{fact.name} {quoted(bad)} is not known; {advise(bad, allowed)}"


def _text_faults(located: Located[WordsEntry], entry: RuleEntry, vocabulary: Vocabulary, keys: Keys) -> Iterator[str]:
    for length in vocabulary.lengths:
        if length not in entry.texts:
            yield located.fault(f"rule {entry.id} has no {length}; add it", *keys)
    for length, text in entry.texts.items():
        words = _template_fault(text, length, vocabulary)
        if words:
            yield located.fault(f"{length} of {entry.id} {words}", *keys, length.value)


def _template_fault(text: str, length: Length, vocabulary: Vocabulary) -> str:
    if length not in vocabulary.lengths:
        return f"is never shown; take it out (lengths: {list_words(vocabulary.lengths, 'and')})"
    stranger = next((token for token in TOKEN.findall(text) if token not in vocabulary.tokens), None)
    if stranger is not None:
        allowed = advise(stranger, vocabulary.tokens) if vocabulary.tokens else "take it out"
        return f"has the token {quoted(stranger)}, which is not filled here; {allowed}"
    bare = TOKEN.sub("x", text)
    if "{" in bare or "}" in bare:
        return "has a brace without its partner; mend it"
    if "  " in bare:
        return "has two spaces in a row; take one out"
    end = _ENDS.get(length)
    if end and not (bare.endswith(end) or text.endswith("}")):
        return f'must end with "{end}"; add it'
    return "is a cell, so it has no full stop at its end; take it out" if not end and bare.endswith(".") else ""


def _gap_faults(located: Located[WordsEntry]) -> Iterator[str]:
    """Cases that no rule covers, and rules that no case reaches."""
    rules = to_rules(located.entry)
    reached, gap = _walk_once(located.entry.matter, tuple((rule.id, rule.conditions) for rule in rules))
    if gap:
        yield located.fault(f"no rule says what to write where {gap}; add one", "rules")
    for number, rule in enumerate(rules):
        if rule.id not in reached:
            words = f"rule {rule.id} is never reached: rules above it hold in all its cases; move it up or drop it"
            yield located.fault(words, "rules", number)


@lru_cache(maxsize=64)
def _walk_once(matter: Matter, conditions: tuple[tuple[str, tuple[Condition, ...]], ...]) -> tuple[set[str], str]:
    """What ``walk_cases`` finds; a process that reads a catalogue again walks only the rules that have changed."""
    return walk_cases([Rule(id_, matter, each, {}) for id_, each in conditions], VOCABULARIES[matter])


def walk_cases(rules: Sequence[Rule], vocabulary: Vocabulary) -> tuple[set[str], str]:
    """The ids of the rules that some case reaches, and the first case that none covers in words ("" without one)."""
    reached, gap = set(), ""
    for case in every_case(vocabulary, rules):
        rule = first_rule(rules, case)
        if rule:
            reached.add(rule.id)
        elif not gap:
            gap = list_words([f"{name} is {fact_text(value)}" for name, value in case.items()], "and")
    return reached, gap
