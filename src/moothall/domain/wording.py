"""Rules that choose sentences: what each is about, the facts it reads, and the text that it gives (METHODS 7).

A rule is data: conditions on named facts and texts with tokens in braces. Nothing in it is ever run as code.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

FactValue = str | int | bool
"""A word of a closed list, a count, or yes or no."""

Facts = Mapping[str, FactValue]
"""What is known, by the names that a matter declares."""


class Matter(StrEnum):
    """What a sentence is about. Each has a file of rules, of which the first that holds is used."""

    FIGURE = "figure"
    STANDING = "standing"
    POSITION = "position"
    RANK = "rank"
    CERTAINTY = "certainty"
    EXPECTED = "expected"
    CHANGE = "change"
    BROKEN_SERIES = "broken-series"
    AGE = "age"
    MISSING = "missing"
    REFUSAL = "refusal"
    STANDING_OUT = "standing-out"
    TESTED = "tested"
    LEFT_OUT = "left-out"
    LEARNING = "learning"
    WHO_DOES_BETTER = "who-does-better"
    WHO_TURNED_ROUND = "who-turned-round"
    NOT_JUDGED = "not-judged"
    MODELLED = "modelled"
    POLARITY = "polarity"
    GROUP = "group"
    DRAWING = "drawing"
    LIMIT = "limit"
    QUESTION = "question"


class Length(StrEnum):
    """How much room there is: a cell has no full stop, a sentence stands alone, a part follows one in a paragraph."""

    CELL = "cell"
    SENTENCE = "sentence"
    PART = "part"
    QUESTION = "question"


class FactKind(StrEnum):
    """What a fact may be."""

    WORD = "word"
    COUNT = "count"
    FLAG = "flag"


class Comparison(StrEnum):
    """How a condition compares a fact with its operands."""

    IS = "is"
    NOT = "not"
    ABOVE = "above"
    BELOW = "below"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


_ORDERED: dict[Comparison, Callable[[int, int], bool]] = {
    Comparison.ABOVE: lambda a, b: a > b,
    Comparison.BELOW: lambda a, b: a < b,
    Comparison.AT_LEAST: lambda a, b: a >= b,
    Comparison.AT_MOST: lambda a, b: a <= b,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact of a matter; ``words`` are all that a word may be."""

    name: str
    kind: FactKind
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What rules of one matter may use: facts, tokens, and the lengths that every rule must give."""

    facts: tuple[Fact, ...]
    tokens: tuple[str, ...]
    lengths: tuple[Length, ...]

    def fact(self, name: str) -> Fact | None:
        """The fact of this name; None where the matter has none."""
        return next((fact for fact in self.facts if fact.name == name), None)


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of one fact: with any of several words or numbers, or with one other count by its name."""

    fact: str
    comparison: Comparison
    operands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """All ``conditions`` must hold; ``texts`` are templates by length. ``because`` says why the rule is there."""

    id: str
    matter: Matter
    conditions: tuple[Condition, ...]
    texts: Mapping[Length, str]
    because: str = ""


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether the facts meet a condition; KeyError for a fact that is not there."""
    value = facts[condition.fact]
    if condition.comparison in _ORDERED:
        return _ORDERED[condition.comparison](int(value), _number(condition.operands[0], facts))
    is_one = fact_text(value) in {fact_text(facts[o]) if o in facts else o for o in condition.operands}
    return is_one == (condition.comparison is Comparison.IS)


def fact_text(value: FactValue) -> str:
    """A fact as rules and pages write it: ``true`` and ``false`` for flags."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def first_rule(rules: Sequence[Rule], facts: Facts) -> Rule | None:
    """The first rule whose conditions all hold; None where none does."""
    return next((rule for rule in rules if all(holds(c, facts) for c in rule.conditions)), None)


def every_case(vocabulary: Vocabulary, rules: Iterable[Rule]) -> Iterator[dict[str, FactValue]]:
    """Every combination of facts that the rules can tell apart: words and flags all, counts on both sides of a limit.

    Counts are also compared with one another, so that each of a few small counts meets each.
    """
    limits = {fact.name: {0, 1, 2, 3} for fact in vocabulary.facts if fact.kind is FactKind.COUNT}
    for condition in (c for rule in rules for c in rule.conditions if c.fact in limits):
        for limit in (int(o) for o in condition.operands if o.isdigit()):
            limits[condition.fact] |= {max(0, limit - 1), limit, limit + 1}
    values = [_values(fact, limits) for fact in vocabulary.facts]
    names = [fact.name for fact in vocabulary.facts]
    yield from (dict(zip(names, case, strict=True)) for case in product(*values))


def _values(fact: Fact, limits: Mapping[str, set[int]]) -> Sequence[FactValue]:
    if fact.kind is FactKind.COUNT:
        return sorted(limits[fact.name])
    return (False, True) if fact.kind is FactKind.FLAG else fact.words


def _number(operand: str, facts: Facts) -> int:
    return int(facts[operand]) if operand in facts else int(operand)
